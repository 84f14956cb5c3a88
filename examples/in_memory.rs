//! A codebook, a grouping and an evaluation without any file, as in a web form or a notebook.
//!
//! `cargo run --release --example in_memory`

use std::process::ExitCode;
use upr::count::Grouping;
use upr::evaluate::{Comparison, Crosswalk};
use upr::{Codebook, Dimension, Tagger, Tally, read::Reader};

const CODEBOOK: [(&str, &str); 3] = [
    ("codebook.csv", "key,value\nname,water\nversion,0.1.0\n"),
    (
        "issues.csv",
        "issue,label,theme,definition\n\
         water,Water,services,Access to safe water\n\
         toilets,Toilets,services,Access to sanitation\n",
    ),
    ("rules.csv", "issue,kind,pattern\nwater,include,water\ntoilets,include,(sanitation|toilet*)\n"),
];
const GROUPING: [(&str, &str); 2] = [
    ("grouping.csv", "key,value\nname,goals\nversion,1\n"),
    ("table.csv", "issue,group\nwater,goal-6\ntoilets,goal-6\n"),
];
/// The column `issue` has what human coders gave.
const LIST: &str = "\
state under review,session,paragraph,recommending states,text,issue
Tuvalu,43,1,Fiji,Bring safe water to the outer islands,Water
Tuvalu,43,2,Samoa,Build toilets in all schools,Toilets
Tuvalu,43,3,Tonga,Repair the latrines of the main hospital,Toilets
Tuvalu,43,4,Nauru,Provide water and sanitation in prisons,Water; Toilets
";

#[path = "shared/mod.rs"]
mod shared;

fn main() -> ExitCode {
    shared::finish("in_memory", run())
}

fn run() -> shared::Result<()> {
    let tagger = Tagger::new(Codebook::from_files("water", CODEBOOK)?)?;
    let coded = tagger.tag(Reader::new().rows_apart().bytes("list.csv", LIST.as_bytes())?);

    let tally = Tally::of(&coded, &[Dimension::Issue]);
    let mut out = format!("toilets: {} recommendations\n", tally.get(["toilets"])?.recommendations);
    let grouped = Grouping::from_files("goals", GROUPING, tagger.codebook())?.regroup(&coded)?;
    let tally = Tally::of(&grouped, &[Dimension::Issue]);
    out += &format!("goal-6: {} recommendations\n", tally.get(["goal-6"])?.recommendations);

    let crosswalk = Crosswalk::by_label(tagger.codebook());
    let comparison = Comparison::of(&coded, &crosswalk)?;
    for (label, on) in comparison.agreement().labels() {
        out += &format!("{label}: precision {:.2}, recall {:.2}\n", on.precision, on.recall);
    }
    for row in comparison.disagreements().iter() {
        out += &format!("disagree: {}\n", row.text("text").unwrap_or_default());
    }
    shared::output::show(&out)
}
