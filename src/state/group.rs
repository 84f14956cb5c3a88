//! The regional groups of the UN, and what they are called.

use crate::names::names;
use serde::{Deserialize, Serialize};

/// A UN regional group, by the abbreviations of UPR Info.
///
/// # Example
///
/// ```
/// use upr::{RegionalGroup, State};
///
/// assert_eq!(State::resolve("New Zealand").unwrap().regional_group, RegionalGroup::Weog);
/// assert_eq!(State::resolve("the Holy See").unwrap().regional_group, RegionalGroup::Observer);
/// // UN DGACM lists 54, 55, 23, 33 and 28; UPR Info counts Kiribati, Israel and the United States in, too
/// let members = |group| State::all().iter().filter(|state| state.regional_group == group).count();
/// assert_eq!(RegionalGroup::ALL.iter().map(|group| members(*group)).collect::<Vec<_>>(), [54, 54, 23, 33, 29, 2]);
/// assert_eq!("weog".parse::<RegionalGroup>()?, RegionalGroup::Weog);
/// assert!("Oceania".parse::<RegionalGroup>().unwrap_err().to_string().contains("\"Oceania\""));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RegionalGroup {
    /// African Group.
    Africa,
    /// Asia-Pacific Group.
    Asia,
    /// Eastern European Group.
    #[serde(rename = "EEG")]
    Eeg,
    /// Latin American and Caribbean Group.
    #[serde(rename = "GRULAC")]
    Grulac,
    /// Western European and Others Group.
    #[serde(rename = "WEOG")]
    Weog,
    /// The observer States, which UPR Info places in no group: Holy See and State of Palestine.
    Observer,
}

names! {
    RegionalGroup, "regional group",
    Africa = "Africa",
    Asia = "Asia",
    Eeg = "EEG",
    Grulac = "GRULAC",
    Weog = "WEOG",
    Observer = "Observer",
}

impl RegionalGroup {
    /// Whether this is what the group is called, in letters and digits alone: the names of the UN's Department for General
    /// Assembly and Conference Management, with `group` or `States` at their end.
    pub(crate) fn is_called(self, key: &str) -> bool {
        let plain = key.strip_suffix("group").or_else(|| key.strip_suffix("states")).unwrap_or(key);
        let names: &[&str] = match self {
            RegionalGroup::Africa => &["africa", "african"],
            RegionalGroup::Asia => &["asia", "asian", "asiapacific", "asiaandthepacific"],
            RegionalGroup::Eeg => &["easterneurope", "easterneuropean"],
            RegionalGroup::Grulac => {
                &["latinamericanandcaribbean", "latinamericaandthecaribbean", "latinamericaandcaribbean"]
            }
            RegionalGroup::Weog => {
                &["westerneuropeanandothers", "westerneuropeanandother", "westerneuropeandothers"]
            }
            RegionalGroup::Observer => &["observer", "observers"],
        };
        names.contains(&plain)
    }
}
