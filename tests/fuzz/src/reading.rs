//! Targets for the forms of files: any bytes, tables, JSON, reports, addenda, PDF, and several files of one review.
//!
//! What must hold: a file is read or refused with one sentence that names it; of a list that was read every row is
//! accounted for, and every recommendation has an id of its own.

use std::collections::HashSet;
use upr::read::{Column, Encoding, Reader, RecommendationList};

/// The name that stands for each input in messages.
const NAME: &str = "input";

/// A list that keeps its promises, or nothing where the file was refused.
pub fn checked(read: upr::Result<RecommendationList>) -> Option<RecommendationList> {
    match read {
        Ok(list) => {
            promises(&list);
            Some(list)
        }
        Err(error) => {
            let message = error.to_string();
            assert!(message.starts_with(NAME) && message.contains(": found "), "{message}");
            assert!(message.contains(", expected "), "{message}");
            assert!(message.len() < 20_000, "a message of {} bytes", message.len());
            None
        }
    }
}

fn promises(list: &RecommendationList) {
    assert!(list.account().balances(), "{:?}", list.account());
    let mut ids = HashSet::new();
    for recommendation in &list.recommendations {
        assert!(ids.insert(&recommendation.id), "{} twice", recommendation.id);
        assert!(!recommendation.text.trim().is_empty(), "{} without text", recommendation.id);
        assert!(!recommendation.sources.is_empty(), "{} from nowhere", recommendation.id);
    }
    let _ = list.unresolved().len();
}

/// Any file at all, whatever its form.
pub fn file(bytes: &[u8]) {
    checked(Reader::new().bytes(NAME, bytes));
}

/// A table as text; the first byte chooses how it is read.
pub fn table(bytes: &[u8]) {
    checked(read_by_choice(bytes));
}

/// How the first byte of an input says that the rest is to be read.
fn read_by_choice(bytes: &[u8]) -> upr::Result<RecommendationList> {
    let (choice, rest) = bytes.split_first().map_or((0, bytes), |(choice, rest)| (*choice, rest));
    let encoding = match choice & 7 {
        1 => Some(Encoding::Utf8),
        2 => Some(Encoding::Utf16Le),
        3 => Some(Encoding::Utf16Be),
        4 => Some(Encoding::Windows1252),
        5 => Some(Encoding::MacRoman),
        _ => None,
    };
    let mut reader = Reader::new();
    if let Some(encoding) = encoding {
        reader = reader.encoding(encoding);
    }
    if choice & 8 != 0 {
        reader = reader.rows_apart();
    }
    if choice & 16 != 0 {
        reader = reader.state_under_review("Kenya").session("35").document("A/HRC/44/9");
    }
    if choice & 32 != 0 {
        reader = reader.column(Column::Text, "Wortlaut");
    }
    if choice & 64 == 0 {
        return reader.bytes(NAME, rest);
    }
    let header = "text,from,to,position,session,number,document,issue\n";
    let header: Vec<u8> = match encoding {
        Some(Encoding::Utf16Le) => header.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Some(Encoding::Utf16Be) => header.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => header.as_bytes().to_vec(),
    };
    reader.bytes(NAME, &[&header, rest].concat())
}

/// The recommendations of a table, for targets that go on with a list.
pub fn list(bytes: &[u8]) -> Option<RecommendationList> {
    read_by_choice(bytes).ok()
}

/// JSON: what begins with neither bracket is put into an array of records.
pub fn json(bytes: &[u8]) {
    let whole = bytes.trim_ascii_start().starts_with(b"[") || bytes.trim_ascii_start().starts_with(b"{");
    let bytes = if whole { bytes.to_vec() } else { [b"[{\"text\":", bytes, b"}]"].concat() };
    checked(Reader::new().bytes(NAME, &bytes));
}

const FRONT: &str = "United Nations A/HRC/14/97\nHuman Rights Council\nAgenda item 6\nUniversal Periodic Review\n\n\
    Report of the Working Group on the Universal Periodic Review\n\nAndorra\n\n";

/// A report of the Working Group; where the text doesn't say that it is one, a front page and a heading do.
pub fn report(bytes: &[u8]) {
    let has_front = contains(bytes, b"Working Group");
    let body = "II. Conclusions and/or recommendations\n";
    let front = if has_front { String::new() } else { format!("{FRONT}{body}") };
    checked(Reader::new().bytes(NAME, &[front.as_bytes(), bytes].concat()));
}

/// An addendum with the replies of a State; where the text doesn't say that it is one, a front page does.
pub fn addendum(bytes: &[u8]) {
    let has_front = contains(bytes, b"ddendum");
    let title = "Addendum\n\nViews on conclusions and/or recommendations, voluntary commitments and replies presented \
        by the State under review\n\n";
    let front =
        if has_front { String::new() } else { format!("{}{title}", FRONT.replace("/97", "/97/Add.1")) };
    checked(Reader::new().bytes(NAME, &[front.as_bytes(), bytes].concat()));
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// Several files of one review, joined in both orders.
pub fn joined(bytes: &[u8]) {
    let reader = Reader::new().state_under_review("Andorra").session("9");
    let lists: Vec<RecommendationList> = super::parts(bytes)
        .take(4)
        .enumerate()
        .filter_map(|(at, part)| reader.bytes(&format!("{NAME} {at}"), part).ok())
        .collect();
    let joined = RecommendationList::join(lists.iter().cloned());
    promises(&joined);
    let turned = RecommendationList::join(lists.iter().rev().cloned());
    promises(&turned);
    let counts = |list: &RecommendationList| {
        (list.account().recommendations, list.account().merged, list.account().repeated)
    };
    assert_eq!(counts(&joined), counts(&turned), "the order of files changes how many there are");
}

/// A PDF; without the feature `pdf` every one is refused.
pub fn pdf(bytes: &[u8]) {
    if let Ok(text) = upr::read::pdf_text(NAME, bytes) {
        assert!(!text.trim().is_empty());
    }
    checked(Reader::new().bytes(NAME, bytes));
}

/// A beginning, a piece again and again, and an end: so that work that grows with the square of a file is seen by its
/// time. In the piece, U+001D stands for a number that counts up.
pub fn repeated(bytes: &[u8]) {
    /// Under the sanitizer the square of it takes more than ten seconds; what is linear takes half of one.
    const LENGTH: usize = 100_000;
    let mut parts = super::parts(bytes);
    let [begin, piece, end] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let mut file = begin.to_vec();
    let mut number = 0;
    while file.len() < LENGTH && !piece.is_empty() {
        number += 1;
        for byte in piece {
            match byte {
                0x1D => file.extend(number.to_string().bytes()),
                _ => file.push(*byte),
            }
        }
    }
    file.extend(end);
    checked(Reader::new().bytes(NAME, &file));
}
