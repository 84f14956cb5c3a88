//! Writes `project.qde`, the texts beside it, and a codebook alone. Elements are in the order of the standard's schema.

use super::codes::{Code, Guid, Parent};
use crate::codebook::{Aspect, Codebook};
use crate::coded::{CodedRecommendation, Coding, Selection, Tag};
use crate::error::{Error, Result, quoted};
use crate::recommendation::{Position, Recommendation};
use crate::text::language::Language;
use crate::text::xml::escaped;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const ORIGIN: &str = concat!("upr ", env!("CARGO_PKG_VERSION"));
/// The name of the user that all codings have.
const USER: &str = "upr";

/// The variables of a source.
const VARIABLES: [&str; 4] = ["State under review", "Session", "Position", "Recommending States"];

fn variable(name: &str) -> Guid {
    Guid::of(&["variable", name])
}

/// How a project's codings name the codes of an aspect or of the issues.
type Guids<'t> = HashMap<(Option<Aspect>, &'t str), Guid>;

fn guids(tree: &[Parent]) -> Guids<'_> {
    let codes = tree.iter().flat_map(|parent| &parent.codes);
    codes.map(|code| ((code.aspect, code.code.as_str()), code.guid)).collect()
}

/// The codings of a recommendation, those of the issues first.
pub(super) fn codings(coded: &CodedRecommendation) -> impl Iterator<Item = (Option<Aspect>, &Coding)> {
    let aspects = coded.aspects().map(|(aspect, coding)| (Some(aspect), coding));
    std::iter::once((None, &coded.coding)).chain(aspects)
}

/// Whether sources and codings have something to be named by.
pub(super) fn check(coded: &Selection<'_>, tree: &[Parent]) -> Result<()> {
    let (guids, mut ids) = (guids(tree), HashSet::new());
    for coded in coded.iter() {
        let id = coded.recommendation.id.as_str();
        if id.is_empty() || !ids.insert(id) {
            let found = if id.is_empty() {
                "a recommendation without an id".to_string()
            } else {
                format!("the id {} twice", quoted(id))
            };
            return Err(Error::argument(
                "project",
                found,
                "an id of its own for each recommendation, as a list has that was read",
            ));
        }
        for (aspect, coding) in codings(coded) {
            if let Some(tag) = coding.tags.iter().find(|tag| !guids.contains_key(&(aspect, &*tag.code))) {
                let found = format!("the tag {} of {id}", quoted(&tag.code));
                return Err(Error::mismatch("project", found, "a code of the list's codebooks"));
            }
        }
    }
    Ok(())
}

/// Writes the project, source by source.
pub(super) fn write(to: impl Write + Seek, coded: &Selection<'_>, tree: &[Parent]) -> io::Result<()> {
    // the same on every system and at any time
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(to).set_auto_large_file();
    zip.start_file("project.qde", options)?;
    let mut xml = io::BufWriter::new(&mut zip);
    write_project(&mut xml, coded, tree)?;
    xml.flush()?;
    drop(xml);
    for made in coded.plain() {
        zip.start_file(format!("sources/{}.txt", Guid::source(&made.id)), options)?;
        zip.write_all(text(made).as_bytes())?;
    }
    zip.finish()?.flush()
}

/// The text, in which a line end is one character for every program.
fn text(made: &Recommendation) -> String {
    made.text.replace('\r', " ")
}

fn write_project(to: &mut impl Write, coded: &Selection<'_>, tree: &[Parent]) -> io::Result<()> {
    let user = Guid::machine();
    let files: Vec<&str> = coded.list().files.iter().map(|file| &*file.file).collect();
    let name = if files.is_empty() { "Recommendations".to_string() } else { files.join(", ") };
    write!(to, "{DECLARATION}<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" ", escaped(&name))?;
    writeln!(to, "origin=\"{ORIGIN}\" creatingUserGUID=\"{user}\">")?;
    writeln!(to, "<Users><User guid=\"{user}\" name=\"{USER}\"/></Users>")?;
    writeln!(to, "<CodeBook>")?;
    write_codes(to, tree)?;
    writeln!(to, "</CodeBook>\n<Variables>")?;
    for name in VARIABLES {
        writeln!(to, "<Variable guid=\"{}\" name=\"{name}\" typeOfVariable=\"Text\"/>", variable(name))?;
    }
    writeln!(to, "</Variables>")?;
    if !coded.is_empty() {
        write_cases(to, coded)?;
        writeln!(to, "<Sources>")?;
        let guids = guids(tree);
        let language = coded.codebooks().language();
        coded.iter().try_for_each(|coded| write_source(to, coded, &guids, language))?;
        writeln!(to, "</Sources>")?;
    }
    writeln!(to, "<Description>{}</Description>\n</Project>", escaped(&description(coded)))
}

/// How a project begins to say what coded it. By this, a list that other codebooks coded is noticed.
pub(super) const CODED_WITH: &str = "Coded with ";

fn description(coded: &Selection<'_>) -> String {
    let filter = |(filter, of)| format!(" Filter: {filter}, of {of} recommendations.");
    format!("{CODED_WITH}{}.{}", coded.coded_by(), coded.filtered().map_or(String::new(), filter))
}

/// Themes and aspects with their codes. Only the codes below are for coding.
fn write_codes(to: &mut impl Write, tree: &[Parent]) -> io::Result<()> {
    writeln!(to, "<Codes>")?;
    for Parent { guid, label, definition, codes } in tree {
        writeln!(to, "<Code guid=\"{guid}\" name=\"{}\" isCodable=\"false\">", escaped(label))?;
        write_description(to, definition)?;
        for Code { guid, label, definition, .. } in codes {
            writeln!(to, "<Code guid=\"{guid}\" name=\"{}\" isCodable=\"true\">", escaped(label))?;
            write_description(to, definition)?;
            writeln!(to, "</Code>")?;
        }
        writeln!(to, "</Code>")?;
    }
    writeln!(to, "</Codes>")
}

fn write_description(to: &mut impl Write, text: &str) -> io::Result<()> {
    if text.is_empty() { Ok(()) } else { writeln!(to, "<Description>{}</Description>", escaped(text)) }
}

/// A case for each review, in the order in which they begin.
fn write_cases(to: &mut impl Write, coded: &Selection<'_>) -> io::Result<()> {
    let mut reviews: Vec<([String; 2], Vec<Guid>)> = Vec::new();
    let mut known: HashMap<[String; 2], usize> = HashMap::new();
    for made in coded.plain() {
        let [state, session, ..] = values(made, coded.codebooks().language());
        let review = [state, session];
        let at = *known.entry(review.clone()).or_insert_with(|| {
            reviews.push((review, Vec::new()));
            reviews.len() - 1
        });
        reviews[at].1.push(Guid::source(&made.id));
    }
    writeln!(to, "<Cases>")?;
    for ([state, session], sources) in reviews {
        let guid = Guid::of(&["case", &state, &session]);
        let name = match (state.as_str(), session.as_str()) {
            ("", "") => "Review".to_string(),
            (state, "") => state.to_string(),
            ("", session) => format!("Session {session}"),
            (state, session) => format!("{state}, session {session}"),
        };
        writeln!(to, "<Case guid=\"{guid}\" name=\"{}\">", escaped(&name))?;
        write_values(to, &[state, session])?;
        for source in sources {
            writeln!(to, "<SourceRef targetGUID=\"{source}\"/>")?;
        }
        writeln!(to, "</Case>")?;
    }
    writeln!(to, "</Cases>")
}

/// What the variables say of a recommendation, in their order.
fn values(made: &Recommendation, shown: Language) -> [String; VARIABLES.len()] {
    let states: Vec<&str> = made.recommending_states.iter().map(|name| name.name_in(shown)).collect();
    [
        made.state_under_review.as_ref().map_or(String::new(), |name| name.name_in(shown).to_string()),
        made.session.as_ref().map_or(String::new(), |session| session.to_string()),
        made.position().map_or("", Position::as_str).to_string(),
        states.join("; "),
    ]
}

fn write_values(to: &mut impl Write, values: &[String]) -> io::Result<()> {
    for (name, value) in VARIABLES.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        write!(to, "<VariableValue><VariableRef targetGUID=\"{}\"/>", variable(name))?;
        writeln!(to, "<TextValue>{}</TextValue></VariableValue>", escaped(value))?;
    }
    Ok(())
}

fn write_source(
    to: &mut impl Write,
    coded: &CodedRecommendation,
    guids: &Guids<'_>,
    shown: Language,
) -> io::Result<()> {
    let (made, user) = (&coded.recommendation, Guid::machine());
    let guid = Guid::source(&made.id);
    write!(to, "<TextSource guid=\"{guid}\" name=\"{}\" ", escaped(&made.id))?;
    writeln!(to, "plainTextPath=\"internal://{guid}.txt\" creatingUser=\"{user}\">")?;
    let mut of_whole = Vec::new();
    for (aspect, coding) in codings(coded) {
        let dimension = aspect.map_or("issue", Aspect::as_str);
        for tag in &coding.tags {
            let Some(code) = guids.get(&(aspect, &*tag.code)) else { continue };
            let named = |place: &str| Guid::of(&["coding", &made.id, dimension, &tag.code, place]);
            let coding = |guid: Guid| {
                format!(
                    "<Coding guid=\"{guid}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{code}\"/></Coding>\n"
                )
            };
            for ((start, end), rules) in places(tag, &made.text) {
                if start == end {
                    of_whole.push(coding(named("whole")));
                    continue;
                }
                let place = format!("{start}-{end}");
                let guid = Guid::of(&["selection", &made.id, dimension, &tag.code, &place]);
                write!(to, "<PlainTextSelection guid=\"{guid}\" startPosition=\"{start}\" ")?;
                writeln!(to, "endPosition=\"{end}\" creatingUser=\"{user}\">")?;
                write_description(to, &rules.join("\n"))?;
                writeln!(to, "{}</PlainTextSelection>", coding(named(&place)))?;
            }
        }
    }
    of_whole.iter().try_for_each(|coding| to.write_all(coding.as_bytes()))?;
    write_values(to, &values(made, shown))?;
    writeln!(to, "</TextSource>")
}

/// Where a tag is coded, in Unicode code points, and by which rules: its evidence, or the whole text where it has none.
fn places<'t>(tag: &'t Tag, text: &str) -> BTreeMap<(usize, usize), Vec<&'t str>> {
    let mut places: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    // evidence made by hand may be of another text
    for evidence in tag.evidence.iter().filter(|found| text.get(found.span.clone()).is_some()) {
        let rules = places.entry(evidence.characters(text)).or_default();
        if !rules.contains(&&*evidence.rule) {
            rules.push(&evidence.rule);
        }
    }
    if places.is_empty() {
        places.insert((0, text.chars().count()), Vec::new());
    }
    places
}

/// A codebook alone.
pub(super) fn write_codebook(to: &mut impl Write, codebook: &Codebook, tree: &[Parent]) -> io::Result<()> {
    write!(to, "{DECLARATION}<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" ")?;
    writeln!(to, "origin=\"{}\">", escaped(&format!("{ORIGIN}: {}", codebook.identity())))?;
    write_codes(to, tree)?;
    writeln!(to, "<Sets>")?;
    for Parent { label, codes, .. } in tree {
        writeln!(to, "<Set guid=\"{}\" name=\"{}\">", Guid::of(&["set", label]), escaped(label))?;
        for Code { guid, .. } in codes {
            writeln!(to, "<MemberCode guid=\"{guid}\"/>")?;
        }
        writeln!(to, "</Set>")?;
    }
    writeln!(to, "</Sets>\n</CodeBook>")
}
