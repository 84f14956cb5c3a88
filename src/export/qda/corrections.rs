//! Compares what is coded in a project with the tags of a list.

use super::codes::{self, Code, Guid, Parent};
use super::document::{Changed, Document, Source};
use super::project::{CODED_WITH, codings};
use crate::coded::{CodedRecommendation, Selection, is_day};
use crate::error::{few, quoted};
use crate::recommendation::id::text_hash;
use crate::recommendation::lookup::Lookup;
use crate::table::{Cell, Table};
use crate::text::language::Language;
use crate::text::line::one_line;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const HEADER: [&str; 7] = ["id", "issue", "decision", "coder", "date", "note", "text_hash"];

/// The coder where a project doesn't say who it was.
const UNKNOWN: &str = "unknown";

/// The corrections, and what could not be matched.
pub(super) fn of(document: &Document, coded: &Selection<'_>) -> (Table, Vec<String>) {
    let tree = codes::tree(coded.codebooks());
    let all: Vec<&Code> = tree.iter().flat_map(|parent| &parent.codes).collect();
    let mut notices = other_codebooks(document, coded);
    let codes = Codes::of(document, coded, &tree, &all);
    let (coded_in, source_notices) = sources(document, coded);
    notices.extend(source_notices);
    notices.extend(codes.notices(document, &coded_in, coded));
    let mut table = Table::new(HEADER);
    let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
    for (coded, sources) in coded.iter().zip(&coded_in).filter(|(_, sources)| !sources.is_empty()) {
        let people = codes.coded(document, sources);
        let machine = codes.tags(coded, &all);
        let both: BTreeSet<usize> = people.keys().copied().chain(machine.iter().copied()).collect();
        for code in both {
            let (decision, coder, date) = match people.get(&code) {
                Some(_) if machine.contains(&code) => continue,
                Some(made) => ("add", document.coder(made.user, sources), day(&made.date)),
                None if codes.is_in_project[code] => ("remove", document.coder(None, sources), ""),
                None => {
                    *kept.entry(code).or_default() += 1;
                    continue;
                }
            };
            let made = &coded.recommendation;
            let [issue, hash] = [all[code].named(), made.text_hash()].map(Cell::from);
            let cells = [made.id.as_str(), decision, &coder, date].map(Cell::from);
            let [id, decision, coder, date] = cells;
            table.rows.push(vec![id, issue, decision, coder, date, Cell::from(""), hash]);
        }
    }
    notices.extend(missing_codes(&kept, &codes, &all));
    (table, notices)
}

/// The day of a time such as `2026-11-30T10:15:00Z`; nothing of anything else.
fn day(date: &str) -> &str {
    date.get(..10).filter(|day| is_day(day)).unwrap_or("")
}

/// What is said of a list that other codebooks, or other versions of them, coded than the project.
fn other_codebooks(document: &Document, coded: &Selection<'_>) -> Vec<String> {
    let Some(project) = document.description.trim().strip_prefix(CODED_WITH) else { return Vec::new() };
    let issues = (coded.codebooks().issues().identity().to_string(), String::new());
    let aspects = coded.codebooks().aspects();
    let aspects = aspects.map(|(aspect, book)| (book.identity().to_string(), format!(" for {aspect}")));
    let differs = |(identity, of): &(String, String)| {
        project.contains(of.as_str()) && !project.contains(&format!("{identity}{of}"))
    };
    let others: Vec<String> =
        std::iter::once(issues).chain(aspects).filter(differs).map(|(name, _)| name).collect();
    let notice = |name: &String| {
        format!(
            "the list is coded with {name}, and the project was written with another codebook or version: corrections may be \
             differences between the two; code the list with the codebook of the project"
        )
    };
    others.iter().map(notice).collect()
}

/// Of each recommendation, its sources in the project by their index; and what is said of sources that are none.
fn sources(document: &Document, coded: &Selection<'_>) -> (Vec<Vec<usize>>, Vec<String>) {
    let by_guid: HashMap<Guid, usize> =
        coded.plain().enumerate().map(|(at, made)| (Guid::source(&made.id), at)).collect();
    let lookup = Lookup::new(coded.plain());
    let mut found = vec![Vec::new(); coded.len()];
    let (mut unknown, mut codings, mut other_text) = (Vec::new(), 0, Vec::new());
    for (index, source) in document.sources.iter().enumerate() {
        let id = source.name.trim().trim_end_matches(".txt");
        let named = by_guid.get(&source.guid).copied().or_else(|| lookup.id(id));
        let hash = source.text.as_deref().filter(|text| !text.trim().is_empty());
        let hash = hash.map(|text| text_hash(text.trim_start_matches('\u{FEFF}')));
        let same_text = hash.as_ref().and_then(|hash| match lookup.with_text(hash) {
            [only] => Some(*only),
            _ => None,
        });
        let at = match (named, &hash) {
            (Some(at), Some(hash)) if !lookup.has_text(at, hash) => {
                if same_text.is_none() {
                    other_text.push(source.name.as_str());
                }
                same_text.or(named)
            }
            _ => named.or(same_text),
        };
        match at {
            Some(at) => found[at].push(index),
            None => {
                unknown.push(quoted(&source.name));
                codings += source.codings.len();
            }
        }
    }
    let twice = coded.plain().zip(&found).filter(|(_, sources)| sources.len() > 1);
    let twice: Vec<&str> = twice.map(|(made, _)| made.id.as_str()).collect();
    let absent = found.iter().filter(|sources| sources.is_empty()).count();
    let mut notices = Vec::new();
    if !unknown.is_empty() {
        let (are, their) = match unknown.len() {
            1 => ("is not a recommendation", "its"),
            _ => ("are not recommendations", "their"),
        };
        let left_out = match codings {
            0 => "nothing is coded there".to_string(),
            _ => format!("{their} {} left out", were(codings, "coding")),
        };
        let sources = counted(unknown.len(), "source");
        notices.push(format!("{sources} {are} of the list, and {left_out}: {}", few(&unknown)));
    }
    if !other_text.is_empty() {
        notices.push(format!("the text in the project is not that of the list in {}: correct the ids if these are other recommendations", few(&other_text)));
    }
    if !twice.is_empty() {
        notices.push(format!(
            "the project has several sources for {}: their codings count together",
            few(&twice)
        ));
    }
    if absent > 0 && !document.sources.is_empty() {
        let are = if absent == 1 { "is" } else { "are" };
        notices.push(format!(
            "{} of the list {are} not in the project: nothing was corrected there",
            counted(absent, "recommendation")
        ));
    }
    if document.sources.is_empty() {
        notices.push("the project has no sources: nothing was corrected".to_string());
    }
    if document.elsewhere > 0 {
        notices.push(format!(
            "{} in memos and other places left out: only sources are recommendations",
            were(document.elsewhere, "coding")
        ));
    }
    (found, notices)
}

/// `1 coding was`, `3 codings were`.
fn were(number: usize, what: &str) -> String {
    format!("{} {}", counted(number, what), if number == 1 { "was" } else { "were" })
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// What a code of the project is in the codebooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The code at this place in the list of all.
    Code(usize),
    /// A theme or an aspect.
    Parent,
    Unknown,
}

/// The codes of a project.
struct Codes<'d> {
    meanings: HashMap<Guid, Meaning>,
    names: HashMap<Guid, &'d str>,
    /// Of each code of the codebooks, whether the project has it.
    is_in_project: Vec<bool>,
}

impl<'d> Codes<'d> {
    fn of(document: &'d Document, coded: &Selection<'_>, tree: &[Parent], all: &[&Code]) -> Codes<'d> {
        let by_guid: HashMap<Guid, Meaning> = all
            .iter()
            .enumerate()
            .map(|(at, code)| (code.guid, Meaning::Code(at)))
            .chain(tree.iter().map(|parent| (parent.guid, Meaning::Parent)))
            .collect();
        let has_names = document.codes.iter().any(|code| !by_guid.contains_key(&code.guid));
        let by_name = if has_names { Names::of(coded) } else { Names::default() };
        let mut codes = Codes {
            meanings: HashMap::new(),
            names: document.codes.iter().map(|code| (code.guid, code.name.as_str())).collect(),
            is_in_project: vec![false; all.len()],
        };
        for code in &document.codes {
            let named = || by_name.meaning(&code.name, code.parent.as_deref());
            let meaning = by_guid.get(&code.guid).copied().unwrap_or_else(named);
            codes.meanings.insert(code.guid, meaning);
            if let Meaning::Code(at) = meaning {
                codes.is_in_project[at] = true;
            }
        }
        codes
    }

    fn meaning(&self, code: Guid) -> Meaning {
        self.meanings.get(&code).copied().unwrap_or(Meaning::Unknown)
    }

    /// The codes that these sources are coded with, and who coded the first place.
    fn coded<'s>(&self, document: &'s Document, sources: &[usize]) -> BTreeMap<usize, &'s Changed> {
        let mut coded = BTreeMap::new();
        for coding in sources.iter().flat_map(|source| &document.sources[*source].codings) {
            if let Meaning::Code(code) = self.meaning(coding.code) {
                coded.entry(code).or_insert(&coding.made);
            }
        }
        coded
    }

    /// The codes that a recommendation has in the list.
    fn tags(&self, coded: &CodedRecommendation, all: &[&Code]) -> BTreeSet<usize> {
        let mut tags = BTreeSet::new();
        for (aspect, coding) in codings(coded) {
            for tag in &coding.tags {
                tags.extend(all.iter().position(|code| code.aspect == aspect && *code.code == *tag.code));
            }
        }
        tags
    }

    /// What is said of codings with codes that are none of the codebooks.
    fn notices(&self, document: &Document, coded_in: &[Vec<usize>], coded: &Selection<'_>) -> Vec<String> {
        let mut others: BTreeMap<(&str, bool), (usize, Vec<&str>)> = BTreeMap::new();
        for (made, sources) in coded.plain().zip(coded_in) {
            for coding in sources.iter().flat_map(|source| &document.sources[*source].codings) {
                let meaning = self.meaning(coding.code);
                if matches!(meaning, Meaning::Code(_)) {
                    continue;
                }
                let name = self.names.get(&coding.code).copied().unwrap_or("without a name");
                let (times, ids) = others.entry((name, meaning == Meaning::Parent)).or_default();
                *times += 1;
                if ids.last() != Some(&made.id.as_str()) {
                    ids.push(&made.id);
                }
            }
        }
        let notice = |((name, is_parent), (times, ids)): ((&str, bool), (usize, Vec<&str>))| {
            let (what, next) = match is_parent {
                true => ("is a theme", "code with one of the issues below it"),
                false => ("is not a code of the codebooks", "code with one of them, or add it to a codebook"),
            };
            format!(
                "the code {} {what}, and {} left out in {}: {next}",
                quoted(name),
                were(times, "coding"),
                few(&ids)
            )
        };
        others.into_iter().map(notice).collect()
    }
}

/// What is said of tags whose code the project doesn't have. Of an aspect that it has no code of, nothing: it was not written.
fn missing_codes(kept: &BTreeMap<usize, usize>, codes: &Codes<'_>, all: &[&Code]) -> Option<String> {
    let has =
        |aspect| all.iter().zip(&codes.is_in_project).any(|(code, is_in)| *is_in && code.aspect == aspect);
    let kept = kept.iter().filter(|(code, _)| all[**code].aspect.is_none() || has(all[**code].aspect));
    let (names, tags): (Vec<String>, Vec<usize>) =
        kept.map(|(code, tags)| (quoted(&all[*code].label), *tags)).unzip();
    let (codes, with) = if names.len() == 1 { ("the code", "it") } else { ("the codes", "them") };
    let tags = were(tags.iter().sum(), "tag");
    let list = few(&names);
    (!names.is_empty()).then(|| {
        format!(
            "the project does not have {codes} {list}, and {tags} left as before: to remove tags with {with}, delete their codings \
             and keep the code"
        )
    })
}

/// The codes by their names: labels, also in other languages, and codes.
#[derive(Default)]
struct Names {
    names: HashMap<String, Vec<(Meaning, String)>>,
}

fn folded(name: &str) -> String {
    one_line(name).to_lowercase()
}

impl Names {
    fn of(coded: &Selection<'_>) -> Names {
        let mut names: HashMap<String, Vec<(Meaning, String)>> = HashMap::new();
        let mut add = |name: &str, meaning, parent: &str| {
            let known = names.entry(folded(name)).or_default();
            if !known.iter().any(|(known, _)| *known == meaning) {
                known.push((meaning, folded(parent)));
            }
        };
        let shown = coded.codebooks().language();
        for language in [shown, Language::French, Language::Spanish] {
            let mut at = 0;
            for parent in codes::tree(&coded.codebooks().clone().in_language(language)) {
                add(&parent.label, Meaning::Parent, "");
                for code in &parent.codes {
                    for name in [&code.label, &code.code, &code.named()] {
                        add(name, Meaning::Code(at), &parent.label);
                    }
                    at += 1;
                }
            }
        }
        Names { names }
    }

    /// What a name means, with the help of the name above it where several codes have it.
    fn meaning(&self, name: &str, parent: Option<&str>) -> Meaning {
        let known = self.names.get(&folded(name)).map_or(&[][..], Vec::as_slice);
        let above = folded(parent.unwrap_or_default());
        let below: Vec<Meaning> =
            known.iter().filter(|(_, parent)| *parent == above).map(|(meaning, _)| *meaning).collect();
        match (known, below.as_slice()) {
            ([(only, _)], _) | (_, [only]) => *only,
            _ => Meaning::Unknown,
        }
    }
}

impl Document {
    /// The name of the user who made a coding, or else of the one who may have changed these sources.
    fn coder(&self, user: Option<Guid>, sources: &[usize]) -> String {
        let person = |user: Option<Guid>| {
            let user = user.filter(|user| *user != Guid::machine())?;
            self.users.get(&user).map(|name| name.trim()).filter(|name| !name.is_empty())
        };
        let of_source = |source: &Source| person(source.changed.user);
        let only = || {
            let mut people = self.users.keys().filter_map(|user| person(Some(*user)));
            people.next().filter(|_| people.next().is_none())
        };
        let coder = person(user)
            .or_else(|| sources.iter().find_map(|source| of_source(&self.sources[*source])))
            .or_else(|| person(self.changed.user))
            .or_else(only);
        coder.unwrap_or(UNKNOWN).to_string()
    }
}
