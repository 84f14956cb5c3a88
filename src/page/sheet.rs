//! A page on which a person codes recommendations, as one HTML file: the sheet of
//! [`coding_sheet`](crate::evaluate::coding_sheet) with a list of issues to tick.
//!
//! It has the rules of the [report](super): no network, all texts escaped, and a policy that allows its own style and script
//! only. Each text is shown alone, beside the issues with their definitions and a search box. The codes stay in the browser
//! (`localStorage`), are downloaded as CSV, and are read back from it. The tags are not in the page.
//! `tests/browser/sheet.mjs` uses it in a browser.

use super::html::Html;
use crate::codebook::{Codebook, Issue};
use crate::coded::Selection;
use crate::error::Result;
use crate::evaluate::coding_sheet;
use crate::export::seal::Seal;
use crate::files::output::Destination;
use crate::statistics::Row;
use crate::text::hash::Fnv;
use crate::text::language::Language;
use std::fmt::Display;

const STYLE: &str = include_str!("sheet.css");
const SCRIPT: &str = include_str!("sheet.js");
/// SHA-256 in base64, by which the page's policy names its style and its script; a test computes them.
const STYLE_HASH: &str = "eQJ5+ocTFZyNQnNXeV9mN9709SfvMVnXVa+jyVPsp74=";
const SCRIPT_HASH: &str = "XBiCsQyvZsJFukIS3s3TC0fZ3+qyMdQcYi9610nRIEQ=";

/// A page on which a person codes these recommendations, in their order, with the issues of the list's codebook; as HTML in
/// UTF-8. It does not say how they are tagged. What it downloads is the sheet of
/// [`coding_sheet`](crate::evaluate::coding_sheet), filled, for [`Coders`](crate::evaluate::Coders).
///
/// # Example
///
/// ```
/// use upr::{Tagger, evaluate, export};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let page = export::coding_page(&evaluate::sample(&coded, 20, 1, None));
/// assert_eq!(page.matches("<blockquote>").count(), 20);
/// # Ok::<(), upr::Error>(())
/// ```
pub fn page<'l>(coded: impl Into<Selection<'l>>) -> String {
    let coded = coded.into();
    let sheet = coding_sheet(&coded);
    let codebook = coded.codebooks().issues();
    // the codes that a browser kept belong to these texts and these issues
    let kept = Fnv::new().add_field(&codebook.identity().to_string());
    let kept = sheet
        .iter()
        .fold(kept, |kept, row| kept.add_field(cell(&row, "id")).add_field(cell(&row, "text_hash")));
    let key = format!("upr-sheet-{:016x}", kept.value());
    let mut html = Html::new(Language::English);
    html.raw("<!DOCTYPE html>\n");
    html.element("html", &[("lang", &Language::English)], |html| {
        let title = "Coding sheet: recommendations of the Universal Periodic Review";
        html.page_head(title, (STYLE, STYLE_HASH), SCRIPT_HASH);
        html.element("body", &[("data-key", &key)], |html| {
            html.leaf("a", &[("class", &"skip"), ("href", &"#text")], "Skip to the text");
            html.element("header", &[], |html| header(html, sheet.rows.len(), codebook));
            html.element("noscript", &[], |html| {
                html.paragraph(
                    "This page needs JavaScript. Without it, code in the sheet as CSV (--sheet FILE.csv).",
                );
            });
            html.element("main", &[], |html| {
                html.element("form", &[("id", &"sheet"), ("hidden", &"hidden")], |html| {
                    bar(html, sheet.rows.len());
                    html.element("div", &[("class", &"two")], |html| {
                        let text_attributes: [(&str, &dyn Display); 3] =
                            [("id", &"text"), ("aria-labelledby", &"place"), ("tabindex", &"-1")];
                        html.element("section", &text_attributes, |html| {
                            html.leaf("h2", &[("id", &"place"), ("aria-live", &"polite")], "");
                            html.element("ol", &[("id", &"texts")], |html| {
                                sheet.iter().for_each(|row| text(html, &row))
                            });
                            below(html);
                        });
                        let attributes: [(&str, &dyn Display); 2] =
                            [("id", &"issues"), ("aria-labelledby", &"issues-title")];
                        html.element("section", &attributes, |html| {
                            issues(html, codebook, coded.codebooks().language());
                        });
                    });
                });
            });
            html.element("script", &[], |html| html.raw(SCRIPT));
        });
    });
    html.raw("\n");
    Seal::Page.close(html.into_string())
}

/// Writes the page into a file, whole or not at all; an earlier page is replaced. What coders did on an earlier page stays in
/// their browsers; a page of the same texts and codebook shows it again.
///
/// # Errors
///
/// As for [`page_file`](crate::export::page_file).
///
/// # Example
///
/// ```
/// use upr::{Tagger, evaluate, export};
///
/// let coded = Tagger::core().tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let sample = evaluate::sample(&coded, 20, 1, None);
/// let path = std::env::temp_dir().join("upr-sheet-example.html");
/// export::coding_page_file(&path, &sample)?;
/// assert_eq!(std::fs::read_to_string(&path).unwrap(), export::coding_page(&sample));
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn file<'l>(path: impl Destination, coded: impl Into<Selection<'l>>) -> Result<()> {
    super::write(path, &page(coded))
}

fn cell<'t>(row: &Row<'t>, column: &str) -> &'t str {
    row.text(column).unwrap_or_default()
}

fn header(html: &mut Html, texts: usize, codebook: &Codebook) {
    html.leaf("h1", &[], "Coding sheet");
    let texts = if texts == 1 { "1 recommendation".to_string() } else { format!("{texts} recommendations") };
    html.paragraph(format!("{texts}. Codebook: {}", codebook.identity()));
    html.element("details", &[], |html| {
        html.leaf("summary", &[], "How to code");
        html.element("ul", &[], |html| {
            for line in [
                "Tick every issue that the text is about by its definition, or “No issue”. Without either, a text is not coded.",
                "Code alone: do not look at the tags or at the codes of others.",
                "With the keyboard: type into the search box, Enter ticks the issue that it names, Escape clears the box; \
                 Ctrl+Enter goes to the next text, Ctrl+Shift+Enter back.",
                "This browser keeps your codes on this computer. Download the sheet at the end of each day, and send the file.",
                "To continue on another computer, open this page there and read the downloaded file. What it has replaces what \
                 is on the page.",
            ] {
                html.leaf("li", &[], line);
            }
        });
    });
}

/// Whose sheet it is, and how far it is.
fn bar(html: &mut Html, texts: usize) {
    html.element("div", &[("class", &"bar")], |html| {
        html.leaf("label", &[("for", &"coder")], "Your name");
        html.empty("input", &[("id", &"coder"), ("autocomplete", &"off")]);
        html.leaf("button", &[("id", &"download"), ("type", &"button")], "Download the sheet (CSV)");
        html.leaf("label", &[("for", &"open")], "Continue from a sheet");
        html.empty("input", &[("id", &"open"), ("type", &"file"), ("accept", &".csv,text/csv")]);
    });
    html.element("div", &[("class", &"bar")], |html| {
        html.leaf(
            "progress",
            &[("id", &"done"), ("max", &texts.max(1)), ("value", &0), ("aria-labelledby", &"progress")],
            "",
        );
        html.leaf("span", &[("id", &"progress")], "");
    });
    html.leaf("p", &[("id", &"said"), ("role", &"status")], "");
}

/// A recommendation; the script shows one at a time, and reads the cells of the sheet from here.
fn text(html: &mut Html, row: &Row<'_>) {
    let [id, state, session, paragraph, states, hash] =
        ["id", "state_under_review", "session", "paragraph", "recommending_states", "text_hash"]
            .map(|column| cell(row, column));
    let cells: [(&str, &dyn Display); 7] = [
        ("hidden", &"hidden"),
        ("data-id", &id),
        ("data-state", &state),
        ("data-session", &session),
        ("data-paragraph", &paragraph),
        ("data-states", &states),
        ("data-hash", &hash),
    ];
    html.element("li", &cells, |html| {
        html.element("p", &[("class", &"about")], |html| {
            let session = if session.is_empty() { String::new() } else { format!("session {session}") };
            let about = [state, session.as_str(), paragraph, id].into_iter().filter(|part| !part.is_empty());
            html.foreign(&about.collect::<Vec<_>>().join(", "));
        });
        html.element("blockquote", &[], |html| html.foreign(cell(row, "text")));
        if !states.is_empty() {
            html.element("p", &[("class", &"about")], |html| {
                html.text("Made by ");
                html.foreign(states);
            });
        }
    });
}

fn below(html: &mut Html) {
    html.leaf("h3", &[("id", &"chosen-title")], "Issues of this text");
    html.leaf("p", &[("id", &"chosen"), ("aria-live", &"polite")], "");
    html.leaf("label", &[("for", &"note")], "Note");
    html.leaf("textarea", &[("id", &"note"), ("rows", &2)], "");
    html.element("div", &[("class", &"bar")], |html| {
        html.leaf("button", &[("id", &"previous"), ("type", &"button")], "Previous");
        html.leaf("button", &[("id", &"next"), ("type", &"button")], "Next");
        html.leaf("label", &[("for", &"jump")], "Go to text");
        html.leaf("select", &[("id", &"jump")], "");
    });
}

/// What can be ticked, by theme.
fn issues(html: &mut Html, codebook: &Codebook, language: Language) {
    html.leaf("h2", &[("id", &"issues-title")], "Issues");
    html.leaf("label", &[("for", &"search")], "Search in names and definitions");
    html.empty("input", &[("id", &"search"), ("type", &"search"), ("autocomplete", &"off")]);
    html.leaf("p", &[("id", &"found"), ("role", &"status")], "");
    html.element("div", &[("class", &"issue")], |html| {
        html.empty("input", &[("type", &"checkbox"), ("id", &"none")]);
        html.leaf("label", &[("for", &"none")], "No issue");
        html.leaf("p", &[], "None of the issues below: the sheet then says none.");
    });
    for theme in codebook.themes() {
        html.element("fieldset", &[("lang", &language)], |html| {
            html.element("legend", &[], |html| html.foreign(&theme.label));
            codebook
                .issues()
                .iter()
                .filter(|issue| issue.theme == theme.code)
                .for_each(|issue| one(html, issue));
        });
    }
}

fn one(html: &mut Html, Issue { code, label, definition, .. }: &Issue) {
    let (id, about) = (format!("issue-{code}"), format!("about-{code}"));
    html.element("div", &[("class", &"issue")], |html| {
        let attributes: [(&str, &dyn Display); 5] = [
            ("type", &"checkbox"),
            ("name", &"issue"),
            ("id", &id),
            ("value", code),
            ("aria-describedby", &about),
        ];
        html.empty("input", &attributes);
        html.element("label", &[("for", &id)], |html| html.foreign(label));
        html.element("p", &[("id", &about)], |html| html.foreign(definition));
    });
}
