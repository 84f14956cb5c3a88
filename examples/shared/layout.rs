//! Lines, headings and tables of at most 80 columns, for the programs that people read on a terminal.

use super::visible;
use comfy_table::{CellAlignment, ColumnConstraint, Table, Width, presets};
use std::borrow::Cow;

/// A terminal's least width.
pub(crate) const WIDTH: u16 = 80;

/// Letters of a cell that are shown, some 20 lines: the crate that lays out the table takes the square of a word's length, and
/// 800 kB took 21 seconds. No label of a codebook has as many.
const MAX_CELL_LETTERS: usize = 1_000;

/// A cell, or its beginning and how much is not shown.
fn shortened(cell: &str) -> Cow<'_, str> {
    match cell.char_indices().nth(MAX_CELL_LETTERS) {
        None => Cow::Borrowed(cell),
        Some((end, _)) => {
            let more = cell[end..].chars().count();
            let characters = if more == 1 { "character" } else { "characters" };
            Cow::Owned(format!("{} … ({more} more {characters}, not shown here)", &cell[..end]))
        }
    }
}

/// What a program shows, written line by line.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    /// Whether the reader is a terminal that shows bold.
    pub(crate) colour: bool,
}

impl Page {
    /// What a list holds must not steer the terminal; what our own headings hold stands outside.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(&visible(line.as_ref()));
        self.text.push('\n');
    }

    /// A blank line, the title, and the unit of what follows.
    pub(crate) fn heading(&mut self, title: &str, unit: &str) {
        let (bold, plain) = if self.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        let from = self.text.len();
        self.hanging("", title, "");
        let title = self.text.split_off(from);
        self.text.push_str(&format!("\n{bold}{}{plain}\n", title.trim_end()));
        if !unit.is_empty() {
            self.line(format!("Unit: {unit}"));
        }
    }

    /// Rows under their headers; the first `texts` columns are text, the others are numbers.
    pub(crate) fn table(
        &mut self,
        texts: usize,
        headers: &[&str],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) {
        let widest = if texts > 1 { 36 } else { 44 };
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_width(WIDTH).set_header(headers);
        rows.into_iter().for_each(|row| {
            // before the table is laid out, since what is shown is wider
            table.add_row(row.iter().map(|cell| visible(&shortened(cell)).into_owned()));
        });
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 1));
            if at >= texts {
                column.set_cell_alignment(CellAlignment::Right);
            } else {
                column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(widest)));
            }
        }
        for line in table.lines() {
            self.line(line.trim_end());
        }
    }

    /// Lines of at most 80 columns, all of them indented.
    pub(crate) fn wrapped(&mut self, text: &str, indent: &str) {
        self.hanging(indent, text, indent);
    }

    /// Lines of at most 80 columns: the first begins with `first`, the others with `indent`. A word that is longer than a
    /// line, such as a pattern without blanks, is broken.
    pub(crate) fn hanging(&mut self, first: &str, text: &str, indent: &str) {
        let most = usize::from(WIDTH);
        let mut line = first.to_string();
        let mut width = first.chars().count();
        let mut empty = true;
        for word in text.split_whitespace().map(visible) {
            let needed = word.chars().count() + usize::from(!empty);
            if !empty && width + needed > most {
                self.line(std::mem::replace(&mut line, indent.to_string()));
                (width, empty) = (indent.chars().count(), true);
            }
            if !empty {
                line.push(' ');
                width += 1;
            }
            for c in word.chars() {
                if width == most {
                    self.line(std::mem::replace(&mut line, indent.to_string()));
                    width = indent.chars().count();
                }
                line.push(c);
                width += 1;
            }
            empty = false;
        }
        self.line(line);
    }
}
