//! The written rules: which verb of a text decides, and what category it has.
//!
//! They are UPR Info's, as far as they can be written down. Adverbs and introductory phrases are passed over; the
//! first verb decides; of two joined verbs ("continue and strengthen") the second. What differs in French asks
//! [`Rules::french`].

use super::inflect::Form;
use super::tokens::Tokens;
use super::verbs::{Verbs, role};
use crate::coded::ActionCategory;
use crate::text::language::Language;
use crate::text::words::Words;
use std::ops::Range;

/// So many words after a verb are looked at for its object; chosen by reading UPR Info's coding, not measured alone.
const MAX_OBJECT_WORDS: usize = 9;
/// So many more where a phrase is before the object ("par l'intermédiaire des médias et de l'éducation, des actions").
const MAX_INSERTED_WORDS: usize = 6;

/// What the rules say of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) category: ActionCategory,
    /// The words of the verb.
    pub(crate) verb: Range<usize>,
    /// The row of the verbs.
    pub(crate) entry: usize,
    /// The first of joined verbs, where there are several.
    pub(crate) first: usize,
    pub(crate) how: How,
}

/// Which of the rules decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    First,
    Joined,
    Means,
}

/// A verb of the table in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) entry: usize,
    pub(crate) form: Form,
    /// The word after it.
    pub(crate) end: usize,
}

pub(crate) struct Rules<'a> {
    pub(crate) verbs: &'a Verbs,
    pub(crate) words: &'a Words,
    pub(crate) text: &'a Tokens,
}

impl Rules<'_> {
    /// The verb that decides, or nothing where no verb of the table stands.
    pub(crate) fn decide(&self) -> Option<Decision> {
        let (start, found) = self.opening().or_else(|| self.anywhere()).or_else(|| self.noun())?;
        let (mut verb, mut entry) = (start..found.end, found.entry);
        while let Some((at, next)) = self.joined(verb.end).filter(|(_, next)| !self.keeps(entry, next.entry))
        {
            (verb, entry) = (at..next.end, next.entry);
        }
        let mut category = self.verbs.entries[entry].category?;
        let mut how = if verb.start == start { How::First } else { How::Joined };
        if matches!(category, ActionCategory::Continuing | ActionCategory::General) {
            let general = category == ActionCategory::General;
            for (at, found) in self.means(verb.end, general) {
                match self.verbs.entries[found.entry].category {
                    Some(means) if means >= ActionCategory::General && means > category => {
                        (category, verb, entry, how) = (means, at..found.end, found.entry, How::Means);
                    }
                    _ => {}
                }
            }
        }
        Some(Decision { category, verb, entry, first: start, how })
    }

    fn french(&self) -> bool {
        self.verbs.language == Language::French
    }

    /// Whether the first of two joined verbs decides: in French, a specific one before one that is general whatever its
    /// object ("adopter et promouvoir"). The English model codes 32 of 43 such texts as specific.
    fn keeps(&self, first: usize, second: usize) -> bool {
        let (first, second) = (&self.verbs.entries[first], &self.verbs.entries[second]);
        self.french()
            && first.category == Some(ActionCategory::Specific)
            && second.category == Some(ActionCategory::General)
            && second.object.is_empty()
    }

    /// The verbs of the means: "by amending", "including through the adoption of". After a comma a gerund says what goes along
    /// with the verb (", en accordant une attention particulière"), unless it is specific, the first one, and the verb
    /// `general`: of UPR Info's English texts with ", by adopting" and the like, 28 of 36 are specific.
    fn means(&self, from: usize, general: bool) -> impl Iterator<Item = (usize, Match)> {
        let tokens = &self.text.tokens;
        let places = (from..tokens.len()).filter(|at| tokens[*at].roles & role::MEANS != 0);
        let mut gerunds = 0;
        places.filter_map(move |at| {
            if tokens[at].roles & role::WITH_GERUND != 0 {
                let (next, found) = self.gerund(at)?;
                gerunds += 1;
                let specific = self.verbs.entries[found.entry].category == Some(ActionCategory::Specific);
                let means = tokens[at].pause == 0 || (general && specific && gerunds == 1);
                return means.then_some((next, found));
            }
            let passed = role::ADVERB | role::ARTICLE;
            let mut next = at + 1;
            while tokens.get(next).is_some_and(|token| token.roles & passed != 0) {
                next += 1;
            }
            // "notamment ratifier"
            let base = self.french() && next == at + 1;
            let form = |form: Form| matches!(form, Form::Gerund | Form::Noun) || (base && form == Form::Base);
            // "par la mise en place"
            let phrase = || {
                let found = self.verb(next, |form| self.french() && form == Form::Past)?;
                (found.end > next + 1).then_some(found)
            };
            self.verb(next, form).or_else(phrase).map(|found| (next, found))
        })
    }

    /// The gerund after "en". After "et", "tout" or "qu'" it says what goes along with the verb, not by what means.
    fn gerund(&self, at: usize) -> Option<(usize, Match)> {
        let tokens = &self.text.tokens;
        if tokens[at - 1].roles & role::BEFORE_NOUN != 0 {
            return None;
        }
        let passed = role::ADVERB | role::ARTICLE;
        let next = (at + 1..tokens.len()).find(|word| tokens[*word].roles & passed == 0)?;
        self.verb(next, |form| form == Form::Gerund).map(|found| (next, found))
    }

    /// A verb that begins the text or, after an introduction, the next part of its sentence.
    fn opening(&self) -> Option<(usize, Match)> {
        let mut at = 0;
        loop {
            at = self.after_adverbs(at);
            let token = self.text.tokens.get(at)?;
            match self.verb(at, |form| matches!(form, Form::Base | Form::Third)) {
                Some(found) if self.verbs.entries[found.entry].category.is_some() => {
                    return Some((at, found));
                }
                Some(found) => at = found.end,
                None if token.roles & role::OPENING != 0 => at = self.next_part(at + 1)?,
                None => return None,
            }
        }
    }

    /// The first verb that can be no noun, since no article or the like is before it.
    fn anywhere(&self) -> Option<(usize, Match)> {
        let first = self.after_adverbs(0);
        let noun_first = self.verb(first, |form| matches!(form, Form::Noun | Form::Gerund)).is_some();
        if noun_first {
            return None;
        }
        let free = |at: usize| {
            at == 0
                || self.text.tokens[at].pause > 0
                || self.text.tokens[at - 1].roles & role::BEFORE_NOUN == 0
        };
        let decides = |found: &Match| self.verbs.entries[found.entry].category.is_some();
        (first..self.text.tokens.len()).find_map(|at| {
            let passive = at > 0 && self.after_be(at);
            let form = |form: Form| if passive { form == Form::Past } else { form == Form::Base };
            self.verb(at, form)
                .filter(|found| decides(found) && (passive || free(at)))
                .map(|found| (at, found))
        })
    }

    /// "that polygamy be abolished", "that steps be immediately taken".
    fn after_be(&self, at: usize) -> bool {
        let tokens = &self.text.tokens;
        let before = (0..at).rev().find(|word| tokens[*word].roles & role::ADVERB == 0);
        before.is_some_and(|word| tokens[word].roles & role::BE != 0)
    }

    /// "Ratification of the Convention", "Strengthening of the police".
    fn noun(&self) -> Option<(usize, Match)> {
        let decides = |found: &Match| self.verbs.entries[found.entry].category.is_some();
        (0..self.text.tokens.len())
            .find_map(|at| self.verb(at, |_| true).filter(decides).map(|found| (at, found)))
    }

    /// The verb joined to one that ends before `at`.
    fn joined(&self, at: usize) -> Option<(usize, Match)> {
        let token = self.text.tokens.get(at)?;
        let mut next = at;
        if token.roles & role::JOINS != 0 {
            next += 1;
        } else if token.pause != 1 {
            return None;
        }
        next = self.after_adverbs(next);
        if self.text.tokens.get(next)?.roles & role::JOINS != 0 {
            next = self.after_adverbs(next + 1);
        }
        let found = self.verb(next, |form| form == Form::Base)?;
        self.verbs.entries[found.entry].category.map(|_| (next, found))
    }

    /// The most particular entry whose words are at `at` in a form that will do.
    pub(crate) fn verb(&self, at: usize, form: impl Fn(Form) -> bool) -> Option<Match> {
        let token = self.text.tokens.get(at).filter(|token| token.form)?;
        let candidates = self.verbs.word(token.lexeme.hash).map_or(&[][..], |word| &word.candidates);
        candidates.iter().find_map(|candidate| {
            let mut end = at + 1;
            let stands = form(candidate.form)
                && candidate.rest.iter().all(|expected| {
                    end = self.next_of(end, *expected) + 1;
                    self.is(end - 1, *expected)
                });
            let fits = || {
                let object = &self.verbs.entries[candidate.entry].object;
                object.is_empty()
                    || self.object(end).any(|word| {
                        object.iter().any(|known| known.matches(self.words.folded(&self.words.words[word])))
                    })
            };
            (stands && fits()).then_some(Match { entry: candidate.entry, form: candidate.form, end })
        })
    }

    fn is(&self, at: usize, expected: u64) -> bool {
        self.text.tokens.get(at).is_some_and(|token| token.lexeme.hash == expected && token.pause == 0)
    }

    /// Where the next word of a phrase is to be: in French, adverbs may be inside ("mettre pleinement en œuvre").
    fn next_of(&self, at: usize, expected: u64) -> usize {
        if self.french() && !self.is(at, expected) { self.after_adverbs(at) } else { at }
    }

    /// The words of the object that begins at `at`: up to a preposition or the end of the sentence. In French, a
    /// preposition right after the verb and its adverbs does not end it, nor one joined to that ("accorder aux hommes et aux
    /// femmes les mêmes droits").
    pub(crate) fn object(&self, at: usize) -> impl Iterator<Item = usize> {
        let tokens = &self.text.tokens;
        let inside =
            move |word: &usize| tokens[*word].roles & role::ENDS_OBJECT == 0 && tokens[*word].pause < 2;
        let first = if self.french() { self.after_adverbs(at) } else { at };
        let inserted =
            self.french() && tokens.get(first).is_some_and(|token| token.pause < 2) && !inside(&first);
        let joined = move |word: &usize| {
            inserted
                && tokens[*word].pause < 2
                && (*word == first || tokens[*word - 1].roles & role::JOINS != 0)
        };
        let words = if inserted { MAX_OBJECT_WORDS + MAX_INSERTED_WORDS } else { MAX_OBJECT_WORDS };
        (at..tokens.len().min(at + words)).take_while(move |word| joined(word) || inside(word))
    }

    pub(crate) fn after_adverbs(&self, mut at: usize) -> usize {
        while self.text.tokens.get(at).is_some_and(|token| token.roles & role::ADVERB != 0) {
            at += 1;
        }
        at
    }

    /// The first word after a comma or the like.
    fn next_part(&self, at: usize) -> Option<usize> {
        (at..self.text.tokens.len()).find(|word| self.text.tokens[*word].pause > 0)
    }
}
