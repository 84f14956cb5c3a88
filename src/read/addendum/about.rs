//! The front page of an addendum: State under review, session and symbol.

use super::super::heading::Heading;
use super::super::pages::is_number;
use crate::recommendation::Session;
use crate::state::sessions::adopted_in;
use crate::state::{State, StateName};
use crate::text::line::{head, one_line};
use crate::text::pattern::patterns;
use std::collections::BTreeSet;

/// The front page has some 40 lines.
const FRONT_LINES: usize = 120;
const FRONT_BYTES: usize = 12_000;

fn front(text: &str) -> Vec<&str> {
    head(text, FRONT_BYTES)
        .split(['\n', '\r', '\u{c}'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(FRONT_LINES)
        .collect()
}

/// The front page of every addendum has the line `Addendum` and a symbol that ends in `Add.` and a number, or
/// says that its views are `presented by the State under review`.
pub(in crate::read) fn is_addendum(text: &str) -> bool {
    let lines = front(text);
    if lines.iter().any(|line| is_title(line)) {
        return true;
    }
    let words = one_line(&lines.join(" ")).to_lowercase();
    words.contains("presented by the state under review") && symbol(&lines).is_some()
}

/// The symbols of addenda that a text has in lines of their own, as running headers and front pages have: a text of one
/// document has one.
pub(in crate::read) fn symbols(text: &str) -> BTreeSet<&str> {
    /// A header is short.
    const MAX_HEADER_BYTES: usize = 60;
    let lines = text.split(['\n', '\r', '\u{c}']).filter(|line| line.len() <= MAX_HEADER_BYTES);
    lines.filter_map(only_symbol).collect()
}

/// The symbol of an addendum in a line that holds nothing else but the number of a page.
fn only_symbol(line: &str) -> Option<&str> {
    let line = line.trim().trim_end_matches('*');
    let mut words = line.split_whitespace().filter(|word| !is_number(word));
    let word = words.next().filter(|word| ONLY_SYMBOL.is_match(word))?;
    words.next().is_none().then_some(word)
}

/// The line `Addendum`, perhaps with a footnote's mark.
fn is_title(line: &str) -> bool {
    let word = line.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
    word.eq_ignore_ascii_case("addendum") && line.len() < word.len() + 6
}

pub(super) fn heading(text: &str) -> Heading {
    let lines = front(text);
    let document = symbol(&lines);
    Heading {
        state_under_review: reviewed(&lines).map(|name| StateName::new(&name)),
        session: document.as_deref().and_then(session).map(|session| Session::new(&session)),
        document,
    }
}

patterns! {
    ONLY_SYMBOL = r"^A/HRC/\d{1,5}/\d{1,5}/Add\.\d{1,2}$";
    SYMBOL = r"(?:^|\s)(A/HRC/\d{1,5}/\d{1,5}/Add\.[^\s*.,;)]\S*)";
}

/// The first symbol of an addendum: `A/HRC/28/15/Add.1`.
fn symbol(lines: &[&str]) -> Option<String> {
    let found = lines.iter().find_map(|line| SYMBOL.captures(line))?;
    Some(found[1].trim_end_matches(['*', '.', ',', ';', ')']).to_string())
}

/// The State is between the title and the line `Addendum`, on one line or, with a long name, on several.
fn reviewed(lines: &[&str]) -> Option<String> {
    /// Lines of the longest name.
    const MAX_NAME_LINES: usize = 3;
    let title = lines.iter().position(|line| is_title(line)).unwrap_or(lines.len());
    let start = title.saturating_sub(MAX_NAME_LINES + 1);
    let known = |from: usize| {
        let name = lines[from..title].join(" ");
        let name = name.trim_end_matches(|c: char| !c.is_alphabetic() && c != ')').to_string();
        State::resolve(&name).is_some().then_some(name)
    };
    let above = (start..title).rev().find_map(known);
    above.or_else(|| lines.iter().find(|line| State::resolve(line).is_some()).map(|line| line.to_string()))
}

/// The session of the Working Group, from the Council's session in the symbol: reports are adopted one or two
/// sessions of the Council after the review.
fn session(symbol: &str) -> Option<String> {
    let council = symbol.strip_prefix("A/HRC/")?.split('/').next()?.parse().ok()?;
    Some(adopted_in(council)?.number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_of_the_working_group() {
        let of = |council: u16| session(&format!("A/HRC/{council}/15/Add.1"));
        let council = [8, 10, 14, 19, 20, 21, 28, 34, 36, 44, 46, 52, 59].map(of);
        let expected = ["", "3", "7", "12", "", "13", "20", "26", "27", "35", "36", "41", "48"];
        assert_eq!(council.map(Option::unwrap_or_default), expected);
    }

    #[test]
    fn front_pages() {
        let page = "United Nations A/HRC/19/7/Add.1\nReport of the Working Group on the Universal Periodic\nReview*\nSyrian Arab Republic\nAddendum\n";
        assert!(is_addendum(page));
        let front = heading(page);
        assert_eq!(front.state_under_review.map(|name| name.iso3().to_string()).as_deref(), Some("SYR"));
        assert_eq!(front.document.as_deref(), Some("A/HRC/19/7/Add.1"));
        assert_eq!(front.session.and_then(|session| session.number), Some(12));
        assert_eq!(symbols(page).into_iter().collect::<Vec<_>>(), [""; 0]);
        let two = "A/HRC/19/7/Add.1*\nas in A/HRC/19/7/Add.3\n2 A/HRC/19/7/Add.1\r\nA/HRC/19/7/Add.2  12\n";
        assert_eq!(symbols(two).into_iter().collect::<Vec<_>>(), ["A/HRC/19/7/Add.1", "A/HRC/19/7/Add.2"]);
        assert!(!is_addendum("paragraph,text\n1.1,An addendum was issued\n"));
    }
}
