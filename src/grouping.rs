//! Groupings: the same tags, read through another frame. `GROUPINGS.md` beside the files of this module says how.

mod bundled;
mod load;
mod regroup;
mod rows;

pub use rows::Reading;

use crate::codebook::{About, Codebook, Issue, Theme};
use crate::error::Result;
use crate::table::{Cell, Table};
use crate::text::hash::Fnv;
use crate::text::key;
use rows::{Assignment, Relation};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The name of the group of everything that a grouping has no group for; no group may have it.
pub const OUTSIDE: &str = "outside";

/// A table from the issues of one codebook to groups. Checked in full when it was loaded.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, count::Grouping};
///
/// let tagger = Tagger::core();
/// let goals = Grouping::bundled("sdgs", tagger.codebook())?;
/// let coding = tagger.code("Ensure access to safe drinking water for Roma settlements").coding;
/// let codes = goals.of(&coding);
/// assert!(codes.iter().any(|code| &**code == "sdg-6") && codes.iter().any(|code| &**code == "sdg-10"));
/// assert_eq!(goals.group("sdg-6").unwrap().label, "6 Clean water and sanitation");
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Grouping {
    about: About,
    /// Of the cells, whatever the reading.
    cells_hash: String,
    codebook: About,
    themes: Vec<Theme>,
    /// Each as an issue: the codebook of a regrouped list has them.
    groups: Vec<Issue>,
    /// For each group what else files call it.
    also: Vec<Vec<String>>,
    assignments: Vec<Assignment>,
    reading: Reading,
    /// The groups of each issue by the reading, as places in `groups`, in order.
    by_issue: BTreeMap<Arc<str>, Vec<usize>>,
}

impl Grouping {
    /// The names of the groupings that come with this crate.
    pub const BUNDLED: [&str; bundled::NAMES.len()] = bundled::NAMES;

    /// A grouping that comes with this crate, for the issues of `codebook`.
    ///
    /// # Errors
    ///
    /// A name that is not in [`Grouping::BUNDLED`]; a codebook that the grouping has no table for: there are tables for
    /// `core` and for some groupings `upr-info`; a codebook of that name without an issue that the table names.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, count::Grouping};
    ///
    /// let stages = Grouping::bundled("five-stages", &Codebook::core())?;
    /// assert_eq!(stages.groups()[0].label, "Reverse and revoke");
    ///
    /// let error = Grouping::bundled("five-stages", &Codebook::upr_info()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "grouping five-stages: found no table for the codebook upr-info, expected the codebook \"core\""
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn bundled(name: &str, codebook: &Codebook) -> Result<Grouping> {
        bundled::load(name, codebook)
    }

    /// The grouping of this name in [`Grouping::BUNDLED`], or else the one in this file or folder: what a program makes of
    /// the grouping that its user asks for.
    ///
    /// # Errors
    ///
    /// Neither a name nor a path; and as for [`Grouping::bundled`] and [`Grouping::load`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, count::Grouping};
    ///
    /// let core = Codebook::core();
    /// assert_eq!(Grouping::named("five-stages", &core)?.groups().len(), 5);
    /// assert!(Grouping::named("five-steps", &core).unwrap_err().to_string().starts_with(
    ///     "grouping: found no bundled grouping \"five-steps\", expected one of \"upr-info\""
    /// ));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn named(name: &str, codebook: &Codebook) -> Result<Grouping> {
        match !Grouping::BUNDLED.contains(&name) && Path::new(name).exists() {
            true => Grouping::load(name, codebook),
            false => Grouping::bundled(name, codebook),
        }
    }

    /// Loads a grouping: a folder with the files `grouping.csv`, `groups.csv` (which may be left out) and a table, or
    /// the table alone. `documentation::groupings` says what they hold. A table alone is named by its file, and has no
    /// version. The table of a folder is `table.csv`, or has the name of the codebook: `core.csv`.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with file, line and column: a missing file; an unknown column; an issue that the
    /// codebook doesn't have; a group that `groups.csv` doesn't have; a row that stands twice; an issue that is outside
    /// and in a group.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, count::Grouping};
    ///
    /// let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.groups().len(), 3);
    ///
    /// let error = Grouping::load("fixtures/grouping-climate", &Codebook::core()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "fixtures/grouping-climate/table.csv, line 2, column issue: found \"climate-action\", expected an issue of \
    ///      the codebook core"
    /// );
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn load(path: impl AsRef<Path>, codebook: &Codebook) -> Result<Grouping> {
        load::path(path.as_ref(), codebook)
    }

    /// Loads a grouping from texts in memory: the same files as in a folder, by name. `origin` stands for the folder
    /// in messages.
    ///
    /// # Errors
    ///
    /// As for [`Grouping::load`].
    ///
    /// # Example
    ///
    /// ```
    /// use upr::{Codebook, count::{Grouping, OUTSIDE}};
    ///
    /// let files = [
    ///     ("grouping.csv", "key,value\nname,life\nversion,1\n"),
    ///     ("table.csv", "issue,group\ndeath-penalty,life-and-death\ngun-violence,life-and-death\n"),
    /// ];
    /// let grouping = Grouping::from_files("mine", files, &Codebook::core())?;
    /// assert_eq!(grouping.groups_of("gun-violence"), ["life-and-death"]);
    /// assert_eq!(grouping.groups_of("housing"), [OUTSIDE]);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn from_files<'a>(
        origin: &str,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        codebook: &Codebook,
    ) -> Result<Grouping> {
        let files = files.into_iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
        load::folder(origin, &files.collect(), codebook)
    }

    /// The same grouping by another reading. The hash of a reading other than the usual one is another.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// use upr::count::Reading;
    ///
    /// let hash = grouping.about().hash.clone();
    /// let implied = grouping.with_reading(Reading::Implied);
    /// assert_ne!(implied.about().hash, hash);
    /// assert_eq!(implied.with_reading(Reading::Usual).about().hash, hash);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn with_reading(mut self, reading: Reading) -> Grouping {
        self.reading = reading;
        self.about.hash = match reading {
            Reading::Usual => self.cells_hash.clone(),
            other => Fnv::new().add_field(&self.cells_hash).add_field(other.as_str()).named(),
        };
        self.by_issue.clear();
        let place: BTreeMap<&Arc<str>, usize> =
            self.groups.iter().enumerate().map(|(at, group)| (&group.code, at)).collect();
        for row in self.assignments.iter().filter(|row| reading.takes(row.relation)) {
            if let Some(at) = row.group.as_ref().and_then(|group| place.get(group)) {
                self.by_issue.entry(row.issue.clone()).or_default().push(*at);
            }
        }
        self.by_issue.values_mut().for_each(|groups| groups.sort_unstable());
        self
    }

    /// What it says of itself: name, version, title, description, licence and hash.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The name, such as `sdgs`.
    pub fn name(&self) -> &str {
        &self.about.name
    }

    /// Name, version and hash together, as regrouped lists carry them.
    pub fn identity(&self) -> About {
        self.about.identity()
    }

    /// The codebook whose issues it groups.
    pub fn codebook_of_issues(&self) -> &About {
        &self.codebook
    }

    /// Which rows count.
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// The groups, in the order of `groups.csv`; each has the theme of its codebook, where the groups
    /// are the issues of one, and else under the name of the grouping.
    pub fn groups(&self) -> &[Issue] {
        &self.groups
    }

    /// The group of this code.
    pub fn group(&self, code: &str) -> Option<&Issue> {
        self.groups.iter().find(|group| &*group.code == code)
    }

    /// The group that a label in a file means, by its label, one of its other forms, or its code. Case, accents and
    /// blanks don't count.
    pub fn group_of_label(&self, label: &str) -> Option<&Issue> {
        let wanted = key::label(label);
        let mut groups = self.groups.iter().zip(&self.also);
        let is_wanted = |(group, also): &(&Issue, &Vec<String>)| {
            let forms = [group.label.as_str(), &*group.code].into_iter();
            forms.chain(also.iter().map(String::as_str)).any(|form| key::label(form) == wanted)
        };
        groups.find(is_wanted).map(|(group, _)| group)
    }

    /// The rows of the table, whatever the reading: `issue`, `group` (`outside` where the table says so), `relation` (same,
    /// narrower, broader, overlaps or empty), `note` and `line`.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let table = Grouping::load("fixtures/grouping-climate", &climate)?.table();
    /// assert!(table.to_csv().contains("climate-action,A2,overlaps,a measure of today may be meant,3\n"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn table(&self) -> Table {
        let mut table = Table::new(["issue", "group", "relation", "note", "line"]);
        table.rows.extend(self.assignments.iter().map(|row| {
            let group = row.group.as_deref().unwrap_or(OUTSIDE);
            let relation = row.relation.map_or("", Relation::as_str);
            vec![
                (&row.issue).into(),
                group.into(),
                relation.into(),
                row.note.as_str().into(),
                Cell::from(row.line),
            ]
        }));
        table
    }

    /// The codes of an issue's groups by the reading, in the order of the groups; [`OUTSIDE`] alone where it has none.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.groups_of("climate-action"), ["nature", "A2"]);
    /// assert_eq!(grouping.groups_of("torture"), ["outside"]); // no issue of the codebook
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn groups_of(&self, issue: &str) -> Vec<&str> {
        match self.by_issue.get(issue) {
            Some(groups) => groups.iter().map(|at| &*self.groups[*at].code).collect(),
            None => vec![OUTSIDE],
        }
    }

    /// Each issue with each of its groups, by the reading.
    pub(crate) fn memberships(&self) -> impl Iterator<Item = (&Arc<str>, &Issue)> {
        self.by_issue
            .iter()
            .flat_map(move |(issue, groups)| groups.iter().map(move |at| (issue, &self.groups[*at])))
    }
}
