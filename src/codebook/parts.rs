//! What a codebook consists of: themes, issues and rules, as its files state them.

use super::tables::{RULES, file_name};
use crate::names::names;
use crate::text::language::Language;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A group of issues.
///
/// # Example
///
/// ```
/// let codebook = upr::Codebook::core();
/// let theme = &codebook.themes()[0];
/// assert_eq!((&*theme.code, theme.label.as_str()), ("international-commitments", "International commitments"));
/// assert!(theme.definition.starts_with("Human rights treaties"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// The code, such as `justice`.
    pub code: Arc<str>,
    /// The name that people read.
    pub label: String,
    /// What belongs to it.
    pub definition: String,
}

/// A subject that a recommendation may be about.
///
/// # Example
///
/// ```
/// let codebook = upr::Codebook::load("fixtures/codebook-climate")?;
/// let issue = &codebook.issues()[0];
/// assert_eq!((&*issue.code, &*issue.theme), ("climate-action", "climate"));
/// assert_eq!(issue.label, "Climate action");
/// assert!(issue.definition.ends_with("Not pollution in general."));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The code, such as `death-penalty`.
    pub code: Arc<str>,
    /// The name that people read.
    pub label: String,
    /// The code of its theme.
    pub theme: Arc<str>,
    /// What is included and what is not: the instruction for a human coder.
    pub definition: String,
}

/// A row of `rules.csv`.
///
/// # Example
///
/// ```
/// let codebook = upr::Codebook::load("fixtures/codebook-climate")?;
/// let rule = codebook.rules().iter().find(|rule| rule.line == 6).unwrap();
/// assert_eq!((&*rule.issue, rule.kind()), ("climate-action", "exclude"));
/// assert_eq!(&*rule.pattern, "climate of (fear|impunity|trust|intimidation)");
/// assert_eq!(rule.note, "another climate");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The code of the issue that it speaks of.
    pub issue: Arc<str>,
    pub(crate) kind: RuleKind,
    /// The pattern, as written. It is the rule's name in all evidence.
    pub pattern: Arc<str>,
    /// A pattern that must match the same text as well, or empty.
    pub with: String,
    /// A pattern that must not match the same text, or empty.
    pub without: String,
    /// Why the rule is there.
    pub note: String,
    /// The language of its file, such as `rules.fr.csv`; none for `rules.csv`, whose languages `codebook.csv` names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Its line in the file.
    pub line: u64,
}

impl Rule {
    /// What a match of the pattern does: `include` gives the issue, and is its evidence; `exclude` sets aside the matches
    /// of the issue's include rules that overlap it; `exclude-all` sets aside all of them in the text.
    pub fn kind(&self) -> &'static str {
        self.kind.as_str()
    }

    /// The name of its file: `rules.csv`, or that of its language.
    pub fn file(&self) -> String {
        file_name(RULES.name, self.language)
    }
}

/// What a match of a rule's pattern does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleKind {
    /// It gives the issue, and is its evidence.
    Include,
    /// It sets aside the matches of the issue's include rules that overlap it.
    Exclude,
    /// It sets aside all matches of the issue's include rules in the text.
    ExcludeAll,
}

names! {
    RuleKind, "kind",
    Include = "include",
    Exclude = "exclude",
    ExcludeAll = "exclude-all",
}
