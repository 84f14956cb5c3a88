//! The codebooks of the aspects that come with this crate; their files are in `src/codebook`.

use super::Aspect;
use crate::codebook::Codebook;

/// The files of a codebook in `src/codebook`.
macro_rules! files {
    ($folder:literal) => {
        [
            ("codebook.csv", include_str!(concat!("../codebook/", $folder, "/codebook.csv"))),
            ("themes.csv", include_str!(concat!("../codebook/", $folder, "/themes.csv"))),
            ("issues.csv", include_str!(concat!("../codebook/", $folder, "/issues.csv"))),
            ("lists.csv", include_str!(concat!("../codebook/", $folder, "/lists.csv"))),
            ("rules.csv", include_str!(concat!("../codebook/", $folder, "/rules.csv"))),
        ]
    };
}

pub(super) fn codebook(aspect: Aspect) -> Codebook {
    let (name, files) = match aspect {
        Aspect::Instrument => ("instruments", files!("instruments")),
        Aspect::Sdg => ("sdgs", files!("sdgs")),
        Aspect::AffectedPersons => ("affected-persons", files!("affected-persons")),
        Aspect::GovernmentLevel => ("government-level", files!("government-level")),
    };
    // the files are part of the program and every test loads them, so this cannot fail for a user
    Codebook::from_files(&format!("codebook {name}"), files).expect("the bundled codebook is valid")
}
