//! Opens files, detects their format from the content, and calls the reader of that format.
//!
//! A format that the build does not include (see the features of the crate) is named in the error.

use super::container::{self, Container};
use super::reader::Reader;
use super::report::bare;
use super::{addendum, foreign, pdf, report, table};
use crate::error::{Error, Place, Result};
use crate::files::decode::decode;
use crate::files::read_up_to;
use crate::list::{FileRead, Form, RecommendationList};
use rayon::prelude::*;
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is read, for messages.
const EXPECTED: &str = "a list of recommendations as CSV, TSV, Excel, Word or JSON, a report or an addendum";

/// The largest file that is read: the whole history of the UPR, 117,000 recommendations, is some 30 MB.
pub(crate) const MAX_FILE_BYTES: u64 = 1 << 30;

impl Reader {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// As for [`read::path`](crate::read::path); and a header given with [`Reader::column`] that the file does not have.
    pub fn path(&self, path: impl AsRef<Path>) -> Result<RecommendationList> {
        Ok(self.unsettled(path.as_ref())?.settle(self.rows_apart, self.language))
    }

    fn unsettled(&self, path: &Path) -> Result<RecommendationList> {
        let bytes = read_up_to(MAX_FILE_BYTES + 1, opened(path)?, path)?;
        self.parse(&path.display().to_string(), &bytes)
    }

    /// Reads several files, on all cores, and [joins](RecommendationList::join) them in the order given.
    ///
    /// # Errors
    ///
    /// That of the first file, in the order given, which cannot be read; with [`Reader::keep_going`] only where none can.
    pub fn paths<P: AsRef<Path>>(&self, paths: impl IntoIterator<Item = P>) -> Result<RecommendationList> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect();
        let begun = AtomicUsize::new(0);
        let read = |path: &PathBuf| {
            let file = begun.fetch_add(1, Ordering::Relaxed) + 1;
            if let Some(listener) = &self.progress.0 {
                listener(path, file, paths.len());
            }
            self.unsettled(path)
        };
        let lists: Vec<Result<RecommendationList>> = paths.par_iter().map(read).collect();
        let lists = match &self.not_read.0 {
            Some(listener) if lists.iter().any(Result::is_ok) => {
                let read_or_named = |(list, path): (Result<RecommendationList>, &PathBuf)| {
                    list.unwrap_or_else(|error| {
                        listener(path, &error);
                        let files = vec![FileRead::not_read(path, &error)];
                        RecommendationList { files, ..RecommendationList::default() }
                    })
                };
                lists.into_iter().zip(&paths).map(read_or_named).collect()
            }
            _ => lists.into_iter().collect::<Result<Vec<_>>>()?,
        };
        Ok(RecommendationList::beside(lists).settle(self.rows_apart, self.language))
    }

    /// Reads from any source of bytes, such as a response or a part of an archive. Messages use `name` as the file name.
    ///
    /// # Errors
    ///
    /// As for [`Reader::path`].
    pub fn from_reader(&self, name: &str, reader: impl Read) -> Result<RecommendationList> {
        self.bytes(name, &read_up_to(MAX_FILE_BYTES + 1, reader, Path::new(name))?)
    }

    /// Reads bytes in memory. Messages use `name` as the file name.
    ///
    /// # Errors
    ///
    /// As for [`Reader::path`].
    pub fn bytes(&self, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
        Ok(self.parse(name, bytes)?.settle(self.rows_apart, self.language))
    }

    /// The rows of a list, not yet merged.
    pub(super) fn parse(&self, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
        let mut list = self.as_written(name, bytes)?;
        if let Some(position) = &self.position {
            for made in &mut list.recommendations {
                made.position.get_or_insert_with(|| position.clone());
            }
        }
        Ok(list)
    }

    fn as_written(&self, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
        if bytes.len() as u64 > MAX_FILE_BYTES {
            let found = format!("more than {} MB", MAX_FILE_BYTES >> 20);
            return Err(Error::unexpected(Place::file(name), found, "a smaller file"));
        }
        match Container::of(bytes) {
            Container::Text => self.text(name, bytes),
            Container::Pdf => self.pdf(name, bytes),
            Container::Zip => self.package(name, bytes),
            #[cfg(feature = "workbook")]
            Container::OldOffice => super::workbook::read_old(self, name, bytes),
            #[cfg(not(feature = "workbook"))]
            Container::OldOffice => Err(missing(name, Container::OldOffice.as_str(), &["workbook"])),
            other => {
                let (found, expected) = foreign::of_bytes(bytes).unwrap_or((other.as_str(), EXPECTED));
                Err(Error::unexpected(Place::file(name), found, expected))
            }
        }
    }

    fn text(&self, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
        let decoded = decode(bytes, self.encoding);
        if container::is_json(&decoded.text) {
            #[cfg(feature = "json")]
            return super::json::read(self, name, &decoded);
            #[cfg(not(feature = "json"))]
            return Err(missing(name, "JSON", &["json"]));
        }
        if let Some((found, expected)) = foreign::of_text(&decoded.text) {
            return Err(Error::unexpected(Place::file(name), found, expected));
        }
        let about = |form| FileRead::of_text(name, form, &decoded);
        if let Some(document) = self.report_or_addendum(name, &decoded.text, false, about) {
            return document;
        }
        bare::refuse_a_copy(name, &decoded.text)?;
        let bare = self.bare_list_of_text(&decoded.text, || about(Form::BareList));
        bare.map_or_else(|| table::read(self, name, &decoded), Ok)
    }

    fn pdf(&self, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
        let (text, warnings) = pdf::read(name, bytes)?;
        // a glyph of which nobody knows the character
        let replaced = text.matches('\u{FFFD}').count();
        let about = |form| FileRead { replaced, warnings: warnings.clone(), ..FileRead::new(name, form) };
        self.report_or_addendum(name, &text, true, about).unwrap_or_else(|| {
            bare::refuse_a_copy(name, &text)?;
            let expected = "a report of the Working Group or an addendum to one";
            let neither = || Error::unexpected(Place::file(name), "a PDF that is neither", expected);
            self.bare_list(&text, || about(Form::BareList)).ok_or_else(neither)
        })
    }

    /// The content of the text of a document, if it is a report or an addendum; `marked` is a text with footnote marks.
    fn report_or_addendum(
        &self,
        name: &str,
        text: &str,
        marked: bool,
        about: impl Fn(Form) -> FileRead,
    ) -> Option<Result<RecommendationList>> {
        let several = |found: &str| {
            let expected = "one document; save each as a file of its own";
            Some(Err(Error::unexpected(Place::file(name), found, expected)))
        };
        let addenda = addendum::symbols(text).len();
        if addenda > 1 {
            return several("more than one addendum");
        }
        if addenda == 1 && report::is_whole(text) {
            return several("a report and an addendum to it");
        }
        // an addendum has the report's title on its front page too
        if addendum::is_addendum(text) {
            return Some(Ok(addendum::read(self, text, about(Form::Addendum))));
        }
        let text = if marked { pdf::without_footnote_marks(text) } else { Cow::Borrowed(text) };
        report::is_report(&text).then(|| report::read(self, name, &text, about(Form::Report)))
    }

    /// A text that is a bare list and no table with a header.
    pub(super) fn bare_list_of_text(
        &self,
        text: &str,
        about: impl Fn() -> FileRead,
    ) -> Option<RecommendationList> {
        // the cells of a wide table may hold lists, of examples say
        if table::is_wide(text) {
            return None;
        }
        // a line may be a header by its one word "Recommendations"
        let known = table::known_columns(self, text);
        let list = if known < 2 { self.bare_list(text, about) } else { None };
        list.filter(|list| known == 0 || list.recommendations.iter().any(|made| made.paragraph.is_some()))
    }

    /// A text of nothing but recommendations, if it is one; or the cells of a table that has one column, or one for the
    /// numbers beside it.
    fn bare_list(&self, text: &str, about: impl Fn() -> FileRead) -> Option<RecommendationList> {
        let of_cells = table::cells_as_lines(text).find_map(|cells| bare::read(self, &cells, &about));
        of_cells.or_else(|| bare::read(self, text, &about))
    }

    /// What Word, Excel and LibreOffice write.
    #[cfg(any(feature = "word", feature = "workbook"))]
    fn package(&self, name: &str, bytes: &[u8]) -> Result<RecommendationList> {
        use super::office::{Kind, Package};
        let mut package = Package::open(name, bytes)?;
        match package.kind() {
            #[cfg(feature = "word")]
            Kind::Word => self.word(name, &mut package),
            #[cfg(not(feature = "word"))]
            Kind::Word => Err(missing(name, "a Word file", &["word"])),
            #[cfg(feature = "workbook")]
            Kind::Workbook => super::workbook::read(self, name, &mut package),
            #[cfg(not(feature = "workbook"))]
            Kind::Workbook => Err(missing(name, "an Excel workbook", &["workbook"])),
            #[cfg(feature = "workbook")]
            Kind::OpenDocument if package.media_type().contains("opendocument.spreadsheet") => {
                super::workbook::read_open(self, name, &mut package)
            }
            Kind::OpenDocument | Kind::Project | Kind::Other => Err(foreign::of_package(name, &mut package)),
        }
    }

    #[cfg(not(any(feature = "word", feature = "workbook")))]
    fn package(&self, name: &str, _: &[u8]) -> Result<RecommendationList> {
        Err(missing(name, Container::Zip.as_str(), &["word", "workbook"]))
    }

    #[cfg(feature = "word")]
    fn word(&self, name: &str, package: &mut super::office::Package) -> Result<RecommendationList> {
        let document = super::word::Document::read(package)?;
        if super::thematic::is_thematic(&document) {
            return super::thematic::read(self, name, &document);
        }
        let text = document.text();
        let about = |form| document.about(name, form);
        if let Some(list) = self.report_or_addendum(name, &text, false, about) {
            return list;
        }
        if let Some(list) = table::of_word(self, name, &document, about(Form::Table))? {
            return Ok(list);
        }
        self.bare_list(&document.lines(), || about(Form::BareList)).ok_or_else(|| {
            let found = match text.lines().next() {
                Some(line) => format!("a Word file that begins with {}", crate::error::quoted(line)),
                None => "an empty Word file".to_string(),
            };
            let expected = "a thematic list of recommendations, a report or an addendum, or numbered recommendations \
                            with their States in brackets";
            Error::unexpected(Place::file(name), found, expected)
        })
    }
}

/// An open file, which is not a folder.
pub(super) fn opened(path: &Path) -> Result<File> {
    let unreadable = |error| Error::unreadable(path, error);
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        let place = Place::file(path.display().to_string());
        return Err(Error::unexpected(place, "a folder", "a list of recommendations"));
    }
    Ok(file)
}

/// A form that this build leaves out.
#[allow(dead_code)] // where all features are on
fn missing(name: &str, found: &str, features: &[&str]) -> Error {
    let plural = if features.len() > 1 { "features" } else { "feature" };
    let expected = format!("a build of upr with the {plural} {}", crate::error::listed(features));
    Error::unexpected(Place::file(name), found, expected)
}

#[cfg(all(test, not(any(feature = "json", feature = "word", feature = "workbook"))))]
mod tests {
    use super::*;

    #[test]
    fn a_light_build_names_the_feature_that_is_missing() {
        let says = |bytes: &[u8]| Reader::new().bytes("a", bytes).expect_err("a fault").to_string();
        assert_eq!(
            says(b"PK\x03\x04"),
            "a: found a zip archive, as Word and Excel write, expected a build of upr with the features \"word\" and \"workbook\""
        );
        assert_eq!(
            says(b"\xD0\xCF\x11\xE0"),
            "a: found an old Word or Excel file, expected a build of upr with the feature \"workbook\""
        );
        assert_eq!(says(b"[{}]"), "a: found JSON, expected a build of upr with the feature \"json\"");
    }
}
