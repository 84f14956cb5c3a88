//! Reads the page of `summary --report` back, as strictly as XML is read, for `report_page` to look at.

use quick_xml::events::Event;
use std::collections::BTreeMap;

/// An element of a page that was read back.
#[derive(Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// All text in it.
    pub(crate) text: String,
    /// The element around it.
    pub(crate) parent: Option<usize>,
}

pub(crate) struct Page(pub(crate) Vec<Element>);

impl Page {
    /// Reads a page as XML, where every element must be closed and every sign of markup escaped. Only the style and
    /// the script, the same on every page, are cut out before; the data of the script are an element without markup.
    #[track_caller]
    pub(crate) fn read(page: &str) -> Page {
        let mut page = page.to_string();
        for name in ["style", "script"] {
            let (open, close) = (format!("<{name}>"), format!("</{name}>"));
            assert_eq!(page.matches(&open).count(), 1, "one {name}");
            let from = page.find(&open).expect("open") + open.len();
            let to = from + page[from..].find(&close).expect("closed");
            page.replace_range(from..to, "");
        }
        let scripts = page.matches("</script").count();
        assert!(scripts <= 2 && page.matches("<script").count() == scripts, "the script and its data");
        let mut reader = quick_xml::Reader::from_str(&page);
        reader.config_mut().expand_empty_elements = true;
        let (mut elements, mut open): (Vec<Element>, Vec<usize>) = Default::default();
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("not well-formed: {error}"));
            let said = match event {
                Event::Start(start) => {
                    let attributes = start.attributes().map(|attribute| {
                        let attribute = attribute.expect("an attribute in quotes, once");
                        let (key, value) = (attribute.key.into_inner(), attribute.value);
                        assert!(!value.contains(['<', '>', '\'']), "{key}={value}");
                        (key.to_string(), value.to_string())
                    });
                    let (name, attributes) = (start.name().into_inner().to_string(), attributes.collect());
                    elements.push(Element {
                        name,
                        attributes,
                        parent: open.last().copied(),
                        ..Element::default()
                    });
                    open.push(elements.len() - 1);
                    continue;
                }
                Event::End(_) => {
                    open.pop().expect("an element that was open");
                    continue;
                }
                Event::Text(said) => said.into_inner().to_string(),
                Event::GeneralRef(reference) => match &*reference.into_inner() {
                    "amp" => "&".to_string(),
                    "lt" => "<".to_string(),
                    "gt" => ">".to_string(),
                    "quot" => "\"".to_string(),
                    "#39" => "'".to_string(),
                    other => panic!("the entity {other}"),
                },
                Event::DocType(_) => continue,
                // the end of the file alone, after the last element
                Event::Comment(said) if open.is_empty() => {
                    let said = said.into_inner();
                    assert!(said.starts_with(" written by upr ") && page.ends_with("-->\n"), "{said}");
                    continue;
                }
                Event::Eof => break,
                other => panic!("found {other:?}"),
            };
            for at in &open {
                elements[*at].text.push_str(&said);
            }
        }
        assert!(open.is_empty(), "elements left open");
        Page(elements)
    }

    pub(crate) fn named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Element> {
        self.0.iter().filter(move |element| element.name == name)
    }

    #[track_caller]
    pub(crate) fn by_id(&self, id: &str) -> &Element {
        self.0.iter().find(|element| element.attributes.get("id").is_some_and(|known| known == id)).expect(id)
    }

    pub(crate) fn number(&self, id: &str) -> u64 {
        self.by_id(id).text.replace(',', "").parse().expect("a number")
    }

    /// The rows of the table in the figure of this id, each as its cells.
    pub(crate) fn table(&self, figure: &str) -> Vec<Vec<String>> {
        let inside = |element: &Element, wanted: &dyn Fn(&Element) -> bool| {
            let mut around = element.parent;
            while let Some(at) = around {
                if wanted(&self.0[at]) {
                    return Some(at);
                }
                around = self.0[at].parent;
            }
            None
        };
        let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for cell in self.0.iter().filter(|element| matches!(&*element.name, "td" | "th")) {
            let here = inside(cell, &|around| around.attributes.get("id").is_some_and(|id| id == figure));
            let body = inside(cell, &|around| around.name == "tbody");
            if let (Some(row), Some(_), Some(_)) = (inside(cell, &|around| around.name == "tr"), here, body) {
                rows.entry(row).or_default().push(cell.text.clone());
            }
        }
        rows.into_values().collect()
    }
}
