//! The tree of codes of a project, and the identifiers of all that is in it.

use crate::codebook::{Aspect, Codebook, Codebooks};
use crate::dimension::Dimension;
use crate::text::hash::Fnv;
use crate::wording;
use std::fmt;

/// A globally unique identifier, as RFC 9562 has them. Ours are made of what they name, so that they are the same each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Guid(u128);

impl Guid {
    /// That of what these words name: a UUID of version 8, made of two hashes.
    pub(super) fn of(words: &[&str]) -> Guid {
        let half = |which: &str| {
            let start = Fnv::new().add_field("upr").add_field(which);
            words.iter().fold(start, |hash, word| hash.add_field(word)).value()
        };
        let bits = u128::from(half("first")) << 64 | u128::from(half("second"));
        let (version, variant) = (0xF << 76, 0b11 << 62);
        Guid(bits & !version & !variant | 8 << 76 | 0b10 << 62)
    }

    /// One as programs write it: in any case, also in braces. Anything else is a name of its own.
    pub(super) fn read(written: &str) -> Guid {
        let digits: String = written.chars().filter(|c| !matches!(c, '{' | '}' | '-')).collect();
        match u128::from_str_radix(&digits, 16) {
            Ok(bits) if digits.len() == 32 => Guid(bits),
            _ => Guid::of(&["written", written]),
        }
    }

    /// The user of what a machine coded.
    pub(super) fn machine() -> Guid {
        Guid::of(&["user"])
    }

    pub(super) fn source(id: &str) -> Guid {
        Guid::of(&["source", id])
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.0);
        let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
        f.write_str(&parts.join("-"))
    }
}

/// A theme or an aspect, with its codes.
#[derive(Debug)]
pub(super) struct Parent {
    pub(super) guid: Guid,
    pub(super) label: String,
    pub(super) definition: String,
    pub(super) codes: Vec<Code>,
}

/// An issue, or a code of an aspect.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) guid: Guid,
    pub(super) aspect: Option<Aspect>,
    pub(super) code: String,
    pub(super) label: String,
    pub(super) definition: String,
}

impl Code {
    /// As a correction names it: `death-penalty`, `sdg=sdg-5`.
    pub(super) fn named(&self) -> String {
        self.aspect.map_or(self.code.clone(), |aspect| format!("{aspect}={}", self.code))
    }
}

/// The codes of an aspect's codebook, or of the issues, whose theme passes.
fn codes(codebook: &Codebook, aspect: Option<Aspect>, theme: Option<&str>) -> Vec<Code> {
    let of_theme = codebook.issues().iter().filter(|issue| theme.is_none_or(|theme| *issue.theme == *theme));
    let dimension = aspect.map_or(Dimension::Issue, Dimension::Aspect);
    let code = |issue: &crate::codebook::Issue| Code {
        guid: Guid::of(&[dimension.as_str(), &issue.code]),
        aspect,
        code: issue.code.to_string(),
        label: issue.label.clone(),
        definition: issue.definition.clone(),
    };
    of_theme.map(code).collect()
}

/// All codes of the codebooks: the themes with their issues, then the aspects.
pub(super) fn tree(codebooks: &Codebooks) -> Vec<Parent> {
    let issues = codebooks.issues();
    let theme = |theme: &crate::codebook::Theme| Parent {
        guid: Guid::of(&[Dimension::Theme.as_str(), &theme.code]),
        label: theme.label.clone(),
        definition: theme.definition.clone(),
        codes: codes(issues, None, Some(&theme.code)),
    };
    let aspect = |(aspect, codebook): (Aspect, &Codebook)| Parent {
        guid: Guid::of(&["aspect", aspect.as_str()]),
        label: wording::in_language(aspect.title(), codebooks.language()).into_owned(),
        definition: codebook.about().description.clone(),
        codes: codes(codebook, Some(aspect), None),
    };
    let themes = issues.themes().iter().map(theme).filter(|theme| !theme.codes.is_empty());
    themes.chain(codebooks.aspects().map(aspect)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_read_in_any_spelling() {
        let guid = Guid::of(&["source", "KEN-35-142.1"]);
        let written = guid.to_string();
        assert_eq!((written.len(), &written[14..15]), (36, "8"), "{written}");
        assert!("89ab".contains(&written[19..20]), "{written}");
        for other in [written.to_uppercase(), format!("{{{written}}}"), written.replace('-', "")] {
            assert_eq!(Guid::read(&other), guid, "{other}");
        }
        assert_eq!(Guid::read("user 1"), Guid::read("user 1"));
        assert_ne!(Guid::read("user 1"), Guid::read("user 2"));
        assert_ne!(Guid::of(&["a", "bc"]), Guid::of(&["ab", "c"]));
    }
}
