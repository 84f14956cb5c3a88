//! The content of a cell: several States, several labels, HTML entities.
//!
//! States are separated by `,` `;` `/` `|` `+` `&`, a line end, brackets, or a word for "and" (`and`, `et`, `y`, `и` ...), and
//! by a hyphen or dash where all that it separates are States.

use super::cache::NameCache;
use crate::state::{State, StateName};
use crate::text::pattern::patterns;
use std::borrow::Cow;
use std::collections::HashSet;

/// Splits a cell that names States: `Spain`, `A; B`, `A, B and C`, `(A) (B)`, one a line with a dash.
///
/// The table of States decides where a name ends, since names hold commas, brackets and "and" themselves
/// (`Venezuela, Bolivarian Republic of`, `Iran (Islamic Republic of)`, `Trinidad and Tobago`): the longest run
/// of pieces that is a State's name is one name. What is left between names is kept as written.
pub(super) fn states(cell: &str, cache: &mut NameCache) -> Vec<StateName> {
    if let Some(known) = cache.get(cell) {
        return vec![known];
    }
    if State::resolve(cell).is_some() {
        return vec![cache.read(cell, StateName::new)];
    }
    let pieces = pieces(cell);
    let text = |from: usize, to: usize| {
        let (start, end) = (pieces[from].start, pieces[to].end);
        // the bracket that closes "Iran (Islamic Republic of)" belongs to the name
        let open = cell[start..end].matches('(').count() > cell[start..end].matches(')').count();
        let end = if open && cell[end..].starts_with(')') { end + 1 } else { end };
        cell[start..end].trim()
    };
    let name = |(from, to)| StateName::new(text(from, to));
    let mut names: Vec<StateName> = Vec::new();
    let mut unknown: Option<(usize, usize)> = None;
    let mut at = 0;
    while at < pieces.len() {
        let last = pieces.len().min(at + MAX_PIECES);
        let longest = (at..last).rev().find(|&to| State::resolve(text(at, to)).is_some());
        if longest.is_none_or(|to| to == at) && is_qualified(cell, &pieces[at..]) {
            names.extend(unknown.take().map(name));
            names.push(name((at, at + 1)));
            at += 2;
            continue;
        }
        let known = match longest {
            Some(to) => Some((to, vec![name((at, to))])),
            None => hyphenated(text(at, at)).map(|names| (at, names)),
        };
        match (known, unknown) {
            (Some((to, known)), _) => {
                names.extend(unknown.take().map(name));
                names.extend(known);
                at = to;
            }
            // "Land of Foo and Bar" is one unknown name; "Foo; Bar" are two
            (None, Some((from, _))) if pieces[at].joined => unknown = Some((from, at)),
            (None, _) => names.extend(unknown.replace((at, at)).map(name)),
        }
        at += 1;
    }
    names.extend(unknown.map(name));
    if let [only] = names.as_slice()
        && only.state.is_none()
    {
        // nothing was told apart, so the name stays as it stood, brackets included
        return vec![StateName::new(cell.trim().trim_start_matches("- "))];
    }
    // a cell may hold thousands of names
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.name().to_string()));
    names
}

/// Whether a bracket makes another name of the first piece: `Ireland (Northern)` is not Ireland, and `Virgin Islands (US)` are not
/// the United States.
fn is_qualified(cell: &str, pieces: &[Piece]) -> bool {
    const QUALIFIERS: [&str; 17] = [
        "north", "northern", "south", "southern", "east", "eastern", "west", "western", "new", "british",
        "american", "french", "dutch", "us", "u.s", "usa", "uk",
    ];
    let [piece, inside, ..] = pieces else { return false };
    let qualifier = cell[inside.start..inside.end].to_lowercase();
    let after = cell[inside.end..].trim_start_matches('.');
    cell[piece.end..inside.start].trim() == "("
        && (after.starts_with(')') || after.is_empty())
        && QUALIFIERS.contains(&qualifier.as_str())
}

/// Whether a name is one with such a bracket, and no State's.
pub(super) fn is_another_name(name: &str) -> bool {
    State::resolve(name).is_none() && is_qualified(name, &pieces(name))
}

/// The most pieces that a State's name may fall into. No name or form in the tables has more than three
/// (`Bosnia and Herzegovina, Republic of`).
const MAX_PIECES: usize = 5;

/// A stretch between separators, and whether only "and" or a bracket parts it from the one before.
struct Piece {
    start: usize,
    end: usize,
    joined: bool,
}

fn pieces(cell: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut joined = false;
    let mut start = 0;
    // whether there is anything in the piece
    let mut push = |start: usize, end: usize, joined: bool| {
        let piece = &cell[start..end];
        let text = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '•' | '*' | '.'));
        let start = start + piece.find(text).unwrap_or(0);
        let holds = text.chars().any(char::is_alphanumeric);
        pieces.extend(holds.then(|| Piece { start, end: start + text.len(), joined }));
        holds
    };
    for mark in SEPARATOR.find_iter(cell) {
        let (before, after) = (&cell[..mark.start()], &cell[mark.end()..]);
        // between words without blanks there is one all the same
        let word = mark.as_str().starts_with(char::is_alphabetic) && mark.as_str() != "和";
        if word && !(before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace)) {
            continue;
        }
        let joins =
            !matches!(mark.as_str(), "," | ";" | "/" | "|" | "\n" | "\r" | "،" | "؛" | "、" | "，" | "；");
        joined = (push(start, mark.start(), joined) || joined) && joins;
        start = mark.end();
    }
    push(start, cell.len(), joined);
    pieces
}

patterns! {
    /// A mark, or what "and" is in the languages of lists that were met.
    SEPARATOR = r"[,;/|\n\r()\[\]&+،؛、，；（）]|(?i-u:and|und|et|y|e)|и|和|\x20و";
}

/// `Austria-Germany` as its States. A hyphen belongs to many names (`Timor-Leste`), so it parts names only where every part
/// is a State's.
fn hyphenated(text: &str) -> Option<Vec<StateName>> {
    const HYPHENS: [char; 4] = ['-', '\u{2010}', '–', '—'];
    let mut ends: Vec<(usize, usize)> =
        text.match_indices(HYPHENS).map(|(at, dash)| (at, at + dash.len())).collect();
    if ends.is_empty() || ends.len() > MAX_PIECES {
        return None;
    }
    ends.push((text.len(), text.len()));
    let mut names = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let rest = ends.iter().filter(|(end, _)| *end > from).rev();
        let (name, next) = rest
            .map(|&(end, next)| (text[from..end].trim(), next))
            .find(|(name, _)| State::resolve(name).is_some())?;
        names.push(StateName::new(name));
        from = next;
    }
    Some(names)
}

/// Whether a cell, trimmed, says that there is nothing: a dash, or what Excel, pandas, R, SQL and Python write for it.
pub(super) fn is_nothing(cell: &str) -> bool {
    const NOTHING: [&str; 18] = [
        "", "-", "–", "—", "n/a", "N/A", "nan", "NaN", "NAN", "NA", "<NA>", "NaT", "None", "NULL", "null",
        "#N/A", "#N/A N/A", "#NA",
    ];
    cell.len() <= 8 && NOTHING.contains(&cell)
}

fn has_lines(cell: &str) -> bool {
    cell.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) || cell.starts_with("- ")
}

fn item(part: &str) -> Option<&str> {
    let item = part.trim().trim_start_matches("- ").trim();
    (!item.is_empty() && item != "-").then_some(item)
}

/// The items of a cell: one a line with a dash (UHRI), else separated by `separators`. A dash says that it is a list
/// even of one: some of OHCHR's themes hold semicolons (`Children: definition; general principles; protection`).
pub(super) fn items(cell: &str, separators: &[char]) -> Vec<String> {
    let lines = has_lines(cell);
    let parts = |c: char| if lines { matches!(c, '\n' | '\r') } else { separators.contains(&c) };
    cell.split(parts).filter_map(item).map(str::to_string).collect()
}

/// The value of a cell that holds one, or the items of a list on lines, joined.
pub(super) fn value(cell: &str) -> Option<String> {
    if has_lines(cell) {
        let items = items(cell, &[]).join("; ");
        return (!items.is_empty()).then_some(items);
    }
    item(cell).map(str::to_string)
}

/// Decodes the HTML entities that exports leave in cells: numeric ones, and the few named ones in use.
pub(super) fn without_entities<'c>(cell: impl Into<Cow<'c, str>>) -> Cow<'c, str> {
    let cell = cell.into();
    if !cell.contains('&') {
        return cell;
    }
    let mut parts = cell.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_string();
    for part in parts {
        match entity(part) {
            Some((c, rest)) => {
                decoded.push(c);
                decoded.push_str(rest);
            }
            None => decoded.extend(["&", part]),
        }
    }
    Cow::Owned(decoded)
}

/// The character of an entity, from behind its ampersand, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    /// `#1114111` is the longest that can be right.
    const MAX_NAME_BYTES: usize = 8;
    let (name, rest) = text.split_once(';').filter(|(name, _)| name.len() <= MAX_NAME_BYTES)?;
    let c = match name {
        "nbsp" => '\u{a0}',
        "rsquo" => '’',
        "lsquo" => '‘',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        _ => character(name).filter(|c| !c.is_control() || *c == '\t' || *c == '\n')?,
    };
    Some((c, rest))
}

/// The character of a reference that all XML has, such as `amp` or `#x2019`; never a longer text.
pub(super) fn character(reference: &str) -> Option<char> {
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_states() {
        for (cell, expected) in [
            ("Spain", "Spain"),
            ("Spain; Iran (Islamic Republic of); Peru", "Spain|Iran|Peru"),
            ("Spain, Venezuela, Bolivarian Republic of, Peru", "Spain|Venezuela|Peru"),
            ("Spain and Trinidad and Tobago", "Spain|Trinidad and Tobago"),
            (
                "Bosnia and Herzegovina and Saint Vincent and the Grenadines",
                "Bosnia and Herzegovina|Saint Vincent and the Grenadines",
            ),
            ("(Spain) (Peru)", "Spain|Peru"),
            ("- Spain\n- United Kingdom of Great Britain and Northern Ireland", "Spain|United Kingdom"),
            ("Spain/Peru & Chile", "Spain|Peru|Chile"),
            ("Czech Republic + Ivory Coast", "Czechia|Côte d'Ivoire"),
            ("France et Germany, Chile y Peru und Austria", "France|Germany|Chile|Peru|Austria"),
            ("Trinidad et Tobago ET Spain", "Trinidad and Tobago|Spain"),
            ("Atlantis; Lemuria and Mu; Spain", "Atlantis|Lemuria and Mu|Spain"),
            ("Atlantis and Spain", "Atlantis|Spain"),
            ("(Unknown)", "(Unknown)"),
            ("Spain; Spain; Kingdom of Spain", "Spain"),
            ("", ""),
            (" ; - ", ""),
            // hyphens part what are States on both sides
            ("Austria-Germany", "Austria|Germany"),
            ("Austria – Germany, Spain", "Austria|Germany|Spain"),
            ("Guinea-Bissau", "Guinea-Bissau"),
            ("Guinea-Bissau-Timor-Leste", "Guinea-Bissau|Timor-Leste"),
            ("Bosnia-Herzegovina - Peru", "Bosnia and Herzegovina|Peru"),
            ("Trinidad-Tobago; Austria-Hungary", "Trinidad and Tobago|Austria|Hungary"),
            // in other languages
            ("Espagne, Pays-Bas et Trinité-et-Tobago", "Spain|Netherlands|Trinidad and Tobago"),
            ("Bosnia y Herzegovina e Irán (República Islámica del)", "Bosnia and Herzegovina|Iran"),
            ("Pérou; de la République démocratique du Congo", "Peru|Democratic Republic of the Congo"),
            ("إسبانيا، بيرو", "Spain|Peru"),
            ("باكستان والبوسنة والهرسك", "Pakistan|Bosnia and Herzegovina"),
            ("Испания и Перу", "Spain|Peru"),
            ("西班牙、秘鲁和波斯尼亚和黑塞哥维那", "Spain|Peru|Bosnia and Herzegovina"),
            ("Austria-Atlantis", "Austria-Atlantis"),
            ("Austria-", "Austria"),
            ("Spain, Kurdish-Iraq and Peru", "Spain|Kurdish-Iraq|Peru"),
            // the last word first
            ("Sudan (South)", "South Sudan"),
            ("Peru, Sudan (South), Guinea (Equatorial)", "Peru|South Sudan|Equatorial Guinea"),
            ("Guinea (Papua New); Guinea, Equatorial", "Papua New Guinea|Equatorial Guinea"),
            ("Congo (RDC), Congo (Brazzaville)", "Democratic Republic of the Congo|Congo"),
            ("Korea (South), Korea (North)", "Republic of Korea|DPR Korea"),
            ("Micronesia (Federated States of), Guinea (Conakry)", "Micronesia|Guinea"),
            // not the State in the name
            ("Peru, Georgia (South), Chile", "Peru|Georgia (South)|Chile"),
            ("Virgin Islands (US); Virgin Islands (British)", "Virgin Islands (US)|Virgin Islands (British)"),
        ] {
            let names = states(cell, &mut NameCache::default());
            let names: Vec<&str> = names.iter().map(|name| name.name()).collect();
            assert_eq!(names.join("|"), expected, "{cell:?}");
        }
    }

    #[test]
    fn names_are_kept_as_they_stood() {
        let names = states("Iran (Islamic Republic of), Bosnia and Herzegovina", &mut NameCache::default());
        assert_eq!(&*names[0].given, "Iran (Islamic Republic of)");
        assert_eq!(&*names[1].given, "Bosnia and Herzegovina");
    }

    #[test]
    fn entities_are_decoded_once() {
        assert_eq!(
            without_entities("&#40;Unknown&#41; &amp;lt; &x; R&D &#x2019; &#0;"),
            "(Unknown) &lt; &x; R&D ’ &#0;"
        );
        assert_eq!(
            without_entities(
                "&quot;&apos;&lt;&gt;&nbsp;&rsquo;&lsquo;&ldquo;&rdquo;&ndash;&mdash;&#9;&#10;&#13;&#1114111;"
            ),
            "\"'<>\u{a0}’‘“”–—\t\n&#13;\u{10ffff}"
        );
    }

    #[test]
    fn items_of_both_kinds() {
        assert_eq!(items("- a, b\n- c", &[',']), ["a, b", "c"]);
        assert_eq!(items("- a; b", &[';']), ["a; b"]);
        assert_eq!(items("a, b,,c", &[',']), ["a", "b", "c"]);
    }
}
