//! How far coders agree who filled sheets: `--coders`, in place of labels in the list.

use crate::Options;
use crate::shared::{
    self,
    layout::Page,
    output::{print, show},
};
use std::collections::BTreeSet;
use upr::evaluate::Coders;
use upr::export::{overwrite_if, table_file};
use upr::read::Reader;
use upr::statistics::Row;
use upr::{Table, Tagger};

/// The rows over all issues.
const OVER_ALL: [&str; 2] = ["all decisions", "mean of issues"];

pub(crate) fn run(options: &Options, tagger: &Tagger) -> shared::Result<()> {
    let mut coders = Coders::load(&options.coders, tagger.codebook())?;
    if !options.list.is_empty() {
        let mut reader = Reader::new();
        for (column, header) in &options.column {
            reader = reader.column(*column, header);
        }
        if let Some(state) = &options.state_under_review {
            reader = reader.state_under_review(state);
        }
        if let Some(session) = &options.session {
            reader = reader.session(session);
        }
        coders = coders.with_list(&tagger.tag(reader.paths(&options.list)?))?;
    }
    let (figures, counts, settle) = (coders.agreement()?, coders.counts(), coders.disagreements());
    for (path, table) in [(&options.figures, &figures), (&options.disagreements, &settle)] {
        path.as_ref().map_or(Ok(()), |path| table_file(overwrite_if(options.force, path), table))?;
    }
    match options.json {
        true => print(&json(tagger, &figures, &counts, &settle)),
        false => show(&screen(tagger, &figures, &counts, &settle)),
    }
}

fn json(tagger: &Tagger, figures: &Table, counts: &Table, settle: &Table) -> String {
    let whole = serde_json::json!({
        "codebook": tagger.codebook().identity(), "unit": "texts", "coders": counts, "agreement": figures,
        "disagreements": settle,
    });
    serde_json::to_string_pretty(&whole).expect("text keys only") + "\n"
}

fn screen(tagger: &Tagger, figures: &Table, counts: &Table, settle: &Table) -> String {
    let mut page = Page::default();
    page.line(format!("Codebook: {}", tagger.codebook().identity()));
    page.heading("Coders", "texts; codes are issues given to them");
    let all = counts.iter().filter(|row| row.text("issue") == Some("all decisions"));
    let coders = all.map(|row| vec![text(&row, "coder"), count(&row, "texts"), count(&row, "yes")]);
    page.table(1, &["coder", "texts", "codes"], coders);
    let of =
        |compared: &'static str| figures.iter().filter(move |row| row.text("compared") == Some(compared));
    if of("coders").next().is_some() {
        among(&mut page, || of("coders"));
    }
    // each coder over all issues; by issue the majority, or the only coder
    let machine = || figures.iter().filter(|row| row.text("compared") != Some("coders"));
    let last = machine().last().and_then(|row| row.text("compared"));
    if let Some(last) = last {
        let over_all = machine().filter(|row| OVER_ALL.contains(&text(row, "issue").as_str()));
        let name = |row: &Row<'_>| format!("{}, {}", with(&text(row, "compared")), text(row, "issue"));
        with_machine(&mut page, "The tags and each coder", "compared with", over_all, name);
        let by_issue = machine().filter(|row| row.text("compared") == Some(last));
        let by_issue = by_issue.filter(|row| !OVER_ALL.contains(&text(row, "issue").as_str()));
        let title = format!("The tags and {}, by issue", with(last));
        with_machine(&mut page, &title, "issue", by_issue, |row| text(row, "issue"));
        if let Some(ties) = machine().find_map(|row| row.count("ties")) {
            page.wrapped(&format!("Left out: {ties} decisions on which as many coders said yes as no."), "");
        }
    }
    let texts: BTreeSet<&str> = settle.iter().filter_map(|row| row.text("id")).collect();
    page.heading(&format!("To settle: {} decisions in {} texts", settle.rows.len(), texts.len()), "");
    page.line("--disagreements FILE.csv writes them, --figures FILE.csv all intervals.");
    page.text
}

fn among<'t, R: Iterator<Item = Row<'t>>>(page: &mut Page, rows: impl Fn() -> R) {
    page.heading("Agreement among coders", "texts");
    // a row that is not coded is missing for all issues
    let texts = rows().next().map_or(String::new(), |row| count(&row, "texts"));
    page.line(format!("{texts:>7}  coded by at least two coders"));
    page.line("");
    let rows = rows().map(|row| {
        let [agreement, kappa, f1] = ["agreement", "kappa", "f1"].map(|figure| number(&row, figure));
        vec![text(&row, "issue"), count(&row, "yes"), agreement, kappa, interval(&row, "alpha"), f1]
    });
    page.table(1, &["issue", "yes", "same", "kappa", "alpha", "F1"], rows);
    page.wrapped(
        "In brackets: the 95% interval. Same (the share of texts where two coders agree), kappa and F1 are means over the pairs \
         of coders. -: not defined, since nobody or everybody said yes.",
        "",
    );
}

fn with_machine<'t>(
    page: &mut Page,
    title: &str,
    first: &str,
    rows: impl Iterator<Item = Row<'t>>,
    name: impl Fn(&Row<'t>) -> String,
) {
    page.heading(title, "texts; F1 with its 95% interval");
    let rows = rows.map(|row| {
        let [precision, recall] = ["precision", "recall"].map(|figure| number(&row, figure));
        let (yes, tags) = (count(&row, "yes"), count(&row, "machine_yes"));
        vec![name(&row), yes, tags, precision, recall, interval(&row, "f1")]
    });
    page.table(1, &[first, "yes", "tags", "precision", "recall", "F1"], rows);
}

/// Whom the tags are compared with.
fn with(compared: &str) -> String {
    compared.trim_start_matches("machine and ").to_string()
}

fn text(row: &Row<'_>, column: &str) -> String {
    row.text(column).unwrap_or_default().to_string()
}

fn count(row: &Row<'_>, column: &str) -> String {
    row.count(column).map_or(String::new(), |count| count.to_string())
}

/// Nothing where a figure is not defined.
fn number(row: &Row<'_>, column: &str) -> String {
    row.number(column).map_or("-".to_string(), |figure| format!("{figure:.2}"))
}

fn interval(row: &Row<'_>, figure: &str) -> String {
    let limits = [format!("{figure}_lower"), format!("{figure}_upper")].map(|limit| row.number(&limit));
    match limits {
        [Some(lower), Some(upper)] => format!("{} ({lower:.2} to {upper:.2})", number(row, figure)),
        _ => number(row, figure),
    }
}
