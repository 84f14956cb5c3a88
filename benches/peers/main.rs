//! `upr`'s side of the comparison with other tools: see README.md beside this file.
//!
//! `upr-peers job CODEBOOK OUT FILES...` reads, tags, counts and writes three tables. `rules CODEBOOK TEXTS` prints
//! in how many texts, one a line, each rule matches; `match CODEBOOK TEXTS` prints the seconds that tagging them takes
//! on one core, without reading and preparing.

use std::error::Error;
use std::path::Path;
use std::time::Instant;
use upr::read::Reader;
use upr::{Codebook, Dimension, Tagger, Tally, Unit};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["job", codebook, out, ref files @ ..] => job(codebook, Path::new(out), files),
        ["rules", codebook, texts] => rules(codebook, texts),
        ["match", codebook, texts] => matching(codebook, texts),
        _ => Err("expected job CODEBOOK OUT FILES..., rules CODEBOOK TEXTS, or match CODEBOOK TEXTS".into()),
    }
}

fn job(codebook: &str, out: &Path, files: &[&str]) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let tagger = Tagger::new(Codebook::load(codebook)?)?;
    let coded = tagger.tag(Reader::new().paths(files)?);
    std::fs::create_dir_all(out)?;
    for (name, dimensions) in [
        ("issue-Response", &[Dimension::Issue, Dimension::Position][..]),
        ("issue-From-Rgrp", &[Dimension::Issue, Dimension::RegionalGroup]),
        ("From", &[Dimension::RecommendingState]),
    ] {
        let mut table = format!("{}count\n", ["issue,category,", "category,"][usize::from(name == "From")]);
        for (cell, count) in Tally::of(&coded, dimensions).iter() {
            // names of States may hold a comma, and no quotation mark
            let cells: Vec<String> = cell.iter().map(|category| format!("\"{category}\"")).collect();
            table += &format!("{},{}\n", cells.join(","), count.of(Unit::RecommendationXState));
        }
        std::fs::write(out.join(format!("{name}.csv")), table)?;
    }
    println!("{}", begun.elapsed().as_secs_f64());
    Ok(())
}

fn rules(codebook: &str, texts: &str) -> Result<(), Box<dyn Error>> {
    let tagger = Tagger::new(Codebook::load(codebook)?)?;
    let mut texts_of = std::collections::BTreeMap::new();
    for text in std::fs::read_to_string(texts)?.lines() {
        for tag in tagger.code(text).coding.tags {
            let rules = tag.evidence.iter().map(|evidence| evidence.rule.clone());
            for rule in rules.collect::<std::collections::BTreeSet<_>>() {
                *texts_of.entry((tag.code.clone(), rule)).or_insert(0) += 1;
            }
        }
    }
    for rule in tagger.codebook().rules() {
        let count = texts_of.get(&(rule.issue.clone(), rule.pattern.clone())).copied().unwrap_or(0);
        println!("{}\t{}\t{count}", rule.issue, rule.pattern);
    }
    Ok(())
}

fn matching(codebook: &str, texts: &str) -> Result<(), Box<dyn Error>> {
    let tagger = Tagger::new(Codebook::load(codebook)?)?;
    let texts = std::fs::read_to_string(texts)?;
    let begun = Instant::now();
    let tags: usize = texts.lines().map(|text| tagger.code(text).coding.tags.len()).sum();
    let seconds = begun.elapsed().as_secs_f64();
    eprintln!("{tags} tags");
    println!("{seconds}");
    Ok(())
}
