//! Is the table of States whole, and is each name read as the State that it means?

use super::*;
use std::collections::BTreeMap;

#[test]
fn the_table_is_whole() {
    let states = State::all();
    assert_eq!(states.len(), 195);
    assert_eq!(include_str!("states.csv").lines().count(), 196, "every line is a State");
    assert!(states.iter().all(|s| s.iso3.len() == 3 && s.m49.len() == 3 && !s.official_name.is_empty()));
}

#[test]
fn no_form_leads_to_two_states() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let names = bundled_rows(include_str!("names.csv")).map(|[iso3, form, _]| (iso3, form));
    let states = State::all().iter().flat_map(|s| [(s.iso3, s.name), (s.iso3, s.official_name)]);
    for (iso3, form) in names.chain(states) {
        assert!(State::by_iso3(iso3).is_some(), "{iso3} of {form}");
        let first = *seen.entry(key::state(form)).or_insert(iso3);
        assert_eq!(first, iso3, "{form}");
    }
}

#[test]
fn similar_names_are_kept_apart() {
    for (name, iso3) in [
        ("Guinea", "GIN"),
        ("Equatorial Guinea", "GNQ"),
        ("Guinea-Bissau", "GNB"),
        ("Papua New Guinea", "PNG"),
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Republic of Korea", "KOR"),
        ("Democratic People‟s Republic of Korea", "PRK"),
        ("2 Mexico3", "MEX"),
        ("The  former Yugoslav Republic of Macedonia", "MKD"),
        ("Iran(Islamic Republic of )", "IRN"),
        ("Co\u{302}te d´Ivoire", "CIV"),
        ("TÜRKİYE", "TUR"),
        ("Bosnia & Herzegovina", "BIH"),
        ("Lao People.s Democratic Republic", "LAO"),
        ("Sierra Le one", "SLE"),
        ("Ni ger", "NER"),
        ("Ni geria", "NGA"),
        ("Bolivia (Plurinational S tate of)", "BOL"),
        ("Democratic People?s Republic of Korea", "PRK"),
        ("Cote d\u{FFFD}Ivoire", "CIV"),
    ] {
        assert_eq!(State::resolve(name).map(|state| state.iso3), Some(iso3), "{name}");
    }
    let none = ".s|?|Ch.ile|Chile.s||the|Korea|Europe|European Union|Guine|ICRMW|2005";
    for name in none.split('|') {
        assert_eq!(State::resolve(name), None, "{name:?}");
    }
}
