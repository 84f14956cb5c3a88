//! Tables of an evaluation, to be read in a spreadsheet: the disagreements, and the rules.

use super::guarded;
use crate::codebook::RuleKind;
use crate::coded::CodedRecommendation;
use crate::error::{Error, Result};
use crate::evaluate::{Compared, Comparison};
use std::path::Path;
use std::sync::Arc;

/// Writes the rows where tags and labels differ, as CSV, in the order of the files: `id`, `file`, `row`,
/// `state_under_review`, `text`; the labels `expected`, `given`, `missing` and `extra`; as `evidence` the issues given
/// with the words that gave them and their rules, and as `set_aside` what exclusions kept from being evidence.
///
/// # Errors
///
/// A file that cannot be written.
///
/// # Example
///
/// ```
/// use upr::evaluate::{Comparison, Crosswalk};
/// use upr::{Codebook, Tagger, export, read::Reader};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(Reader::new().rows_apart().path("fixtures/upr-info.csv")?);
/// let crosswalk = Crosswalk::by_label(tagger.codebook());
/// let comparison = Comparison::of(&coded, &crosswalk)?;
/// let path = std::env::temp_dir().join("upr-disagreements.csv");
/// export::disagreements(&path, &comparison)?;
/// assert!(std::fs::read_to_string(&path).unwrap().starts_with("id,file,row,state_under_review,text,expected"));
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn disagreements(path: impl AsRef<Path>, comparison: &Comparison<'_>) -> Result<()> {
    let header = [
        "id",
        "file",
        "row",
        "state_under_review",
        "text",
        "expected",
        "given",
        "missing",
        "extra",
        "evidence",
        "set_aside",
    ];
    let mut rows = vec![header.map(str::to_string).to_vec()];
    for compared in comparison.disagreements() {
        let Compared { coded, expected, given } = compared;
        let recommendation = &coded.recommendation;
        let source = recommendation.sources.first();
        rows.push(vec![
            recommendation.id.clone(),
            source.map_or(String::new(), |source| source.file.to_string()),
            source.map_or(String::new(), |source| source.row.to_string()),
            recommendation.state_under_review.as_ref().map_or(String::new(), |name| name.name().to_string()),
            recommendation.text.clone(),
            joined(expected),
            joined(given),
            joined(compared.missing()),
            joined(compared.extra()),
            evidence(coded),
            set_aside(coded),
        ]);
    }
    write(path.as_ref(), &rows)
}

/// Writes what each rule of the codebook contributes, as CSV, in the order of the codebook: `issue`, `kind`, `rule`,
/// `line`, `fires`, `alone`, `right`, `alone_right`, as in [`RuleUse`](crate::evaluate::RuleUse).
///
/// # Errors
///
/// A file that cannot be written.
///
/// # Example
///
/// ```
/// # use upr::evaluate::{Comparison, Crosswalk};
/// # use upr::{Codebook, Tagger, read::Reader};
/// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
/// let list = Reader::new().rows_apart().path("fixtures/evaluation/coded.csv")?;
/// let coded = tagger.tag(list);
/// let crosswalk = Crosswalk::load("fixtures/evaluation/crosswalk.csv", tagger.codebook())?;
/// let comparison = Comparison::of(&coded, &crosswalk)?;
/// let path = std::env::temp_dir().join("upr-example-rules.csv");
/// upr::export::rule_uses(&path, &comparison)?;
/// let table = std::fs::read_to_string(&path).unwrap();
/// # std::fs::remove_file(&path).ok();
/// assert!(table.starts_with("issue,kind,rule,line,fires,alone,right,alone_right\nclimate-action,include,"));
/// # Ok::<(), upr::Error>(())
/// ```
pub fn rule_uses(path: impl AsRef<Path>, comparison: &Comparison<'_>) -> Result<()> {
    let header = ["issue", "kind", "rule", "line", "fires", "alone", "right", "alone_right"];
    let mut rows = vec![header.map(str::to_string).to_vec()];
    for rule in comparison.rules() {
        let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
        rows.push(vec![
            rule.issue.to_string(),
            rule.kind.map_or("", RuleKind::as_str).to_string(),
            rule.rule.to_string(),
            number(rule.line),
            rule.fires.to_string(),
            rule.alone.to_string(),
            number(rule.right),
            number(rule.alone_right),
        ]);
    }
    write(path.as_ref(), &rows)
}

fn write(path: &Path, rows: &[Vec<String>]) -> Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let unwritable = |error: csv::Error| Error::unwritable(path, std::io::Error::other(error));
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell).into_owned())).map_err(unwritable)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::unwritable(path, error.into_error()))?;
    std::fs::write(path, bytes).map_err(|error| Error::unwritable(path, error))
}

fn joined<'l>(labels: impl IntoIterator<Item = &'l Arc<str>>) -> String {
    labels.into_iter().map(|label| &**label).collect::<Vec<_>>().join("; ")
}

/// For each issue given, the words that gave it, and the rule in square brackets.
fn evidence(coded: &CodedRecommendation) -> String {
    let text = &coded.recommendation.text;
    let tags = coded.coding.tags.iter().map(|tag| {
        let matches = tag.evidence.iter();
        let matches: Vec<String> = matches
            .map(|evidence| format!("\"{}\" [{}]", &text[evidence.span.clone()], evidence.rule))
            .collect();
        format!("{}: {}", tag.code, matches.join(", "))
    });
    tags.collect::<Vec<_>>().join("; ")
}

/// What an exclusion set aside, with both rules.
fn set_aside(coded: &CodedRecommendation) -> String {
    let text = &coded.recommendation.text;
    let matches = coded.coding.suppressed.iter().map(|aside| {
        let words = &text[aside.evidence.span.clone()];
        format!("{}: \"{words}\" [{}] by [{}]", aside.code, aside.evidence.rule, aside.by)
    });
    matches.collect::<Vec<_>>().join("; ")
}
