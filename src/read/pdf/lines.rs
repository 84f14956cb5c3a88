//! Glyphs in their places into lines of text.

use super::RAISED;
use super::glyphs::Placed;

/// Glyphs whose baselines differ by less than this part of the larger size are on one line; lines are at least
/// a whole size apart.
const ONE_LINE: f64 = 0.45;

/// The same for a smaller glyph: footnote digits, and `th` in `23rd`, are raised by a third to a half of the size.
const RAISED_LINE: f64 = 0.6;

/// Lines farther apart than this many sizes have a blank line between them; paragraphs are 1.8 apart in reports.
const GAP: f64 = 2.0;

/// A gap of this part of the size is a blank: words are at least a fifth apart, letters hardly at all.
const BLANK: f64 = 0.15;

/// The same where a blank is drawn: justified lines may squeeze it.
const DRAWN_BLANK: f64 = 0.05;

/// A gap of this many sizes begins a column; a stretched blank of justified text seldom reaches it.
const COLUMN: f64 = 1.5;

/// A glyph this much smaller than its line and raised above it is a footnote's digit.
const RAISED_SIZE: f64 = 0.8;
const RAISED_BY: f64 = 0.15;

/// Writes the lines of a page, upper ones first. What is turned (a stamp at the margin) follows as it is drawn. Returns whether
/// the page seems to have two columns of text.
pub(super) fn write(page: Vec<Placed>, text: &mut String) -> bool {
    let (upright, turned): (Vec<Placed>, Vec<Placed>) = page.into_iter().partition(|glyph| glyph.upright);
    let mut before: Option<Line> = None;
    let lines = lines(upright);
    let columns = has_columns(&lines);
    for line in lines {
        let gap = before.as_ref().map_or(0.0, |before| line.baseline - before.baseline);
        let size = before.as_ref().map_or(0.0, |before| before.size.max(line.size));
        if gap > GAP * size && size > 0.0 {
            text.push('\n');
        }
        line.write(text);
        before = Some(line);
    }
    if turned.iter().any(|glyph| !glyph.text.trim().is_empty()) {
        turned.iter().for_each(|glyph| text.push_str(&glyph.text));
        text.push('\n');
    }
    columns
}

/// Whether half of the lines have a wide gap at the same place, with text on both sides: a list of numbers and texts has
/// few letters before it.
fn has_columns(lines: &[Line]) -> bool {
    /// Fewer lines may be a heading or a small table.
    const MIN_LINES: usize = 8;
    let gaps: Vec<(f64, f64)> = lines.iter().filter_map(Line::gap).collect();
    let across = |at: f64| gaps.iter().filter(|(left, right)| (*left..*right).contains(&at)).count();
    let most = gaps.iter().map(|(left, right)| across((left + right) / 2.0)).max().unwrap_or(0);
    most >= MIN_LINES && most * 2 >= lines.len()
}

struct Line {
    glyphs: Vec<Placed>,
    /// Baseline and size of its largest glyph.
    baseline: f64,
    size: f64,
}

fn lines(page: Vec<Placed>) -> Vec<Line> {
    // a blank may be of any size, so lines are made of what has ink
    let (blanks, mut ink): (Vec<Placed>, Vec<Placed>) =
        page.into_iter().partition(|glyph| glyph.text.trim().is_empty());
    ink.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let mut lines: Vec<Line> = Vec::new();
    for glyph in ink {
        match lines.last_mut() {
            Some(line) if line.takes(glyph.baseline, glyph.size) => {
                if glyph.size > line.size {
                    (line.baseline, line.size) = (glyph.baseline, glyph.size);
                }
                line.glyphs.push(glyph);
            }
            _ => lines.push(Line { baseline: glyph.baseline, size: glyph.size, glyphs: vec![glyph] }),
        }
    }
    for blank in blanks {
        let below = lines.partition_point(|line| line.baseline < blank.baseline);
        let near = [below.checked_sub(1), Some(below)].into_iter().flatten();
        let distance =
            |at: &usize| lines.get(*at).map_or(f64::MAX, |line| (line.baseline - blank.baseline).abs());
        let nearest = near.min_by(|one, other| distance(one).total_cmp(&distance(other)));
        if let Some(line) = nearest.and_then(|at| lines.get_mut(at))
            && line.takes(blank.baseline, line.size)
        {
            line.glyphs.push(blank);
        }
    }
    for line in &mut lines {
        line.glyphs.sort_by(|one, other| one.left.total_cmp(&other.left));
    }
    lines
}

impl Line {
    /// Whether a glyph with this baseline and size is on the line.
    fn takes(&self, baseline: f64, size: f64) -> bool {
        let (smaller, larger) = (self.size.min(size), self.size.max(size));
        let reach = if smaller < RAISED_SIZE * larger { RAISED_LINE } else { ONE_LINE };
        (baseline - self.baseline).abs() <= reach * larger
    }

    /// The first gap as wide as between columns that has words on both sides: where it begins and ends.
    fn gap(&self) -> Option<(f64, f64)> {
        /// Two or three words.
        const MIN_LETTERS: usize = 15;
        let ink: Vec<&Placed> = self.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).collect();
        let two = (1..ink.len()).find(|&at| {
            let gap = ink[at].left - ink[at - 1].right;
            gap > COLUMN * self.size && at >= MIN_LETTERS && ink.len() - at >= MIN_LETTERS
        })?;
        Some((ink[two - 1].right, ink[two].left))
    }

    fn write(&self, text: &mut String) {
        let start = text.len();
        let mut right = f64::INFINITY; // where the ink so far ends
        let mut before: Option<&Placed> = None;
        let mut blank = false;
        for glyph in &self.glyphs {
            if glyph.text.trim().is_empty() {
                blank = true;
                continue;
            }
            // bold is sometimes made by drawing twice
            let twice = before.is_some_and(|before| {
                before.text == glyph.text && (glyph.left - before.left).abs() < BLANK * glyph.size
            });
            if twice {
                continue;
            }
            let gap = (glyph.left - right) / glyph.size.max(self.size / 2.0);
            if gap > COLUMN {
                text.push_str("   ");
            } else if gap > if blank { DRAWN_BLANK } else { BLANK } {
                text.push(' ');
            }
            self.write_glyph(glyph, text);
            blank = false;
            right = if before.is_none() { glyph.right } else { right.max(glyph.right) };
            before = Some(glyph);
        }
        if text.len() > start {
            text.push('\n');
        }
    }

    fn write_glyph(&self, glyph: &Placed, text: &mut String) {
        let raised =
            glyph.size < RAISED_SIZE * self.size && self.baseline - glyph.baseline > RAISED_BY * self.size;
        for c in glyph.text.chars() {
            match c {
                '0'..='9' if raised => text.push(RAISED[usize::from(c as u8 - b'0')]),
                '\u{FB00}' => text.push_str("ff"),
                '\u{FB01}' => text.push_str("fi"),
                '\u{FB02}' => text.push_str("fl"),
                '\u{FB03}' => text.push_str("ffi"),
                '\u{FB04}' => text.push_str("ffl"),
                '\u{AD}' => text.push('-'), // drawn, so it divides a word here
                c if c.is_control() => {}
                c => text.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A glyph half as wide as high, upright: text, left, baseline (from above), size.
    fn placed(&(text, left, baseline, size): &(&str, f64, f64, f64)) -> Placed {
        Placed { text: text.into(), left, right: left + size / 2.0, baseline, size, upright: true }
    }

    #[track_caller]
    fn gives(glyphs: &[(&str, f64, f64, f64)], expected: &str) {
        let mut text = String::new();
        write(glyphs.iter().map(placed).collect(), &mut text);
        assert_eq!(text, expected, "{glyphs:?}");
    }

    #[test]
    fn gaps_are_blanks_and_columns() {
        let pair = |left| [("a", 0.0, 50.0, 10.0), ("b", left, 50.0, 10.0)];
        gives(&pair(5.7), "ab\n");
        gives(&pair(7.0), "a b\n");
        gives(&pair(20.0), "a b\n");
        gives(&pair(21.0), "a   b\n");
        // a drawn blank may be narrow, and a little above or below its line
        let [a, b] = pair(5.7);
        gives(&[a, (" ", 5.0, 50.0, 3.0), b], "a b\n");
        let line = |at| (".", 0.0, at, 10.0);
        gives(&[line(40.0), a, (" ", 5.0, 51.0, 10.0), b, line(60.0)], ".\na b\n.\n");
        // of a small glyph, half the size of its line counts
        gives(&[a, ("b", 5.6, 50.0, 2.0)], "ab\n");
    }

    #[test]
    fn what_is_drawn_twice_stands_once() {
        gives(&[("a", 0.0, 50.0, 10.0), ("a", 1.0, 50.0, 10.0)], "a\n");
        gives(&[("a", 0.0, 50.0, 10.0), ("a", 1.5, 50.0, 10.0)], "aa\n");
    }

    #[test]
    fn baselines_make_lines() {
        let pair = |baseline| [("a", 0.0, 50.0, 10.0), ("b", 5.0, baseline, 10.0)];
        gives(&pair(54.0), "ab\n");
        gives(&pair(55.0), "a\nb\n");
        gives(&pair(70.0), "a\nb\n");
        gives(&pair(71.0), "a\n\nb\n");
    }

    #[test]
    fn raised_digits_ligatures_and_controls() {
        let after = |text, baseline, size| [("a", 0.0, 50.0, 10.0), (text, 5.0, baseline, size)];
        gives(&after("1", 46.0, 6.0), "a¹\n");
        gives(&after("1", 48.5, 6.0), "a1\n");
        gives(&after("1", 54.0, 6.0), "a1\n");
        gives(&after("1", 46.0, 9.0), "a1\n");
        gives(&after("\u{fb00}\u{fb01}\u{fb02}\u{fb03}\u{fb04}", 50.0, 10.0), "afffiflffiffl\n");
        gives(&after("\u{7}b\u{ad}", 50.0, 10.0), "ab-\n");
    }

    #[test]
    fn what_stands_turned_follows_the_page() {
        let turned = |text| Placed { upright: false, ..placed(&(text, 90.0, 0.0, 10.0)) };
        let a = placed(&("a", 0.0, 50.0, 10.0));
        let written = |glyphs: Vec<Placed>| {
            let mut text = String::new();
            write(glyphs, &mut text);
            text
        };
        assert_eq!(written(vec![turned("G"), turned(" "), turned("1"), a.clone()]), "a\nG 1\n");
        assert_eq!(written(vec![turned(" "), a]), "a\n");
    }
}
