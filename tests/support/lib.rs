//! What several files of tests need: places of files, the bundled lists and codebooks, and the programs.
//!
//! `programs` runs the examples. Tests on real lists name them with [`shared`]; they carry the attribute
//! `#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]`.

#![allow(missing_docs)] // for the tests beside it alone

pub mod programs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::OnceLock;
use upr::read::Reader;
use upr::{Codebook, CodedList, Tagger};

/// A row of a table, by the headers of its columns.
pub type Row = BTreeMap<String, String>;

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the tests is in it")
}

/// A path in `fixtures/`.
pub fn fixture(name: &str) -> PathBuf {
    root().join("fixtures").join(name)
}

/// A file or folder of `../shared/data`. A test that asks for one that is not there fails.
#[track_caller]
pub fn shared(name: &str) -> PathBuf {
    let path = root().join("../shared/data").join(name);
    assert!(path.exists(), "../shared/data is there, but not {name} in it");
    path
}

/// UPR Info's export of sessions 1 to 20, as files.
#[track_caller]
pub fn sessions() -> [PathBuf; 5] {
    ["1-5", "6-9", "10-13", "14-17", "17-20"].map(|name| shared(&format!("upr-info/sessions-{name}.csv")))
}

/// A folder of this run's own, emptied.
pub fn scratch(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test binary");
    let target = test.ancestors().nth(3).expect("target/debug/deps/test");
    let folder = target.join("tmp").join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a writable target folder");
    folder
}

/// The rows of a table as CSV.
#[track_caller]
pub fn rows(path: impl AsRef<Path>) -> Vec<Row> {
    let path = path.as_ref();
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(|row| row.expect("a row as long as its header")).collect()
}

/// A cell that holds a number.
#[track_caller]
pub fn number<N: FromStr>(row: &Row, column: &str) -> N {
    row[column].parse().unwrap_or_else(|_| panic!("{column} holds a number: {row:?}"))
}

/// The files of a folder, by name.
pub fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let paths = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let file = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("a file"))
    };
    paths.map(file).collect()
}

/// FNV-1a, 64 bits: the hash by which samples name a text, and States are halved.
pub fn fnv1a(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// The codebook core.
pub fn core() -> &'static Codebook {
    static CORE: OnceLock<Codebook> = OnceLock::new();
    CORE.get_or_init(Codebook::core)
}

/// The bundled list of the United States, coded with the core codebook.
pub fn usa() -> (Tagger, CodedList) {
    let tagger = Tagger::new(Codebook::core()).expect("the bundled codebook");
    let reader = Reader::new().state_under_review("United States").session("36");
    let coded = tagger.tag(reader.path(fixture("usa-2020.csv")).expect("the bundled list"));
    (tagger, coded)
}
