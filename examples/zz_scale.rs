//! Measures.
use std::time::Instant;
use upr::read::Reader;
fn rss() -> u64 {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    s.lines()
        .find(|l| l.starts_with("VmRSS"))
        .map(|l| l.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024)
        .unwrap()
}
fn main() {
    let rep = "Report of the Working Group on the Universal Periodic Review\nAndorra\nII. Conclusions and/or recommendations\n";
    let add = "Universal Periodic Review\nReport of the Working Group on the Universal Periodic Review\nAndorra\nAddendum\n";
    let r1 = format!("{rep}1. ");
    let r2 = format!("{rep}The recommendations are listed below:\n");
    let r3 = rep.replace("II. Conclusions and/or recommendations\n", "");
    let a1 = format!("{add}Recommendations ");
    let cases: Vec<(&str, &str, &str, &str)> = vec![
        ("rows", "text,from\n", "End hunger #,Peru\n", ""),
        ("short rows", "text\n", "#\n", ""),
        ("same text other state", "text,from\n", "End hunger,L#\n", ""),
        ("same text other state same review", "text,from,to,session\n", "End hunger,L#,Kenya,36\n", ""),
        ("same text other answer", "text,position\n", "End hunger,answer #\n", ""),
        (
            "same number other text",
            "text,number,position,to,session\n",
            "End hunger #,1.1,Noted,Kenya,36\n",
            "",
        ),
        (
            "same number other text and state",
            "text,number,from,to,session\n",
            "End hunger #,1.1,L#,Kenya,36\n",
            "",
        ),
        (
            "no number same words",
            "text,number,from,to,session\n",
            "End hunger,#,Peru,Kenya,36\nEnd hunger,,Peru,Kenya,36\n",
            "",
        ),
        ("states cell", "text,from\nEnd hunger,\"", "L#;\n", "\"\n"),
        ("brackets of states", "text,from\nEnd hunger,\"", "(L#) \n", "\"\n"),
        ("ands", "text,from\nEnd hunger,\"", "L and \n", "\"\n"),
        ("issues cell", "text,issue\nEnd hunger,\"", "- I#\n", "\"\n"),
        ("json", "[{\"text\":\"x\"}", ",{\"text\":\"End hunger #\"}", "]"),
        ("json keys", "[{\"text\":\"x\"}", ",{\"k#\":1}", "]"),
        ("json arrays", "{\"a\":[{\"text\":\"x\"}]", ",\"b#\":[{\"text\":\"y\"}]", "}"),
        ("report items", rep, "#. Ratify CEDAW (Peru);\n", ""),
        ("report items sub", rep, "1.#. Ratify CEDAW (Peru);\n", ""),
        ("report composite", &r1, "end hunger (Peru, Chile); ", "\n"),
        ("report composite L", &r1, "end hunger (L#); ", "\n"),
        ("report open brackets", &r1, "(", "\n"),
        ("report close brackets", &r1, ")", "\n"),
        ("report nested", &r1, "(a ", "\n"),
        (
            "report dialogue",
            &r3,
            "#. Peru recommended to end hunger.\n",
            "II. Conclusions and/or recommendations\n1. See paragraphs 1 to 3.\n",
        ),
        ("report no heading end", &r2, "end hunger\n", ""),
        ("report headings", &r3, "II. Conclusions and/or recommendations\n", ""),
        ("report one line", rep, "ratify ", ""),
        ("report capital words", &r1, "The Republic of And ", "\n"),
        ("report supports", rep, "The recommendations below enjoy the support of Andorra:\n", ""),
        ("addendum", add, "Recommendation #: accepted.\n", ""),
        ("addendum list", &a1, "77.#, ", " are accepted."),
        ("addendum ranges", &a1, "#-9999, ", " are accepted."),
        ("addendum words", add, "a ", ""),
        ("addendum accepted", add, "accepted ", ""),
        ("addendum numbers", add, "# ", ""),
        ("addendum lines", add, "1\n", ""),
        ("addendum same number", add, "Recommendation 1: accepted.\n", ""),
    ];
    let only = std::env::args().nth(1);
    for (name, begin, piece, end) in cases {
        if only.as_ref().is_some_and(|o| !name.contains(o.as_str())) {
            continue;
        }
        print!("{name}:");
        for size in [250_000usize, 500_000, 1_000_000, 4_000_000] {
            let mut f = begin.to_string();
            let mut n = 0;
            while f.len() < size {
                n += 1;
                f += &piece.replace('#', &n.to_string());
            }
            f += end;
            let m = rss();
            let t = Instant::now();
            let r = Reader::new().bytes("a", f.as_bytes());
            let e = t.elapsed();
            print!(
                " {:.2}s (+{}MB {})",
                e.as_secs_f64(),
                rss() as i64 - m as i64,
                match &r {
                    Ok(l) => l.account().recommendations.to_string(),
                    Err(e) => e.to_string().chars().take(60).collect(),
                }
            );
            if e.as_secs() > 12 {
                break;
            }
        }
        println!();
    }
}
