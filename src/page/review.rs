//! The review mode: a person goes through the recommendations, corrects the tags of the machine and downloads
//! `corrections.csv`. The script shows it; without the script the page has no sign of it.
//!
//! Here is its markup. What the script reads is in [`review_data`](super::review_data), what it does in `review.js`
//! (actions and keys), `review_view.js` (what is shown), `review_store.js` (decisions), `review_rule.js` (which of them count)
//! and `review_csv.js` (the file).

use super::html::{Attributes, Html};
use super::{MAX_RECOMMENDATIONS, Report, grouped};

/// The keys, as the help lists them.
const KEYS: [(&[&str], &str); 13] = [
    (&["j"], "next recommendation"),
    (&["k"], "previous recommendation"),
    (&["m"], "next recommendation that is not reviewed"),
    (&["↑", "↓"], "from issue to issue"),
    (&["c"], "confirm the issue"),
    (&["r"], "remove the issue"),
    (&["a"], "add an issue"),
    (&["n"], "write a note on the decision"),
    (&["u"], "undo the last step, and so back to the first"),
    (&["d"], "download corrections.csv"),
    (&["Enter"], "from the name or the filter to the recommendation"),
    (&["?"], "show the keys"),
    (&["Esc"], "close"),
];

/// What can be gone through, beside an issue.
const SHOWN: [(&str, &str); 3] = [
    ("", "decided or not"),
    ("undecided", "only what nobody has decided"),
    ("contradicted", "only where coders contradict each other"),
];

/// The buttons under a recommendation: id, key and words.
const ACTIONS: [(&str, &str, &str); 8] = [
    ("review-confirm", "c", "Confirm"),
    ("review-remove", "r", "Remove"),
    ("review-add", "a", "Add an issue"),
    ("review-note", "n", "Note"),
    ("review-undo", "u", "Undo"),
    ("review-previous", "k", "Previous"),
    ("review-next", "j", "Next"),
    ("review-unreviewed", "m", "Next not reviewed"),
];

impl Report<'_> {
    /// Whether there is something to review. The groups of a grouping are not issues of a codebook, so nobody could use
    /// corrections of them: their codebook has no rules.
    pub(super) fn is_reviewable(&self) -> bool {
        !self.coded.is_empty() && !self.codebooks.issues().rules().is_empty()
    }

    /// The button that opens the review; the script shows it.
    pub(super) fn review_button(&self, html: &mut Html) {
        if !self.is_reviewable() {
            return;
        }
        let start: Attributes = &[("id", &"review-start"), ("class", &"review-start"), ("hidden", &"hidden")];
        html.element("p", start, |html| {
            html.leaf("button", &[("type", &"button"), ("id", &"review-open")], "Review the tags");
            html.leaf("span", &[], "Confirm, remove or add issues, and download your corrections.");
        });
    }

    /// The dialogs of the review.
    pub(super) fn review_mode(&self, html: &mut Html) {
        if !self.is_reviewable() {
            return;
        }
        let dialog: Attributes =
            &[("id", &"review"), ("class", &"full"), ("aria-labelledby", &"review-title")];
        html.element("dialog", dialog, |html| {
            top(html);
            settings(html);
            if self.coded.len() > MAX_RECOMMENDATIONS {
                html.leaf(
                    "p",
                    &[("class", &"notice")],
                    format!(
                        "The first {} of {} recommendations can be reviewed here; for the others make pages of \
                         parts of the list.",
                        grouped(MAX_RECOMMENDATIONS as u64),
                        grouped(self.coded.len() as u64)
                    ),
                );
            }
            hidden(html, "p", "review-lost", |html| {
                html.text(
                    "This browser does not store your decisions: they are lost when the page is closed, unless you \
                     download them before.",
                );
            });
            unplaced(html);
            one(html);
            html.element("div", &[("class", &"actions")], |html| {
                html.leaf("p", &[("id", &"review-said"), ("class", &"said"), ("role", &"status")], "");
                let bar: Attributes =
                    &[("class", &"buttons"), ("role", &"group"), ("aria-label", &"Actions")];
                html.element("div", bar, |html| {
                    for (id, key, words) in ACTIONS {
                        button(html, id, words, key);
                    }
                });
            });
        });
        add(html);
        note(html);
        keys(html);
    }
}

fn button(html: &mut Html, id: &'static str, words: &str, key: &str) {
    let pressed = if key == "Esc" { "Escape" } else { key };
    let button: Attributes = &[("type", &"button"), ("id", &id), ("aria-keyshortcuts", &pressed)];
    html.element("button", button, |html| {
        html.leaf("span", &[], words);
        html.leaf("kbd", &[("aria-hidden", &"true")], key);
    });
}

/// An element that the script shows when there is a need.
fn hidden(html: &mut Html, name: &'static str, id: &'static str, content: impl FnOnce(&mut Html)) {
    html.element(name, &[("id", &id), ("class", &"notice"), ("hidden", &"hidden")], content);
}

fn top(html: &mut Html) {
    html.element("div", &[("class", &"top")], |html| {
        html.leaf("h2", &[("id", &"review-title")], "Review the tags");
        html.element("div", &[("class", &"done")], |html| {
            html.leaf("p", &[("id", &"review-reviewed")], "");
            html.leaf("progress", &[("id", &"review-progress"), ("aria-labelledby", &"review-reviewed")], "");
        });
        html.element("div", &[("class", &"buttons")], |html| {
            button(html, "review-help", "Keys", "?");
            button(html, "review-download", "Download corrections.csv", "d");
            button(html, "review-close", "Close", "Esc");
        });
    });
}

fn settings(html: &mut Html) {
    html.element("details", &[("id", &"review-settings"), ("class", &"settings")], |html| {
        html.leaf("summary", &[], "Coder, filter and file");
        html.element("div", &[("class", &"controls")], |html| {
            field(html, "review-coder", "Your name or initials", |html| {
                let text: Attributes =
                    &[("id", &"review-coder"), ("type", &"text"), ("autocomplete", &"name")];
                html.empty("input", text);
            });
            field(html, "review-issue", "Issue", |html| {
                html.element("select", &[("id", &"review-issue"), ("autocomplete", &"off")], |html| {
                    html.leaf("option", &[("value", &"")], "all issues");
                });
            });
            field(html, "review-show", "Decisions", |html| {
                html.element("select", &[("id", &"review-show"), ("autocomplete", &"off")], |html| {
                    for (value, words) in SHOWN {
                        html.leaf("option", &[("value", &value)], words);
                    }
                });
            });
            field(html, "review-file", "Load a corrections.csv", |html| {
                let file: Attributes =
                    &[("id", &"review-file"), ("type", &"file"), ("accept", &".csv,text/csv")];
                html.empty("input", file);
            });
        });
    });
    html.leaf("p", &[("id", &"review-counts"), ("class", &"unit")], "");
}

fn field(html: &mut Html, id: &'static str, label: &str, control: impl FnOnce(&mut Html)) {
    html.element("p", &[], |html| {
        html.leaf("label", &[("for", &id)], label);
        control(html);
    });
}

/// Rows of a file that belong to nothing on the page.
fn unplaced(html: &mut Html) {
    hidden(html, "details", "review-unplaced", |html| {
        html.leaf("summary", &[("id", &"review-unplaced-count")], "");
        html.leaf("ul", &[("id", &"review-unplaced-rows")], "");
    });
}

/// The recommendation: text and issues, and beside them what there is on the issue in focus.
fn one(html: &mut Html) {
    html.leaf("p", &[("id", &"review-none"), ("hidden", &"hidden")], "No recommendation passes this filter.");
    html.element("div", &[("id", &"review-one"), ("class", &"one")], |html| {
        html.element("div", &[], |html| {
            html.leaf("h3", &[("id", &"review-name")], "");
            html.leaf("p", &[("id", &"review-about"), ("class", &"unit")], "");
            html.element("p", &[("id", &"review-text"), ("class", &"made")], |_| {});
            html.leaf("h4", &[("id", &"review-issues")], "Issues");
            html.leaf("ul", &[("id", &"review-tags"), ("aria-labelledby", &"review-issues")], "");
            html.leaf(
                "p",
                &[("id", &"review-empty"), ("hidden", &"hidden")],
                "This recommendation has no issue. Add one, or confirm that none fits.",
            );
        });
        html.element("div", &[("id", &"review-issue-about"), ("class", &"focus")], |html| {
            html.leaf("h3", &[("id", &"review-label")], "");
            html.leaf("p", &[("id", &"review-definition")], "");
            html.leaf("h4", &[], "Rules that matched");
            html.leaf("ul", &[("id", &"review-evidence")], "");
            html.leaf("h4", &[("id", &"review-decided")], "Decisions");
            hidden(html, "p", "review-contradicted", |html| {
                html.text(
                    "Coders contradict each other here: the program counts none of these decisions until they agree.",
                );
            });
            html.leaf("ul", &[("id", &"review-decisions")], "");
        });
    });
}

fn add(html: &mut Html) {
    let dialog: Attributes = &[("id", &"review-adding"), ("aria-labelledby", &"review-adding-title")];
    html.element("dialog", dialog, |html| {
        html.leaf("h2", &[("id", &"review-adding-title")], "Add an issue");
        html.leaf("label", &[("for", &"review-find")], "Search in labels, codes and definitions");
        let find: Attributes = &[
            ("id", &"review-find"),
            ("type", &"text"),
            ("role", &"combobox"),
            ("autocomplete", &"off"),
            ("spellcheck", &"false"),
            ("aria-expanded", &"true"),
            ("aria-autocomplete", &"list"),
            ("aria-controls", &"review-found"),
        ];
        html.empty("input", find);
        html.leaf("ul", &[("id", &"review-found"), ("role", &"listbox"), ("aria-label", &"Issues")], "");
        html.leaf(
            "p",
            &[("id", &"review-found-none"), ("hidden", &"hidden")],
            "No issue matches this search.",
        );
        close(html, "Cancel");
    });
}

fn note(html: &mut Html) {
    let dialog: Attributes = &[("id", &"review-noting"), ("aria-labelledby", &"review-noting-title")];
    html.element("dialog", dialog, |html| {
        html.leaf("h2", &[("id", &"review-noting-title")], "Note on the decision");
        html.element("form", &[("method", &"dialog"), ("id", &"review-note-form")], |html| {
            html.leaf("label", &[("for", &"review-note-text"), ("id", &"review-note-label")], "Note");
            let text: Attributes =
                &[("id", &"review-note-text"), ("type", &"text"), ("autocomplete", &"off")];
            html.empty("input", text);
            html.element("div", &[("class", &"buttons")], |html| {
                html.leaf("button", &[("type", &"submit"), ("value", &"keep")], "Keep the note");
                html.leaf("button", &[("type", &"submit"), ("value", &"cancel")], "Cancel");
            });
        });
    });
}

fn keys(html: &mut Html) {
    let dialog: Attributes = &[("id", &"review-keys"), ("aria-labelledby", &"review-keys-title")];
    html.element("dialog", dialog, |html| {
        html.leaf("h2", &[("id", &"review-keys-title")], "Keys");
        html.element("dl", &[("class", &"keys")], |html| {
            for (keys, words) in KEYS {
                html.element("dt", &[], |html| {
                    for key in keys {
                        html.leaf("kbd", &[], key);
                    }
                });
                html.leaf("dd", &[], words);
            }
        });
        html.element("p", &[("class", &"check")], |html| {
            html.element("label", &[("for", &"review-use-keys")], |html| {
                let check: Attributes =
                    &[("id", &"review-use-keys"), ("type", &"checkbox"), ("checked", &"checked")];
                html.empty("input", check);
                html.text(" Use the keys with one letter");
            });
        });
        html.leaf("h3", &[], "How the review works");
        for words in HOW {
            html.paragraph(words);
        }
        close(html, "Close");
    });
}

const HOW: [&str; 5] = [
    "A recommendation is reviewed when each of its issues is confirmed or removed. With a filter by issue, only that \
     issue is looked at.",
    "A recommendation without an issue is reviewed when you add one, or confirm that none fits. That none fits is kept \
     in this browser only: the file has decisions about issues.",
    "The decisions of several coders on one issue are kept side by side. Of one coder the latest counts; where coders \
     contradict each other, none counts, and the issue is marked.",
    "Decisions that were given when the page was written are shown with coder and date, and written into the file unchanged.",
    "The file corrections.csv opens in a spreadsheet. Another browser takes it up again under Coder, filter and file.",
];

fn close(html: &mut Html, words: &str) {
    html.element("form", &[("method", &"dialog"), ("class", &"buttons")], |html| {
        html.leaf("button", &[("type", &"submit")], words);
    });
}
