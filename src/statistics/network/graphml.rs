//! Writes a network as GraphML: few tags, so no XML writer is needed but for what must be escaped.

use super::Network;
use crate::dimension::Dimension;
use crate::text::xml::escaped;

pub(super) fn write(network: &Network) -> String {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    ));
    let category = network.by.map(Dimension::as_str);
    let keys = [
        ("node", "label", "string"),
        ("node", "regional_group", "string"),
        ("node", "made", "long"),
        ("node", "received", "long"),
        ("edge", "weight", "double"), // Gephi takes no other type for a weight
    ];
    for (of, name, kind) in keys.into_iter().chain(category.map(|name| ("edge", name, "string"))) {
        xml += &format!("  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n");
    }
    xml += "  <graph id=\"upr\" edgedefault=\"directed\">\n";
    for node in &network.nodes {
        xml += &format!("    <node id=\"{}\">\n", escaped(&node.id));
        let (made, received) = (node.made.to_string(), node.received.to_string());
        for (key, value) in [
            ("label", &*node.name),
            ("regional_group", node.regional_group),
            ("made", &made),
            ("received", &received),
        ] {
            xml += &format!("      <data key=\"{key}\">{}</data>\n", escaped(value));
        }
        xml += "    </node>\n";
    }
    for edge in &network.edges {
        xml +=
            &format!("    <edge source=\"{}\" target=\"{}\">", escaped(&edge.source), escaped(&edge.target));
        xml += &format!("<data key=\"weight\">{}</data>", edge.weight);
        if let (Some(key), Some(value)) = (category, &edge.category) {
            xml += &format!("<data key=\"{key}\">{}</data>", escaped(value));
        }
        xml += "</edge>\n";
    }
    xml + "  </graph>\n</graphml>\n"
}
