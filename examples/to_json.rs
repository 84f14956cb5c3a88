//! Reads lists of recommendations, codes them, and prints one JSON document.
//!
//! `cargo run --release --example to_json -- 2019.csv 2020.xlsx addendum.docx > coded.json`
//!
//! All files are read together: an addendum gives its positions to the recommendations that it answers.

use shared::output::{notify, put};
use std::process::ExitCode;
use upr::export::{self, JsonOptions};
use upr::{Aspect, Tagger, code::ActionCoder, read::Reader};

#[path = "shared/mod.rs"]
mod shared;

fn main() -> ExitCode {
    shared::finish("to_json", run())
}

fn run() -> shared::Result<()> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let list = Reader::new().paths(&files)?;
    for reject in &list.rejects {
        notify(&format!("{}, row {}: {}", reject.file, reject.row, reject.reason));
    }
    let tagger = Tagger::core().with_aspects(Aspect::bundled())?.with_actions(ActionCoder::new());
    let coded = tagger.tag(list);
    let mut document = Vec::new();
    export::json(&mut document, &coded, &JsonOptions::default())?;
    put(&document).map(drop)
}
