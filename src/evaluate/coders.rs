//! Any number of coders who coded the same texts. Where to go next: [`coding`](super::coding) reads their sheets,
//! [`figures`](super::figures) says how far they agree.

use super::coding::{Coded, NONE, Names};
use super::reliability::MAX_CODERS;
use crate::codebook::{About, Codebook};
use crate::coded::Selection;
use crate::error::{Error, Place, Result, few, quoted};
use crate::recommendation::lookup::Lookup;
use crate::table::{Cell, Table};
use crate::text::key;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// The rows over all issues: every issue of every text is one decision, or every issue weighs the same.
pub(super) const OVER_ALL: [&str; 2] = ["all decisions", "mean of issues"];

/// What several people coded, from the sheets that they filled ([`coding_sheet`](super::coding_sheet)).
///
/// # How a sheet is filled
///
/// - `issues`: codes or labels of the codebook, separated by semicolons. The word `none` says that the text has no issue. A
///   row with an empty cell is not coded: it is missing for this coder, and not a "no".
/// - `coder`: who coded the row. Where the cell is empty, or there is no such column, the name of the file: `ana.csv` is
///   Ana's. Several coders may be in one file. Names that differ in capitals or accents only are one name.
/// - `id`, and `text_hash` if it is there, say which text it is; they stay as they are. Other columns are not read, except
///   `text`, which [`disagreements`](Coders::disagreements) shows.
///
/// # What each figure means
///
/// A coder who gave some issues to a text said yes to these and no to all others. Only issues count that somebody compared
/// gave at least once. Texts that one coder alone coded count in no figure.
///
/// - `agreement`: the share of texts where two coders say the same, as the mean over the pairs of coders. Of a rare issue it
///   is high whatever the coders do.
/// - `kappa`: agreement beyond chance (Cohen 1960), as the mean over the pairs (Light 1971).
/// - `alpha`: Krippendorff's alpha for yes and no, of all coders at once; coders may have left out texts (Krippendorff
///   2011; 2019, chapter 12). He asks for 0.8, and for 0.667 where tentative conclusions are enough.
/// - `f1`: twice the texts to which two coders gave the issue, divided by how many each gave it to, as the mean over the
///   pairs. Texts without the issue don't count.
///
/// A figure that is not defined is an empty cell, such as alpha and kappa where nobody, or everybody, said yes. A pair
/// without a figure is left out of the mean.
///
/// The 95% intervals are those of a bootstrap over texts, by percentiles of 1,000 draws (Efron and Tibshirani 1993, chapters
/// 12 and 13), the same on every machine. With few texts they are too narrow: of an issue on which the coders never differed, the
/// interval is 1 to 1, however rare it is.
///
/// # Example
///
/// ```
/// use upr::{Codebook, evaluate::Coders};
///
/// let ana = "id,issues\n1,death-penalty; torture\n2,none\n3,housing\n4,\n";
/// let ben = "id,issues\n1,death-penalty\n2,none\n3,Housing\n4,torture\n";
/// let files = [("ana.csv", ana.as_bytes()), ("ben.csv", ben.as_bytes())];
/// let coders = Coders::from_bytes(files, &Codebook::core())?;
///
/// let agreement = coders.agreement()?;
/// let housing = agreement.row(["coders", "housing"]).unwrap();
/// assert_eq!((housing.count("texts"), housing.number("alpha")), (Some(3), Some(1.0))); // text 4 has one coder
/// let torture = agreement.row(["coders", "torture"]).unwrap();
/// assert_eq!((torture.number("agreement"), torture.number("kappa")), (Some(2.0 / 3.0), Some(0.0)));
///
/// let settle = coders.disagreements();
/// let row = settle.row(["1"]).unwrap();
/// assert_eq!([row.text("issue"), row.text("yes"), row.text("no")], [Some("torture"), Some("ana"), Some("ben")]);
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Coders {
    codebook: Arc<Codes>,
    rows: Vec<Coded>,
    /// The names, sorted.
    pub(super) coders: Vec<String>,
    /// By id.
    pub(super) texts: BTreeMap<String, Text>,
    /// Whether the tags of a list are known.
    pub(super) in_a_list: bool,
}

/// What is needed of the codebook.
#[derive(Debug)]
struct Codes {
    about: About,
    /// The codes of the issues, in their order.
    issues: Vec<Arc<str>>,
}

/// A text, and what was said of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    text: String,
    /// By coder, where there are codes.
    pub(super) issues: BTreeMap<usize, BTreeSet<usize>>,
    /// The tags; none where there is no list, or where the codebook has no rules for the text's language.
    pub(super) machine: Option<BTreeSet<usize>>,
}

impl Coders {
    /// Reads sheets: CSV, as spreadsheets save it, with the columns `id` and `issues` at least.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or lacks a column; an issue that the codebook doesn't have; `none` beside issues; a coder who
    /// gave other issues to the same text in another row; one id for two texts; no row that is coded.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, evaluate::Coders};
    ///
    /// let files = ["fixtures/coders/ana.csv", "fixtures/coders/ben.csv", "fixtures/coders/chloe.csv"];
    /// let coders = Coders::load(files, &Codebook::core())?;
    /// let counts = coders.counts();
    /// assert_eq!(counts.row(["Chloé", "all decisions"]).unwrap().count("texts"), Some(9));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, codebook: &Codebook) -> Result<Coders> {
        let read = |path: P| -> Result<(String, Vec<u8>)> {
            let path = path.as_ref();
            Ok((path.display().to_string(), crate::files::file(path)?))
        };
        let files: Vec<(String, Vec<u8>)> = paths.into_iter().map(read).collect::<Result<_>>()?;
        Coders::from_bytes(files.iter().map(|(name, bytes)| (&**name, &**bytes)), codebook)
    }

    /// The same from memory: names of files, for messages and as names of coders, and what they hold.
    ///
    /// # Errors
    ///
    /// As for [`Coders::load`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, evaluate::Coders};
    ///
    /// let sheet = b"id,issues\n1,death-penality\n";
    /// let error = Coders::from_bytes([("ana.csv", &sheet[..])], &Codebook::core()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "ana.csv, line 2, column issues: found the issue \"death-penality\", expected codes or labels of the codebook core, \
    ///      such as \"death-penalty\", separated by semicolons, or none"
    /// );
    /// ```
    pub fn from_bytes<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
        codebook: &Codebook,
    ) -> Result<Coders> {
        let names = Names::new(codebook);
        let (mut rows, mut read) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            rows.extend(names.read(name, bytes)?);
            read.push(name);
        }
        if !rows.iter().any(|row| row.issues.is_some()) {
            let expected = "codes in the column issues, or none where a text has no issue";
            return Err(Error::unexpected(Place::file(few(&read)), "no row that is coded", expected));
        }
        let issues = codebook.issues().iter().map(|issue| issue.code.clone()).collect();
        Coders::of(Arc::new(Codes { about: codebook.identity(), issues }), rows)
    }

    fn of(codebook: Arc<Codes>, rows: Vec<Coded>) -> Result<Coders> {
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.issues.is_some()) {
            let name = names.entry(key::label(&row.coder)).or_insert(&row.coder);
            *name = row.coder.as_str().min(name);
        }
        let mut coders: Vec<(&str, String)> = names.into_iter().map(|(key, name)| (name, key)).collect();
        coders.sort_unstable();
        if coders.len() >= MAX_CODERS {
            let found = format!("{} coders", coders.len());
            return Err(Error::argument("coders", found, format!("at most {}", MAX_CODERS - 1)));
        }
        let places: HashMap<&str, usize> =
            coders.iter().enumerate().map(|(at, (_, key))| (key.as_str(), at)).collect();
        let mut texts: BTreeMap<String, Text> = BTreeMap::new();
        let mut hashes: HashMap<&str, &Coded> = HashMap::new();
        let mut first: HashMap<(&str, usize), &Coded> = HashMap::new();
        for row in &rows {
            let known = hashes.entry(&row.id).or_insert(row);
            match (known.text_hash.is_empty(), row.text_hash == known.text_hash || row.text_hash.is_empty()) {
                (true, _) => *known = row,
                (false, true) => {}
                (false, false) => {
                    let found = format!("{} for {}", row.text_hash, row.id);
                    let expected = format!("{}, as in {}: one id is one text", known.text_hash, known.place);
                    return Err(row.unexpected("text_hash", found, expected));
                }
            }
            let text = texts.entry(row.id.clone()).or_default();
            if text.text.is_empty() || (!row.text.is_empty() && row.text < text.text) {
                text.text.clone_from(&row.text);
            }
            let Some(issues) = &row.issues else { continue };
            let coder = places[key::label(&row.coder).as_str()];
            let before = first.entry((&row.id, coder)).or_insert(row);
            if before.issues != row.issues {
                let said = |row: &Coded| shown(&codebook, row.issues.iter().flatten());
                let found = format!("{} by {} for {}", said(row), row.coder, row.id);
                let expected = format!("{}, as in {}: a coder codes a text once", said(before), before.place);
                return Err(row.unexpected("issues", found, expected));
            }
            text.issues.insert(coder, issues.clone());
        }
        let coders = coders.into_iter().map(|(name, _)| name.to_string()).collect();
        Ok(Coders { codebook, rows, coders, texts, in_a_list: false })
    }

    /// The same codes beside the tags of the list that the sample was drawn from. A text is found by its id; where the list was
    /// numbered anew, by its `text_hash`. Ids and texts are then those of the list.
    ///
    /// # Errors
    ///
    /// A list that was coded with another codebook; an id that is not in the list, or that has another text there, if the hash
    /// does not find exactly one text; rows that, with the ids of the list, contradict each other.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Tagger, evaluate::Coders};
    ///
    /// let list = "state under review,session,paragraph,text\nKenya,35,1,Abolish the death penalty\nKenya,35,2,Build homes\n";
    /// let coded = Tagger::core().tag(upr::read::Reader::new().bytes("list.csv", list.as_bytes())?);
    /// let sheet = "id,issues\nKEN-35-1,death-penalty\nKEN-35-2,housing\n";
    /// let coders = Coders::from_bytes([("ana.csv", sheet.as_bytes())], coded.codebooks().issues())?;
    /// let agreement = coders.with_list(&coded)?.agreement()?;
    /// let row = agreement.row(["machine and ana", "death-penalty"]).unwrap();
    /// assert_eq!((row.count("both"), row.number("recall")), (Some(1), Some(1.0)));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_list<'l>(self, coded: impl Into<Selection<'l>>) -> Result<Coders> {
        let coded = coded.into();
        let (of_list, ours) = (coded.codebooks().issues().identity(), &self.codebook.about);
        if of_list != *ours {
            return Err(Error::mismatch(
                "coders",
                format!("a list coded with {of_list}"),
                format!("one coded with {ours}"),
            ));
        }
        let all = coded.as_slice();
        let lookup = Lookup::new(coded.plain());
        let mut rows = self.rows;
        let mut found = BTreeSet::new();
        for row in &mut rows {
            let same = lookup.with_text(&row.text_hash);
            let at = match (lookup.id(&row.id), same) {
                (Some(at), same) if row.text_hash.is_empty() || same.contains(&at) => at,
                (_, [only]) => *only,
                (Some(_), _) => {
                    let expected = "the text of this id in the list, or one that is in it once";
                    let found =
                        format!("{} with the hash of another text, {}", quoted(&row.id), row.text_hash);
                    return Err(row.unexpected("id", found, expected));
                }
                (None, []) => {
                    let expected = "an id of the list, or the text_hash of one of its texts";
                    return Err(row.unexpected("id", quoted(&row.id), expected));
                }
                (None, several) => {
                    let found =
                        format!("{}, whose text is in the list {} times", quoted(&row.id), several.len());
                    return Err(row.unexpected("id", found, "an id of the list"));
                }
            };
            row.id.clone_from(&all[at].recommendation.id);
            found.insert(at);
        }
        let mut coders = Coders::of(self.codebook.clone(), rows)?;
        let codes = self.codebook.issues.iter().enumerate();
        let places: HashMap<&str, usize> = codes.map(|(place, code)| (&**code, place)).collect();
        for coded in found.into_iter().map(|at| all[at]) {
            let Some(text) = coders.texts.get_mut(&coded.recommendation.id) else { continue };
            text.text.clone_from(&coded.recommendation.text);
            // what people corrected is not the machine's
            let coding = &coded.by_machine().coding;
            let tags = coding.tags.iter().filter_map(|tag| places.get(&*tag.code).copied());
            text.machine = coding.not_coded.is_none().then(|| tags.collect());
        }
        coders.in_a_list = true;
        Ok(coders)
    }

    /// How much each coder coded: `coder`, `issue`, `texts` (the texts that the coder coded), `yes` (how many of these got the
    /// issue). The row `all decisions` of a coder has all issues together.
    pub fn counts(&self) -> Table {
        let mut table = Table::new(["coder", "issue", "texts", "yes"]);
        let given = self.given(|text| text.issues.values().flatten().copied().collect());
        for (at, coder) in self.coders.iter().enumerate() {
            let of_coder: Vec<&BTreeSet<usize>> =
                self.texts.values().filter_map(|text| text.issues.get(&at)).collect();
            let texts = of_coder.len() as u64;
            let mut push = |issue: &str, yes: usize| {
                table.rows.push(vec![Cell::from(&**coder), issue.into(), texts.into(), (yes as u64).into()]);
            };
            push(OVER_ALL[0], of_coder.iter().map(|issues| issues.len()).sum());
            for issue in &given {
                push(self.code(*issue), of_coder.iter().filter(|issues| issues.contains(issue)).count());
            }
        }
        table
    }

    /// What the coders have to settle: `id`, `text`, `issue`, and who said `yes` and `no`; sorted by id, and by the codebook.
    pub fn disagreements(&self) -> Table {
        let mut table = Table::new(["id", "text", "issue", "yes", "no"]);
        for (id, text) in &self.texts {
            let issues: BTreeSet<usize> = text.issues.values().flatten().copied().collect();
            for issue in issues {
                let who = |said: bool| -> Vec<&str> {
                    let coders = text.issues.iter().filter(|(_, issues)| issues.contains(&issue) == said);
                    coders.map(|(coder, _)| self.coders[*coder].as_str()).collect()
                };
                let (yes, no) = (who(true), who(false));
                if !no.is_empty() {
                    let cells = [id, &*text.text, self.code(issue), &yes.join("; "), &no.join("; ")];
                    table.rows.push(cells.map(Cell::from).to_vec());
                }
            }
        }
        table
    }

    /// The code of an issue by its place in the codebook.
    pub(super) fn code(&self, issue: usize) -> &str {
        self.codebook.issues.get(issue).map_or("", |code| code)
    }

    /// The issues that any of the texts got.
    pub(super) fn given(&self, of_text: impl Fn(&Text) -> BTreeSet<usize>) -> BTreeSet<usize> {
        self.texts.values().flat_map(of_text).collect()
    }
}

/// The codes as a person wrote them.
fn shown<'i>(codebook: &Codes, issues: impl Iterator<Item = &'i usize>) -> String {
    let codes: Vec<&str> =
        issues.filter_map(|issue| codebook.issues.get(*issue)).map(|code| &**code).collect();
    if codes.is_empty() { NONE.to_string() } else { codes.join("; ") }
}
