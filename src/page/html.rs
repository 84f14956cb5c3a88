//! Writes HTML that is well-formed by construction and harmless whatever the texts of a list hold.
//!
//! Elements are closures, so each that is opened is closed. Every text passes one function that escapes it; names of
//! elements and attributes are part of the program. An engine (askama, maud) was left out: its templates would escape
//! as well, but know nothing of control characters, and the page needs no more than the hundred lines here.
//!
//! Characters that steer the direction of writing can turn a line of a page around, so they are kept only where an
//! element isolates them ([`Html::foreign`]) and dropped from attributes and from our own words. Other control
//! characters become visible signs.
//!
//! Where to go next: [`charts`](super::charts) draws with it.

use crate::text::language::Language;
use crate::wording;
use std::fmt::{self, Display, Write};

/// Attributes of an element: names are ours, values are escaped.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

/// The attributes that people read or hear.
const SHOWN: [&str; 5] = ["aria-label", "title", "placeholder", "data-label", "label"];

/// A page, or a part of one.
#[derive(Debug)]
pub(super) struct Html {
    markup: String,
    /// Of our own words.
    language: Language,
}

impl Html {
    /// An empty page whose own words will be in this language.
    pub(super) fn new(language: Language) -> Html {
        Html { markup: String::new(), language }
    }

    pub(super) fn into_string(self) -> String {
        self.markup
    }

    /// An element with content.
    pub(super) fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes,
        content: impl FnOnce(&mut Html),
    ) {
        self.open(name, attributes, ">");
        content(self);
        self.markup.extend(["</", name, ">"]);
    }

    /// An element without content: a shape of a drawing, or one of those that HTML never closes.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes) {
        self.open(name, attributes, "/>");
    }

    /// An element that holds nothing but our own words and numbers.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: Attributes, text: impl Display) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// A paragraph of our own words and numbers.
    pub(super) fn paragraph(&mut self, text: impl Display) {
        self.leaf("p", &[], text);
    }

    /// The row of a table that names its columns.
    pub(super) fn head(&mut self, columns: impl FnOnce(&mut Html)) {
        self.element("thead", &[], |html| html.element("tr", &[], columns));
    }

    /// The name of a column.
    pub(super) fn column(&mut self, name: impl Display) {
        self.leaf("th", &[("scope", &"col")], name);
    }

    /// The name of a row, from a file.
    pub(super) fn row_name(&mut self, name: &str) {
        self.element("th", &[("scope", &"row")], |html| html.foreign(name));
    }

    /// Our own words and numbers.
    pub(super) fn text(&mut self, text: impl Display) {
        match self.language {
            Language::English => put(&mut self.markup, Directions::Dropped, text),
            language => {
                let words = text.to_string();
                put(&mut self.markup, Directions::Dropped, wording::in_language(&words, language));
            }
        }
    }

    /// A text from a file, isolated from what stands around it.
    pub(super) fn foreign(&mut self, text: &str) {
        self.isolated(|html| html.piece(text));
    }

    /// An isolated element for texts from a file, written in [pieces](Html::piece).
    pub(super) fn isolated(&mut self, content: impl FnOnce(&mut Html)) {
        self.element("bdi", &[], content);
    }

    /// A piece of a text from a file, inside an isolated element.
    pub(super) fn piece(&mut self, text: &str) {
        put(&mut self.markup, Directions::Kept, text);
    }

    /// Markup of our own, as it stands: the style and the script of the page.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.markup.push_str(markup);
    }

    /// The head of a page, with a policy by which nothing is fetched, sent or run but the page's own style and script. Both hashes are
    /// SHA-256 in base64.
    pub(super) fn page_head(&mut self, title: &str, style: (&'static str, &str), script_hash: &str) {
        let (style, style_hash) = style;
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; base-uri 'none'; \
             form-action 'none'"
        );
        let named = [
            ("viewport", "width=device-width, initial-scale=1"),
            ("generator", concat!("upr ", env!("CARGO_PKG_VERSION"))),
        ];
        self.element("head", &[], |html| {
            html.empty("meta", &[("charset", &"utf-8")]);
            html.empty("meta", &[("http-equiv", &"Content-Security-Policy"), ("content", &policy)]);
            for (name, content) in named {
                html.empty("meta", &[("name", &name), ("content", &content)]);
            }
            html.leaf("title", &[], title);
            html.element("style", &[], |html| html.raw(style));
        });
    }

    /// JSON for the script of the page, in an element that a browser does not run. What means something to HTML, or is
    /// not seen, is escaped as JSON allows, so that no text of a list can end the element.
    pub(super) fn data(&mut self, id: &'static str, json: &str) {
        self.open("script", &[("type", &"application/json"), ("id", &id)], ">");
        for c in json.chars() {
            match c {
                '<' | '>' | '&' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => self.escaped(c),
                _ if is_direction(c) || is_noncharacter(c) => self.escaped(c),
                _ => self.markup.push(c),
            }
        }
        self.markup.push_str("</script>");
    }

    /// A character as JSON writes it in ASCII.
    fn escaped(&mut self, c: char) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // a text takes all that is written into it
            write!(self.markup, "\\u{unit:04x}").ok();
        }
    }

    fn open(&mut self, name: &'static str, attributes: Attributes, end: &str) {
        self.markup.extend(["<", name]);
        for (attribute, value) in attributes {
            self.markup.extend([" ", attribute, "=\""]);
            match SHOWN.contains(attribute) {
                true => self.text(value),
                false => put(&mut self.markup, Directions::Dropped, value),
            }
            self.markup.push('"');
        }
        self.markup.push_str(end);
    }
}

/// What becomes of characters that steer the direction of writing.
#[derive(Clone, Copy, PartialEq)]
enum Directions {
    Kept,
    Dropped,
}

fn put(to: &mut String, directions: Directions, text: impl Display) {
    // a text takes all that is written into it
    write!(Escaped { to, directions }, "{text}").ok();
}

struct Escaped<'t> {
    to: &'t mut String,
    directions: Directions,
}

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.to.push_str("&amp;"),
                '<' => self.to.push_str("&lt;"),
                '>' => self.to.push_str("&gt;"),
                '"' => self.to.push_str("&quot;"),
                '\'' => self.to.push_str("&#39;"),
                '\t' | '\n' | '\r' => self.to.push(' '),
                // Unicode has a picture of each control character of ASCII
                '\0'..='\x1f' => self.to.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}')),
                '\x7f' => self.to.push('\u{2421}'),
                '\u{80}'..='\u{9f}' => self.to.push('\u{FFFD}'),
                _ if is_noncharacter(c) => self.to.push('\u{FFFD}'),
                _ if is_direction(c) && self.directions == Directions::Dropped => {}
                _ => self.to.push(c),
            }
        }
        Ok(())
    }
}

/// How long a text is as the page shows it, in the units of JavaScript's strings (UTF-16).
pub(super) fn shown_length(text: &str) -> usize {
    text.chars().map(|c| if is_noncharacter(c) { 1 } else { c.len_utf16() }).sum()
}

/// The characters of Unicode's property Bidi_Control.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Code points that HTML forbids in a page.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || c as u32 & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(write: impl FnOnce(&mut Html)) -> String {
        let mut html = Html::new(Language::English);
        write(&mut html);
        html.into_string()
    }

    #[test]
    fn texts_are_escaped_and_controls_made_visible() {
        for (text, kept, dropped) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", None),
            ("\" onload='x' &", "&quot; onload=&#39;x&#39; &amp;", None),
            ("a\tb\r\nc", "a b  c", None),
            ("bell \u{7} del \u{7f} \u{85}\u{FFFE}\u{FDD0}", "bell ␇ del ␡ \u{FFFD}\u{FFFD}\u{FFFD}", None),
            ("to\u{202E}dnuos\u{2066}", "to\u{202E}dnuos\u{2066}", Some("todnuos")),
            ("Côte d’Ivoire 😀", "Côte d’Ivoire 😀", None),
        ] {
            assert_eq!(page(|html| html.foreign(text)), format!("<bdi>{kept}</bdi>"));
            let dropped = dropped.unwrap_or(kept);
            assert_eq!(page(|html| html.leaf("p", &[], text)), format!("<p>{dropped}</p>"));
            let attribute = page(|html| html.empty("rect", &[("title", &text), ("x", &3)]));
            assert_eq!(attribute, format!("<rect title=\"{dropped}\" x=\"3\"/>"));
        }
    }

    #[test]
    fn data_stay_data() {
        let written = page(|html| html.data("d", "[\"</script><!-- & \u{202E}\u{85}\u{1FFFE}é😀\"]"));
        let shown = "[\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u202e\\u0085\\ud83f\\udffeé😀\"]";
        assert_eq!(written, format!("<script type=\"application/json\" id=\"d\">{shown}</script>"));
    }

    #[test]
    fn a_text_is_as_long_as_it_is_shown() {
        for (text, length) in [("", 0), ("aé\r\n", 4), ("😀", 2), ("\u{1FFFE}\u{FFFE}\u{85}", 3)] {
            assert_eq!(shown_length(text), length, "{text:?}");
        }
    }

    #[test]
    fn what_is_opened_is_closed() {
        let nested = page(|html| html.element("ul", &[], |html| html.leaf("li", &[("class", &"a")], 1)));
        assert_eq!(nested, "<ul><li class=\"a\">1</li></ul>");
    }
}
