//! Words in their places: bold and underlined on a terminal, in [brackets] elsewhere.

use super::Screen;
use crate::explain::joined;
use std::ops::Range;

/// Stand for the marks while lines are broken, each as wide as its bracket. What a list itself has of these (private use,
/// U+E000) is replaced before.
const BEGIN: char = '\u{E000}';
const END: char = '\u{E001}';

impl Screen<'_> {
    /// A text with these words marked.
    pub(crate) fn marked(&mut self, text: &str, spans: Vec<Range<usize>>, indent: &str) {
        let mut with = String::new();
        let mut at = 0;
        for span in joined(spans) {
            with.push_str(&plain(&text[at..span.start]));
            with.push(BEGIN);
            with.push_str(&plain(&text[span.clone()]));
            with.push(END);
            at = span.end;
        }
        with.push_str(&plain(&text[at..]));
        self.with_marks(&with, indent, indent);
    }

    /// An example of what a rule caught, behind the id of its recommendation.
    pub(crate) fn excerpt(&mut self, id: &str, [before, matched, after]: [&str; 3], indent: &str) {
        let with = format!("{}{BEGIN}{}{END}{}", plain(before), plain(matched), plain(after));
        let first = if id.is_empty() { indent.to_string() } else { format!("{indent}{id}: ") };
        self.with_marks(&with, &first, &format!("{indent}  "));
    }

    fn with_marks(&mut self, text: &str, first: &str, indent: &str) {
        let from = self.text.len();
        self.hanging(first, text, indent);
        let shown = self.text.split_off(from);
        let (begin, end) = if self.colour { ("\x1b[1;4m", "\x1b[0m") } else { ("[", "]") };
        self.text.push_str(&shown.replace(BEGIN, begin).replace(END, end));
    }
}

/// Without what stands for the marks.
fn plain(text: &str) -> String {
    text.replace([BEGIN, END], "\u{FFFD}")
}
