//! Lists as JSON, such as UHRI's export: an array of records, or an object that holds one.
//!
//! The keys of a record are headers, as in a table; keys that nobody knows are passed over. A value is a text or a
//! list of texts. Records are counted from 1; a reject's raw row is the record as JSON.

use super::columns::known;
use super::list::{FileRead, RecommendationList};
use super::{Form, Reader, table};
use crate::Result;
use crate::error::{Error, Place};
use crate::input::decode::Decoded;
use crate::input::delimited::Row;
use csv::StringRecord;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// UHRI's records have 12 keys. A file in which each record had keys of its own would need a column for each.
const MOST_KEYS: usize = 1024;

/// An element of the array, each cell already a text.
enum Record {
    Object { cells: Vec<(String, String)>, raw: String },
    Other(String),
}

impl From<Value> for Record {
    fn from(value: Value) -> Record {
        let raw = value.to_string();
        match value {
            Value::Object(keys) => {
                let cells = keys.into_iter().map(|(key, value)| (key, cell(value))).collect();
                Record::Object { cells, raw }
            }
            _ => Record::Other(raw),
        }
    }
}

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
struct Holds {
    records: Option<Vec<Record>>,
    within: Vec<Vec<Record>>,
}

impl<'de> Deserialize<'de> for Holds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Holds, D::Error> {
        deserializer.deserialize_any(HoldsVisitor)
    }
}

struct HoldsVisitor;

impl<'de> Visitor<'de> for HoldsVisitor {
    type Value = Holds;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of records")
    }

    // records become texts one by one, since a document as a tree of values takes many times its bytes
    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Holds, A::Error> {
        let mut records = Vec::new();
        while let Some(value) = elements.next_element::<Value>()? {
            records.push(Record::from(value));
        }
        Ok(Holds { records: Some(records), within: Vec::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Holds, A::Error> {
        let mut holds = Holds::default();
        while entries.next_key::<IgnoredAny>()?.is_some() {
            holds.within.extend(entries.next_value::<Holds>()?.records);
        }
        Ok(holds)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Holds, E> {
        Ok(Holds::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Holds, E> {
        Ok(Holds::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Holds, E> {
        Ok(Holds::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Holds, E> {
        Ok(Holds::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Holds, E> {
        Ok(Holds::default())
    }

    fn visit_unit<E>(self) -> Result<Holds, E> {
        Ok(Holds::default())
    }
}

pub(super) fn read(reader: &Reader, name: &str, decoded: &Decoded) -> Result<RecommendationList> {
    let place = Place::file(name);
    let holds: Holds = serde_json::from_str(&decoded.text).map_err(|error| {
        let found = format!("JSON that breaks off or is wrong in column {}", error.column());
        Error::unexpected(place.line(error.line() as u64), found, "an array of records")
    })?;
    let candidates = holds.records.into_iter().chain(holds.within);
    // an object may hold other arrays beside the list, of countries say
    let best = candidates
        .map(|records| (headers(&records), records))
        .reduce(|best, next| if known(reader, &next.0) > known(reader, &best.0) { next } else { best });
    let Some((headers, records)) = best.filter(|(headers, _)| !headers.is_empty()) else {
        return Err(Error::unexpected(place, "JSON without records", "an array of objects with a text each"));
    };
    if headers.len() > MOST_KEYS {
        let found = format!("records of {} different keys", headers.len());
        return Err(Error::unexpected(place, found, format!("no more than {MOST_KEYS}")));
    }
    let about = FileRead::of_text(name, Form::Json, decoded);
    let columns: HashMap<&str, usize> = headers.iter().enumerate().map(|(at, key)| (&**key, at)).collect();
    let rows = (1..).zip(records).map(|(number, record)| match record {
        Record::Object { cells, raw } => {
            let mut row = vec![String::new(); columns.len()];
            for (key, cell) in cells {
                row[columns[&*key]] = cell;
            }
            Row { number, raw: Cow::Owned(raw), content: Ok(StringRecord::from(row)) }
        }
        Record::Other(raw) => {
            let reason = "found a value, expected a record with a text".to_string();
            Row { number, raw: Cow::Owned(raw), content: Err(reason) }
        }
    });
    table::from_rows(reader, name, about, &headers, rows)
}

/// The keys of all records, in the order in which they first come.
fn headers(records: &[Record]) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for record in records {
        let Record::Object { cells, .. } = record else { continue };
        for (key, _) in cells {
            if seen.insert(key.as_str()) {
                headers.push(key.clone());
            }
        }
    }
    headers
}
