//! Lists to measure on: UPR Info's export where `../shared` has it, and lists of any length made by a seeded
//! generator from the bundled digest, the same on every machine.

use std::path::{Path, PathBuf};

/// The five files of the export, if they are there.
pub fn export_files() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/upr-info");
    let names = ["1-5", "6-9", "10-13", "14-17", "17-20"];
    let files: Vec<PathBuf> = names.iter().map(|name| folder.join(format!("sessions-{name}.csv"))).collect();
    files.iter().all(|file| file.exists()).then_some(files)
}

/// A list of `rows` rows in the form of UPR Info's export. One row in forty repeats the text of the row before it
/// with another recommending State, as in the export, where 1,125 of 26,298 rows belong to such groups.
pub fn generated(rows: usize) -> Vec<u8> {
    let digest = include_str!("../fixtures/usa-2020.csv");
    let list = upr::read::Reader::new().bytes("digest", digest.as_bytes()).expect("the bundled digest");
    let texts: Vec<&str> =
        list.recommendations.iter().map(|recommendation| recommendation.text.as_str()).collect();
    let states = upr::State::all();
    let mut seed = Seed(20_201_109);
    let mut csv =
        String::from("To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session\r");
    let mut text = String::new();
    let (mut to, mut session) = (0, 1);
    for row in 0..rows {
        if row % 200 == 0 {
            (to, session) = (seed.below(states.len()), 1 + seed.below(40));
        }
        if row % 40 != 1 {
            // the number keeps texts of one review apart
            let text_of = texts[seed.below(texts.len())].replace('"', "\"\"");
            text = format!("{text_of} (draft {row})");
        }
        let from = &states[seed.below(states.len())];
        let response = ["Accepted", "Accepted", "Accepted", "Noted"][seed.below(4)];
        let action = 1 + seed.below(5);
        csv += &format!(
            "{},,,\"{text} \",{},,,{response},{action},Other,{session}\r",
            states[to].name, from.name
        );
    }
    csv.into_bytes()
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
