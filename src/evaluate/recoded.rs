//! What another codebook, or another version of one, changes in the coding of a list, and by which rule.

use crate::codebook::{Codebook, RuleKind};
use crate::coded::{CodedList, CodedRecommendation, Evidence};
use crate::error::{Error, Result};
use crate::table::{Cell, Table};
use std::collections::BTreeSet;
use std::sync::Arc;

const HEADER: [&str; 12] = [
    "id",
    "issue",
    "change",
    "because",
    "rule",
    "line",
    "by",
    "by_line",
    "matched",
    "text",
    "codebook_before",
    "codebook_after",
];

/// What `after` codes differently from `before`. Both are codings of the same list, as by two versions of a codebook. Where only
/// one gives an issue to a recommendation, each rule that gave it has a row. Unit: rules and recommendations.
///
/// - `change`: `gained` or `lost`. The rule is one of the codebook after or before, and `line` its line there.
/// - `because`, for a rule that gains an issue: `new rule`, `rule changed` (another `with`, or a `without` less), `list changed` (other
///   terms in a list that it names), `no longer set aside` (`by` is what did it before: an exclude rule, or its own `without`), `new issue`, or
///   `language` (the codebook before has no rules for the text's language).
/// - For a rule that loses one: `rule removed`, `rule changed`, `list changed`, `set aside` (`by` is what does it now), `issue removed`, `language`. A rule whose pattern was written otherwise is a removed and a new one.
/// - `matched`: the words that the rule matched, the first time.
/// - `codebook_before` and `codebook_after`: name, version and hash.
///
/// # Errors
///
/// Lists that do not hold the same recommendations.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, evaluate::recoded};
///
/// let guns = |version: &str, pattern: &str| {
///     let about = format!("key,value\nname,mine\nversion,{version}\n");
///     let rules = format!("issue,kind,pattern\nguns,include,{pattern}\n");
///     let issues = "issue,label,theme\nguns,Gun violence,safety\n";
///     Codebook::from_files("mine", [("codebook.csv", &*about), ("issues.csv", issues), ("rules.csv", &*rules)])
/// };
/// let list = upr::read::path("fixtures/usa-2020.csv")?;
/// let [before, after] = [guns("1", "gun*")?, guns("2", "(gun*|firearm*)")?];
/// let table = recoded(&Tagger::new(before)?.tag(list.clone()), &Tagger::new(after)?.tag(list))?;
/// let row = table.iter().find(|row| row.text("matched") == Some("firearms")).unwrap();
/// assert_eq!((row.text("change"), row.text("because"), row.count("line")), (Some("gained"), Some("new rule"), Some(2)));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn recoded<'l>(before: &'l CodedList, after: &'l CodedList) -> Result<Table> {
    let texts = |list: &'l CodedList| {
        list.recommendations.iter().map(|coded| (&coded.recommendation.id, &coded.recommendation.text))
    };
    if !texts(before).eq(texts(after)) {
        let found = format!(
            "lists of {} and {} recommendations that are not the same",
            before.recommendations.len(),
            after.recommendations.len()
        );
        return Err(Error::mismatch("recoded", found, "one list, coded with two codebooks"));
    }
    let [old, new] = [before, after].map(|list| list.codebooks().issues());
    let names: [Arc<str>; 2] = [old, new].map(|codebook| Arc::from(codebook.identity().to_string()));
    let mut table = Table::new(HEADER);
    for (before, after) in before.recommendations.iter().zip(&after.recommendations) {
        let gained = given_alone(Side { with: new, without: old }, after, before, "gained");
        let lost = given_alone(Side { with: old, without: new }, before, after, "lost");
        table.rows.extend(gained.chain(lost).map(|mut row| {
            row.extend(names.iter().map(Cell::from));
            row
        }));
    }
    Ok(table)
}

/// The codebook that gives an issue, and the one that does not.
#[derive(Clone, Copy)]
struct Side<'c> {
    with: &'c Codebook,
    without: &'c Codebook,
}

/// A row for each rule of the issues that `has` was given and `lacks` was not.
fn given_alone<'c>(
    side: Side<'c>,
    has: &'c CodedRecommendation,
    lacks: &'c CodedRecommendation,
    change: &'static str,
) -> impl Iterator<Item = Vec<Cell>> {
    let tags = has.coding.tags.iter().filter(|tag| !lacks.coding.has(&tag.code));
    tags.flat_map(move |tag| {
        let mut seen = BTreeSet::new();
        let rules = tag.evidence.iter().filter(move |evidence| seen.insert(evidence.rule.clone()));
        rules.map(move |evidence| row(side, has, lacks, &tag.code, evidence, change))
    })
}

fn row(
    side: Side<'_>,
    has: &CodedRecommendation,
    lacks: &CodedRecommendation,
    issue: &str,
    evidence: &Evidence,
    change: &str,
) -> Vec<Cell> {
    let gained = change == "gained";
    let language = has.recommendation.language;
    let include = |codebook| Codebook::rule(codebook, language, issue, RuleKind::Include, &evidence.rule);
    let (own, other) = (include(side.with), include(side.without));
    let mut aside = lacks.coding.suppressed.iter();
    let aside = aside.find(|one| *one.code == *issue && one.evidence.rule == evidence.rule);
    let because = if lacks.coding.not_coded.is_some() {
        "language"
    } else if side.without.issue(issue).is_none() {
        if gained { "new issue" } else { "issue removed" }
    } else if aside.is_some() {
        if gained { "no longer set aside" } else { "set aside" }
    } else {
        match (own, other) {
            (Some(own), Some(other)) if (&own.with, &own.without) != (&other.with, &other.without) => {
                "rule changed"
            }
            (_, Some(_)) => "list changed",
            (_, None) if gained => "new rule",
            (_, None) => "rule removed",
        }
    };
    let by = aside.map_or("", |aside| &aside.by);
    let by_line =
        aside.and_then(|aside| side.without.set_aside_by(language, issue, &evidence.rule, &aside.by));
    let line = |rule: Option<u64>| rule.map_or(Cell::Number(None), Cell::from);
    let text = &has.recommendation.text;
    vec![
        Cell::from(has.recommendation.id.as_str()),
        Cell::from(issue),
        Cell::from(change),
        Cell::from(because),
        Cell::from(&evidence.rule),
        line(own.map(|rule| rule.line)),
        Cell::from(by),
        line(by_line.map(|rule| rule.line)),
        Cell::from(text.get(evidence.span.clone()).unwrap_or_default()),
        Cell::from(text.as_str()),
    ]
}
