//! The coding of one text, from what the rules decide of it.

use super::super::buffers::Buffers;
use super::Tagger;
use crate::codebook::{Aspect, Codebook};
use crate::coded::{CodedRecommendation, Coding, Evidence, Suppressed};
use crate::model::explanation::MAX_PHRASES;
use crate::model::tagger::{ModelBuffers, ModelTagger, RuleHashes};
use crate::recommendation::Recommendation;
use crate::rules::{Book, Decisions, Machine};
use crate::text::language::Language;
use crate::text::words::Words;

/// What the rules for its language decide of a text.
#[derive(Clone, Copy)]
struct Decided<'d> {
    machine: &'d Machine,
    /// None where the rules are those of `rules.csv`.
    language: Option<Language>,
    decisions: &'d Decisions,
    /// How many of the decisions are features of a model: those that follow are of the aspects.
    features: usize,
}

impl<'d> Decided<'d> {
    /// The decisions by the codebook of this number.
    fn book(self, codebook: &'d Codebook, number: usize) -> Book<'d> {
        let (rules, offsets) = (codebook.rules_in(self.language), &self.machine.codebooks[number]);
        Book { codebook, rules, offsets, decisions: self.decisions }
    }
}

impl Tagger {
    pub(super) fn code_with(
        &self,
        mut recommendation: Recommendation,
        buffers: &mut Buffers,
    ) -> CodedRecommendation {
        let language = recommendation.language.or_else(|| Language::of(&recommendation.text));
        recommendation.language = language;
        let other = self.others.iter().find(|other| Some(other.language) == language);
        let mut of_language = other.map(|other| other.pool.take());
        let buffers = of_language.as_deref_mut().unwrap_or(buffers);
        let machine = match other {
            Some(other) => other.machine(|| self.all_codebooks()),
            None => self.machine(),
        };
        decide(machine, &recommendation.text, buffers);
        let Buffers { scratch, decisions, model, actions, .. } = buffers;
        let features = self.decisions_of_features(machine, decisions);
        let decided = Decided { machine, language: other.map(|other| other.language), decisions, features };
        let not_coded = || Coding { not_coded: language, ..Coding::default() };
        let coding = match self.codebook().covers(language) {
            true => {
                // a model has learned from the rules of `rules.csv`
                let decides = self.model_tagger().filter(|_| other.is_none());
                self.issues(decided, decides, &scratch.words, model)
            }
            false => not_coded(),
        };
        let mut aspects = self.beside(decided);
        for ((_, codebook), (_, coding)) in self.codebooks.aspects().zip(&mut aspects) {
            if !codebook.covers(language) {
                *coding = not_coded();
            }
        }
        let action = self.actions().and_then(|coder| coder.code_in(language, &scratch.words, actions));
        let coded = CodedRecommendation::new(recommendation, coding);
        CodedRecommendation { aspects, action, ..coded }
    }

    fn decisions_of_features(&self, machine: &Machine, decisions: &Decisions) -> usize {
        // in the order of the codebooks: its own, those whose rules are features, those of the aspects
        let learned_from = machine.codebooks[..=self.feature_codebooks.len()].last();
        let end = learned_from.map_or(0, |offsets| offsets.issues.end);
        decisions.issues.partition_point(|decision| decision.issue < end)
    }

    /// The issues: what the rules of its own codebook decide, or the model, whose features are the first decisions.
    fn issues(
        &self,
        decided: Decided<'_>,
        model: Option<&ModelTagger>,
        words: &Words,
        buffers: &mut ModelBuffers,
    ) -> Coding {
        let mut coding = Coding::default();
        let decisions = decided.decisions;
        let book = decided.book(self.codebook(), 0);
        let own = book.offsets.issues.end;
        let first = &decisions.issues[..decided.features];
        let Some(model) = model else {
            first.iter().take_while(|decision| decision.issue < own).for_each(|decision| {
                book.set_aside(decision, &mut coding);
                book.give(decision.issue, book.evidence(decision).collect(), &mut coding);
            });
            return coding.shrunk();
        };
        buffers.rules.set(first, decisions, &model.rules);
        model.score(buffers, words);
        let mut first = first.iter().peekable();
        for issue in 0..own {
            let decision = first.next_if(|decision| decision.issue == issue);
            let has = model.has(issue, buffers);
            if decision.is_none() && has != Some(true) {
                continue;
            }
            if let Some(decision) = decision {
                book.set_aside(decision, &mut coding);
            }
            let evidence = decision.map(|decision| book.evidence(decision)).into_iter().flatten();
            if has == Some(false) {
                let issue = &self.codebook().issues()[issue].code;
                let by = &model.name;
                let overruled = |evidence| Suppressed { code: issue.clone(), evidence, by: by.clone() };
                coding.suppressed.extend(evidence.map(overruled));
                continue;
            }
            let room = decision.map_or(0, |decision| decisions.stand(decision).len()) + MAX_PHRASES;
            let mut all: Vec<Evidence> = Vec::with_capacity(room);
            all.extend(evidence);
            if has == Some(true) {
                model.phrases(issue, buffers, words, &mut all);
                all.sort_by_key(|evidence| evidence.span.start);
            }
            book.give(issue, all, &mut coding);
        }
        coding.shrunk()
    }

    /// The aspects, as their rules decide, by the decisions after the first ones.
    fn beside(&self, decided: Decided<'_>) -> Box<[(Aspect, Coding)]> {
        let mut beside = decided.decisions.issues[decided.features..].iter().peekable();
        let numbers = self.feature_codebooks.len() + 1..;
        let codings = self.codebooks.aspects().zip(numbers).map(|((aspect, codebook), number)| {
            let book = decided.book(codebook, number);
            let mut coding = Coding::default();
            while let Some(decision) = beside.next_if(|next| next.issue < book.offsets.issues.end) {
                book.set_aside(decision, &mut coding);
                book.give(decision.issue, book.evidence(decision).collect(), &mut coding);
            }
            (aspect, coding.shrunk())
        });
        codings.collect()
    }

    /// Finds what a model may learn from a text.
    pub(crate) fn find_features(&self, text: &str, rules: &RuleHashes, buffers: &mut Buffers) {
        let machine = self.machine();
        decide(machine, text, buffers);
        let Buffers { scratch, decisions, model, .. } = buffers;
        let features = self.decisions_of_features(machine, decisions);
        model.rules.set(&decisions.issues[..features], decisions, rules);
        model.find(&scratch.words);
    }
}

fn decide(machine: &Machine, text: &str, buffers: &mut Buffers) {
    let Buffers { scratch, found, decisions, .. } = buffers;
    machine.find(text, scratch, found);
    machine.decide(found, &scratch.matched, decisions);
}
