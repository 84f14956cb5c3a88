//! What each column of a thematic list holds, by its header.
//!
//! OHCHR's lists have the recommendation first and then, by cycle, the position, themes and goals; a matrix of cycle 2 has
//! the recommending States between. So a column is known by what its header says, wherever it is, and the order of the
//! lists without a column for States holds only where a table has no header.

use crate::text::pattern::patterns;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The number, where it is not in front of the text.
    Number,
    Recommendation,
    RecommendingStates,
    Position,
    /// Themes, with the goals and the groups of persons below them in most lists.
    Themes,
    Sdgs,
    /// Comments on the implementation, which are not the list's.
    Comments,
    /// The fourth column of a table without a header: goals, where each line of a cell begins with a number.
    SdgsOrComments,
    /// A header that is not known.
    Unknown,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub(super) struct Layout(Vec<Part>);

patterns! {
    NUMBER = r"(?i)^\s*(?:no|nr|n°|nº|#|number|para|paragraph|rec\.? no)\.?\s*$";
    RECOMMENDATION = r"(?i)^\s*(?:list\s+of\s+)?recommendations?\b";
    STATES = r"(?i)\b(?:recommending|States?|countr(?:y|ies)|delegations?)\b";
    POSITION = r"(?i)\b(?:position|response|reply|status)\b";
    THEMES = r"(?i)\b(?:themes?|rights?|persons?|groups?)\b";
    SDGS = r"(?i)\bSDGs?\b|sustainable\s+development\s+goal";
    COMMENTS = r"(?i)\b(?:assessment|comments?|implementation|remarks?|notes?)\b";
}

impl Default for Layout {
    /// As OHCHR's lists are laid out.
    fn default() -> Layout {
        Layout(vec![Part::Recommendation, Part::Position, Part::Themes, Part::SdgsOrComments])
    }
}

impl Layout {
    /// The columns of a header row; none for any other row. A header names the recommendation and the position, in cells
    /// as short as headers are.
    pub(super) fn of(cells: &[Vec<String>]) -> Option<Layout> {
        /// `Assessment/comments on level of implementation` has 47 bytes.
        const MAX_HEADER_BYTES: usize = 90;
        if cells.iter().flatten().map(String::len).max()? > MAX_HEADER_BYTES {
            return None;
        }
        let parts: Vec<Part> = cells.iter().map(|cell| part(&cell.join(" "))).collect();
        let has = |part| parts.contains(&part);
        (has(Part::Recommendation) && has(Part::Position)).then_some(Layout(parts))
    }

    /// The paragraphs of the first cell that holds this.
    pub(super) fn cell<'c>(&self, part: Part, cells: &'c [Vec<String>]) -> &'c [String] {
        let at = self.0.iter().position(|own| *own == part);
        at.and_then(|at| cells.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Whether a column holds this.
    pub(super) fn has(&self, part: Part) -> bool {
        self.0.contains(&part)
    }

    /// The headers of columns that are not known, and of those whose meaning another column has already.
    pub(super) fn unused(&self, header: &[Vec<String>]) -> Vec<String> {
        let first = |at: usize| self.0.iter().position(|part| *part == self.0[at]) == Some(at);
        let unused = (0..self.0.len())
            .filter(|at| self.0[*at] == Part::Unknown || !first(*at) && self.0[*at] != Part::Comments);
        unused.map(|at| header[at].join(" ")).filter(|header| !header.is_empty()).collect()
    }
}

fn part(header: &str) -> Part {
    // "Recommending State", "State's position", "Comments of the State": the first rule that fits decides
    let rules = [
        (&*NUMBER, Part::Number),
        (&*COMMENTS, Part::Comments),
        (&*RECOMMENDATION, Part::Recommendation),
        (&*POSITION, Part::Position),
        (&*STATES, Part::RecommendingStates),
        (&*SDGS, Part::Sdgs),
        (&*THEMES, Part::Themes),
    ];
    rules.iter().find(|(rule, _)| rule.is_match(header)).map_or(Part::Unknown, |(_, part)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_their_headers() {
        for (header, expected) in [
            ("No.", Part::Number),
            ("Recommendation", Part::Recommendation),
            ("Recommendations received", Part::Recommendation),
            ("Recommending state/s", Part::RecommendingStates),
            ("Recommending States", Part::RecommendingStates),
            ("Country", Part::RecommendingStates),
            ("Position", Part::Position),
            ("State's position", Part::Position),
            ("Full list of themes", Part::Themes),
            ("Full list of rights/affected persons", Part::Themes),
            ("SDGs", Part::Sdgs),
            ("Sustainable Development Goals", Part::Sdgs),
            ("Assessment/comments on level of implementation", Part::Comments),
            ("Colour", Part::Unknown),
            ("", Part::Unknown),
        ] {
            assert_eq!(part(header), expected, "{header}");
        }
    }

    #[test]
    fn header_rows() {
        let row = |cells: &[&str]| -> Vec<Vec<String>> {
            cells.iter().map(|cell| vec![cell.to_string()]).collect()
        };
        let states_first = row(&["Recommending State", "Recommendation", "Position", "Colour", "Position"]);
        let layout = Layout::of(&states_first).expect("a header");
        assert_eq!(layout.cell(Part::Recommendation, &row(&["Spain", "Ratify", "Noted"])), ["Ratify"]);
        assert_eq!(layout.unused(&states_first), ["Colour", "Position"]);
        for other in [&["Recommendation"][..], &["Recommendation", "States"], &["1.1 Ratify", "Position"]] {
            assert!(Layout::of(&row(other)).is_none(), "{other:?}");
        }
        let long = "Recommendation that the State take a position on each of the bodies named above and report on them";
        assert!(Layout::of(&row(&[long, "Position"])).is_none());
    }
}
