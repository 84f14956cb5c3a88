//! Lists to measure on: UPR Info's export where `../shared` has it, and lists of any length made by a seeded
//! generator from the bundled digest, the same on every machine.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The five files of the export, if they are there.
pub fn export_files() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/upr-info");
    let names = ["1-5", "6-9", "10-13", "14-17", "17-20"];
    let files: Vec<PathBuf> = names.iter().map(|name| folder.join(format!("sessions-{name}.csv"))).collect();
    files.iter().all(|file| file.exists()).then_some(files)
}

/// A list of `rows` rows in the form of UPR Info's export; see [`generate`].
pub fn generated(rows: usize) -> Vec<u8> {
    let mut list = Vec::new();
    generate(rows, &mut list).expect("memory takes all that is written");
    list
}

/// The rows of each generated review.
const REVIEW: usize = 260;

/// As many reviews as there can be: four cycles of 195 States, in one of 13 sessions each.
const REVIEWS: usize = 4 * 195 * 13;

/// Writes a list of up to 2,636,400 rows in the form of UPR Info's export, its reviews one after the other. One row in
/// forty repeats the text of the row before it with another recommending State, as in the export, where 1,125 of 26,298
/// rows belong to such groups.
pub fn generate(rows: usize, to: &mut impl Write) -> std::io::Result<()> {
    assert!(rows <= REVIEW * REVIEWS, "a State is reviewed once in a session");
    let digest = include_str!("../fixtures/usa-2020.csv");
    let list = upr::read::Reader::new().bytes("digest", digest.as_bytes()).expect("the bundled digest");
    let texts: Vec<String> =
        list.recommendations.iter().map(|recommendation| recommendation.text.replace('"', "\"\"")).collect();
    let states = upr::State::all();
    let mut seed = Seed(20_201_109);
    write!(to, "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session\r")?;
    let mut text = String::new();
    for row in 0..rows {
        let review = row / REVIEW;
        let under_review = &states[review / 4 % states.len()];
        let session = 1 + review % 4 * 13 + review / 4 / states.len();
        if row % 40 != 1 {
            // the number keeps texts of one review apart
            text = format!("{} (draft {row})", texts[seed.below(texts.len())]);
        }
        let from = &states[seed.below(states.len())];
        let response = ["Accepted", "Accepted", "Accepted", "Noted"][seed.below(4)];
        let action = 1 + seed.below(5);
        let (to_name, from_name) = (under_review.name, from.name);
        write!(to, "{to_name},,,\"{text} \",{from_name},,,{response},{action},Other,{session}\r")?;
    }
    Ok(())
}

/// Numbers that look random and are the same each time (Marsaglia's xorshift, 64 bits).
pub struct Seed(pub u64);

impl Seed {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// The most memory that this process has used so far, in MB, where the system tells.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}
