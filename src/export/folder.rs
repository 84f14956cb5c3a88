//! The folder of an export, written piece by piece.

use super::dictionary::{self, Content, Table};
use super::earlier::{DOCUMENT, Part, STATISTICS};
use super::sheet::Sheet;
use super::staged::Staged;
use super::{JsonOptions, flat, json, package, rows, statistics};
use crate::codebook::Codebooks;
use crate::coded::{CodedList, NotCoded, Reviewed, Selection};
use crate::dimension::Dimension;
use crate::error::{Error, Result};
use crate::files::output::{Destination, Target};
use crate::list::unresolved::{Spellings, add_corrected};
use crate::list::{Account, FileRead, RecommendationList, Unresolved};
use crate::tag::Tagger;
use crate::tally::Tally;
use rayon::prelude::*;
use std::io::{BufWriter, Write};

/// An export that is being written: [`folder`](fn@super::folder) in parts, for lists that are too long to be held. The
/// bytes are the same as if all parts had been written as one list, if the parts hold whole reviews, as those of
/// [`Reader::reviews`](crate::read::Reader::reviews) do.
///
/// Rows go to their files as they come; counts and names that are not known are kept until the end. The files are in a
/// hidden folder beside the named one until [`finish`](Folder::finish) puts it in its place. Without that, or if the program is
/// ended before, an earlier export stays as it was.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, export::Folder, read::Reader};
///
/// let tagger = Tagger::core();
/// let out = std::env::temp_dir().join("upr-folder-example");
/// let mut folder = Folder::create(&out, &tagger)?;
/// let mut reviews = Reader::new().reviews(["fixtures/upr-info.csv"]);
/// for part in &mut reviews {
///     folder.write(&tagger.tag(part?))?;
/// }
/// let files = folder.finish(reviews.files())?;
/// assert!(files.contains(&"recommendations.csv".to_string()));
/// # std::fs::remove_dir_all(&out).ok();
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug)]
pub struct Folder {
    staged: Staged,
    /// What coded the list; without recommendations.
    about: CodedList,
    tables: Vec<Open>,
    account: Account,
    not_coded: NotCoded,
    reviewed: Reviewed,
}

/// A table that is being written, and what it waits for.
#[derive(Debug)]
struct Open {
    table: &'static Table,
    sheet: Sheet,
    /// Columns beside those of the table, with their descriptions: the issues of the flat one, where they are asked for.
    beside: Vec<(String, String)>,
    tally: Option<Tally>,
    unresolved: Unresolved,
    corrected: Spellings,
}

impl Folder {
    /// Makes a folder beside the named one, and in it the files with their headers. All parts must be coded by `tagger`.
    ///
    /// # Errors
    ///
    /// As for [`folder`](fn@super::folder).
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, export::Folder};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let out = std::env::temp_dir().join("upr-example-create");
    /// # std::fs::remove_dir_all(&out).ok();
    /// let folder = Folder::create(&out, &tagger)?;
    /// let error = Folder::create(&out, &tagger).unwrap_err();
    /// assert!(error.to_string().ends_with("found another run that writes there, expected one run at a time"));
    /// drop(folder);
    /// assert!(!out.exists()); // it was not finished
    ///
    /// let error = Folder::create("fixtures/usa-2020.csv/below-a-file", &tagger).unwrap_err();
    /// assert!(error.to_string().ends_with("cannot be written"), "{error}");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn create(folder: impl Destination, tagger: &Tagger) -> Result<Folder> {
        Folder::open(folder.target(), tagger.tag(RecommendationList::default()), false)
    }

    /// [`Folder::create`] with one more column for each issue in `recommendations_flat.csv`, as
    /// [`folder_with_issue_columns`](super::folder_with_issue_columns) writes it.
    ///
    /// # Errors
    ///
    /// As for [`Folder::create`].
    pub fn create_with_issue_columns(folder: impl Destination, tagger: &Tagger) -> Result<Folder> {
        Folder::open(folder.target(), tagger.tag(RecommendationList::default()), true)
    }

    /// [`Folder::create`] for one list that is held, which people may have corrected. With [`write_json`](Folder::write_json) and
    /// [`write_statistics`](Folder::write_statistics), everything is there at once, or nothing.
    ///
    /// # Errors
    ///
    /// As for [`Folder::create`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Tagger, export::{Folder, JsonOptions}};
    ///
    /// let coded = Tagger::core().tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let out = std::env::temp_dir().join("upr-folder-for-list-example");
    /// let mut folder = Folder::for_list(&out, &coded, false)?;
    /// folder.write(&coded)?;
    /// folder.write_json(&coded, &JsonOptions::default())?;
    /// folder.write_statistics(&coded)?;
    /// assert!(!out.exists());
    /// folder.finish(&coded.files)?;
    /// assert!(out.join("upr.json").exists() && out.join("statistics/links.csv").exists() == false);
    /// # std::fs::remove_dir_all(&out).ok();
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn for_list<'l>(
        folder: impl Destination,
        coded: impl Into<Selection<'l>>,
        issue_columns: bool,
    ) -> Result<Folder> {
        Folder::open(folder.target(), coded.into().about(), issue_columns)
    }

    fn open(target: Target, about: CodedList, issue_columns: bool) -> Result<Folder> {
        let staged = Staged::begin(target, Part::Export)?;
        let tables = dictionary::tables(&about)
            .into_iter()
            .map(|table| Open::create(&staged, table, &about, issue_columns));
        let tables = tables.collect::<Result<_>>()?;
        Ok(Folder {
            staged,
            about,
            tables,
            account: Account::default(),
            not_coded: NotCoded::default(),
            reviewed: Reviewed::default(),
        })
    }

    /// Writes a part, on all cores.
    ///
    /// # Errors
    ///
    /// A part that was coded with another codebook. What cannot be written is reported by [`finish`](Folder::finish).
    pub fn write<'l>(&mut self, part: impl Into<Selection<'l>>) -> Result<()> {
        let part = part.into();
        if *part.coded_by() != self.about.coded_by {
            let found = format!("a list coded with {}", part.coded_by());
            let expected = format!("one coded with {}", self.about.coded_by);
            return Err(Error::mismatch("export", found, expected));
        }
        if part.list().is_corrected() && !self.about.is_corrected() {
            let expected =
                "one as the machine coded it; a corrected list is written whole, with export::folder";
            return Err(Error::mismatch(
                "export",
                "a list that people corrected".to_string(),
                expected.to_string(),
            ));
        }
        self.account += Account::of(part.plain(), &part.list().pledges, &part.list().rejects, &[]);
        self.not_coded.add(part.iter());
        self.reviewed.add(&part);
        self.tables.par_iter_mut().with_max_len(1).for_each(|open| open.take(&part));
        Ok(())
    }

    /// Writes the list as one JSON document, `upr.json`, beside the tables.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn write_json<'l>(&mut self, coded: impl Into<Selection<'l>>, options: &JsonOptions) -> Result<()> {
        let written = std::fs::File::create(self.staged.path(DOCUMENT)).and_then(|file| {
            let mut writer = BufWriter::new(file);
            json::write(&mut writer, &coded.into(), options)?;
            writer.flush()
        });
        written.map_err(|error| self.staged.unwritable(DOCUMENT, error))
    }

    /// Writes the tables of [`statistics`](super::statistics()) into the folder `statistics` in it. Returns the names of the files.
    ///
    /// # Errors
    ///
    /// A folder or file that cannot be written.
    pub fn write_statistics<'l>(&mut self, coded: impl Into<Selection<'l>>) -> Result<Vec<String>> {
        let folder = self.staged.path(STATISTICS);
        std::fs::create_dir_all(folder).map_err(|error| self.staged.unwritable(STATISTICS, error))?;
        statistics::write(&self.staged, STATISTICS.as_ref(), &coded.into())
    }

    /// Writes what was kept, and the description, and puts the folder in its place. `files` are those that the parts came from, with all their rows: of a
    /// [`Reader::reviews`](crate::read::Reader::reviews), [`Reviews::files`](crate::read::Reviews::files).
    ///
    /// # Errors
    ///
    /// A file that cannot be, or could not be, written; files of someone else that are in the way since the folder was made. An
    /// earlier export then stays as it was.
    pub fn finish(mut self, files: &[FileRead]) -> Result<Vec<String>> {
        let (codebooks, staged) = (self.about.codebooks(), &self.staged);
        let mut files = files.to_vec();
        self.not_coded.warn(&mut files, codebooks.issues());
        let finish = |open: &mut Open| open.finish(staged, codebooks, &files);
        self.tables.par_iter_mut().with_max_len(1).try_for_each(finish)?;
        self.account += Account::of([], &[], &[], &files);
        let resources =
            self.tables.iter().map(|open| package::resource(open.table, &open.beside, open.sheet.written()));
        let resources = resources.collect();
        let about = (&self.about).into();
        let description = package::describe(&about, &self.account, &files, &self.reviewed, resources);
        staged.write(package::FILE, description.as_bytes())?;
        let names = self.tables.iter().map(|open| open.table.file.to_string());
        let names = names.chain([package::FILE.to_string()]).collect();
        // closed, since Windows renames no folder with open files
        self.tables.clear();
        self.staged.finish()?;
        Ok(names)
    }
}

impl Open {
    fn create(
        staged: &Staged,
        table: &'static Table,
        about: &CodedList,
        issue_columns: bool,
    ) -> Result<Open> {
        let beside = match table.content {
            Content::Flat if issue_columns => flat::issue_columns(table, about.codebooks().issues()),
            _ => Vec::new(),
        };
        let headers = table.columns.iter().map(|column| column.name);
        let headers = headers.chain(beside.iter().map(|(header, _)| header.as_str()));
        let sheet = Sheet::create(&staged.path(table.file), headers)
            .map_err(|error| staged.unwritable(table.file, error))?;
        let tally = match table.content {
            Content::Counts(dimension) => Some(Tally::of(about, &[dimension, Dimension::Position])),
            Content::IssueBy(dimension) => Some(Tally::of(about, &[Dimension::Issue, dimension])),
            _ => None,
        };
        Ok(Open {
            table,
            sheet,
            beside,
            tally,
            unresolved: Unresolved::default(),
            corrected: Spellings::new(),
        })
    }

    fn take(&mut self, part: &Selection<'_>) {
        match (self.table.content, &mut self.tally) {
            (_, Some(tally)) => tally.add(part),
            (Content::Flat, _) => flat::rows(&mut self.sheet, part, !self.beside.is_empty()),
            (Content::Unresolved, _) => self.unresolved.add(part.plain()),
            (Content::Corrected, _) => add_corrected(&mut self.corrected, part.plain()),
            (content, _) => rows::write(&mut self.sheet, content, part),
        }
    }

    fn finish(&mut self, staged: &Staged, codebooks: &Codebooks, files: &[FileRead]) -> Result<()> {
        match (self.table.content, self.tally.take()) {
            (Content::Counts(dimension), Some(tally)) => {
                rows::counts(&mut self.sheet, dimension, tally, codebooks);
            }
            (Content::IssueBy(dimension), Some(tally)) => {
                rows::issue_by(&mut self.sheet, dimension, tally, codebooks);
            }
            (Content::Unresolved, _) => {
                self.unresolved.suggest();
                rows::unresolved(&mut self.sheet, &self.unresolved);
            }
            (Content::Corrected, _) => rows::corrected(&mut self.sheet, &self.corrected),
            (Content::Warnings, _) => rows::warnings(&mut self.sheet, files),
            (content, _) => rows::of_codebooks(&mut self.sheet, content, codebooks),
        }
        self.sheet.close().map_err(|error| staged.unwritable(self.table.file, error))
    }
}
