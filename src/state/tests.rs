//! Is the table of States whole, and is each name read as the State that it means?

use super::*;
use crate::random::for_each;
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

/// A word that [`State::may_begin_with`] excludes begins no name, however the name goes on.
#[test]
fn words_that_begin_no_name() {
    for word in ["Ratify", "Convention", "Strengthen", "Womens", "Rights"] {
        assert!(!State::may_begin_with(word), "{word}");
    }
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    let allowed =
        |name: &str| State::may_begin_with(name.split(' ').find(|word| !word.is_empty()).unwrap_or(""));
    let names = bundled_rows(include_str!("names.csv")).map(|[_, name, _]| name);
    let translated = bundled_rows(include_str!("translated.csv")).map(|[_, _, name, _]| name);
    let states = State::all().iter().flat_map(|state| [state.name, state.official_name]);
    for name in names.chain(translated).chain(states).filter(|name| is_plain(name)) {
        let broken = format!("{} {}", &name[..1], &name[1..]);
        for form in
            [name.to_string(), format!("the {name}"), format!("DE LA {name}"), format!("du {name}"), broken]
        {
            assert!(State::resolve(&form).is_none() || allowed(&form), "{form}");
        }
    }
    for_each(4096, |random| {
        let pieces = "the| |de |la |Ma|li|South |Su|dan|Ko|rea|Republic |of |Ir|an|Ni|ger|ia|San |Marino|United |States|Rat|x";
        let name = random.pieces(6, pieces).concat();
        assert!(State::resolve(&name).is_none() || allowed(&name), "{name}");
    });
}
