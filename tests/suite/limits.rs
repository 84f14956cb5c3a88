//! Is every limit that `SECURITY.md` names kept, and told in one sentence?
//!
//! What a file may hold is tried in `hostile.rs` too; here are the sizes, and codebooks that cost too much.

use std::time::{Duration, Instant};
use upr::count::Filter;
use upr::read::Reader;
use upr::{Codebook, State, Tagger};

#[track_caller]
fn is_refused(name: &str, bytes: &[u8], message: &str) {
    let error = Reader::new().bytes(name, bytes).expect_err("a refusal");
    assert_eq!(error.to_string(), message);
}

#[test]
fn rows() {
    let blank = "\n".repeat(1 << 22);
    is_refused(
        "a.csv",
        format!("text\nx\n{blank}y\n").as_bytes(),
        "a.csv: found more than 4194304 rows, expected a list of recommendations, in several files where it is longer",
    );
    let json = format!("[{}1]", "1,".repeat(1 << 22));
    is_refused(
        "a.json",
        format!("{{\"a\":{json}}}").as_bytes(),
        "a.json: found more than 4194304 rows, expected a list of recommendations, in several files where it is longer",
    );
}

#[test]
fn columns() {
    let header = "text,".repeat(1025) + "x\n";
    is_refused(
        "a.csv",
        header.as_bytes(),
        "a.csv: found a header of more than 1024 columns, expected a header and rows",
    );
    let header: Vec<String> = (0..40).map(|column| format!("c{column}")).collect();
    let error = Reader::new().bytes("a.csv", header.join(",").as_bytes()).expect_err("no text");
    assert!(
        error
            .to_string()
            .contains("\"c28\" and \"c29\", and 10 more, expected a column with the recommendation text"),
        "{error}"
    );
}

#[test]
fn cells() {
    let row = |text: &str, from: &str| format!("text,from\n\"{text}\",\"{from}\"\nEnd hunger,Peru\n");
    let reason = |file: &str| {
        let list = Reader::new().bytes("a.csv", file.as_bytes()).expect("a list");
        assert_eq!((list.recommendations.len(), list.rejects.len()), (1, 1));
        assert!(list.account().balances() && list.rejects[0].raw.len() < 500_000);
        list.rejects[0].reason.clone()
    };
    assert_eq!(
        reason(&row(&"end hunger\n".repeat(10_000), "Peru")),
        "found a text of 109999 bytes, of which the beginning is kept, expected at most 100000"
    );
    let states: String = (0..501).map(|number| format!("Land {number}; ")).collect();
    assert_eq!(reason(&row("End hunger", &states)), "found 501 recommending States, expected at most 500");
    let states: String = (0..200_000).map(|number| format!("L{number};")).collect();
    let labels = format!("text,issue\nEnd hunger,\"{}\"\nEnd hunger,Food\n", "Food;".repeat(501));
    assert_eq!(reason(&labels), "found 501 labels in a cell, expected at most 500");
    let begun = Instant::now();
    reason(&row("End hunger", &states[..1_000_000].replace(';', ";\n")));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

/// Twenty thousand rows of one text, each by another State, once took the square of their number.
#[test]
fn one_text_of_many_states() {
    let rows: String = (0..20_000).map(|row| format!("End hunger,Land {row}\n")).collect();
    let list = Reader::new().bytes("a.csv", format!("text,from\n{rows}").as_bytes()).expect("a list");
    let states: usize = list.recommendations.iter().map(|one| one.recommending_states.len()).sum();
    assert_eq!((list.recommendations.len(), states), (40, 20_000));
    assert!(list.account().balances());
}

#[test]
fn json_that_is_nested_or_long() {
    let nested = "[".repeat(100_000) + &"]".repeat(100_000);
    let list = |json: String| Reader::new().bytes("a.json", json.as_bytes()).expect("a list");
    let with = |value: &str| list(format!("[{{\"text\":\"End hunger\"}},{{\"text\":{value}}}]"));
    let reason = |value: &str| {
        let list = with(value);
        assert_eq!((list.recommendations.len(), list.rejects.len()), (1, 1));
        assert!(list.rejects[0].raw.len() < 250_000);
        list.rejects[0].reason.clone()
    };
    let none = "found a record nested too deep, or with a character or number that is none, expected a text under each key";
    assert_eq!(reason(&nested), none);
    assert_eq!(reason("1e999"), none);
    assert_eq!(reason("\"\\ud800\""), none);
    assert_eq!(
        reason(&format!("\"{}\"", "x".repeat(1 << 20))),
        "found a record of 1048587 bytes, of which the beginning is kept, expected at most 1048576"
    );
    let deep = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    is_refused(
        "a.json",
        deep.as_bytes(),
        "a.json, line 1: found JSON that breaks off or is wrong in column 636, expected an array of records",
    );
    let keys: Vec<String> = (0..1025).map(|key| format!("\"k{key}\":1")).collect();
    is_refused(
        "a.json",
        format!("[{{{}}}]", keys.join(",")).as_bytes(),
        "a.json: found records of more than 1024 different keys, expected the same keys in each record",
    );
}

/// A codebook of one issue with these lists and rules.
fn codebook(lists: &str, rules: &str) -> upr::Result<Codebook> {
    let files = [
        ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
        ("issues.csv", "issue,label,theme,definition\nguns,Guns,safety,\n"),
        ("lists.csv", &format!("list,term\n{lists}")),
        ("rules.csv", &format!("issue,kind,pattern\n{rules}")),
    ];
    Codebook::from_files("mine", files)
}

#[track_caller]
fn codebook_says(lists: &str, rules: &str, message: &str) {
    let error = codebook(lists, rules).expect_err("a refusal");
    assert_eq!(error.to_string(), message);
}

#[test]
fn patterns_that_cost_too_much() {
    let terms: String = (0..1000).map(|term| format!("a,word {term}\n")).collect();
    codebook_says(
        &terms,
        "guns,include,({a}|) ({a}|) ({a}|) ({a}|) ({a}|) ({a}|) {a}\n",
        "mine/rules.csv, line 2, column pattern: found a pattern of more than 50000 phrases, its choices written out, expected fewer choices, shorter lists or several rules",
    );
    codebook_says(
        &terms,
        &format!("guns,include,({})\n", ["{a}"; 51].join("|")),
        "mine/rules.csv, line 2, column pattern: found a pattern of more than 50000 phrases, its choices written out, expected fewer choices, shorter lists or several rules",
    );
    let rules: String = (0..200)
        .map(|rule| format!("guns,include,({{a}}|) ({{a}}|) ({{a}}|) ({{a}}|) {{a}} x{rule}\n"))
        .collect();
    codebook_says(
        &terms,
        &rules,
        "mine/rules.csv, line 106, column pattern: found more than 5000000 phrases up to here, choices written out, expected fewer rules, choices or terms",
    );
    codebook_says(
        "",
        &format!("guns,include,{}\n", "gun ".repeat(2501)),
        "mine/rules.csv, line 2, column pattern: found a pattern of 10003 bytes, expected at most 10000",
    );
    codebook_says(
        &format!("a,{}\n", "x".repeat(10_001)),
        "guns,include,gun\n",
        "mine/lists.csv, line 2, column term: found a phrase of 10001 bytes, expected at most 10000",
    );
    codebook_says(
        "",
        "guns,include,gun <99999> law\n",
        "mine/rules.csv, line 2, column pattern: found the gap <99999>, expected a number of words from 0 to 30, such as <4> or <~4>",
    );
    codebook_says(
        "",
        "guns,include,\"/(\\w{1,30}\\s){1,20}police/\"\n",
        "mine/rules.csv, line 2, column pattern: found /(\\w{1,30}\\s){1,20}police/ (Compiled regex exceeds size limit of 1048576 bytes.), expected a regular expression between slashes, such as /gun(s|fire)/, that does not match the empty text",
    );
    codebook_says(
        "",
        "guns,include,/[ab]*a[ab]{1000}/\n",
        "mine/rules.csv, line 2, column pattern: found /[ab]*a[ab]{1000}/, with more than 1000 places where its repetitions are written out, expected a shorter one; a gap such as <5> passes over words",
    );
    let rules: String = (0..11).map(|rule| format!("guns,include,/g{rule:02}(un|law){{100}}/\n")).collect();
    codebook_says(
        "",
        &rules,
        "mine/rules.csv, line 11, column pattern: found regular expressions of more than 5000 places up to here, expected fewer or shorter ones; most can be said in words",
    );
}

#[test]
fn tables_of_a_codebook() {
    let terms = "a,b\n".repeat(100_001);
    codebook_says(
        &terms,
        "guns,include,gun\n",
        "mine/lists.csv, line 100002: found more than 100000 rows, expected a smaller table",
    );
    let issues: String = (0..1001).map(|issue| format!("i{issue},I,t\n")).collect();
    let files = [
        ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
        ("issues.csv", &format!("issue,label,theme\n{issues}")),
        ("rules.csv", "issue,kind,pattern\n"),
    ];
    assert_eq!(
        Codebook::from_files("mine", files).expect_err("a refusal").to_string(),
        "mine/issues.csv, line 1002, column issue: found more than 1000 issues, expected fewer"
    );
    #[cfg(unix)]
    {
        let folder = support::scratch("endless-codebook");
        std::os::unix::fs::symlink("/dev/zero", folder.join("codebook.csv")).expect("a link");
        let error = Codebook::load(&folder).expect_err("a refusal").to_string();
        assert!(error.ends_with("codebook.csv: found more than 64 MB, expected a smaller file"), "{error}");
    }
}

/// Patterns whose work would multiply, on texts made for them: soon, and the same each time.
#[test]
fn texts_made_for_a_pattern() {
    let words = format!("the {}", "gun law ".repeat(1000));
    let same = "a".repeat(20_000);
    for (rule, text) in [
        (format!("{}{{a}}", "{a} <30> ".repeat(19)), &words),
        (format!("{}{{a}}", "{a} <~30> ".repeat(19)), &words),
        (format!("{}{{a}}", "({a}|) <~30> ".repeat(6)), &words),
        ("/[^z]*z|a/".to_string(), &same),
        ("/(a+)+$/".to_string(), &same),
        ("/(a|aa)+b|a/".to_string(), &same),
    ] {
        let codebook = codebook("a,gun\na,law\n", &format!("guns,include,\"{rule}\"\n")).expect("a codebook");
        let tagger = Tagger::new(codebook).expect("a tagger");
        let begun = Instant::now();
        let coding = tagger.code(text.as_str()).coding;
        assert!(coding.has("guns"), "{rule}");
        assert!(begun.elapsed() < Duration::from_secs(60), "{rule}: {:?}", begun.elapsed());
        assert_eq!(coding, tagger.code(text.as_str()).coding, "{rule}");
    }
}

/// A name with a letter that only looks like the one that belongs there is no State's, and the list says why.
#[test]
fn names_that_look_like_a_state() {
    for (name, why) in [
        ("Ѕpain", Some("\"Ѕ\" (U+0405) is no Latin letter")),
        ("Ρeru", Some("\"Ρ\" (U+03A1) is no Latin letter")),
        ("Ｐeru", Some("\"Ｐ\" (U+FF30) is no Latin letter")),
        ("Spa\u{200B}in", Some("it holds U+200B, which is invisible")),
        ("Sp\u{202E}ain", Some("it holds U+202E, which is invisible")),
        ("Кенения", None),
        ("Atlantis", None),
    ] {
        assert!(State::resolve(name).is_none(), "{name}");
        let list = Reader::new().bytes("a.csv", format!("text,from\nEnd hunger,{name}\n").as_bytes());
        let unresolved = list.expect("a list").unresolved();
        assert_eq!(unresolved.states.len(), 1, "{name}");
        assert_eq!(unresolved.states[name].lookalike.as_deref(), why, "{name}");
    }
    for name in ["Côte d’Ivoire", "Türkiye", "São Tomé and Príncipe", "Spain"] {
        assert!(State::resolve(name).is_some(), "{name}");
    }
}

/// What a file holds turns no message around, and no control character gets through one.
#[test]
fn messages_show_what_nobody_sees() {
    is_refused(
        "a.csv",
        "na\u{202E}me,\u{1b}[2J,\u{200B}\nx,y,z\n".as_bytes(),
        "a.csv: found the headers \"na\\u{202e}me\", \"\\u{1b}[2J\" and \"\\u{200b}\", expected a column with the recommendation text, such as \"text\" or \"recommendation\", or a column mapping (text=HEADER)",
    );
}

#[test]
fn conditions_of_a_filter() {
    let many: Vec<String> = (0..1001).map(|issue| format!("issue=i{issue}")).collect();
    assert_eq!(
        Filter::parse(&many.join(",")).expect_err("a refusal").to_string(),
        "filter: found more than 1000 conditions, expected fewer"
    );
}
