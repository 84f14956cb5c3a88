//! Do the README and the page on the programs show what the programs print, and does every command in them run?
//!
//! Each block of commands (`sh`) is run here or in `.ci/run`; each block of output (`text`) is compared with what the
//! last command or Rust program before it prints, where `…` stands for what is left out. A file that a user brings along
//! is one of the fixtures.

use std::collections::BTreeSet;
use support::programs::{program, text};
use support::scratch;

const PAGES: [&str; 2] = [include_str!("../../README.md"), include_str!("../../examples/README.md")];
const CI: &str = include_str!("../../.ci/run");

/// What a reader has of their own.
const OWN: [(&str, &str); 16] = [
    ("asks.csv", "fixtures/like/asks.csv"),
    ("corrections.csv", "fixtures/corrections/decisions.csv"),
    ("ana.csv", "fixtures/coders/ana.csv"),
    ("ben.csv", "fixtures/coders/ben.csv"),
    ("chloe.csv", "fixtures/coders/chloe.csv"),
    ("draft.docx", "fixtures/changes/draft.csv"),
    ("report.pdf", "../shared/data/reports-slovenia/cycle2-report-A_HRC_28_15.pdf"),
    ("addendum.pdf", "../shared/data/reports-slovenia/cycle2-addendum-A_HRC_28_15_Add.1.pdf"),
    ("my-list.xlsx", "fixtures/own-list.xlsx"),
    ("long.csv", "fixtures/upr-info.csv"),
    ("coded-list.csv", "fixtures/upr-info.csv"),
    ("my-folder", "fixtures/codebook-climate"),
    ("my-codebook", "fixtures/codebook-climate"),
    ("texts.csv", "fixtures/suggest/texts.csv"),
    ("text=Wortlaut", "text=text"),
    ("position=Antwort", "position=position"),
];

/// A fenced block: its language and its lines.
fn blocks(page: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some((_, begun)) = rest.split_once("\n```") {
        let (language, body) = begun.split_once('\n').expect("a block");
        let (body, after) = body.split_once("\n```").expect("the end of a block");
        blocks.push((language, body));
        rest = after;
    }
    blocks
}

/// Code within a line: between single backticks, also over the end of a line.
fn inline(page: &'static str) -> Vec<String> {
    let mut prose = page.to_string();
    for (language, body) in blocks(page) {
        prose = prose.replace(&format!("```{language}\n{body}\n```"), "");
    }
    prose
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|code| code.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// The Rust program of the README, as the script of the build copied it; its lines go to `PRINTED`.
mod program_of_the_readme {
    use std::cell::RefCell;

    thread_local! {
        pub(super) static PRINTED: RefCell<String> = const { RefCell::new(String::new()) };
    }

    macro_rules! println {
        ($($what:tt)*) => {
            PRINTED.with_borrow_mut(|printed| *printed += &(format!($($what)*) + "\n"))
        };
    }

    include!(concat!(env!("OUT_DIR"), "/readme.rs"));

    pub(super) fn output() -> String {
        main().expect("the program of the README works");
        PRINTED.take()
    }
}

/// The example and its arguments, if this command runs one.
fn example(command: &str) -> Option<(&str, Vec<&str>)> {
    // what is between quotation marks is one argument
    let parts = command.strip_prefix("cargo run ")?.split('"').enumerate();
    let arguments: Vec<&str> = parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .collect();
    let at = arguments.iter().position(|word| *word == "--example")?;
    let after = arguments.iter().position(|word| *word == "--").map_or(arguments.len(), |at| at + 1);
    Some((arguments[at + 1], arguments[after..].to_vec()))
}

/// What it prints.
fn output(command: &str) -> String {
    let (name, arguments) = example(command).unwrap_or_else(|| panic!("no example is run by {command}"));
    // the tests of this file run beside each other
    let out = scratch(&format!("readme-out-{:?}", std::thread::current().id()));
    let mut own: Vec<(&str, &str)> = OWN.to_vec();
    let page = out.with_extension("html");
    own.push(("counts", out.to_str().expect("a path")));
    let written = ["sheet.csv", "sheet.html", "settle.csv", "figures.csv"].map(|name| (name, out.join(name)));
    own.extend(written.iter().map(|(name, path)| (*name, path.to_str().expect("a path"))));
    for name in ["usa-2020.html", "page.html", "pagina.html"] {
        own.push((name, page.to_str().expect("a path")));
    }
    let in_out =
        ["list.qdpx", "core.qdc", "checked.qdpx"].map(|name| (name, out.join(name).display().to_string()));
    own.extend(in_out.iter().map(|(name, path)| (*name, path.as_str())));
    if command.contains("checked.qdpx") {
        let list = upr::read::path(support::fixture("own-list.xlsx")).expect("a fixture");
        upr::export::qda_file(out.join("checked.qdpx"), &upr::Tagger::core().tag(list)).expect("a project");
    }
    for name in ["chiffres", "cifras"] {
        own.push((name, out.to_str().expect("a path")));
    }
    let arguments: Vec<&str> = arguments
        .into_iter()
        .map(|word| own.iter().find(|(theirs, _)| *theirs == word).map_or(word, |(_, ours)| *ours))
        .collect();
    let output = program(name, &arguments);
    assert!(output.status.success(), "{command}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[track_caller]
fn holds(printed: &str, shown: &str, command: &str) {
    let mut rest = printed;
    for part in format!("{shown}\n").split("…\n") {
        let at = rest.find(part);
        let at = at.unwrap_or_else(|| panic!("{command} no longer prints:\n{part}\nbut:\n{printed}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn what_is_shown_is_what_is_printed() {
    for page in PAGES {
        let (mut command, mut shown) = (None, 0);
        for (language, body) in blocks(page) {
            match language {
                "sh" => command = body.lines().find(|line| example(line).is_some()).or(command),
                "rust" => command = Some("the program of the README"),
                "text" => {
                    let command = command.expect("a command before its output");
                    let printed = match example(command) {
                        Some(_) => output(command),
                        None => program_of_the_readme::output(),
                    };
                    holds(&(printed + "\n"), body, command);
                    shown += 1;
                }
                "csv" => {}
                other => panic!("no test knows a block of {other}"),
            }
        }
        assert!(shown >= 3, "{shown}");
    }
}

/// Commands in blocks, and within the text: each is run, here or in `.ci/run`.
#[test]
fn every_command_runs() {
    let blocks = PAGES.map(blocks).concat();
    let lines = blocks.iter().filter(|(language, _)| *language == "sh").flat_map(|(_, body)| body.lines());
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_string);
    let within = PAGES.map(inline).concat().into_iter().filter(|code| code.starts_with("cargo "));
    let commands: BTreeSet<String> = lines.chain(within).collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        let needs_the_feature = command.contains("--features pdf") && !cfg!(feature = "pdf");
        if needs_the_feature || (command.contains(".pdf") && !cfg!(shared_data)) {
            assert!(CI.contains("cargo test --release --features pdf"), "{command}");
        } else if example(&command).is_some() {
            output(&command);
        } else {
            let begin: Vec<&str> = command.split_whitespace().take(2).collect();
            assert!(CI.contains(&begin.join(" ")), "{command} is run neither here nor in .ci/run");
        }
    }
}

/// Options within the text are options of a program, and those with a value do what they say.
#[test]
fn every_option_is_known() {
    let help = [("summary", "--help-all"), ("evaluate", "--help")];
    let help = help.map(|(name, help)| text(&program(name, &[help]).stdout)).concat();
    let options: Vec<String> =
        PAGES.map(inline).concat().into_iter().filter(|code| code.starts_with("--")).collect();
    assert!(options.len() >= 10, "{options:?}");
    for option in options {
        for name in option.split_whitespace().filter(|word| word.starts_with("--") && *word != "--features") {
            assert!(help.contains(&format!("{name} ")) || help.contains(&format!("{name}\n")), "{name}");
        }
        if option.contains(' ') && !option.contains("--features") {
            let with = match option.split(' ').next() {
                Some("--column") => "fixtures/usa-2020.csv ",
                // options of a table
                Some("--unit" | "--format") => "--by position ",
                _ => "",
            };
            output(&format!("cargo run --example summary -- {with}{option}"));
        }
    }
}
