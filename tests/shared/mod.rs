//! The shared data beside the project, for the tests that read real lists and documents.

use std::path::{Path, PathBuf};

/// A file or folder of `../shared/data`, or nothing, said aloud, where there is none.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/data/{name} is not there");
    None
}
