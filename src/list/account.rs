//! The account of rows: what happened to each row of the files.

use super::beside::{FileRead, Reject};
use crate::recommendation::Recommendation;
use serde::{Deserialize, Serialize};

/// What happened to each row:
/// `rows = recommendations + merged + repeated + pledges + replies + set_aside + rejects`, always.
///
/// # Example
///
/// ```
/// let account = upr::read::path("fixtures/usa-2020.csv")?.account();
/// assert_eq!((account.rows, account.recommendations, account.recommendation_x_state), (347, 347, 357));
/// assert_eq!((account.merged, account.rejects), (0, 0));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Account {
    /// The rows of all files, blank lines apart.
    pub rows: u64,
    /// The recommendations.
    pub recommendations: u64,
    /// The recommendation–State pairs.
    pub recommendation_x_state: u64,
    /// The rows that were merged into a joint recommendation: each names other States than the rows before it.
    pub merged: u64,
    /// The rows that repeat a recommendation with the same States: under another theme, in another file, or twice.
    pub repeated: u64,
    /// The voluntary pledges of the States under review.
    pub pledges: u64,
    /// The replies of addenda.
    pub replies: u64,
    /// The records of other mechanisms, which stay aside.
    pub set_aside: u64,
    /// The rows that could not be read.
    pub rejects: u64,
    /// The invalid bytes or characters that were replaced by U+FFFD.
    pub replaced: u64,
}

impl Account {
    pub(crate) fn of<'r>(
        recommendations: impl IntoIterator<Item = &'r Recommendation>,
        pledges: &[Recommendation],
        rejects: &[Reject],
        files: &[FileRead],
    ) -> Account {
        let mut account = Account {
            rows: files.iter().map(|file| file.rows).sum(),
            pledges: pledges.len() as u64,
            replies: files.iter().map(|file| file.replies).sum(),
            set_aside: files.iter().map(|file| file.set_aside).sum(),
            rejects: rejects.len() as u64,
            replaced: files.iter().map(|file| file.replaced as u64).sum(),
            ..Account::default()
        };
        for recommendation in recommendations {
            account.recommendations += 1;
            account.recommendation_x_state += recommendation.pairs() as u64;
            let others = recommendation.sources.len().saturating_sub(1) as u64;
            let repeated = u64::from(recommendation.repeated).min(others);
            account.merged += others - repeated;
            account.repeated += repeated;
        }
        account
    }

    /// Whether every row is accounted for. It always is; a test holds it for every fixture.
    pub fn balances(&self) -> bool {
        let kept = self.recommendations + self.merged + self.repeated + self.pledges;
        self.rows == kept + self.replies + self.set_aside + self.rejects
    }
}

impl std::ops::AddAssign for Account {
    fn add_assign(&mut self, other: Account) {
        self.rows += other.rows;
        self.recommendations += other.recommendations;
        self.recommendation_x_state += other.recommendation_x_state;
        self.merged += other.merged;
        self.repeated += other.repeated;
        self.pledges += other.pledges;
        self.replies += other.replies;
        self.set_aside += other.set_aside;
        self.rejects += other.rejects;
        self.replaced += other.replaced;
    }
}
