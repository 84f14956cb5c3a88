//! Patterns between slashes: regular expressions, and what they can cost.
//!
//! The crate `regex` searches in linear time, but linear in the text times the expression: `[ab]*a[ab]{5000}` follows
//! 5,000 places at once and took 15 seconds for 100 kB. So the places are counted beforehand.

use super::Pattern;
use crate::error::Fault;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};
use std::sync::{Arc, OnceLock};

/// A regular expression, which matches in any case. One of a bundled codebook is compiled when a text first asks for it:
/// the 22 of `core` took a quarter of the time to start, and most lists ask for few of them.
#[derive(Debug, Clone)]
pub(crate) struct Expression(Arc<(String, OnceLock<Regex>)>);

impl Expression {
    /// As it is written between the slashes.
    pub(crate) fn as_str(&self) -> &str {
        &self.0.0
    }

    pub(crate) fn regex(&self) -> &Regex {
        let (written, compiled) = &*self.0;
        // a test reads the bundled ones as those of a user are read
        compiled.get_or_init(|| compile(written).expect("a bundled expression that the tests compile"))
    }
}

fn compile(written: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(written).case_insensitive(true).size_limit(MAX_REGEX_BYTES).build()
}

/// A regular expression may take this much memory when compiled: `\w{1000}` squared does not pass.
const MAX_REGEX_BYTES: usize = 1 << 20;

/// The most places of a regular expression, its repetitions written out: `(ab){3}` has 6. The longest of the bundled ones
/// has some 60. Each place may be tried at each letter of a text; with 1,000 in view, 100 kB took two seconds.
const MAX_PLACES: usize = 1_000;

/// Reads what is behind the first slash. What is `bundled` was checked by the tests.
pub(super) fn read(rest: &str, bundled: bool) -> Result<Pattern, Fault> {
    let expected =
        "a regular expression between slashes, such as /gun(s|fire)/, that does not match the empty text";
    let Some(inside) = rest.strip_suffix('/') else {
        return Err(Fault::new("a / that is not closed at the end", expected));
    };
    let expression = |compiled| Pattern::Regex(Expression(Arc::new((inside.to_string(), compiled))));
    if bundled {
        return Ok(expression(OnceLock::new()));
    }
    let regex = compile(inside).map_err(|error| {
        // the crate's message draws the pattern over several lines; its last line says what is wrong
        let message = error.to_string();
        let last = message.lines().last().unwrap_or_default().trim().to_string();
        Fault::new(format!("/{inside}/ ({})", last.trim_start_matches("error: ")), expected)
    })?;
    if inside.is_empty() || regex.is_match("") {
        return Err(Fault::new(format!("/{inside}/, which matches the empty text"), expected));
    }
    if places(inside) > MAX_PLACES {
        let found =
            format!("/{inside}/, with more than {MAX_PLACES} places where its repetitions are written out");
        return Err(Fault::new(found, "a shorter one; a gap such as <5> passes over words"));
    }
    Ok(expression(OnceLock::from(regex)))
}

/// The places of a regular expression: letters and classes of letters, each as often as it may be asked for.
pub(crate) fn places(written: &str) -> usize {
    fn of(expression: &Hir) -> usize {
        match expression.kind() {
            HirKind::Empty | HirKind::Look(_) => 0,
            HirKind::Literal(literal) => literal.0.len(),
            HirKind::Class(_) => 1,
            HirKind::Capture(capture) => of(&capture.sub),
            HirKind::Repetition(repetition) => {
                let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
                of(&repetition.sub).saturating_mul(times as usize)
            }
            HirKind::Concat(all) | HirKind::Alternation(all) => {
                all.iter().map(of).fold(0, usize::saturating_add)
            }
        }
    }
    let parsed = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(written);
    parsed.map_or(usize::MAX, |expression| of(&expression))
}
