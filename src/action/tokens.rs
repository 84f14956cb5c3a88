//! The words of a text with what they do around verbs, for the rules and for the features.

use super::inflect::Form;
use super::verbs::{Verbs, role};
use crate::model::issue_features::{MAX_WORDS, Role, Terms};
use crate::model::lexeme::Lexeme;
use crate::text::vocabulary::Vocabulary;
use crate::text::words::Words;

/// A word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) lexeme: Lexeme,
    pub(crate) roles: u16,
    /// What is before the word: 0 for nothing, 1 for a comma or the like, 2 for the end of a sentence.
    pub(crate) pause: u8,
    pub(crate) gerund: bool,
    /// Whether a verb of the table begins here in its base form.
    pub(crate) verb: bool,
    /// Whether any form of one does.
    pub(crate) form: bool,
    pub(crate) letters: u32,
}

/// The words of a text; keeps what it knows of words for the next one, which must be read with the same verbs.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    vocabulary: Vocabulary<(Token, Role)>,
    stem: Vec<u8>,
    pub(crate) tokens: Vec<Token>,
    /// The same words as features are made of them.
    pub(crate) terms: Terms,
}

impl Tokens {
    /// Replaces the words by those of another text.
    pub(crate) fn fill(&mut self, words: &Words, verbs: &Verbs) {
        let Tokens { vocabulary, stem, tokens, terms } = self;
        tokens.clear();
        terms.clear();
        vocabulary.begin();
        let mut sentence = 0;
        for (at, word) in words.words.iter().take(MAX_WORDS).enumerate() {
            let learn = |word: &str| (token(word, verbs, stem), Role::of(word));
            let number = vocabulary.number(words.folded(word), learn);
            let pause = if word.sentence != sentence { 2 } else { u8::from(word.after_comma) };
            sentence = word.sentence;
            let (token, role) = *vocabulary.known(number);
            tokens.push(Token { pause, ..token });
            terms.push(words, at, token.lexeme, role);
        }
    }
}

/// What depends on the word alone.
fn token(letters: &str, verbs: &Verbs, stem: &mut Vec<u8>) -> Token {
    let lexeme = Lexeme::of(letters, stem);
    let known = verbs.word(lexeme.hash);
    let candidates = known.map_or(&[][..], |known| &known.candidates);
    let mut roles = known.map_or(0, |known| known.roles);
    if roles & role::NO_ADVERB == 0 && letters.len() > 4 && letters.ends_with(verbs.adverbs) {
        roles |= role::ADVERB;
    }
    Token {
        lexeme,
        roles,
        pause: 0,
        verb: candidates.iter().any(|candidate| candidate.form == Form::Base),
        form: !candidates.is_empty(),
        letters: letters.len() as u32,
        gerund: letters.len() > 5 && letters.ends_with("ing"),
    }
}
