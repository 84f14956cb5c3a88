//! The dictionary of the statistics: the columns of each kind of table.
//!
//! The header of a statistic's file comes from the statistic itself; a test holds that both are the same.

use super::{COUNTS, Column, GROUP, ISSUE, counted, number, text};
use crate::dimension::Dimension;
use crate::grouping::Grouping;

const fn computed(name: &'static str, description: &'static str) -> Column {
    Column { name, kind: "number", description }
}

const RECOMMENDING_STATE: Column = text(
    "recommending_state",
    "The recommending State's short name, or the name as written if it was not recognised",
);

/// The network as a graph.
pub(in crate::export) const GRAPHML: &str = "network.graphml";

/// By what the share supported is shown.
pub(in crate::export) const RATES: [Dimension; 3] =
    [Dimension::Issue, Dimension::RecommendingState, Dimension::RegionalGroup];

/// The names of all tables and graphs that the folder may have.
pub(in crate::export) fn names() -> impl Iterator<Item = String> {
    let groups = Grouping::BUNDLED.iter().map(|name| format!("groups_{name}.csv"));
    let rates = RATES.iter().map(|dimension| format!("rates_by_{}.csv", dimension.as_str()));
    let others = [
        "regional_groups_and_issues.csv",
        "recommending_states_and_issues.csv",
        "words_of_noted.csv",
        "issue_co_occurrence.csv",
        "network_edges.csv",
        "network_nodes.csv",
        GRAPHML,
        "asks.csv",
        "ask_members.csv",
        "links.csv",
    ];
    rates.chain(others.map(str::to_string)).chain(groups)
}

/// The column of a dimension by which there are rates or associations.
fn category(dimension: Dimension) -> Column {
    match dimension {
        Dimension::Issue => ISSUE,
        Dimension::RecommendingState => RECOMMENDING_STATE,
        Dimension::RegionalGroup => GROUP,
        other => text(other.as_str(), "The category"),
    }
}

/// Of the share supported by the categories of a dimension.
pub(in crate::export) fn rates(dimension: Dimension) -> Vec<Column> {
    let mut first = category(dimension);
    first.description = match dimension {
        Dimension::Issue => {
            "Code of the issue; untagged for recommendations without one, total for all, each once"
        }
        Dimension::RecommendingState => {
            "The recommending State's short name; not_given if the source names none, total for all, each once"
        }
        Dimension::RegionalGroup => {
            "UN regional group of the recommending States; unknown if the State was not recognised, total for all, each once"
        }
        _ => "The category; total for all recommendations, each once",
    };
    vec![
        first,
        number("supported", "Recommendations supported in full"),
        number("answered", "The denominator: recommendations supported, supported in part, or noted"),
        number(
            "left_out",
            "Recommendations pending, answered in words that were not recognised, or without answer",
        ),
        computed("share_supported", "supported / answered, from 0 to 1; empty if none was answered"),
        computed("lower", "Lower end of the Wilson score interval of the share, at 95%"),
        computed("upper", "Upper end of the Wilson score interval of the share, at 95%"),
    ]
}

/// Of who speaks more than others of an issue.
pub(in crate::export) fn association(groups: Dimension) -> Vec<Column> {
    let mut columns = vec![
        category(groups),
        ISSUE,
        number("count", "Unit: recommendation x recommending State; pairs of this row's States on the issue"),
        number("of", "Pairs of this row's States on all issues"),
        number("others_count", "Pairs of all other States on the issue"),
        number("others_of", "Pairs of all other States on all issues"),
    ];
    columns.extend(comparison(
        "Natural logarithm of the odds of the issue here, divided by those of all others: above 0, it is raised more often than by the others. A prior moves small counts towards 0",
    ));
    columns
}

/// Of the words that noted recommendations have more often than supported ones, or less.
pub(in crate::export) fn key_words() -> Vec<Column> {
    let mut columns = vec![
        text("word", "The word in small letters, without accents"),
        number("count", "Unit: recommendations; noted ones that have the word"),
        number("of", "All noted ones"),
        number("others_count", "Supported ones that have the word"),
        number("others_of", "All supported ones"),
    ];
    columns.extend(comparison(
        "Natural logarithm of the odds of the word in noted ones, divided by those in supported ones: above 0, it is more frequent in noted ones. A prior moves small counts towards 0",
    ));
    columns
}

/// Of a comparison of two shares.
fn comparison(log_odds_ratio: &'static str) -> [Column; 5] {
    [
        computed("log_odds_ratio", log_odds_ratio),
        computed("standard_error", "Standard error of the log odds ratio"),
        computed("z", "log_odds_ratio / standard_error; the rows are ordered by it"),
        computed("p_value", "Two-sided p-value of z by the normal distribution"),
        computed(
            "q_value",
            "The p-value adjusted by Benjamini and Hochberg over all rows of this file; of the rows below 0.05, about 5% may be due to chance",
        ),
    ]
}

/// Of issues that occur together.
pub(in crate::export) const CO_OCCURRENCE: &[Column] = &[
    text("issue_1", "Code of the issue that comes first in the codebook"),
    text("issue_2", "Code of the other issue"),
    number("count_1", "Recommendations with the first"),
    number("count_2", "Recommendations with the second"),
    number("both", "Recommendations with both"),
    computed(
        "lift",
        "both x all recommendations / (count_1 x count_2): how many times as often as expected by chance; unreliable if counts are small",
    ),
    computed("jaccard", "both / (count_1 + count_2 - both), from 0 to 1"),
];

/// Of who recommends to whom.
pub(in crate::export) const EDGES: &[Column] = &[
    text("source", "The recommending State: id in network_nodes.csv"),
    text("target", "The State under review: id in network_nodes.csv"),
    number(
        "weight",
        "Recommendations that the one made to the other, a joint one counted for each of its States",
    ),
];

/// Of the States in the network.
pub(in crate::export) const NODES: &[Column] = &[
    text("id", "ISO 3166-1 alpha-3 code, or the name as written if the State was not recognised"),
    text("label", "The State's short name"),
    GROUP,
    number("made", "Recommendations that it made. Unit: recommendation x recommending State"),
    number("received", "Recommendations that it received. Unit: recommendation x recommending State"),
];

/// Of counts by the groups of a grouping.
pub(in crate::export) const GROUPS: &[Column] = &counted::<2, 10>([
    text(
        "group",
        "Code of the group; outside if none of the issues has a group, untagged if there is no issue",
    ),
    text("label", "Name of the group, for people"),
]);

const ASK: Column = text(
    "ask",
    "The id of the recommendation with the most typical wording of this ask: of the group that requests the same thing",
);
const REVIEWS: Column =
    number("reviews", "In how many reviews the ask was made; asks are grouped within each review");
const STATES: Column = text("recommending_states", "The States that made it, separated by semicolons");

/// Of recommendations that ask for the same.
pub(in crate::export) fn asks() -> Vec<Column> {
    let mut columns = vec![ASK, text("text", "Its wording")];
    columns.extend(COUNTS);
    columns.extend([
        REVIEWS,
        number("number_of_states", "How many States made it, each counted once"),
        STATES,
        text(
            "shared",
            "The reason: the words of it that at least half of its recommendations share; empty for an ask made once",
        ),
    ]);
    columns
}

/// Of the recommendations in each ask.
pub(in crate::export) const ASK_MEMBERS: &[Column] = &[
    ASK,
    number("size", "How many recommendations make the ask"),
    REVIEWS,
    text("id", "The recommendation: id in recommendations.csv"),
    computed("score", "How similar it is to the most typical wording, from 0.6 to 1"),
    text(
        "force",
        "How strongly it is asked, if a verb says so: consider, continue or strive; otherwise empty",
    ),
    text("position", "supported, supported_in_part, noted, pending, or empty if it is not known"),
    STATES,
    text("shared", "The reason: what it shares with the most typical wording, in its own words"),
    text("text", "The recommendation as written in the source"),
];

/// Of what returned from one cycle to the next.
pub(in crate::export) const LINKS: &[Column] = &[
    text("state_under_review", "The State under review"),
    number("from_cycle", "The earlier cycle"),
    number("to_cycle", "The next cycle of the State in the list"),
    text(
        "status",
        "returned (a row for each link), disappeared (without any link), or new (without any link)",
    ),
    text("kind", "exact, reworded, or same_issue_and_action; empty unless it returned"),
    computed("score", "How similar the two are, from 0.3 to 1; empty unless it returned"),
    text("earlier_id", "The earlier recommendation: id in recommendations.csv; empty for what is new"),
    text("later_id", "The later recommendation: id in recommendations.csv; empty for what disappeared"),
    text("earlier_position", "How the earlier one was answered; empty if it is not known"),
    text("later_position", "How the later one was answered; empty if it is not known"),
    text("actions", "The reason: the families of the leading verbs of both, if they are known"),
    text("issues", "The reason: codes of the issues that both have, separated by spaces"),
    text("shared", "The reason: what the two share, in the words of the earlier one"),
    text("shared_in_later", "The same in the words of the later one"),
];
