//! Codes single texts as they come: a text a line on standard input, a JSON object a line on standard output.
//!
//! `echo "Abolish the death penalty" | cargo run --release --example service -- 4`
//!
//! Any number of threads (here 4) prints the same lines in the same order. Each answer is printed as soon as all earlier
//! lines have theirs, so another program can talk to this one through pipes.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, stdin};
use std::process::ExitCode;
use std::sync::{Mutex, mpsc};
use upr::{Tagger, code::ActionCoder};

#[path = "shared/mod.rs"]
mod shared;

fn main() -> ExitCode {
    shared::finish("service", run())
}

fn run() -> shared::Result<()> {
    let threads: usize = std::env::args().nth(1).map_or(Ok(2), |number| number.parse())?;
    let tagger = Tagger::core().with_actions(ActionCoder::new());
    let lines = Mutex::new(BufReader::new(stdin()).lines().enumerate());
    let (sender, answers) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            // the clones share one codebook in memory
            let (tagger, sender, lines) = (tagger.clone(), sender.clone(), &lines);
            scope.spawn(move || {
                let next = || lines.lock().ok()?.next();
                while let Some((number, line)) = next() {
                    // nobody listens any more once an answer could not be printed
                    if sender.send((number, line.map(|text| answer(&tagger, &text)))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender); // so that the answers end when the last thread does
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (number, answer) in answers {
            waiting.insert(number, answer);
            while let Some(answer) = waiting.remove(&next) {
                if !shared::output::put(format!("{}\n", answer?).as_bytes())? {
                    return Ok(());
                }
                next += 1;
            }
        }
        Ok(())
    })
}

fn answer(tagger: &Tagger, text: &str) -> serde_json::Value {
    let coded = tagger.code(text);
    let issues = coded.coding.tags.iter().map(|tag| {
        let words = tag.evidence.iter().map(|evidence| &text[evidence.span.clone()]);
        serde_json::json!({ "issue": tag.code, "words": words.collect::<Vec<_>>() })
    });
    let action = coded.action.as_ref().map(|action| action.category.as_str());
    serde_json::json!({ "text": text, "issues": issues.collect::<Vec<_>>(), "action": action })
}
