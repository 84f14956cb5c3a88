//! The network of States: who recommends to whom, and how often.

mod graphml;

use super::column::{Column, counted};
use crate::coded::Selection;
use crate::dimension::Dimension;
use crate::state::State;
use crate::table::{Cell, Table};
use crate::tally::NOT_GIVEN;
use serde::Serialize;
use std::sync::Arc;

/// A directed network with weights: from the State that recommends to the State under review. Unit:
/// recommendation x recommending State, so a joint recommendation is one arrow from each of its States.
///
/// For one issue, [filter](crate::count) the recommendations first, or take the network [by
/// issue](Network::by), in which each arrow is of one issue.
///
/// # Example
///
/// ```
/// use upr::{Codebook, Tagger, statistics::Network};
///
/// let list = upr::read::Reader::new().state_under_review("United States").path("fixtures/usa-2020.csv")?;
/// let tagger = Tagger::core();
/// let network = Network::of(&tagger.tag(list));
/// assert_eq!(network.edge_table().iter().filter_map(|edge| edge.count("weight")).sum::<u64>(), 357);
/// assert!(network.to_graphml().contains("<edge source=\"AGO\" target=\"USA\">"));
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Network {
    by: Option<Dimension>,
    /// The States, by their ids.
    nodes: Vec<Node>,
    /// Who recommends to whom, by the ids of source and target, then by category in the order of tables.
    edges: Vec<Edge>,
    without_state_under_review: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Node {
    /// The ISO 3166 alpha-3 code, or the name as given where the State is not known.
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    /// Empty where the State is not known.
    pub(crate) regional_group: &'static str,
    pub(crate) made: u64,
    pub(crate) received: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Edge {
    pub(crate) source: Arc<str>,
    pub(crate) target: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) category: Option<Arc<str>>,
    pub(crate) weight: u64,
}

impl Network {
    /// The network of all recommendations given: the weights add up to their pairs, but for those
    /// [without a State under review](Network::without_state_under_review).
    ///
    /// # Example
    ///
    /// ```
    /// # use upr::{Codebook, Tagger, statistics::Network};
    /// # let tagger = Tagger::new(Codebook::load("fixtures/codebook-climate")?)?;
    /// # let coded = tagger.tag(upr::read::path("fixtures/climate-list.csv")?);
    /// let network = Network::of(&coded);
    /// assert_eq!((network.edge_table().rows.len(), network.without_state_under_review()), (13, 0));
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn of<'r>(coded: impl Into<Selection<'r>>) -> Network {
        Network::connect(coded, None)
    }

    /// The network with an edge for each category of a dimension, such as [`Dimension::Issue`]. A
    /// recommendation with several categories is in several edges, so the weights add up to more than the
    /// pairs.
    ///
    /// # Example
    ///
    /// ```
    /// use upr::statistics::Network;
    /// use upr::{Codebook, Dimension, Tagger, read::Reader};
    ///
    /// let reader = Reader::new().state_under_review("United States").session("36");
    /// let tagger = Tagger::core();
    /// let coded = tagger.tag(reader.path("fixtures/usa-2020.csv")?);
    /// let network = Network::by(&coded, Dimension::Issue);
    /// let edges = network.edge_table();
    /// let pressed = edges.iter().filter(|edge| edge.text("issue") == Some("death-penalty"));
    /// assert_eq!(pressed.filter_map(|edge| edge.count("weight")).sum::<u64>(), 36);
    /// # Ok::<(), upr::Error>(())
    /// ```
    pub fn by<'r>(coded: impl Into<Selection<'r>>, dimension: Dimension) -> Network {
        Network::connect(coded, Some(dimension))
    }

    /// How many pairs are not an edge, because the list doesn't name their State under review.
    pub fn without_state_under_review(&self) -> u64 {
        self.without_state_under_review
    }

    fn connect<'r>(coded: impl Into<Selection<'r>>, by: Option<Dimension>) -> Network {
        let list = coded.into();
        let column = |dimension| Column::of(&list, dimension, false);
        let (source, target) = (column(Dimension::RecommendingState), column(Dimension::StateUnderReview));
        let category = by.map(column);
        let unnamed = target.position(NOT_GIVEN);
        let mut without_state_under_review = 0;
        let mut keys = Vec::new();
        for recommendation in 0..list.len() {
            for voice in source.pairs(recommendation) {
                for (from, to) in
                    source.at(voice).iter().flat_map(|from| target.at(voice).iter().map(move |to| (from, to)))
                {
                    if Some(*to) == unnamed {
                        without_state_under_review += 1;
                        continue;
                    }
                    match &category {
                        None => keys.push((*from, *to, 0)),
                        Some(category) => {
                            keys.extend(category.at(voice).iter().map(|category| (*from, *to, *category)))
                        }
                    }
                }
            }
        }
        let mut nodes: Vec<Node> = Vec::new();
        let mut edges = Vec::new();
        let (sources, targets) = (source.categories.iter().map(node), target.categories.iter().map(node));
        let (sources, targets): (Vec<Node>, Vec<Node>) = (sources.collect(), targets.collect());
        let (mut made, mut received) = (vec![0; sources.len()], vec![0; targets.len()]);
        for ((from, to, about), weight) in counted(keys) {
            made[from as usize] += weight;
            received[to as usize] += weight;
            edges.push(Edge {
                source: sources[from as usize].id.clone(),
                target: targets[to as usize].id.clone(),
                category: category.as_ref().map(|category| category.categories[about as usize].clone()),
                weight,
            });
        }
        // a stable sort leaves the categories in their order
        edges.sort_by(|one, two| (&one.source, &one.target).cmp(&(&two.source, &two.target)));
        let made = sources.into_iter().zip(made).map(|(node, made)| Node { made, ..node });
        let received = targets.into_iter().zip(received).map(|(node, received)| Node { received, ..node });
        let mut ends: Vec<Node> = made.chain(received).filter(|node| node.made + node.received > 0).collect();
        ends.sort_by(|one, two| one.id.cmp(&two.id));
        for end in ends {
            match nodes.last_mut().filter(|node| node.id == end.id) {
                Some(node) => {
                    node.made += end.made;
                    node.received += end.received;
                }
                None => nodes.push(end),
            }
        }
        Network { by, nodes, edges, without_state_under_review }
    }

    /// The edges, by `source` and `target`, as igraph, NetworkX and Gephi expect them: the ISO 3166 alpha-3 codes of the
    /// recommending State and of the State under review (or the name as given where a State is not known), the category
    /// in a network by a dimension, and the `weight`: how many recommendations the one made to the other.
    pub fn edge_table(&self) -> Table {
        let category = self.by.map(Dimension::as_str);
        let mut table = Table::new(["source", "target"].into_iter().chain(category).chain(["weight"]));
        table.rows.extend(self.edges.iter().map(|edge| {
            let mut line = vec![Cell::from(&edge.source), (&edge.target).into()];
            line.extend(edge.category.as_ref().map(Cell::from));
            line.push(edge.weight.into());
            line
        }));
        table
    }

    /// The States by their ids, with short name and UN regional group, and how many recommendations each `made` and
    /// `received`. Over several categories (see [`Network::by`]) each counts as often as it has categories.
    pub fn node_table(&self) -> Table {
        let mut table = Table::new(["id", "label", "regional_group", "made", "received"]);
        table.rows.extend(self.nodes.iter().map(|node| {
            vec![
                Cell::from(&node.id),
                (&node.name).into(),
                node.regional_group.into(),
                node.made.into(),
                node.received.into(),
            ]
        }));
        table
    }

    /// The network as GraphML, the XML form that igraph, NetworkX and Gephi open. Edges have a `weight` and, in a
    /// network by a dimension, its category; nodes a `label`, their `regional_group`, and what they `made` and
    /// `received`.
    ///
    /// Source: Brandes, Eiglsperger, Herman, Himsolt and Marshall, "GraphML Progress Report", Graph Drawing 2001.
    pub fn to_graphml(&self) -> String {
        graphml::write(self)
    }
}

/// The node of a category: known States are in a tally by their short names.
fn node(category: &Arc<str>) -> Node {
    let state = State::resolve(category).filter(|state| state.name == &**category);
    Node {
        id: state.map_or_else(|| category.clone(), |state| Arc::from(state.iso3)),
        name: category.clone(),
        regional_group: state.map_or("", |state| state.regional_group.as_str()),
        made: 0,
        received: 0,
    }
}
