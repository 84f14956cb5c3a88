//! Codebooks: coding frames as versioned files that users edit. Loading checks them in full.
//!
//! `load.rs` reads the folder, `notation.rs` the patterns of its rules, `parts.rs` has issues, themes and rules, `examples.rs`
//! the texts that it must code as they say.

mod about;
mod aspect;
mod codebooks;
mod examples;
mod faults;
mod labels;
mod languages;
pub(crate) mod load;
pub(crate) mod notation;

use crate::error::{Error, Result};
use crate::text::language::Language;
use notation::Pattern;
use std::path::Path;
use std::sync::OnceLock;

mod parts;
mod rules;
mod tables;

pub use about::About;
pub use aspect::Aspect;
pub use codebooks::Codebooks;
pub use examples::Expectation;
pub(crate) use parts::RuleKind;
pub use parts::{Issue, Rule, Theme};

/// The code under which a recommendation without an issue is counted; no issue may have it.
pub const UNTAGGED: &str = "untagged";
/// The label of the group of recommendations that have no issue.
pub(crate) const UNTAGGED_LABEL: &str = "No issue of the codebook";
/// The category along an [aspect](crate::Aspect) that the tagger does not code. Of a text in a
/// [language](crate::Codebook::languages) that the codebook has no rules for, it is this with the code of the language, such
/// as `not_coded_fr`.
pub const NOT_CODED: &str = "not_coded";

/// A coding frame: issues in themes, and the rules that give them. Checked in full when it was loaded.
///
/// # Example
///
/// ```
/// let core = upr::Codebook::core();
/// let issue = core.issue("death-penalty").expect("one of the mission issues");
/// assert_eq!(issue.label, "Death penalty");
/// assert!(core.rules().iter().any(|rule| rule.issue == issue.code));
/// ```
#[derive(Debug, Clone)]
pub struct Codebook {
    about: About,
    /// A hash of all cells but those of other languages.
    learned_from: String,
    /// All that it has rules for.
    languages: Vec<Language>,
    themes: Vec<Theme>,
    issues: Vec<Issue>,
    /// Those of `rules.csv`.
    rules: LanguageRules,
    translations: Vec<languages::Translation>,
    /// Labels of themes and of issues that another language took the place of.
    replaced_labels: [languages::LabelsByCode; 2],
    examples: OnceLock<Vec<Expectation>>,
    /// Its files, if it comes with this crate.
    bundled: Option<tables::BundledFiles>,
}

/// The rules for texts in one language.
#[derive(Debug, Clone)]
pub(crate) struct LanguageRules {
    pub(crate) language: Language,
    pub(crate) rules: Vec<Rule>,
    /// That of each rule.
    pub(crate) patterns: Vec<RulePatterns>,
}

#[derive(Debug, Clone)]
pub(crate) struct RulePatterns {
    pub(crate) issue: usize,
    pub(crate) pattern: Pattern,
    pub(crate) with: Option<Pattern>,
    pub(crate) without: Option<Pattern>,
}

impl Codebook {
    /// The names of the codebooks that come with this crate.
    pub const BUNDLED: [&str; load::BUNDLED.len()] = [load::BUNDLED[0].0, load::BUNDLED[1].0];

    /// The project's own codebook: the subjects of UPR recommendations in about a dozen themes.
    pub fn core() -> Codebook {
        load::bundled(&load::BUNDLED[0])
    }

    /// UPR Info's 54 issues, by rules that reproduce the coding of its staff (sessions 1 to 20).
    pub fn upr_info() -> Codebook {
        load::bundled(&load::BUNDLED[1])
    }

    /// The codebook of this name in [`Codebook::BUNDLED`], if there is one.
    pub fn bundled(name: &str) -> Option<Codebook> {
        load::BUNDLED.iter().find(|(bundled, _)| *bundled == name).map(load::bundled)
    }

    /// The codebook of this name in [`Codebook::BUNDLED`], or else the one in this folder: what a program makes of the
    /// codebook that its user asks for.
    ///
    /// # Errors
    ///
    /// Neither a name nor a folder; and as for [`Codebook::load`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::Codebook;
    ///
    /// assert_eq!(Codebook::named("core")?.about().hash, Codebook::core().about().hash);
    /// assert_eq!(Codebook::named("fixtures/codebook-climate")?.name(), "climate");
    /// assert_eq!(
    ///     Codebook::named("upr-inof").unwrap_err().to_string(),
    ///     "codebook: found neither a name nor a folder \"upr-inof\", expected one of \"core\" and \"upr-info\", or a folder with \
    ///      \"codebook.csv\", \"issues.csv\" and \"rules.csv\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn named(name: &str) -> Result<Codebook> {
        match Codebook::bundled(name) {
            Some(bundled) => Ok(bundled),
            None if Path::new(name).exists() => Codebook::load(name),
            None => Err(load::nowhere(name)),
        }
    }

    /// Loads a codebook from a folder with the files `codebook.csv`, `issues.csv` and `rules.csv`, and where
    /// they are needed `themes.csv`, `lists.csv` and `examples.csv`. `documentation::guide` says what they hold.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with file, line and column: a missing file; an unknown column; a code
    /// that is used twice or contains a blank; a rule for an issue that `issues.csv` doesn't have; a pattern
    /// that is empty, or written against the notation.
    ///
    /// # Example
    ///
    /// ```
    /// let climate = upr::Codebook::load("fixtures/codebook-climate")?;
    /// assert_eq!((climate.name(), climate.issues().len()), ("climate", 2));
    ///
    /// let error = upr::Codebook::load("fixtures/codebook-broken").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "fixtures/codebook-broken/rules.csv, line 3, column pattern: found \"ab*c\" with a * that does not \
    ///      end a word, expected a * only at the end of a word"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load(folder: impl AsRef<Path>) -> Result<Codebook> {
        load::folder(folder.as_ref())
    }

    /// What is wrong with the codebook in a folder: all that can be told at once, up to 20 faults, the one that
    /// [`Codebook::load`] reports first. Nothing where it can be loaded.
    pub fn faults(folder: impl AsRef<Path>) -> Vec<Error> {
        load::faults(folder.as_ref())
    }

    /// Loads a codebook from texts in memory: the same files as in a folder, by name. `origin` stands for the
    /// folder in messages.
    ///
    /// # Errors
    ///
    /// As for [`Codebook::load`].
    ///
    /// # Example
    ///
    /// ```
    /// let files = [
    ///     ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
    ///     ("issues.csv", "issue,label,theme,definition\nguns,Gun violence,safety,Shootings and access to guns\n"),
    ///     ("rules.csv", "issue,kind,pattern\nguns,include,gun*\n"),
    /// ];
    /// let codebook = upr::Codebook::from_files("mine", files)?;
    /// assert_eq!(codebook.themes()[0].label, "safety");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn from_files<'a>(
        origin: &str,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Codebook> {
        load::load(origin, files.into_iter().map(|(name, text)| (name, text.as_bytes())))
    }

    /// What it says of itself: name, version, title, description, licence and hash.
    ///
    /// # Example
    ///
    /// ```
    /// let codebook = |pattern: &str| {
    ///     let rules = format!("issue,kind,pattern\nguns,include,{pattern}\n");
    ///     let issues = "issue,label,theme,definition\nguns,Gun violence,safety,Shootings\n";
    ///     let about = "key,value\nname,mine\nversion,1\n";
    ///     upr::Codebook::from_files("mine", [("codebook.csv", about), ("issues.csv", issues), ("rules.csv", &rules)])
    /// };
    /// assert_ne!(codebook("gun")?.about().hash, codebook("gun*")?.about().hash);
    /// assert_eq!(codebook("gun")?.about().hash, codebook("\"gun\"")?.about().hash);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Name, version and hash together, as coded lists carry them.
    pub fn identity(&self) -> About {
        self.about.identity()
    }

    /// The same as models know it: by a hash of what they learn from, which leaves out other languages.
    pub(crate) fn learned_identity(&self) -> About {
        About { hash: self.learned_from.clone(), ..self.about.identity() }
    }

    /// The name, such as `core`.
    pub fn name(&self) -> &str {
        &self.about.name
    }

    /// The themes, in the order of `themes.csv`.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The issues, in the order of `issues.csv`.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The rules, in the order of `rules.csv`. [`Codebook::rules_in`] has those of other languages.
    pub fn rules(&self) -> &[Rule] {
        &self.rules.rules
    }

    /// The issue of this code.
    pub fn issue(&self, code: &str) -> Option<&Issue> {
        self.issues.iter().find(|issue| &*issue.code == code)
    }

    /// The theme of this code.
    pub fn theme(&self, code: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| &*theme.code == code)
    }

    /// The groups of a grouping as a codebook without rules, so that what is regrouped can be counted and exported as
    /// anything else.
    pub(crate) fn without_rules(about: About, themes: Vec<Theme>, issues: Vec<Issue>) -> Codebook {
        let languages = Language::ALL.to_vec();
        let rules = LanguageRules { language: Language::English, rules: Vec::new(), patterns: Vec::new() };
        let (translations, replaced_labels, examples) = Default::default();
        let learned_from = about.hash.clone();
        Codebook {
            about,
            learned_from,
            languages,
            themes,
            issues,
            rules,
            translations,
            replaced_labels,
            examples,
            bundled: None,
        }
    }

    /// The rule of this issue, kind and pattern for texts in this language.
    pub(crate) fn rule(
        &self,
        language: Option<Language>,
        issue: &str,
        kind: RuleKind,
        pattern: &str,
    ) -> Option<&Rule> {
        let mut rules = self.rules_in(language).iter();
        rules.find(|rule| *rule.issue == *issue && rule.kind == kind && *rule.pattern == *pattern)
    }

    /// The rule that set a match of an include rule aside: that rule itself by its `without`, or an exclude rule.
    pub(crate) fn set_aside_by(
        &self,
        language: Option<Language>,
        issue: &str,
        include: &str,
        by: &str,
    ) -> Option<&Rule> {
        let rule = |kind, pattern| self.rule(language, issue, kind, pattern);
        let own = rule(RuleKind::Include, include).filter(|rule| rule.without == by);
        own.or_else(|| rule(RuleKind::Exclude, by)).or_else(|| rule(RuleKind::ExcludeAll, by))
    }
}
