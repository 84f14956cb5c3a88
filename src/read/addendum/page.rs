//! The text of an addendum without what pages add: running headers and page numbers.

use super::super::pages;

/// The text, and where each of its lines came from.
pub(super) struct Text {
    pub(super) text: String,
    /// Where a line begins, and its row: the line of the file, or the page where there are pages.
    rows: Vec<(usize, u64)>,
}

impl Text {
    pub(super) fn new(raw: &str) -> Text {
        let paged = raw.contains('\u{c}');
        let (mut page, mut line) = (1, 0);
        let mut made = Text { text: String::with_capacity(raw.len()), rows: Vec::new() };
        for sheet in raw.split('\u{c}') {
            for content in pages::lines(sheet).map(str::trim) {
                line += 1;
                // one blank line says as much as a thousand, and costs less
                let again = content.is_empty() && made.text.ends_with("\n\n");
                if again || is_furniture(content) {
                    continue;
                }
                made.rows.push((made.text.len(), if paged { page } else { line }));
                // a footnote's digit at the end of a number would become part of it
                made.text.extend(content.chars().filter(|c| !is_raised(*c)));
                made.text.push('\n');
            }
            page += 1;
        }
        made
    }

    pub(super) fn row(&self, at: usize) -> u64 {
        let after = self.rows.partition_point(|(start, _)| *start <= at);
        after.checked_sub(1).and_then(|line| self.rows.get(line)).map_or(1, |(_, row)| *row)
    }
}

fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

/// `A/HRC/28/15/Add.1`, `GE.15-04261 (E)`, `Page 3`, `3`, with or without a page number beside it.
fn is_furniture(line: &str) -> bool {
    /// A symbol with a page number; a bar code that became letters is longer, and does no harm.
    const MAX_LINE_BYTES: usize = 60;
    (1..=MAX_LINE_BYTES).contains(&line.len()) && line.split_whitespace().all(pages::may_be_of_a_header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_adds() {
        for line in
            ["A/HRC/28/15/Add.1", "GE.15-04261 (E)", "GE.15-04261 (E) 010315", "Page 3", "PAGE 12", "217"]
        {
            assert!(is_furniture(line), "{line}");
        }
        let long = "1 ".repeat(31);
        for line in ["", "126.5", "1234", "12345", "12345a", "6th", "Accepted", "A/HRC/28/15 applies", &long]
        {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
