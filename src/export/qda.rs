//! Projects of programs for qualitative analysis (MAXQDA, NVivo, ATLAS.ti, QualCoder): a coded list written as one, and the
//! codings of people read back as corrections.
//!
//! The format is [REFI-QDA] 1.5: a zip archive with `project.qde` (XML) and the texts in `sources`. `codes` has the tree of
//! codes and the identifiers, `project` writes, `document` reads, and `corrections` compares what was read with the list.
//!
//! [REFI-QDA]: https://www.qdasoftware.org/

mod codes;
mod corrections;
mod document;
mod project;

use super::SAME;
use crate::codebook::{Codebook, Codebooks};
use crate::coded::Selection;
use crate::error::Result;
use crate::files::output::{self, Destination};
use crate::table::Table;
use std::path::Path;

/// Writes a list as a project (`.qdpx`) that MAXQDA, NVivo, ATLAS.ti, QualCoder and other programs open. The same list gives
/// the same bytes. A file that is there is replaced by the same bytes only, since people may have worked in it.
///
/// - Each recommendation is a text source, named by its id, with variables for the State under review, session, position and
///   recommending States. Each review is a case with its sources.
/// - Themes are codes with issues below them, which have the definitions of the codebook. Instruments, goals, persons and
///   levels of government are below a code for each aspect, if the list was coded along it. Only the codes below may be
///   used for coding.
/// - Each match of a rule is a selection with one coding, and names the rules in its description. Rules of one code that match
///   the same words share it. Offsets count Unicode code points, as the standard does. A tag without evidence is coded on
///   the whole text. A carriage return in a text is written as a blank: programs disagree on how to count it.
///
/// The project has no dates. The user of all codings is `upr`, so those that people add afterwards can be told apart.
///
/// # Errors
///
/// A file that cannot be written; one that is there and holds something else ([`overwrite`](super::overwrite) replaces it); an id that two recommendations have, or none; a tag that is no code of the codebook.
///
/// # Example
///
/// ```
/// use upr::{Tagger, export};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let path = std::env::temp_dir().join("upr-example.qdpx");
/// export::qda_file(&path, &coded)?;
/// assert!(std::fs::read(&path).unwrap().starts_with(b"PK\x03\x04"));
/// // nobody changed it, so there is nothing to correct
/// let (corrections, notices) = export::qda_corrections(&path, &coded)?;
/// assert!(corrections.rows.is_empty() && notices.is_empty());
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn qda_file<'l>(path: impl Destination, coded: impl Into<Selection<'l>>) -> Result<()> {
    let coded = coded.into();
    let tree = codes::tree(coded.codebooks());
    project::check(&coded, &tree)?;
    output::write(&path.target(), SAME, |writer| project::write(writer, &coded, &tree))
}

/// Writes a codebook (`.qdc`): themes as codes, issues below them, each with its definition. A theme is a set of its issues
/// too, for programs whose codes have no levels. A file that is there is replaced by the same bytes only.
///
/// # Errors
///
/// A file that cannot be written; one that is there and holds something else: [`overwrite`](super::overwrite) replaces it.
///
/// # Example
///
/// ```
/// use upr::{Codebook, export};
///
/// let path = std::env::temp_dir().join("upr-example.qdc");
/// export::qdc_file(&path, &Codebook::core())?;
/// let xml = std::fs::read_to_string(&path).unwrap();
/// assert!(xml.contains("name=\"Death penalty\" isCodable=\"true\""));
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn qdc_file(path: impl Destination, codebook: &Codebook) -> Result<()> {
    let codebooks = Codebooks::new(codebook.clone());
    output::write(&path.target(), SAME, |writer| {
        project::write_codebook(writer, codebook, &codes::tree(&codebooks))
    })
}

/// The corrections that turn the tags of a list into what people left in a project (`.qdpx`), and in sentences what could not be
/// matched.
///
/// `coded` is the list as it was written by [`qda_file`], coded again. A code on a source that the list does not have there is
/// `add`; a tag whose codings were all deleted is `remove`; what did not change has no row. Where a coding is within the
/// text makes no difference. The columns are `id`, `issue` (a code, or `sdg=sdg-5` for an aspect), `decision`, `coder`, `date`
/// (of an added coding, if the project has it), `note` (empty) and `text_hash`
/// ([`Recommendation::text_hash`](crate::Recommendation::text_hash)); rows are in the order of the list and the codebook.
///
/// The coder is the user of the coding. A project does not say who deleted one: then it is the user who last changed the
/// source or the project, or the only user apart from `upr`, or `unknown`.
///
/// Codes are recognised by their GUID, then by label or code. Sources are recognised by GUID, then by the id as their name, then
/// by their text. What is not recognised gives no correction and is named in a sentence: sources, codes, recommendations that
/// the project doesn't have, and codes that were deleted from the project.
///
/// # Errors
///
/// A file that cannot be read, is not a project, is damaged, or is larger than the limits in `SECURITY.md`.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Coding, CodedList, CodedRecommendation, Tagger, export};
///
/// let list = upr::read::path("fixtures/climate-list.csv")?;
/// let coded = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?.tag(list.clone());
/// let path = std::env::temp_dir().join("upr-example-corrections.qdpx");
/// export::qda_file(&path, &coded)?;
/// // as if a person had coded what is in the project, and the machine nothing
/// let untagged = list.recommendations.into_iter().map(|made| CodedRecommendation::new(made, Coding::default()));
/// let untagged = CodedList::new(coded.codebooks().clone(), untagged.collect());
/// let (corrections, _) = export::qda_corrections(&path, &untagged)?;
/// assert!(corrections.to_csv().starts_with(
///     "id,issue,decision,coder,date,note,text_hash\nTUV-43-90.1,climate-action,add,unknown,,,t"
/// ));
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn qda_corrections<'l>(
    path: impl AsRef<Path>,
    coded: impl Into<Selection<'l>>,
) -> Result<(Table, Vec<String>)> {
    let path = path.as_ref();
    let document = document::read(&path.display().to_string(), &crate::files::file(path)?)?;
    Ok(corrections::of(&document, &coded.into()))
}
