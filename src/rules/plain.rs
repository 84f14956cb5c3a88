//! The plain loop: a second, slow way to match patterns, against which `find` is tested.
//!
//! It knows nothing of automata. Each rule is tried at each word of the text, by recursion over the parts of
//! the pattern. Only the splitting into words is shared.

use crate::codebook::notation::{Element, Gap, Part, Pattern, Phrase, Sequence};
use crate::text::language::Language;
use crate::text::words::{Break, Words, words_of};

/// Whether the pattern matches the text anywhere.
pub(crate) fn matches(pattern: &Pattern, text: &str, language: Language) -> bool {
    match pattern {
        Pattern::Regex(regex) => regex.regex().is_match(text),
        Pattern::Sequences(sequences) => {
            let mut words = Words::of(language);
            words.split(text);
            let all: Vec<String> = words.iter().map(str::to_string).collect();
            let plain = Plain { text, words: &words, folded: all };
            sequences.iter().any(|sequence| plain.anywhere(sequence))
        }
    }
}

struct Plain<'t> {
    text: &'t str,
    words: &'t Words,
    folded: Vec<String>,
}

impl Plain<'_> {
    fn anywhere(&self, sequence: &Sequence) -> bool {
        (0..self.folded.len()).any(|start| {
            sequence[0].1.phrases.iter().any(|phrase| {
                let ends = self.phrase(phrase, start);
                ends.is_some_and(|end| self.rest(&sequence[1..], start, end))
            })
        })
    }

    /// Whether the other elements can follow a match of the words from `start` to `end`.
    fn rest(&self, sequence: &[(Gap, Element)], start: usize, end: usize) -> bool {
        let Some(((gap, element), rest)) = sequence.split_first() else { return true };
        (0..self.folded.len()).any(|at| {
            element.phrases.iter().any(|phrase| {
                let Some(stop) = self.phrase(phrase, at) else { return false };
                let same_sentence =
                    |a: usize, b: usize| self.words.words[a].sentence == self.words.words[b].sentence;
                let after = |most: usize| at >= end && at - end <= most && same_sentence(end - 1, at);
                let before =
                    |most: usize| stop <= start && start - stop <= most && same_sentence(stop - 1, start);
                match *gap {
                    Gap::Adjacent => {
                        at == end && !self.words.words[at].after_comma && self.rest(rest, start, stop)
                    }
                    Gap::Within(most) => after(most) && self.rest(rest, start, stop),
                    Gap::EitherOrder(most) => {
                        (after(most) && self.rest(rest, start, stop))
                            || (before(most) && self.rest(rest, at, end))
                    }
                }
            })
        })
    }

    fn phrase(&self, phrase: &Phrase, start: usize) -> Option<usize> {
        let mut at = start;
        for (number, part) in phrase.iter().enumerate() {
            if number > 0 && self.words.words.get(at)?.after_comma {
                return None;
            }
            at = self.part(part, at)?;
        }
        Some(at)
    }

    fn part(&self, part: &Part, start: usize) -> Option<usize> {
        let mut at = start;
        let tokens: Vec<&str> = part.line.split(' ').filter(|token| !token.is_empty()).collect();
        let mut wanted = Break::None;
        let mut number = 0;
        let words = words_of(&part.line).count();
        for token in &tokens {
            if matches!(*token, "," | ".") {
                wanted = if *token == "," { Break::Comma } else { Break::Sentence };
                continue;
            }
            let word = self.words.words.get(at)?;
            if number > 0 && word.before != wanted {
                return None;
            }
            wanted = Break::None;
            let open = part.open && number + 1 == words;
            let found = &self.folded[at];
            if !(found == token || open && found.starts_with(token)) {
                return None;
            }
            let stands = &self.text[word.start as usize..word.end as usize];
            let capitals = part.capitals.iter().find(|(index, _)| *index == number);
            if capitals.is_some_and(|(_, c)| !(stands == c || open && stands.starts_with(c.as_str()))) {
                return None;
            }
            number += 1;
            at += 1;
        }
        Some(at)
    }
}
