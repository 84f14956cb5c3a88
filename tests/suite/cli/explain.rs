//! Does `summary` explain one recommendation, and try a codebook?

use support::programs::{json, program, shown, text};
use support::{fixture, usa};

#[test]
fn a_recommendation_is_explained_by_id_number_or_part() {
    let explained = shown(&["--explain", "USA-36-26.64"]);
    for id in ["26.64", "usa-36-26.64", "36-26.64"] {
        assert_eq!(shown(&["--explain", id]), explained, "{id}");
    }
    let expected = "\
USA-36-26.64
State under review: United States; session: 36
Document: A/HRC/46/15; paragraph: 26.64
Recommending States: Slovenia
Position: supported, in the source's words \"supported\"
";
    assert!(explained.starts_with(expected), "{explained}");
    let tag = "  Climate change and disasters (climate-change), theme Development, environment and the 2030 Agenda\n";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&explained).contains(&words(tag)), "{explained}");
    assert!(
        words(&explained).contains("to leave the [Paris Agreement] on [climate] change Tags"),
        "{explained}"
    );
    assert!(explained.contains("Paris <1> (agreement|accord)\n"), "the rule's pattern: {explained}");
    assert!(explained.contains("decided by the verb \"Reconsider\" (rule: reconsider)\n"), "{explained}");
    assert!(explained.contains("\nSustainable Development Goals\n"), "{explained}");
}

#[test]
fn what_was_set_aside_is_explained_with_the_rule_that_did_it() {
    let (tagger, coded) = usa();
    let with_aside = coded.recommendations.iter().find(|coded| !coded.coding.suppressed.is_empty());
    let coded = with_aside.expect("an exclusion that did something");
    let aside = &coded.coding.suppressed[0];
    let id = &coded.recommendation.id;
    let explained = shown(&["--explain", id]);
    let label = &tagger.codebook().issue(&aside.code).expect("an issue").label;
    assert!(
        explained.contains(&format!(
            "\nSet aside ({})\n  {label} ({})",
            coded.coding.suppressed.len(),
            aside.code
        )),
        "{explained}"
    );
    let report = json(&["--explain", id, "--json"]);
    assert_eq!(report["set_aside"][0]["by"], *aside.by);
    assert_eq!(report["set_aside"][0]["rule"], *aside.evidence.rule);
}

#[test]
fn the_json_says_the_same() {
    let report = json(&["--explain", "26.64", "--format", "json"]);
    assert_eq!(report["id"], "USA-36-26.64");
    let whole: Vec<char> = report["text"].as_str().expect("a text").chars().collect();
    let tags = report["tags"].as_array().expect("tags");
    assert_eq!(tags[0]["issue"], "climate-change");
    for found in tags.iter().chain(report["aspects"].as_array().expect("aspects")) {
        for one in found["evidence"].as_array().expect("evidence") {
            let [start, end] = ["start", "end"].map(|key| one[key].as_u64().expect("a place") as usize);
            assert_eq!(one["matched"], whole[start..end].iter().collect::<String>());
            assert!(one["line"].as_u64().is_some(), "every rule has a line: {one}");
            assert!(one["codebook"].is_string(), "in the rules of a codebook: {one}");
        }
    }
    assert_eq!((&report["action"]["category"], &report["action"]["verb"]), (&3.into(), &"Reconsider".into()));
}

/// Where a model decides, its score and the weights of its phrases are shown beside the rules.
#[test]
fn a_models_phrases_have_weights() {
    let report = json(&["--codebook", "upr-info", "--explain", "26.64", "--json"]);
    let tags = report["tags"].as_array().expect("tags");
    let environment = tags.iter().find(|tag| tag["issue"] == "environment").expect("UPR Info's issue");
    assert!(environment["score"].as_f64().is_some_and(|score| score > 0.0), "{environment}");
    let evidence = environment["evidence"].as_array().expect("evidence");
    let model =
        evidence.iter().filter(|one| one["rule"].as_str().is_some_and(|rule| rule.starts_with("model: ")));
    let weights: Vec<f64> = model.map(|one| one["weight"].as_f64().expect("a weight")).collect();
    assert!(!weights.is_empty() && weights.iter().all(|weight| *weight > 0.0), "{environment}");
    let explained = shown(&["--codebook", "upr-info", "--explain", "26.64"]);
    assert!(explained.contains("(weight ") && explained.contains("model's score"), "{explained}");
}

#[test]
fn an_id_that_is_not_there_is_answered_with_the_nearest() {
    for (id, message) in [
        (
            "26.1611",
            "summary: id: found no recommendation \"26.1611\", expected an id or a number of the list, such as \
             \"USA-36-26.161\", \"USA-36-26.111\" and \"USA-36-26.16\"\n",
        ),
        (
            "36-26",
            "summary: id: found 347 recommendations of which \"36-26\" is a part, expected one of them, such as \
             \"USA-36-26.1\", \"USA-36-26.2\", \"USA-36-26.3\", \"USA-36-26.4\" and \"USA-36-26.5\"\n",
        ),
    ] {
        let output = program("summary", &["--explain", id]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), message);
    }
}

#[test]
fn a_codebook_is_tried_on_the_files() {
    let (codebook, list) = (fixture("codebook-climate"), fixture("usa-2020.csv"));
    let [codebook, list] = [&codebook, &list].map(|path| path.to_str().expect("a path"));
    let tried = shown(&[list, "--check-codebook", codebook]);
    assert!(tried.contains("Codebook: climate 1.0.0 ("), "{tried}");
    assert!(
        tried.contains("\nClimate action (climate-action)\n  {climate}\n    line 2: in 5, in 3 of them alone\n    with Paris Agreement (2)\n"),
        "{tried}"
    );
    assert!(tried.contains("of 2017 to leave the [Paris Agreement] on\n"), "{tried}");
    assert!(tried.contains("\nRules that never match (5 of 7)\n"), "{tried}");
    assert!(tried.contains("\nIssues without recommendations (1 of 2)\n  climate-displacement\n"), "{tried}");
    let report = json(&[list, "--check-codebook", codebook, "--json"]);
    assert_eq!(report["rules"].as_array().map(Vec::len), Some(7));
    assert_eq!((&report["rules"][0]["fires"], &report["rules"][0]["alone"]), (&5.into(), &3.into()));
    let csv = program("summary", &[list, "--check-codebook", codebook, "--format", "csv"]);
    let mut table = csv::Reader::from_reader(csv.stdout.as_slice());
    assert_eq!(table.records().map(|row| row.expect("a row").len()).collect::<Vec<_>>(), [11; 7]);
    // a bundled one by its name, by its rules alone
    assert!(shown(&["--check-codebook", "upr-info"]).contains("Codebook: upr-info 1.1.0 ("));
}
