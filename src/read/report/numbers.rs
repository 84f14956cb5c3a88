//! The number in front of a line: `12.`, `98.12.`, `98.12`, and the slips met in print (`98-12.`, `98. 12`).

/// A number as it is at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// The paragraph, or of a single number the number itself.
    pub(super) paragraph: u32,
    /// The second part: the item within the paragraph.
    pub(super) item: Option<u32>,
    /// Whether a full stop closes it.
    pub(super) dotted: bool,
    /// The length of what was read, with the blanks that follow.
    pub(super) length: usize,
}

impl Number {
    pub(super) fn at_start(line: &str) -> Option<Number> {
        let (paragraph, mut at) = digits(line, 0)?;
        let mut item = None;
        let separator = line[at..].find(|c: char| c != ' ' && c != '\t').map(|gap| at + gap);
        if let Some(separator) = separator
            && let Some(length) = ['.', '-', '–', ',']
                .iter()
                .find_map(|&c| line[separator..].starts_with(c).then_some(c.len_utf8()))
        {
            let after = separator + length;
            let gap = line[after..].find(|c: char| c != ' ').map_or(line.len(), |gap| after + gap);
            let whole = after == gap || line[separator..].starts_with('.');
            if whole && let Some((second, end)) = digits(line, gap) {
                // `94. 3 per cent` is not a number, `94. 3. Ratify` is
                let closed = line[end..].starts_with('.')
                    || line[end..].trim_start().starts_with(|c: char| c.is_uppercase());
                if after == gap || closed {
                    item = Some(second);
                    at = end;
                }
            }
        }
        let closing = line[at..]
            .find(|c: char| !matches!(c, '.' | ',' | ' ' | '\t'))
            .map_or(line.len(), |gap| at + gap);
        let dotted = line[at..closing].contains('.');
        if line[at..closing].contains(',') && item.is_none() {
            return None;
        }
        let rest = &line[closing..];
        let parted = closing > at || rest.is_empty();
        let fits = match rest.chars().next() {
            None => true,
            Some(c) => (parted && !c.is_ascii_digit()) || (c.is_uppercase() && item.is_some()),
        };
        // after a blank a text may begin with a digit: `12. 18 years`
        let digit = line[at..closing].ends_with([' ', '\t']) && dotted;
        (fits || digit).then_some(Number { paragraph, item, dotted, length: closing })
    }
}

/// Up to four digits, and where they end.
fn digits(line: &str, from: usize) -> Option<(u32, usize)> {
    const MAX_DIGITS: usize = 4;
    let length = line[from..].bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > MAX_DIGITS {
        return None;
    }
    Some((line[from..from + length].parse().ok()?, from + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(line: &str, expected: Option<(u32, Option<u32>, bool, &str)>) {
        let found = Number::at_start(line)
            .map(|number| (number.paragraph, number.item, number.dotted, &line[number.length..]));
        assert_eq!(found, expected, "{line:?}");
    }

    #[test]
    fn numbers_and_their_slips() {
        is("12. Ratify", Some((12, None, true, "Ratify")));
        is("12.", Some((12, None, true, "")));
        is("12.Ratify", Some((12, None, true, "Ratify")));
        is("98.12. Ratify", Some((98, Some(12), true, "Ratify")));
        is("98.12 Ratify", Some((98, Some(12), false, "Ratify")));
        is("98.12Ratify", Some((98, Some(12), false, "Ratify")));
        is("98-12. Ratify", Some((98, Some(12), true, "Ratify")));
        is("98.12, Ratify", Some((98, Some(12), false, "Ratify")));
        is("98. 12. Ratify", Some((98, Some(12), true, "Ratify")));
        is("98. 12 years", Some((98, None, true, "12 years")));
        is("12 Ratify", Some((12, None, false, "Ratify")));
        is("12", Some((12, None, false, "")));
        is("12 18 years", None);
        is("1, 2 and 3", None);
        is("12th", None);
        is("20000. Ratify", None);
        is("Ratify", None);
        is("", None);
    }
}
