//! Which recommendations ask for the same?
//!
//! `cargo run --release --example same_asks` groups the bundled list; `-- FILES` groups lists of your own, each review
//! for itself, or with `--over-reviews` over all of them. `--table` prints every recommendation with its group as CSV.

use std::process::ExitCode;
use upr::group::asks::{self, Scope};
use upr::{Codebook, Tagger};

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> upr::Result<()> {
    let (options, mut files): (Vec<String>, Vec<String>) =
        arguments.into_iter().partition(|argument| argument.starts_with("--"));
    if files.is_empty() {
        files.push(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/usa-2020.csv").to_string());
    }
    let scope =
        if options.iter().any(|option| option == "--over-reviews") { Scope::List } else { Scope::Review };

    let list = upr::read::Reader::new().paths(&files)?;
    let coded = Tagger::new(Codebook::core())?.tag_list(list);
    let groups = asks::same(&coded.recommendations, scope);

    #[cfg(feature = "export")]
    if options.iter().any(|option| option == "--table") {
        print!("{}", asks::member_table(&groups).to_csv());
        return Ok(());
    }
    println!("{} recommendations, {} asks", coded.recommendations.len(), groups.len());
    println!("Unit: recommendations; groups of one are not shown");
    for group in groups.iter().filter(|group| group.members.len() > 1) {
        println!("\n{:>4}  {}", group.members.len(), group.representative.recommendation.text);
        let states: Vec<&str> = group.recommending_states.iter().map(|state| state.name()).collect();
        println!("      States: {}", states.join(", "));
        let positions = group.positions;
        println!(
            "      supported {}, in part {}, noted {}, other {}",
            positions.supported,
            positions.supported_in_part,
            positions.noted,
            positions.pending + positions.other_position + positions.not_given
        );
        println!("      shared: {}", group.phrases.join(" … "));
    }
    Ok(())
}
