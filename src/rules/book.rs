//! Turns what was decided of a text into tags: issues by their codes, rules by their patterns.

use super::compile::Offsets;
use super::decide::{By, Decision, Decisions};
use super::find::Found;
use crate::codebook::{Codebook, Rule};
use crate::coded::{Coding, Evidence, Suppressed, Tag};
use std::sync::Arc;

/// A codebook, and where its issues and rules are among those of all.
#[derive(Clone, Copy)]
pub(crate) struct Book<'t> {
    pub(crate) codebook: &'t Codebook,
    /// Its rules for the language of the text.
    pub(crate) rules: &'t [Rule],
    pub(crate) offsets: &'t Offsets,
    pub(crate) decisions: &'t Decisions,
}

impl<'t> Book<'t> {
    fn pattern(self, rule: usize) -> &'t Arc<str> {
        &self.rules[rule - self.offsets.rules.start].pattern
    }

    /// The matches that are kept, as evidence.
    pub(crate) fn evidence(self, decision: &Decision) -> impl ExactSizeIterator<Item = Evidence> + use<'t> {
        let evidence = move |found: &Found| Evidence {
            rule: self.pattern(found.rule).clone(),
            span: found.start..found.end,
        };
        self.decisions.stand(decision).iter().map(evidence)
    }

    /// Keeps the matches that were set aside.
    pub(crate) fn set_aside(self, decision: &Decision, coding: &mut Coding) {
        let issue = &self.codebook.issues()[decision.issue - self.offsets.issues.start].code;
        for (found, by) in self.decisions.aside(decision) {
            let by = match by {
                By::Rule(rule) => self.pattern(*rule).clone(),
                By::Without => {
                    let rule = &self.rules[found.rule - self.offsets.rules.start];
                    Arc::from(rule.without.as_str())
                }
            };
            let evidence = Evidence { rule: self.pattern(found.rule).clone(), span: found.start..found.end };
            coding.suppressed.push(Suppressed { code: issue.clone(), evidence, by });
        }
    }

    /// Gives an issue for which there is evidence.
    pub(crate) fn give(self, issue: usize, mut evidence: Vec<Evidence>, coding: &mut Coding) {
        if !evidence.is_empty() {
            evidence.shrink_to_fit();
            let issue = &self.codebook.issues()[issue - self.offsets.issues.start];
            coding.tags.push(Tag { code: issue.code.clone(), theme: issue.theme.clone(), evidence });
        }
    }
}
