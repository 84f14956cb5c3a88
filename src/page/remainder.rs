//! What the figures don't show: untagged recommendations, what could not be read, the account of rows; and what the
//! numbers mean, and how to cite them.

use super::charts::folded;
use super::html::{Attributes, Html};
use super::{MAX_LISTED, Report, grouped, recommendations};
use crate::list::{FileRead, Form, Spelling};
use crate::recommendation::Source;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Report<'_> {
    pub(super) fn untagged(&self, html: &mut Html) {
        let untagged: Vec<_> = self.coded.untagged().collect();
        self.section(html, "untagged", |html| {
            if untagged.is_empty() {
                html.paragraph("None: every recommendation has an issue of the codebook.");
                return;
            }
            html.paragraph(format!(
                    "Unit: recommendations. {} matched no issue in the codebook; they are counted in all totals, as untagged.",
                    recommendations(untagged.len() as u64)
                ),
            );
            folded(html, "long", "The untagged recommendations", |html| {
                html.element("ul", &[("class", &"texts")], |html| {
                    for coded in untagged.iter().take(MAX_LISTED) {
                        let recommendation = &coded.recommendation;
                        html.element("li", &[], |html| {
                            html.foreign(recommendation.paragraph.as_deref().unwrap_or(&recommendation.id));
                            html.text(" ");
                            html.foreign(&recommendation.text);
                        });
                    }
                });
            });
            left_out(html, untagged.len(), "recommendations.csv (those without a row in tags.csv)");
        });
    }

    pub(super) fn account(&self, html: &mut Html) {
        self.section(html, "account", |html| {
            self.account_table(html);
            self.unresolved(html);
            self.corrected(html);
            self.rejects(html);
        });
    }

    fn account_table(&self, html: &mut Html) {
        let account = &self.account;
        let rows = [
            ("recommendations", account.recommendations),
            ("rows merged into joint recommendations", account.merged),
            ("rows that repeat a recommendation with the same States", account.repeated),
            ("voluntary pledges of the State under review, not counted above", account.pledges),
            ("replies in addenda, given to their recommendations", account.replies),
            ("records of other mechanisms, left aside", account.set_aside),
            ("rejected rows", account.rejects),
        ];
        let table = |html: &mut Html| {
            html.element("table", &[("class", &"numbers")], |html| {
                html.leaf("caption", &[], "What happened to each row of the files. Unit: rows");
                html.head(|html| {
                    html.column("outcome");
                    html.column("rows");
                });
                html.element("tbody", &[], |html| {
                    for (what, count) in rows {
                        if count > 0 || what == "recommendations" {
                            line(html, what, count);
                        }
                    }
                });
                html.element("tfoot", &[], |html| line(html, "all rows of the files", account.rows));
            });
        };
        table(html);
        let not_read = self.coded.list().files.iter().any(|file| file.form == Form::NotRead);
        match (self.coded.filter_passed(), account.balances()) {
            (Some(filtered), _) => html.paragraph(format!(
                "The recommendations are those that passed the filter, {} of {}.",
                grouped(filtered.passed),
                grouped(filtered.of)
            )),
            (None, true) if not_read => html.paragraph(
                "The parts add up to the rows of the files that were read. Others could not be read: see the warnings.",
            ),
            (None, true) => html.paragraph("The parts add up to the rows of the files: nothing was lost."),
            (None, false) => {}
        }
        if account.replaced > 0 {
            let replaced = grouped(account.replaced);
            html.paragraph(format!("{replaced} invalid characters of the files were replaced."));
        }
        if !self.coded.list().replies.is_empty() {
            let count = grouped(self.coded.list().replies.len() as u64);
            html.paragraph(format!(
                "{count} of the replies answer recommendations that are in none of the files."
            ));
        }
        self.passed_over(html, "Columns that were not used in ", |file| &file.unused_columns);
        self.passed_over(html, "Sheets that look like lists and were not read in ", |file| {
            &file.unread_sheets
        });
        self.passed_over(html, "Warnings of ", |file| &file.warnings);
    }

    fn passed_over(&self, html: &mut Html, what: &str, names: fn(&FileRead) -> &[String]) {
        let files = self.coded.list().files.iter().filter(|file| !names(file).is_empty());
        for file in files.take(MAX_LISTED) {
            html.element("p", &[], |html| {
                html.text(what);
                html.foreign(&file.file);
                html.text(": ");
                html.foreign(&names(file).join(", "));
            });
        }
    }

    fn unresolved(&self, html: &mut Html) {
        let unresolved = self.coded.unresolved();
        html.leaf("h3", &[("id", &"unresolved")], "Unresolved names");
        if unresolved.is_empty() {
            html.paragraph("None: every State, position and session was recognised.");
            return;
        }
        html.paragraph("Not recognised; kept and counted as written.");
        let kinds: [(&str, &BTreeMap<Arc<str>, Spelling>); 3] = [
            ("State", &unresolved.states),
            ("position", &unresolved.positions),
            ("session", &unresolved.sessions),
        ];
        scrolling(html, "Unresolved names", |html| {
            html.leaf("caption", &[], "Names and wordings that were not recognised. Unit: recommendations");
            let counted = ("recommendations", NUMBER);
            let headings = [
                ("name or wording", WORDS),
                ("kind", WORDS),
                counted,
                ("first in", WORDS),
                ("may be meant", WORDS),
            ];
            headers(html, &headings);
            html.element("tbody", &[], |html| {
                let names = kinds.iter().flat_map(|(kind, names)| names.iter().map(move |name| (kind, name)));
                for (kind, (given, unknown)) in names.take(MAX_LISTED) {
                    html.element("tr", &[], |html| {
                        html.row_name(given);
                        html.leaf("td", &[("class", &WORDS)], kind);
                        html.leaf("td", &[], grouped(unknown.recommendations));
                        first_in(html, &unknown.first);
                        html.leaf("td", &[("class", &WORDS)], unknown.suggestion.as_deref().unwrap_or(""));
                    });
                }
            });
        });
        left_out(html, unresolved.len(), "unresolved.csv");
    }

    /// Silent where no name was misspelt.
    fn corrected(&self, html: &mut Html) {
        let corrected = self.coded.corrected();
        if corrected.is_empty() {
            return;
        }
        html.leaf("h3", &[("id", &"corrected")], "Corrected names");
        scrolling(html, "Corrected names", |html| {
            html.leaf(
                "caption",
                &[],
                "Other spellings, and the State that each was recognised as. Unit: recommendations",
            );
            let headings =
                [("name", WORDS), ("read as", WORDS), ("recommendations", NUMBER), ("first in", WORDS)];
            headers(html, &headings);
            html.element("tbody", &[], |html| {
                for (given, corrected) in corrected.iter().take(MAX_LISTED) {
                    html.element("tr", &[], |html| {
                        html.row_name(given);
                        html.leaf("td", &[("class", &WORDS)], corrected.read_as.as_deref().unwrap_or(""));
                        html.leaf("td", &[], grouped(corrected.recommendations));
                        first_in(html, &corrected.first);
                    });
                }
            });
        });
        left_out(html, corrected.len(), "corrected.csv");
    }

    fn rejects(&self, html: &mut Html) {
        let rejects = &self.coded.list().rejects;
        html.leaf("h3", &[("id", &"rejects")], "Rejected rows");
        if rejects.is_empty() {
            html.paragraph("None: every row could be read.");
            return;
        }
        scrolling(html, "Rejected rows", |html| {
            html.leaf("caption", &[], "Rows that are not recommendations, with the reason. Unit: rows");
            headers(html, &[("file", WORDS), ("row", NUMBER), ("reason", WORDS)]);
            html.element("tbody", &[], |html| {
                for reject in rejects.iter().take(MAX_LISTED) {
                    html.element("tr", &[], |html| {
                        html.row_name(&reject.file);
                        html.leaf("td", &[], reject.row);
                        html.element("td", &[("class", &WORDS)], |html| html.foreign(&reject.reason));
                    });
                }
            });
        });
        left_out(html, rejects.len(), "rejects.csv");
    }

    pub(super) fn method(&self, html: &mut Html) {
        let codebook = self.codebooks.issues();
        self.section(html, "method", |html| {
            html.element("ul", &[("class", &"method")], |html| {
                for (term, words) in MEANINGS {
                    html.element("li", &[], |html| {
                        html.leaf("strong", &[], term);
                        html.text(format!(" {words}"));
                    });
                }
            });
            html.leaf("h3", &[("id", &"codebook")], "The codebook");
            html.element("p", &[], |html| {
                let about = codebook.about();
                html.foreign(if about.title.is_empty() { &about.name } else { &about.title });
                html.text(". ");
                html.foreign(&about.description);
                html.text(format!(
                    " {} issues, {} rules; version ",
                    grouped(codebook.issues().len() as u64),
                    grouped(codebook.rules().len() as u64)
                ));
                html.foreign(&about.version);
                html.text(", hash ");
                html.leaf("code", &[], &about.hash);
                html.text(". The hash changes when a cell of the codebook changes.");
            });
            if let Some(model) = &self.coded.coded_by().model {
                html.element("p", &[], |html| {
                    html.text("Tags were decided by the rules and by a model trained on human coding, hash ");
                    html.leaf("code", &[], model);
                    html.text(".");
                });
            }
            for aspect in self.shown_aspects() {
                html.element("p", &[], |html| {
                    html.text(format!("{}: codebook ", aspect.title()));
                    let codebook = self.coded.coded_by().aspects.get(&aspect);
                    html.foreign(&codebook.map_or(String::new(), |codebook| codebook.to_string()));
                    html.text(".");
                });
            }
            html.leaf("h3", &[("id", &"cite")], "How to cite");
            html.element("p", &[("class", &"cite")], |html| {
                html.text("Recommendations of the Universal Periodic Review: ");
                html.foreign(&self.cited());
                html.text(concat!(", counted with upr ", env!("CARGO_PKG_VERSION"), ", codebook "));
                html.foreign(&self.coded.coded_by().codebook.to_string());
                html.text(". Unit: recommendations.");
            });
            html.paragraph(
                "Name the unit with every number, and the source of the list beside it: the document of the United Nations, \
                 or UPR Info, Database of UPR Recommendations and Voluntary Pledges, where the list is theirs.",
            );
        });
    }
}

const MEANINGS: [(&str, &str); 6] = [
    (
        "Recommendations",
        "count a joint recommendation once; recommendation–State pairs (in the tables: recommendation x recommending State) count it once for each State that made it, as UPR Info does.",
    ),
    (
        "A tag says that words are there.",
        "Written rules find it, or a model learned from human coders, and its evidence is marked in the text. It is not a legal judgement, and says nothing about how good or how binding a recommendation is.",
    ),
    (
        "Untagged",
        "means that the recommendation matched no issue in the codebook. It is counted under that name.",
    ),
    (
        "Positions",
        "are those of the source: supported (UPR Info's accepted), supported in part, noted, or pending.",
    ),
    (
        "Asking for the same thing",
        "means the same measure on the same object; how strongly it is worded does not matter. Groups are found by a score of shared words and issues, within each review.",
    ),
    ("Regional groups", "are those of the United Nations, as UPR Info lists them."),
];

fn line(html: &mut Html, what: &str, count: u64) {
    html.element("tr", &[], |html| {
        html.leaf("th", &[("scope", &"row")], what);
        html.leaf("td", &[], grouped(count));
    });
}

/// The class of a cell that holds words, where numbers stand to the right.
const WORDS: &str = "words";
const NUMBER: &str = "number";

fn headers(html: &mut Html, headers: &[(&str, &str)]) {
    html.head(|html| {
        for (header, class) in headers {
            html.leaf("th", &[("scope", &"col"), ("class", class)], header);
        }
    });
}

fn scrolling(html: &mut Html, label: &str, rows: impl FnOnce(&mut Html)) {
    let region: Attributes =
        &[("class", &"scroll"), ("tabindex", &"0"), ("role", &"region"), ("aria-label", &label)];
    html.element("div", region, |html| html.element("table", &[("class", &"numbers")], rows));
}

/// The cell of the place where a name stands first.
fn first_in(html: &mut Html, first: &Source) {
    html.element("td", &[("class", &WORDS)], |html| {
        html.foreign(&first.file);
        html.text(format!(", row {}", first.row));
    });
}

fn left_out(html: &mut Html, all: usize, table: &str) {
    if let more @ 1.. = all.saturating_sub(MAX_LISTED) {
        html.element("p", &[("class", &"left-out")], |html| {
            html.text(format!("{} more are not shown. ", grouped(more as u64)));
            in_the_export(html, table);
        });
    }
}

/// Where what was left out can be found.
pub(super) fn in_the_export(html: &mut Html, table: &str) {
    html.text("The export (");
    html.leaf("code", &[("class", &"command")], "summary --out DIR");
    html.text(format!(") has all of them in {table}."));
}
