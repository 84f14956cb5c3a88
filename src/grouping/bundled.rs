//! The groupings that come with this crate; their files are in folders beside this one. A table has the name of the
//! codebook whose issues it groups, so that one set of groups serves several codebooks.

use super::{Grouping, load};
use crate::codebook::Codebook;
use crate::error::{Error, Result, listed};

/// A file of a grouping in its folder.
macro_rules! files {
    ($folder:literal: $($file:literal),+) => {
        ($folder, &[$(($file, include_str!(concat!($folder, "/", $file)))),+])
    };
}

type Files = &'static [(&'static str, &'static str)];

const BUNDLED: [(&str, Files); NAMES.len()] = [
    files!("upr-info": "grouping.csv", "core.csv"),
    files!("core": "grouping.csv", "upr-info.csv"),
    files!("ohchr-themes": "grouping.csv", "groups.csv", "core.csv", "upr-info.csv"),
    files!("ohchr-themes-cycle-2": "grouping.csv", "groups.csv", "core.csv"),
    files!("sdgs": "grouping.csv", "groups.csv", "core.csv", "upr-info.csv"),
    files!("blueprints-2021": "grouping.csv", "groups.csv", "core.csv"),
    files!("five-stages": "grouping.csv", "groups.csv", "core.csv"),
];

/// The names, in the order of the files.
pub(super) const NAMES: [&str; 7] =
    ["upr-info", "core", "ohchr-themes", "ohchr-themes-cycle-2", "sdgs", "blueprints-2021", "five-stages"];

pub(super) fn load(name: &str, codebook: &Codebook) -> Result<Grouping> {
    let Some((name, files)) = BUNDLED.iter().find(|(known, _)| *known == name) else {
        let found = format!("no bundled grouping {}", crate::error::quoted(name));
        return Err(Error::argument("grouping", found, format!("one of {}", listed(NAMES))));
    };
    let origin = format!("grouping {name}");
    let table = format!("{}.csv", codebook.name());
    let is_about = |file: &str| matches!(file, "grouping.csv" | "groups.csv");
    if is_about(&table) || !files.iter().any(|(file, _)| **file == table) {
        let tables = files.iter().filter(|(file, _)| !is_about(file));
        let known = listed(tables.map(|(file, _)| file.trim_end_matches(".csv")));
        let found = format!("no table for the codebook {}", codebook.name());
        return Err(Error::mismatch(&origin, found, format!("the codebook {known}")));
    }
    let files = files.iter().map(|(file, text)| (file.to_string(), text.as_bytes().to_vec()));
    load::folder(&origin, &files.collect(), codebook)
}
