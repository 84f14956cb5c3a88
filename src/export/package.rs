//! `datapackage.json`: what the files are and what each column means, in the words of the data dictionary.
//!
//! It has the hash of each file, by which the next export knows whether somebody changed one. It carries no date and no path, so that the same list gives the same bytes.

use super::dictionary::{Column, Table};
use super::seal::Seal;
use super::sheet::Written;
use crate::codebook::{Codebook, Codebooks};
use crate::coded::{Reviewed, Selection};
use crate::list::{Account, FileRead};
use serde_json::{Map, Value, json};

pub(super) const FILE: &str = "datapackage.json";

/// The description of a list's tables. `coded` says what coded it, `account` and `files` what became of its rows.
pub(super) fn describe(
    coded: &Selection<'_>,
    account: &Account,
    files: &[FileRead],
    reviewed: &Reviewed,
    resources: Vec<Value>,
) -> String {
    let title = "Recommendations of the Universal Periodic Review, coded and counted";
    written(&of_rows("upr-recommendations", title, coded, (account, files), reviewed, resources))
}

/// How the tables say that something is missing, and what was done for spreadsheets.
const ABOUT: &str = "What is missing: in tables with a row for each recommendation, State or tag, and in columns that describe \
    a row, a cell is empty where the source says nothing. In counts, the row for what the source doesn't say is named \
    not_given, that for States in no table unknown, that for what has no issue or code untagged. \
    Words that a spreadsheet would run as a formula, or change to a number or a date, have an apostrophe in front, \
    and so has such a piece of a cell after a semicolon, a tab or a line end; the offsets do not count them.";

/// What every package says: what it is, by which codebooks, of which files and recommendations.
pub(super) fn package(name: &str, title: &str, coded: &Selection<'_>, resources: Vec<Value>) -> Value {
    of_rows(name, title, coded, (&coded.account(), &coded.list().files), &coded.reviewed(), resources)
}

fn of_rows(
    name: &str,
    title: &str,
    coded: &Selection<'_>,
    (account, files): (&Account, &[FileRead]),
    reviewed: &Reviewed,
    resources: Vec<Value>,
) -> Value {
    let (codebooks, by) = (coded.codebooks(), coded.coded_by());
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": ABOUT,
        "version": env!("CARGO_PKG_VERSION"),
        "created_with": concat!("upr ", env!("CARGO_PKG_VERSION")),
        "codebook": about(codebooks.issues()),
        "account": account,
        "sources": files.iter().map(|file| json!({"title": file.file})).collect::<Vec<_>>(),
        "files": files,
        "resources": resources,
    });
    if !by.aspects.is_empty() {
        package["aspect_codebooks"] = about_aspects(codebooks);
    }
    // by which models the issues and the action categories were decided, where models had a say
    for (name, hash) in [("model", &by.model), ("action_coder", &by.actions)] {
        if let Some(hash) = hash {
            package[name] = json!({ "hash": hash });
        }
    }
    if let Some(filtered) = coded.filter_passed() {
        package["filtered"] = json!(filtered);
    }
    if coded.list().is_corrected() {
        package["reviewed"] = json!(reviewed);
    }
    package
}

/// The text of `datapackage.json`, by whose end upr knows it again.
pub(super) fn written(package: &Value) -> String {
    // a Value has text keys only, so it can always be written
    Seal::PrettyJson.close(serde_json::to_string_pretty(package).unwrap_or_default())
}

/// The codebook's name, version and hash, so that a count can be traced to the rules behind it.
pub(super) fn about(codebook: &Codebook) -> Value {
    json!({
        "name": codebook.name(),
        "version": codebook.about().version,
        "hash": codebook.about().hash,
        "title": codebook.about().title,
        "issues": codebook.issues().len(),
        "rules": codebook.rules().len(),
    })
}

/// The same of each aspect that was coded.
pub(super) fn about_aspects(codebooks: &Codebooks) -> Value {
    codebooks
        .aspects()
        .map(|(aspect, codebook)| (aspect.as_str().to_string(), about(codebook)))
        .collect::<Map<_, _>>()
        .into()
}

/// The description of a table; `beside` are columns of numbers after its own, with their descriptions.
pub(super) fn resource(table: &Table, beside: &[(String, String)], written: &Written) -> Value {
    let mut resource = tabular(table.file, table.title, table.columns, written);
    let schema = &mut resource["schema"];
    if let Some(fields) = schema["fields"].as_array_mut() {
        let field = |(name, description): &(String, String)| json!({"name": name, "type": "integer", "description": description});
        fields.extend(beside.iter().map(field));
    }
    let apart = ["recommendations.csv", "voluntary_pledges.csv", "decisions.csv"];
    let joins = !apart.contains(&table.file);
    if table.columns[0].name == "id" && joins {
        let reference = json!({"resource": "recommendations", "fields": "id"});
        schema["foreignKeys"] = json!([{"fields": "id", "reference": reference}]);
    }
    if table.file.starts_with("recommendations") {
        schema["primaryKey"] = json!("id");
    }
    resource
}

/// A CSV file and its columns.
pub(super) fn tabular(file: &str, title: &str, columns: &[Column], written: &Written) -> Value {
    let fields: Vec<Value> = columns
        .iter()
        .map(|column| json!({"name": column.name, "type": column.kind, "description": column.description}))
        .collect();
    json!({
        "profile": "tabular-data-resource",
        "name": file.trim_end_matches(".csv"),
        "path": file,
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.bytes,
        "hash": written.hash,
        "dialect": {"delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true},
        "schema": {"fields": fields, "missingValues": [""]},
    })
}
