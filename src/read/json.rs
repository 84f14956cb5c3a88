//! Lists as JSON, such as UHRI's export: an array of records, an object that holds one, or a record a line.
//!
//! The keys of a record are headers, as in a table; keys that nobody knows are passed over. A value is a text or a
//! list of texts. Records are counted from 1; a reject's raw row is the record as JSON.

use super::columns::{is_header, known};
use super::reader::Reader;
use super::table;
use super::table::{MAX_ROWS, too_many_rows};
use crate::error::{Error, Fault, Place, Result, listed};
use crate::files::decode::Decoded;
use crate::files::delimited::Row;
use crate::list::{FileRead, Form, RecommendationList};
use csv::StringRecord;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// UHRI's records have 12 keys. A file in which each record had keys of its own would need a column for each.
const MAX_KEYS: usize = 1024;

/// The longest record, as the longest line of a table: read as values, a record takes thirty times its bytes.
const MAX_RECORD_BYTES: usize = 1 << 20;

/// How much is shown of a record that is too long: enough to find it.
const KEPT_OF_A_LONG_RECORD: usize = 1000;

/// An element of the array: its cells by their keys, or what is wrong with it, and as it is written.
struct Record {
    cells: Result<Vec<(String, String)>, Fault>,
    raw: String,
}

impl Record {
    /// Reads one element. The document was looked through before, so what is wrong now is wrong with this one alone.
    fn of(element: &RawValue) -> Record {
        let raw = element.get();
        if raw.len() > MAX_RECORD_BYTES {
            let found = format!("a record of {} bytes, of which the beginning is kept", raw.len());
            let fault = Fault::new(found, format!("at most {MAX_RECORD_BYTES}"));
            return Record { cells: Err(fault), raw: raw.chars().take(KEPT_OF_A_LONG_RECORD).collect() };
        }
        let Ok(value) = serde_json::from_str::<Value>(raw) else {
            let found = "a record nested too deep, or with a character or number that is none";
            return Record { cells: Err(Fault::new(found, "a text under each key")), raw: raw.to_string() };
        };
        let raw = value.to_string();
        let cells = match value {
            Value::Object(keys) => Ok(keys.into_iter().map(|(key, value)| (key, cell(value))).collect()),
            _ => Err(Fault::new("a value", "a record with a text")),
        };
        Record { cells, raw }
    }
}

/// What a visitor says, to be distinguished from a fault of the JSON.
const TOO_MANY: &str = "more rows than are read";

/// A list as UHRI writes it into a cell: one item a line, each with a dash.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) => {
            let items = items.into_iter().map(cell).filter(|item| !item.trim().is_empty());
            items.map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}

/// What a document, or the value of one of its keys, holds: a list of records, or nothing of the kind.
#[derive(Default)]
struct Holds<'j> {
    records: Option<Vec<&'j RawValue>>,
    within: Vec<(String, Vec<&'j RawValue>)>,
}

impl<'de> Deserialize<'de> for Holds<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Holds<'de>, D::Error> {
        deserializer.deserialize_any(HoldsVisitor)
    }
}

struct HoldsVisitor;

macro_rules! holds_nothing {
    ($($visit:ident: $value:ty),+) => {$(
        fn $visit<E>(self, _: $value) -> Result<Holds<'de>, E> {
            Ok(Holds::default())
        }
    )+};
}

impl<'de> Visitor<'de> for HoldsVisitor {
    type Value = Holds<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of records")
    }

    // records become texts one by one, since a document as a tree of values takes many times its bytes
    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Holds<'de>, A::Error> {
        let mut records = Vec::new();
        while let Some(element) = elements.next_element::<&RawValue>()? {
            if records.len() as u64 >= MAX_ROWS {
                return Err(A::Error::custom(TOO_MANY));
            }
            records.push(element);
        }
        Ok(Holds { records: Some(records), within: Vec::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Holds<'de>, A::Error> {
        let (mut holds, mut records) = (Holds::default(), 0);
        while let Some(key) = entries.next_key::<String>()? {
            let within = entries.next_value::<Holds>()?.records.map(|records| (key, records));
            records += within.as_ref().map_or(0, |(_, records)| records.len()) as u64;
            if records > MAX_ROWS {
                return Err(A::Error::custom(TOO_MANY));
            }
            holds.within.extend(within);
        }
        Ok(holds)
    }

    holds_nothing! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str }

    fn visit_unit<E>(self) -> Result<Holds<'de>, E> {
        Ok(Holds::default())
    }
}

pub(super) fn read(reader: &Reader, name: &str, decoded: &Decoded) -> Result<RecommendationList> {
    let place = Place::file(name);
    let whole = serde_json::from_str(&decoded.text).or_else(|error| a_line_each(&decoded.text).ok_or(error));
    let holds: Holds = whole.map_err(|error| {
        if error.to_string().starts_with(TOO_MANY) {
            return too_many_rows(name);
        }
        let found = format!("JSON that breaks off or is wrong in column {}", error.column());
        Error::unexpected(place.line(error.line() as u64), found, "an array of records")
    })?;
    let candidates = holds.records.map(|records| (String::new(), records)).into_iter().chain(holds.within);
    let candidates: Vec<_> = candidates.map(|(key, records)| (key, headers(&records), records)).collect();
    // an object may hold other arrays beside the list, of countries say
    let lists = candidates.iter().filter(|(_, headers, _)| is_header(reader, headers)).map(|(key, ..)| key);
    let lists: Vec<&String> = lists.collect();
    if lists.len() > 1 {
        let found = format!("{} lists, under the keys {}", lists.len(), listed(lists));
        let expected = "one list: save each as a file of its own, or all as one with a key for what differs";
        return Err(Error::unexpected(place, found, expected));
    }
    let best = candidates
        .into_iter()
        .map(|(_, headers, records)| (headers, records))
        .reduce(|best, next| if known(reader, &next.0) > known(reader, &best.0) { next } else { best });
    let Some((headers, records)) = best.filter(|(headers, _)| !headers.is_empty()) else {
        return Err(Error::unexpected(place, "JSON without records", "an array of objects with a text each"));
    };
    if headers.len() > MAX_KEYS {
        let found = format!("records of more than {MAX_KEYS} different keys");
        return Err(Error::unexpected(place, found, "the same keys in each record"));
    }
    let about = FileRead::of_text(name, Form::Json, decoded);
    let columns: HashMap<&str, usize> = headers.iter().enumerate().map(|(at, key)| (&**key, at)).collect();
    let rows = (1..).zip(records).map(|(number, record)| {
        let Record { cells, raw } = Record::of(record);
        let content = cells.map(|cells| {
            let mut row = vec![String::new(); columns.len()];
            for (key, cell) in cells {
                row[columns[&*key]] = cell;
            }
            StringRecord::from(row)
        });
        Row { number, raw: Cow::Owned(raw), content }
    });
    table::from_rows(reader, name, about, &headers, rows)
}

/// Records of which each is a document of its own, as JSON Lines has them.
fn a_line_each(text: &str) -> Option<Holds<'_>> {
    let mut records = Vec::new();
    for record in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        let record = record.ok().filter(|record| record.get().starts_with('{'))?;
        if records.len() as u64 >= MAX_ROWS {
            return None;
        }
        records.push(record);
    }
    (records.len() > 1).then(|| Holds { records: Some(records), within: Vec::new() })
}

/// The keys of all records, in the order in which they first come; no more than make clear that they are too many.
fn headers(records: &[&RawValue]) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for record in records {
        for (key, _) in Record::of(record).cells.into_iter().flatten() {
            if seen.insert(key.clone()) {
                headers.push(key);
            }
        }
        if headers.len() > MAX_KEYS {
            break;
        }
    }
    headers
}
