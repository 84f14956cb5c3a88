//! Do the tools for people who write codebooks say what is so: which examples fail, what another version changes, which rules
//! texts propose?

use support::programs::{json, program, shown, text};
use support::{fixture, scratch};
use upr::code::suggest;
use upr::evaluate::{failing_examples, recoded};
use upr::read::Reader;
use upr::{Codebook, CodedList, Tagger};

const ISSUES: &str = "issue,label,theme\nguns,Gun violence,safety\npolice,Police,safety\n";

fn codebook(version: &str, files: &[(&str, &str)]) -> Codebook {
    let about = format!("key,value\nname,mine\nversion,{version}\n");
    let all = [("codebook.csv", &*about), ("issues.csv", ISSUES)].into_iter().chain(files.iter().copied());
    Codebook::from_files("mine", all).expect("a codebook")
}

fn tagger(version: &str, files: &[(&str, &str)]) -> Tagger {
    Tagger::new(codebook(version, files)).expect("a tagger")
}

#[test]
fn each_failing_example_names_the_rule() {
    let rules = "issue,kind,pattern,with,without\npolice,include,police*,,\npolice,exclude,police academy,,\nguns,include,gun,,toy\n";
    let examples = "text,tagged,not_tagged\n\
        Train the police,police,*\n\
        Found a police academy,police,\n\
        Ban every toy gun,guns,\n\
        Hire policewomen to collect each gun,,*\n\
        Entraîner la police à la protection des droits de l’homme,police,\n";
    let tagger = tagger("1", &[("rules.csv", rules), ("examples.csv", examples)]);
    let failing: Vec<String> = failing_examples(&tagger).iter().map(ToString::to_string).collect();
    assert_eq!(
        failing,
        [
            "examples.csv of mine, line 3, column tagged: found the rule \"police*\" (rules.csv, line 2) set aside by the exclude rule \
             \"police academy\" (rules.csv, line 3) in \"Found a police academy\", expected \"police\"",
            "examples.csv of mine, line 4, column tagged: found the rule \"gun\" (rules.csv, line 4) set aside by its own without \"toy\" in \
             \"Ban every toy gun\", expected \"guns\"",
            "examples.csv of mine, line 5, column not_tagged: found \"guns\" given to \"Hire policewomen to collect each gun\" by the rule \
             \"gun\" (rules.csv, line 4), which matches \"gun\", expected no \"guns\"",
            "examples.csv of mine, line 5, column not_tagged: found \"police\" given to \"Hire policewomen to collect each gun\" by the \
             rule \"police*\" (rules.csv, line 2), which matches \"policewomen\", expected no \"police\"",
            "examples.csv of mine, line 6, column tagged: found \"Entraîner la police à la protection des droits de l’homme\" in French, and \
             rules for \"English\", expected \"police\"",
        ]
    );
}

#[test]
fn examples_decide_nothing() {
    let rules = ("rules.csv", "issue,kind,pattern\nguns,include,gun*\n");
    let without = codebook("1", &[rules]);
    let with = codebook("1", &[rules, ("examples.csv", "text,tagged\nBan guns,guns\n")]);
    assert_eq!(without.about().hash, with.about().hash);
    assert_eq!((without.examples().len(), with.examples().len()), (0, 1));
}

#[test]
fn the_program_says_which_examples_fail() {
    let folder = scratch("failing-examples");
    for name in ["codebook.csv", "issues.csv", "lists.csv", "rules.csv"] {
        std::fs::copy(fixture("codebook-climate").join(name), folder.join(name)).expect("a copy");
    }
    std::fs::write(folder.join("examples.csv"), "text,tagged\nPlant trees,climate-action\n").expect("a file");
    let folder = folder.to_str().expect("a path");
    let sentence = "examples.csv of climate, line 2, column tagged: found no rule of \"climate-action\" that matches \"Plant trees\", expected \
                    \"climate-action\"";
    let end = "summary: examples of the codebook that fail: 1\n  next: correct the rules, or the lines of \
               examples.csv\n";
    let output = program("summary", &["--check-codebook", folder]);
    assert_eq!(output.status.code(), Some(1));
    let screen = text(&output.stdout);
    assert!(screen.contains("\nExamples that fail (1 of 1)\n"), "{screen}");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&screen).contains(&words(sentence)), "{screen}");
    assert_eq!(text(&output.stderr), end);
    let output = program("summary", &["--check-codebook", folder, "--format", "csv"]);
    assert_eq!(text(&output.stderr), format!("summary: {sentence}\n{end}"));
    let output = program("summary", &["--check-codebook", folder, "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["examples"], &report["failing_examples"][0]), (&1.into(), &sentence.into()));
    // those of a bundled codebook pass
    let screen = shown(&["--check-codebook", "core"]);
    assert!(screen.contains("\nExamples that fail (0 of "), "{screen}");
}

fn list() -> upr::read::RecommendationList {
    let rows = "text\nTrain the police\nFound a police academy\nBan guns\nBan firearms\nCollect each gun\n";
    Reader::new().state_under_review("Kenya").session(35).bytes("list.csv", rows.as_bytes()).expect("a list")
}

/// Why each recommendation gained or lost an issue between two codebooks.
fn reasons(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
    let coded = |version, files| -> CodedList { tagger(version, files).tag(list()) };
    let (before, after) = (coded("1", before), coded("2", after));
    let table = recoded(&before, &after).expect("the same list");
    let rows = table.iter().map(|row| {
        let line = |name: &str| row.count(name).map_or(String::new(), |line| line.to_string());
        let [change, issue, because, rule, by, matched] =
            ["change", "issue", "because", "rule", "by", "matched"]
                .map(|name| row.text(name).expect("a text"));
        format!("{change} {issue}: {because}, {rule} {}, {by} {}, {matched}", line("line"), line("by_line"))
    });
    let rows: Vec<String> = rows.collect();
    // back again it is the reverse
    let back = recoded(&after, &before).expect("the same list");
    let told = |table: &upr::Table, change: &str| -> std::collections::BTreeSet<[String; 3]> {
        let cells = |row: upr::statistics::Row<'_>| {
            ["id", "issue", "rule"].map(|name| row.text(name).expect("a text").to_string())
        };
        table.iter().filter(|row| row.text("change") == Some(change)).map(cells).collect()
    };
    assert_eq!(told(&back, "lost"), told(&table, "gained"));
    assert_eq!(told(&back, "gained"), told(&table, "lost"));
    rows
}

#[test]
fn what_a_new_version_changes_is_told_with_its_rule() {
    let one = [
        ("rules.csv", "issue,kind,pattern,with,without\npolice,include,police*,,\nguns,include,{gun},,\n"),
        ("lists.csv", "list,term\ngun,gun\n"),
    ];
    assert!(reasons(&one, &one).is_empty());
    let excluded = [
        (
            "rules.csv",
            "issue,kind,pattern,with,without\npolice,exclude,police academy,,\npolice,include,police*,,\nguns,include,{gun},,\n",
        ),
        one[1],
    ];
    assert_eq!(reasons(&one, &excluded), ["lost police: set aside, police* 2, police academy 2, police"]);
    assert_eq!(
        reasons(&excluded, &one),
        ["gained police: no longer set aside, police* 2, police academy 2, police"]
    );
    let without = [
        (
            "rules.csv",
            "issue,kind,pattern,with,without\npolice,include,police*,,academy\nguns,include,{gun},,\n",
        ),
        one[1],
    ];
    assert_eq!(reasons(&one, &without), ["lost police: set aside, police* 2, academy 2, police"]);
    let conditional = [
        (
            "rules.csv",
            "issue,kind,pattern,with,without\npolice,include,police*,train,\nguns,include,{gun},,\n",
        ),
        one[1],
    ];
    assert_eq!(reasons(&one, &conditional), ["lost police: rule changed, police* 2,  , police"]);
    let terms = [one[0], ("lists.csv", "list,term\ngun,gun\ngun,firearm*\n")];
    assert_eq!(reasons(&one, &terms), ["gained guns: list changed, {gun} 3,  , firearms"]);
    let rules = [("rules.csv", "issue,kind,pattern\npolice,include,police*\nguns,include,guns\n"), one[1]];
    assert_eq!(
        reasons(&one, &rules),
        ["gained guns: new rule, guns 3,  , guns", "lost guns: rule removed, {gun} 3,  , gun"]
    );
}

#[test]
fn other_lists_are_refused() {
    let rules = [("rules.csv", "issue,kind,pattern\nguns,include,gun*\n")];
    let mut other = list();
    other.recommendations.pop();
    let tagger = tagger("1", &rules);
    let error = recoded(&tagger.tag(list()), &tagger.tag(other)).expect_err("other recommendations");
    assert_eq!(
        error.to_string(),
        "recoded: found lists of 5 and 4 recommendations that are not the same, expected one list, coded with two codebooks"
    );
}

#[test]
fn the_program_compares_codebooks() {
    let climate = fixture("codebook-climate");
    let folder = scratch("compared-codebook");
    for name in ["codebook.csv", "issues.csv", "lists.csv"] {
        std::fs::copy(climate.join(name), folder.join(name)).expect("a copy");
    }
    let rules = std::fs::read_to_string(climate.join("rules.csv")).expect("rules");
    let without: Vec<&str> = rules.lines().filter(|line| !line.contains("Paris")).collect();
    std::fs::write(folder.join("rules.csv"), without.join("\n")).expect("a file");
    let [new, old] = [&climate, &folder].map(|path| path.to_str().expect("a path"));
    let screen = shown(&["--codebook", new, "--compare-codebook", old]);
    assert!(screen.contains("Compared with: climate 1.0.0 ("), "{screen}");
    assert!(screen.contains("climate-action       5      6       1     0\n"), "{screen}");
    assert!(screen.contains("\n  1 gained, new rule: Paris Agreement (line 5)\n"), "{screen}");
    let report = json(&["--codebook", new, "--compare-codebook", old, "--json"]);
    assert_ne!(report["codebook_before"]["hash"], report["codebook_after"]["hash"]);
    assert_eq!(report["issues"][0]["gained"], 1);
    let csv = program("summary", &["--codebook", new, "--compare-codebook", old, "--format", "csv"]);
    let table = text(&csv.stdout);
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(table.lines().nth(1).expect("a row").contains("climate 1.0.0 (fnv1a64:"), "{table}");
}

#[test]
fn rules_are_proposed_from_texts() {
    let coded = Tagger::core().tag(list());
    let tagger = Tagger::core();
    let examples = tagger.codebook().examples_from(fixture("suggest/texts.csv")).expect("texts");
    let table = suggest(&tagger, "policing", &examples, &coded).expect("proposals");
    let rows: Vec<_> = table
        .iter()
        .map(|row| {
            let count = |name| row.count(name).expect("a count");
            let pattern =
                format!("{},{}", row.text("kind").expect("a kind"), row.text("pattern").expect("a pattern"));
            (pattern, [count("right"), count("wrong"), count("list_changes")])
        })
        .collect();
    assert_eq!(rows[0], ("include,guards".to_string(), [3, 0, 0]));
    assert_eq!(rows[1].1, [1, 0, 0], "one for the marshals: {rows:?}");
    assert_eq!(rows.len(), 2);
}

/// What an include rule gives wrongly is set aside by words of its own match.
#[test]
fn exclude_rules_are_proposed_too() {
    let rules = "issue,kind,pattern\npolice,include,police*\n";
    let examples = "text,tagged,not_tagged\n\
        Train the police of the north,police,\n\
        Pay the police,police,\n\
        Follow the police science journal,,police\n\
        Print a police science yearbook,,police\n";
    let tagger = tagger("1", &[("rules.csv", rules), ("examples.csv", examples)]);
    let coded = tagger.tag(list());
    let table = suggest(&tagger, "police", tagger.codebook().examples(), &coded).expect("proposals");
    let row = table.iter().next().expect("a proposal");
    assert_eq!((row.text("kind"), row.text("pattern")), (Some("exclude"), Some("police science")));
    assert_eq!(
        (row.count("right"), row.count("wrong"), row.count("list_changes")),
        (Some(2), Some(0), Some(0))
    );
    assert_eq!(table.rows.len(), 1);
}

/// An abbreviation keeps its capitals, a possessive its 's, and a text with an exclusion gets no rule that would be set aside.
#[test]
fn proposals_are_in_the_notation() {
    let rules = "issue,kind,pattern\npolice,include,police*\npolice,exclude,police academy\n";
    let examples = "text,tagged,not_tagged\n\
        Pay the sheriff's men,police,\n\
        Train the sheriff's men,police,\n\
        Dissolve the SPLM,police,\n\
        Found a police academy,police,\n\
        Pay the men,,police\n\
        Hear the sheriff,,police\n";
    let tagger = tagger("1", &[("rules.csv", rules), ("examples.csv", examples)]);
    let coded = tagger.tag(list());
    let table = suggest(&tagger, "police", tagger.codebook().examples(), &coded).expect("proposals");
    let patterns: Vec<&str> = table.iter().map(|row| row.text("pattern").expect("a pattern")).collect();
    assert_eq!(patterns, ["sheriff's men", "SPLM"]);
    let held_back: Vec<_> = table.iter().map(|row| row.count("held_back_right").expect("a count")).collect();
    assert_eq!(held_back[1], 0, "no other text has it: {held_back:?}");
}

#[test]
fn nothing_is_proposed_where_all_is_right_or_nothing_is_said() {
    let rules = "issue,kind,pattern\nguns,include,gun*\n";
    let tagger = tagger("1", &[("rules.csv", rules), ("examples.csv", "text,tagged\nBan guns,guns\n")]);
    let coded = tagger.tag(list());
    let examples = tagger.codebook().examples();
    assert!(suggest(&tagger, "guns", examples, &coded).expect("a table").rows.is_empty());
    let error = |issue| suggest(&tagger, issue, examples, &coded).expect_err("a fault").to_string();
    assert_eq!(
        error("gun"),
        "issue: found \"gun\", expected the code of an issue of mine: its issues.csv has them"
    );
    assert_eq!(
        error("police"),
        "examples: found no text that must or must not have \"police\", expected some of each: a few lines of an examples.csv"
    );
}

#[test]
fn the_program_proposes_rules() {
    let texts = fixture("suggest/texts.csv");
    let texts = texts.to_str().expect("a path");
    let screen = shown(&["--suggest", "policing", "--examples", texts]);
    assert!(
        screen.contains("\npolicing,include,guards,,,\n  right in 3, wrong in 0; held back: right in "),
        "{screen}"
    );
    let csv = program("summary", &["--suggest", "policing", "--examples", texts, "--format", "csv"]);
    let table = text(&csv.stdout);
    assert!(table.starts_with("\u{feff}issue,kind,pattern,"), "{table}");
    let output = program("summary", &["--suggest", "polcing"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "summary: issue: found \"polcing\", expected the code of an issue of core: its issues.csv has them\n"
    );
}
