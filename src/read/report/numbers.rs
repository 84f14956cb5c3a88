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
            let whole = after == gap || line[separator..].starts_with(['.', '-']);
            if whole && let Some((second, end)) = digits(line, gap) {
                // `94. 3 per cent` is not a number, `94. 3. Ratify` is
                let closed = line[end..].starts_with('.')
                    || line[end..].trim_start().starts_with("- ")
                    || line[end..]
                        .trim_start()
                        .starts_with(|c: char| c.is_uppercase() || may_begin_a_text(c));
                if after == gap || closed {
                    item = Some(second);
                    at = end;
                }
            }
        }
        // in Arabic a dash may follow: `89-91 - `, `89-91- `, `93- `
        let rest = line[at..].trim_start();
        let dash = rest.starts_with("- ") && (item.is_some() || rest[2..].starts_with(may_begin_a_text));
        let closing = line[at..]
            .find(|c: char| !(matches!(c, '.' | ',' | ' ' | '\t') || dash && c == '-'))
            .map_or(line.len(), |gap| at + gap);
        let dotted = line[at..closing].contains(['.', '-']);
        if line[at..closing].contains(',') && item.is_none() {
            return None;
        }
        let rest = &line[closing..];
        let parted = closing > at || rest.is_empty();
        let fits = match rest.chars().next() {
            None => true,
            Some(c) => {
                (parted && !c.is_ascii_digit())
                    || ((c.is_uppercase() || may_begin_a_text(c)) && item.is_some())
            }
        };
        // after a blank a text may begin with a digit: `12. 18 years`
        let digit = line[at..closing].ends_with([' ', '\t']) && dotted;
        (fits || digit).then_some(Number { paragraph, item, dotted, length: closing })
    }
}

/// Whether it is a letter of a script without capitals, such as Arabic or Chinese, or a Russian one: in Russian a
/// recommendation begins with a small letter.
pub(super) fn may_begin_a_text(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase() || ('\u{400}'..='\u{52f}').contains(&c)
}

/// Up to four digits, of ours or Arabic ones, and where they end.
fn digits(line: &str, from: usize) -> Option<(u32, usize)> {
    const MAX_DIGITS: usize = 4;
    let mut number = None;
    let mut end = from;
    for (read, c) in line[from..].chars().enumerate() {
        let Some(digit) = c
            .to_digit(10)
            .or_else(|| ('\u{660}'..='\u{669}').position(|arabic| arabic == c).map(|at| at as u32))
        else {
            break;
        };
        if read == MAX_DIGITS {
            return None;
        }
        number = Some(number.unwrap_or(0) * 10 + digit);
        end += c.len_utf8();
    }
    number.map(|number| (number, end))
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
        is("127-179 مواصلة", Some((127, Some(179), false, "مواصلة")));
        is("115 - 181 مواصلة", Some((115, Some(181), false, "مواصلة")));
        is("89-91 - المواظبة", Some((89, Some(91), true, "المواظبة")));
        is("89-91- المواظبة", Some((89, Some(91), true, "المواظبة")));
        is("93- المواظبة", Some((93, None, true, "المواظبة")));
        is("100- 47 - أن", Some((100, Some(47), true, "أن")));
        is("١٢٢-١٣٧ مواصلة", Some((122, Some(137), false, "مواصلة")));
        is("127.179继续努力", Some((127, Some(179), false, "继续努力")));
        is("127.179 продолжать", Some((127, Some(179), false, "продолжать")));
        is("12 - 18 years", Some((12, None, false, "- 18 years")));
        is("12 18 years", None);
        is("1, 2 and 3", None);
        is("12th", None);
        is("20000. Ratify", None);
        is("Ratify", None);
        is("", None);
    }
}
