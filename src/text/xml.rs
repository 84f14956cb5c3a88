//! Texts in XML that is written as text.

/// A text made fit for XML 1.0. Characters that no XML may hold become U+FFFD; a line break or tab in an attribute
/// would be read as a blank, so it is written as a reference.
pub(crate) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => xml += "&amp;",
            '<' => xml += "&lt;",
            '>' => xml += "&gt;",
            '"' => xml += "&quot;",
            '\t' | '\n' | '\r' => xml += &format!("&#{};", c as u32),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push(char::REPLACEMENT_CHARACTER),
            c => xml.push(c),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_cannot_hold_is_escaped() {
        assert_eq!(escaped("Trinidad & Tobago <\"a\">"), "Trinidad &amp; Tobago &lt;&quot;a&quot;&gt;");
        assert_eq!(escaped("a\u{0}b\u{b}c\u{ffff}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(escaped("Côte d’Ivoire\r\n\t"), "Côte d’Ivoire&#13;&#10;&#9;");
    }
}
