//! What a thematic list says of itself in its title: the State under review and the session.

use crate::error::{Error, Place, Result};
use crate::read::heading::Heading;
use crate::read::word::{Block, Document};
use crate::recommendation::Session;
use crate::state::{State, StateName};
use crate::text::pattern::patterns;

patterns! {
    UPR_OF = r"(?i)\b(?:UPR|universal periodic review)\s+of\s+(?:the\s+)?(.+)";
    SESSION = r"(?i)\b\d{1,2}\s*(?:st|nd|rd|th)\s+(?:UPR\s+)?session";
    WORKING_GROUP = r"\bA/HRC/WG\.6/(\d{1,2})/([A-Z]{3})/";
}

/// What the title of a list says: `UPR of Slovenia (2nd Cycle – 20th session)`. The page header or the paragraphs, whichever says it first; else a symbol such as `A/HRC/WG.6/20/SVN/1`.
pub(super) fn heading(name: &str, document: &Document) -> Result<Heading> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        Block::Row(_) => None,
    });
    let lines: Vec<&String> = document.headers.iter().chain(paragraphs).collect();
    let session = |line: &str| SESSION.find(line).map(|session| Session::new(session.as_str()));
    let mut title = Heading::default();
    for line in &lines {
        let Some(state) = UPR_OF.captures(line).and_then(|found| leading_state(&found[1])) else { continue };
        match &title.state_under_review {
            None => (title.state_under_review, title.session) = (Some(state), session(line)),
            Some(first) if first.name() != state.name() => {
                let found = format!("lists of {} and of {}", first.name(), state.name());
                let expected = "the list of one State under review; save each list as a file";
                return Err(Error::unexpected(Place::file(name), found, expected));
            }
            Some(_) => {}
        }
    }
    for line in &lines {
        title.session = title.session.or_else(|| session(line));
        if let Some(symbol) = WORKING_GROUP.captures(line) {
            title.session = title.session.or_else(|| Some(Session::new(&symbol[1])));
            let named = State::by_iso3(&symbol[2]).map(|state| StateName::new(state.name));
            title.state_under_review = title.state_under_review.or(named);
        }
    }
    Ok(title)
}

/// The State at the start of a text: its longest beginning that is a State's name. Names hold brackets and commas.
fn leading_state(text: &str) -> Option<StateName> {
    /// Longer than the longest name of a State.
    const MAX_NAME_BYTES: usize = 120;
    let marks = text.char_indices().filter(|(_, c)| !c.is_alphanumeric());
    let ends = marks.map(|(at, c)| at + usize::from(c == ')')).chain([text.len()]);
    let ends: Vec<usize> = ends.take_while(|end| *end <= MAX_NAME_BYTES).collect();
    let mut names = ends.iter().rev().map(|end| text[..*end].trim_end_matches(['(', ' ', '\t', '\n']));
    names.find(|name| State::resolve(name).is_some()).map(StateName::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_titles() {
        for (title, expected) in [
            ("Slovenia (2nd Cycle – 20th session)\t\tThematic list", "Slovenia"),
            ("Iran (Islamic Republic of) (3rd Cycle – 34th session)", "Iran"),
            ("Bolivia (Plurinational State of)(4th Cycle)", "Bolivia"),
            ("United Kingdom of Great Britain and Northern Ireland, 41st session", "United Kingdom"),
            ("Guinea-Bissau – thematic list", "Guinea-Bissau"),
        ] {
            assert_eq!(leading_state(title).expect("a State").name(), expected, "{title}");
        }
        assert_eq!(leading_state("Atlantis (1st cycle)"), None);
    }
}
