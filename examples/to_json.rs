//! Reads lists of recommendations, codes them, and prints one JSON document.
//!
//! `cargo run --release --example to_json -- 2019.csv 2020.xlsx addendum.docx > coded.json`
//!
//! All files are read together: an addendum gives its positions to the recommendations that it answers.

use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use upr::export::{self, JsonOptions};
use upr::{Aspect, Tagger, code::ActionCoder, read::Reader};

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let list = Reader::new().paths(&files)?;
    for reject in &list.rejects {
        eprintln!("{}, row {}: {}", reject.file, reject.row, reject.reason);
    }
    let tagger = Tagger::core().with_aspects(Aspect::bundled())?.with_actions(ActionCoder::new());
    let coded = tagger.tag(list);
    let mut out = BufWriter::new(stdout().lock());
    export::json(&mut out, &coded, &JsonOptions::default())?;
    Ok(out.flush()?)
}
