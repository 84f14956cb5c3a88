//! The statistics as a folder of tables: what [`crate::statistics`] and [`crate::grouping`] compute of a whole list.
//!
//! Each table is the `to_csv` of its result, so numbers stay numbers, those below zero too. The columns are described
//! in `dictionary::statistics`.

use super::dictionary::{Column, statistics as columns};
use super::earlier::Part;
use super::seal::hash;
use super::sheet::Written;
use super::staged::Staged;
use super::{csv, package};
use crate::asks;
use crate::codebook::Codebooks;
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::error::Result;
use crate::files::output::Destination;
use crate::grouping::Grouping;
use crate::links;
use crate::statistics::{Network, Options, Rates, association, co_occurrence, keyness_of_noted};
use crate::table::{Cell, Table};
use crate::tally::Unit;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// Writes the statistics of a list as CSV tables into a folder of their own, with a `datapackage.json` that says of each
/// table its unit and conventions and describes its columns. Returns the names of the files written. What is replaced, and what
/// is promised, are as for [`folder`](fn@super::folder).
///
/// - `rates_by_issue.csv`, `rates_by_recommending_state.csv`, `rates_by_regional_group.csv`: the share supported, with
///   Wilson intervals ([`Rates`]). Unit: recommendations; supported in part counts as not supported.
/// - `regional_groups_and_issues.csv`, `recommending_states_and_issues.csv`: who presses an issue more than the others
///   ([`association`]). Unit: recommendation x recommending State.
/// - `words_of_noted.csv`: the words that noted recommendations have more often than supported ones, and less
///   ([`keyness_of_noted`]); only where the list has both. Unit: recommendations.
/// - `issue_co_occurrence.csv`: which issues occur together ([`co_occurrence`]). Unit: recommendations.
/// - `network_edges.csv`, `network_nodes.csv`, `network.graphml`: who recommends to whom ([`Network`]). Unit:
///   recommendation x recommending State.
/// - `groups_sdgs.csv` and its siblings: counts with positions by each [bundled grouping](Grouping::BUNDLED) that has a
///   table for the list's codebook; each recommendation once under each of its groups, or under `outside`.
/// - `asks.csv`, `ask_members.csv`: what is [asked for in other words](crate::compare::same_asks), within each review. Unit: recommendations.
/// - `links.csv`: what [returned](crate::compare::across_cycles) from one cycle to the next, what disappeared, and what is new; only where the
///   list has a State under review in two cycles. Units: links, recommendations.
///
/// # Errors
///
/// As for [`folder`](fn@super::folder).
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, export};
///
/// let tagger = Tagger::core();
/// let coded = tagger.tag(upr::read::path("fixtures/usa-2020.csv")?);
/// let out = std::env::temp_dir().join("upr-statistics-example");
/// let files = export::statistics(&out, &coded)?;
/// assert!(files.contains(&"rates_by_issue.csv".to_string()));
/// assert!(files.contains(&"groups_sdgs.csv".to_string()));
/// # std::fs::remove_dir_all(&out).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub fn statistics<'l>(folder: impl Destination, coded: impl Into<Selection<'l>>) -> Result<Vec<String>> {
    let staged = Staged::begin(folder.target(), Part::Statistics)?;
    let names = write(&staged, Path::new(""), &coded.into())?;
    staged.finish()?;
    Ok(names)
}

/// Writes the tables into a folder that is being written, below `at`.
pub(super) fn write(staged: &Staged, at: &Path, coded: &Selection<'_>) -> Result<Vec<String>> {
    // a grouping has tables for some codebooks only; the others have nothing to say of this list
    let groupings: Vec<Grouping> = Grouping::BUNDLED
        .into_iter()
        .filter_map(|name| Grouping::bundled(name, coded.codebooks().issues()).ok())
        .collect();
    let network = Network::of(coded);
    let asks = asks::same(coded);
    let cycles = links::across_cycles(coded);
    let of_groups = [Content::Asks(asks::table(&asks)), Content::AskMembers(asks::member_table(&asks))];
    let words = keyness_of_noted(coded, &Options::default());
    let of_words = (!words.rows.is_empty()).then_some(Content::Words(words));
    let of_links = (!cycles.is_empty()).then(|| Content::Links(links::table(&cycles)));
    let files: Vec<File> = contents(&groupings)
        .into_par_iter()
        .chain(of_words)
        .chain(of_groups)
        .chain(of_links)
        .map(|content| File::of(content, coded, &network))
        .collect();
    let put = |name: &str, text: String| -> Result<Written> {
        staged.write(at.join(name), text.as_bytes())?;
        Ok(Written { bytes: text.len() as u64, hash: hash(text.as_bytes()) })
    };
    let written = files.par_iter().map(|file| put(&file.name, csv(&file.table)));
    let written = written.collect::<Result<Vec<Written>>>()?;
    let graph = put(columns::GRAPHML, network.to_graphml())?;
    put(package::FILE, package::written(&describe(&files, &written, &graph, &groupings, coded)))?;
    let names = files.into_iter().map(|file| file.name);
    Ok(names.chain([columns::GRAPHML.to_string(), package::FILE.to_string()]).collect())
}

/// What a table holds.
enum Content<'g> {
    Rates(Dimension),
    Association(Dimension),
    Words(Table),
    CoOccurrence,
    Edges,
    Nodes,
    Groups(&'g Grouping),
    Asks(Table),
    AskMembers(Table),
    Links(Table),
}

fn contents(groupings: &[Grouping]) -> Vec<Content<'_>> {
    let others = [
        Content::Association(Dimension::RegionalGroup),
        Content::Association(Dimension::RecommendingState),
        Content::CoOccurrence,
        Content::Edges,
        Content::Nodes,
    ];
    columns::RATES
        .map(Content::Rates)
        .into_iter()
        .chain(others)
        .chain(groupings.iter().map(Content::Groups))
        .collect()
}

/// A table with its description.
struct File {
    name: String,
    title: String,
    description: String,
    columns: Vec<Column>,
    table: Table,
}

impl File {
    fn of(content: Content, coded: &Selection<'_>, network: &Network) -> File {
        match content {
            Content::Rates(dimension) => {
                let options = Options::default();
                let by = dimension.as_str();
                File {
                    name: format!("rates_by_{by}.csv"),
                    title: format!("Share supported by {}, with Wilson score intervals", by.replace('_', " ")),
                    description: format!(
                        "Unit: {}, {}. Supported in part counts as answered and not supported, as resolution 5/1 of \
                         the Human Rights Council and UPR Info have it; what is pending or without answer is left out. \
                         Intervals at 95% (Wilson 1927). The last row is the total, each recommendation once.",
                        Unit::Recommendations.as_str(),
                        match dimension {
                            Dimension::Issue => "each under all of its issues",
                            _ => "a joint one once under each",
                        }
                    ),
                    columns: columns::rates(dimension),
                    table: Rates::of(coded, dimension, &options).table(),
                }
            }
            Content::Association(groups) => {
                let options = Options::default();
                File {
                    name: format!("{}s_and_issues.csv", groups.as_str()),
                    title: format!(
                        "Which {}s press an issue more than all others, and which less",
                        groups.as_str().replace('_', " ")
                    ),
                    description: format!(
                        "Unit: {}. Log odds ratios against all others with an informative Dirichlet prior of {} \
                         (Monroe, Colaresi and Quinn 2008), the most over-represented first. Who made all \
                         pairs, and an issue that all pairs have, cannot be compared and has no row.",
                        Unit::RecommendationXState.as_str(),
                        Options::PRIOR
                    ),
                    columns: columns::association(groups),
                    table: association(coded, groups, Dimension::Issue, &options),
                }
            }
            Content::Words(table) => File {
                name: "words_of_noted.csv".to_string(),
                title: "Which words noted recommendations have more often than supported ones, and which less"
                    .to_string(),
                description: format!(
                    "Unit: recommendations, a joint one counted once; those supported in part, pending or without answer \
                     are in neither set. Words in {} recommendations or more. Log odds ratios with an informative \
                     Dirichlet prior of {} (Monroe, Colaresi and Quinn 2008), the words of noted ones first.",
                    Options::default().at_least,
                    Options::PRIOR_OF_WORDS
                ),
                columns: columns::key_words(),
                table,
            },
            Content::CoOccurrence => File {
                name: "issue_co_occurrence.csv".to_string(),
                title: "Which issues occur together in one recommendation".to_string(),
                description: "Unit: recommendations, a joint one counted once. The pairs that occur, the most frequent \
                              first."
                    .to_string(),
                columns: columns::CO_OCCURRENCE.to_vec(),
                table: co_occurrence(coded, Dimension::Issue),
            },
            Content::Edges => File {
                name: "network_edges.csv".to_string(),
                title: "Who recommends to whom: the edges of the network of States".to_string(),
                description: format!(
                    "Unit: recommendation x recommending State. {} whose State under review the list doesn't name are \
                     no edge.",
                    match network.without_state_under_review() {
                        1 => "1 pair".to_string(),
                        pairs => format!("{pairs} pairs"),
                    }
                ),
                columns: columns::EDGES.to_vec(),
                table: network.edge_table(),
            },
            Content::Nodes => File {
                name: "network_nodes.csv".to_string(),
                title: "The States of the network".to_string(),
                description: "Unit: recommendation x recommending State. States that made or received a recommendation."
                    .to_string(),
                columns: columns::NODES.to_vec(),
                table: network.node_table(),
            },
            Content::Groups(grouping) => File {
                name: format!("groups_{}.csv", grouping.name()),
                title: format!("Counts by the groups of {}: {}", grouping.identity(), grouping.about().title),
                description: format!(
                    "Each recommendation counts once under each of its groups, however many of its issues lead there; \
                     under outside where none of its issues has a group, under untagged where it has no issue. So the \
                     rows may add up to more than the list. Reading of the table: {}. {}",
                    grouping.reading().as_str(),
                    grouping.about().description
                ),
                columns: columns::GROUPS.to_vec(),
                table: groups(grouping, coded),
            },
            Content::Asks(table) => File {
                name: "asks.csv".to_string(),
                title: "What is asked for, in whatever words: the asks, the one made most often first".to_string(),
                description: format!(
                    "Unit: recommendations, each in one ask; an ask made once has a row as well. Within each review, \
                     recommendations whose score reaches {} with the one that stands for them.",
                    asks::THRESHOLD
                ),
                columns: columns::asks(),
                table,
            },
            Content::AskMembers(table) => File {
                name: "ask_members.csv".to_string(),
                title: "Which recommendations make each ask, and what they share".to_string(),
                description: "Unit: recommendations; each has one row.".to_string(),
                columns: columns::ASK_MEMBERS.to_vec(),
                table,
            },
            Content::Links(table) => File {
                name: "links.csv".to_string(),
                title: "What returned from one cycle to the next, what disappeared, and what is new".to_string(),
                description: format!(
                    "Unit: links where status is returned, recommendations where it is disappeared or new. A recommendation \
                     may return several times, and several may return in one. Same issue and action: a score of {} or \
                     more. What has no link may still have returned; numbers of what disappeared and of what is new are \
                     upper bounds.",
                    links::NEAR
                ),
                columns: columns::LINKS.to_vec(),
                table,
            },
        }
    }
}

/// Counts by the groups of a grouping, with positions.
fn groups(grouping: &Grouping, coded: &Selection<'_>) -> Table {
    // the grouping was chosen by the list's codebook, so it fits
    let Ok(counts) = grouping.with_positions(coded) else { return Table::default() };
    let codebooks = Codebooks::new(grouping.codebook());
    let rows = counts.iter().map(|row| {
        let label = codebooks.label(Dimension::Issue, &row.category).unwrap_or_default();
        let mut line = vec![Cell::from(&row.category), label.as_ref().into()];
        line.extend([row.count.recommendations, row.count.recommendation_x_state].map(Cell::from));
        line.extend(row.positions.all().map(Cell::from));
        line
    });
    let header = columns::GROUPS.iter().map(|column| column.name.to_string()).collect();
    Table { header, rows: rows.collect() }
}

fn describe(
    files: &[File],
    written: &[Written],
    network: &Written,
    groupings: &[Grouping],
    coded: &Selection<'_>,
) -> Value {
    let tables = files.iter().zip(written).map(|(file, written)| {
        let mut resource = package::tabular(&file.name, &file.title, &file.columns, written);
        resource["description"] = json!(file.description);
        resource
    });
    let graph = json!({
        "profile": "data-resource",
        "name": "network",
        "path": columns::GRAPHML,
        "title": "The network of States as GraphML, for igraph, NetworkX and Gephi",
        "description": "network_edges.csv and network_nodes.csv in one file; edges have a weight, nodes a label, their \
                        regional_group, and what they made and received. Unit: recommendation x recommending State.",
        "format": "graphml",
        "mediatype": "application/graphml+xml",
        "encoding": "utf-8",
        "bytes": network.bytes,
        "hash": network.hash,
    });
    let title = "Recommendations of the Universal Periodic Review: statistics";
    let resources = tables.chain([graph]).collect();
    let mut package = package::package("upr-statistics", title, coded, resources);
    // not all of its resources are tables
    package["profile"] = json!("data-package");
    let about = groupings.iter().map(|grouping| {
        json!({
            "name": grouping.name(),
            "version": grouping.about().version,
            "hash": grouping.about().hash,
            "title": grouping.about().title,
            "reading": grouping.reading().as_str(),
        })
    });
    package["groupings"] = about.collect();
    package
}
