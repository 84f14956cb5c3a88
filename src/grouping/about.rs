//! What a grouping says of itself: its name, version and hash, by which regrouped lists name it.

use super::{Grouping, Reading};
use crate::codebook::CodebookName;

impl Grouping {
    /// Name, version and hash together, as regrouped lists carry them.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// let name = grouping.identity();
    /// assert_eq!((name.name.as_str(), name.version.as_str()), ("climate-chapters", "1.0.0"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn identity(&self) -> CodebookName {
        CodebookName { name: self.name.clone(), version: self.version.clone(), hash: self.hash.clone() }
    }

    /// The name, such as `sdgs`.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.name(), "climate-chapters");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version that its authors gave it; empty for a table without `grouping.csv`.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.version(), "1.0.0");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The title, or empty.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.title(), "Chapters of a climate report");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it is for, or empty.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert!(grouping.description().starts_with("An invented report"));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The licence, or empty.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.licence(), "MIT OR Apache-2.0");
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn licence(&self) -> &str {
        &self.licence
    }

    /// A hash of all its cells, of its groups where they are the issues of a codebook, and of the reading where it is
    /// not the usual one: `fnv1a64:` and 16 digits (Fowler-Noll-Vo 1a, 64 bits).
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// let about = "key,value\nname,climate-chapters\nversion,1.0.0\n";
    /// let files = [("grouping.csv", about), ("table.csv", "issue,group\nclimate-action,nature\n")];
    /// let other = Grouping::from_files("mine", files, &climate)?;
    /// assert_ne!(grouping.hash(), other.hash()); // same name and version, other rows
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The codebook whose issues it groups.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.codebook_of_issues(), &climate.identity());
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn codebook_of_issues(&self) -> &CodebookName {
        &self.codebook
    }

    /// Which rows count.
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, count::Grouping};
    /// # let climate = Codebook::load("fixtures/codebook-climate")?;
    /// let grouping = Grouping::load("fixtures/grouping-climate", &climate)?;
    /// assert_eq!(grouping.reading(), upr::count::Reading::Usual);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn reading(&self) -> Reading {
        self.reading
    }
}
