//! What a codebook has in other languages than that of `rules.csv`: rules with their lists, labels and definitions, and
//! examples, in files such as `rules.fr.csv`, `lists.fr.csv`, `issues.fr.csv`, `themes.fr.csv` and `examples.fr.csv`.

use super::faults::Faults;
use super::tables::{BundledFiles, Files, ISSUE_LABELS, LISTS, OF_LANGUAGE, RULES, THEME_LABELS, file_name};
use super::{Codebook, Issue, LanguageRules, Rule, Theme, rules};
use crate::error::{Error, quoted};
use crate::files::sheet::{Cells, Sheet};
use crate::text::hash::Fnv;
use crate::text::language::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What a codebook has in one more language.
#[derive(Debug, Clone)]
pub(crate) struct Translation {
    pub(crate) language: Language,
    /// None in it where there is no file of rules.
    rules: OnceLock<Option<LanguageRules>>,
    labels: OnceLock<Labels>,
    has_rules: bool,
}

/// Labels and definitions by code.
#[derive(Debug, Clone, Default)]
struct Labels {
    themes: BTreeMap<String, [String; 2]>,
    issues: BTreeMap<String, [String; 2]>,
}

/// Labels with their codes.
pub(super) type LabelsByCode = Vec<(String, Arc<str>)>;

impl Translation {
    pub(super) fn has_rules(&self) -> bool {
        self.has_rules
    }
}

/// Reads the files of one language.
struct Reader<'r> {
    origin: &'r str,
    files: &'r Files<'r>,
    bundled: bool,
    language: Language,
    themes: &'r [Theme],
    issues: &'r [Issue],
}

/// The rows of a table, if its file is there and can be read.
type Rows = Option<Vec<Cells>>;

impl Reader<'_> {
    fn rows(&self, sheet: &Sheet<'static>, faults: &mut Faults) -> Rows {
        let name = file_name(sheet.name, Some(self.language));
        let bytes = self.files.get(name.as_str()).copied()?;
        faults.take(Sheet { name: &name, ..*sheet }.rows(self.origin, Some(bytes)))
    }

    fn rules(&self, [lists, rules]: [Rows; 2], faults: &mut Faults) -> Option<LanguageRules> {
        let rules = rules?;
        let lists = rules::read_lists(self.language, &lists.unwrap_or_default(), self.bundled, faults);
        Some(rules::read_rules(&rules, Some(self.language), self.issues, &lists, faults))
    }

    fn labels(&self, [themes, issues]: [Rows; 2], faults: &mut Faults) -> Labels {
        let theme_codes: Vec<&str> = self.themes.iter().map(|theme| &*theme.code).collect();
        let issue_codes: Vec<&str> = self.issues.iter().map(|issue| &*issue.code).collect();
        Labels {
            themes: Reader::labels_of(&THEME_LABELS, themes, &theme_codes, faults),
            issues: Reader::labels_of(&ISSUE_LABELS, issues, &issue_codes, faults),
        }
    }

    fn labels_of(
        sheet: &Sheet<'static>,
        rows: Rows,
        codes: &[&str],
        faults: &mut Faults,
    ) -> BTreeMap<String, [String; 2]> {
        let mut labels = BTreeMap::new();
        let what = sheet.columns[0];
        for row in rows.unwrap_or_default() {
            let [code, label, definition] = row.cells.as_slice() else { continue };
            if !codes.contains(&code.as_str()) {
                let article = if what == "issue" { "an" } else { "a" };
                faults.add(row.unexpected(what, quoted(code), format!("{article} {what} of {}", sheet.name)));
            } else if label.is_empty() {
                faults.add(row.unexpected("label", "an empty cell", "the name that people read"));
            } else if labels.insert(code.clone(), [label.clone(), definition.clone()]).is_some() {
                let expected = format!("each {what} once");
                faults.add(row.unexpected(what, format!("{} again", quoted(code)), expected));
            }
        }
        labels
    }
}

/// What a codebook has in other languages than those of its `rules.csv`. That of a bundled codebook is read when it is asked
/// for. All cells but those of examples are part of the hash.
pub(super) fn read(
    origin: &str,
    files: &Files<'_>,
    hash: &mut Fnv,
    (themes, issues, base): (&[Theme], &[Issue], &[Language]),
    bundled: Option<BundledFiles>,
    faults: &mut Faults,
) -> Vec<Translation> {
    let mut translations = Vec::new();
    for language in Language::ALL.iter().copied() {
        let reader = Reader { origin, files, bundled: bundled.is_some(), language, themes, issues };
        let has = |sheet: &Sheet<'_>| files.contains_key(file_name(sheet.name, Some(language)).as_str());
        if !OF_LANGUAGE.iter().any(|sheet| has(sheet)) {
            continue;
        }
        for sheet in OF_LANGUAGE.into_iter().filter(|sheet| has(sheet)) {
            let is_labels = sheet.columns.contains(&"label");
            let expected = match () {
                () if base.contains(&language) && !is_labels => {
                    format!("what is for {} in {}, as codebook.csv says", language.name(), sheet.name)
                }
                () if !language.has_blanks() && !is_labels => {
                    "a language that is written with blanks between words".to_string()
                }
                () => continue,
            };
            let name = file_name(sheet.name, Some(language));
            let place = Sheet { name: &name, ..*sheet }.place(origin);
            faults.add(Error::unexpected(place, format!("a file for {}", language.name()), expected));
        }
        let (rules, labels) = (OnceLock::new(), OnceLock::new());
        let hashed = [&THEME_LABELS, &ISSUE_LABELS, &LISTS, &RULES];
        if bundled.is_some() {
            for name in hashed.map(|sheet| file_name(sheet.name, Some(language))) {
                let bytes = files.get(name.as_str()).copied().unwrap_or_default();
                *hash = hash_of(*hash, language, bytes);
            }
        } else {
            let tables = hashed.map(|sheet| reader.rows(sheet, faults));
            for row in tables.iter().flatten().flatten() {
                let start = hash.add_field(language.as_str());
                *hash = row.cells.iter().fold(start, |hash, cell| hash.add_field(cell));
            }
            let [theme_labels, issue_labels, lists, of_rules] = tables;
            let _ = rules.set(reader.rules([lists, of_rules], faults));
            let _ = labels.set(reader.labels([theme_labels, issue_labels], faults));
        }
        translations.push(Translation { language, rules, labels, has_rules: has(&RULES) });
    }
    translations
}

/// The hash of a bundled table, whose cells need no care: a program that codes English need not read it. A test checks that it is
/// that of the table as it is read.
fn hash_of(mut hash: Fnv, language: Language, bytes: &[u8]) -> Fnv {
    let mut table = csv::Reader::from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    while table.read_byte_record(&mut record).unwrap_or(false) {
        let start = hash.add_field(language.as_str());
        hash = record.iter().fold(start, |hash, cell| hash.add(cell).add(&[0xFF]));
    }
    hash
}

impl Codebook {
    /// The languages that it has rules for: those of the row `language` of `codebook.csv`, or English, for `rules.csv`; and
    /// those of files such as `rules.fr.csv`. Texts in other languages are not coded
    /// ([`Coding::not_coded`](crate::code::Coding::not_coded)).
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Language, Tagger};
    ///
    /// assert_eq!(Codebook::core().languages(), [Language::English, Language::French, Language::Spanish]);
    /// let coded = Tagger::core().code("Abolir a pena de morte");
    /// assert_eq!(coded.recommendation.language, Some(Language::Portuguese));
    /// assert_eq!(coded.coding.not_coded, Some(Language::Portuguese));
    /// ```
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Whether it has rules for a text in this language, or for one whose language is not detected.
    pub(crate) fn covers(&self, language: Option<Language>) -> bool {
        language.is_none_or(|language| self.languages.contains(&language))
    }

    /// The rules for texts in this language, in the order of their file; for none the rules of `rules.csv`.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Language};
    ///
    /// let core = Codebook::core();
    /// let french = core.rules_in(Some(Language::French));
    /// assert!(french.iter().any(|rule| &*rule.issue == "death-penalty" && rule.file() == "rules.fr.csv"));
    /// assert_eq!(core.rules_in(Some(Language::English)), core.rules());
    /// assert!(core.rules_in(Some(Language::Arabic)).is_empty());
    /// ```
    pub fn rules_in(&self, language: Option<Language>) -> &[Rule] {
        self.of_language(language).map_or(&[], |of_language| &of_language.rules)
    }

    /// The rules with their patterns for texts in this language, if there are any.
    pub(crate) fn of_language(&self, language: Option<Language>) -> Option<&LanguageRules> {
        let translation =
            self.translations.iter().find(|one| one.has_rules && Some(one.language) == language);
        match translation {
            Some(one) => {
                let rules = |reader: &Reader<'_>, tables, faults: &mut Faults| reader.rules(tables, faults);
                let read = || self.read_now(one.language, [&LISTS, &RULES], rules).flatten();
                one.rules.get_or_init(read).as_ref()
            }
            None => self.covers(language).then_some(&self.rules),
        }
    }

    /// The rules of `rules.csv`, and those of other languages that some of these texts are in.
    pub(crate) fn rules_for(
        &self,
        languages: impl IntoIterator<Item = Option<Language>>,
    ) -> impl Iterator<Item = &Rule> {
        let languages: BTreeSet<Language> = languages.into_iter().flatten().collect();
        let others = self.translated().filter(move |language| languages.contains(language));
        self.rules().iter().chain(others.flat_map(|language| self.rules_in(Some(language))))
    }

    /// The languages that have rules of their own, besides that of `rules.csv`.
    pub(crate) fn translated(&self) -> impl Iterator<Item = Language> {
        self.translations.iter().filter(|one| one.has_rules).map(|one| one.language)
    }

    /// The same codebook with labels and definitions in this language, where it has them.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, Language};
    ///
    /// let core = Codebook::core().in_language(Language::Spanish);
    /// assert_eq!(core.issue("death-penalty").unwrap().label, "Pena de muerte");
    /// ```
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Codebook {
        let Some(translation) = self.translations.iter().find(|one| one.language == language) else {
            return self;
        };
        let labels = self.labels_of(translation).clone();
        if self.replaced_labels.iter().all(Vec::is_empty) {
            let themes = self.themes.iter().map(|theme| (theme.label.clone(), theme.code.clone()));
            let issues = self.issues.iter().map(|issue| (issue.label.clone(), issue.code.clone()));
            self.replaced_labels = [themes.collect(), issues.collect()];
        }
        for theme in &mut self.themes {
            if let Some([label, definition]) = labels.themes.get(&*theme.code) {
                theme.label.clone_from(label);
                theme.definition.clone_from(definition);
            }
        }
        for issue in &mut self.issues {
            if let Some([label, definition]) = labels.issues.get(&*issue.code) {
                issue.label.clone_from(label);
                issue.definition.clone_from(definition);
            }
        }
        self
    }

    fn labels_of<'c>(&'c self, translation: &'c Translation) -> &'c Labels {
        let labels = |reader: &Reader<'_>, tables, faults: &mut Faults| reader.labels(tables, faults);
        let (language, sheets) = (translation.language, [&THEME_LABELS, &ISSUE_LABELS]);
        translation.labels.get_or_init(|| self.read_now(language, sheets, labels).unwrap_or_default())
    }

    /// The labels that are not shown: those of `issues.csv` or `themes.csv`, and of each other language.
    pub(super) fn other_labels(&self, themes: bool) -> Vec<LabelsByCode> {
        let codes: Vec<&Arc<str>> = match themes {
            true => self.themes.iter().map(|theme| &theme.code).collect(),
            false => self.issues.iter().map(|issue| &issue.code).collect(),
        };
        let mut all = vec![self.replaced_labels[usize::from(!themes)].clone()];
        for translation in &self.translations {
            let labels = self.labels_of(translation);
            let labels = if themes { &labels.themes } else { &labels.issues };
            let label = |code: &&Arc<str>| Some((labels.get(&***code)?[0].clone(), Arc::clone(code)));
            all.push(codes.iter().filter_map(label).collect());
        }
        all
    }

    /// Whether it comes with this crate.
    pub(crate) fn is_bundled(&self) -> bool {
        self.bundled.is_some()
    }

    /// Reads what was left for later; nothing where nothing was.
    fn read_now<T>(
        &self,
        language: Language,
        sheets: [&Sheet<'static>; 2],
        read: impl Fn(&Reader<'_>, [Rows; 2], &mut Faults) -> T,
    ) -> Option<T> {
        let files: Files<'_> = self.bundled?.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let (origin, themes, issues) = (self.name(), &self.themes, &self.issues);
        let reader = Reader { origin, files: &files, bundled: true, language, themes, issues };
        // the tests check that the bundled files have no faults
        let mut faults = Faults::new(1);
        let tables = sheets.map(|sheet| reader.rows(sheet, &mut faults));
        Some(read(&reader, tables, &mut faults))
    }
}
