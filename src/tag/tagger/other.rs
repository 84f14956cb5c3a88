//! The rules of codebooks, by the language of texts, each made ready when its first text comes: most lists are in one
//! language, and a tagger whose aspects are chosen next would be made ready twice.

use super::super::buffers::BufferPool;
use crate::codebook::Codebook;
use crate::error::Result;
use crate::rules::{Machine, compile};
use crate::text::language::Language;
use crate::text::words::Apostrophe;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// The rules for the texts in another language than that of `rules.csv`.
pub(super) struct OtherLanguage {
    pub(super) language: Language,
    machine: LazyMachine,
    pub(super) pool: BufferPool,
}

/// The rules of some codebooks for the texts in one language, ready or not.
pub(super) struct LazyMachine {
    /// None is that of `rules.csv`.
    language: Option<Language>,
    ready: OnceLock<Machine>,
}

impl LazyMachine {
    /// # Errors
    ///
    /// Rules that are too many for the matcher: those of bundled codebooks are not, and are left for later.
    pub(super) fn of(codebooks: &[&Codebook], language: Option<Language>) -> Result<LazyMachine> {
        let ready = OnceLock::new();
        if !codebooks.iter().all(|codebook| codebook.is_bundled()) {
            let _ = ready.set(compile(codebooks, language)?);
        }
        Ok(LazyMachine { language, ready })
    }

    /// The rules, made ready.
    pub(super) fn get<'c>(&self, codebooks: impl FnOnce() -> Vec<&'c Codebook>) -> &Machine {
        self.ready.get_or_init(|| {
            // the bundled codebooks are part of the program and the tests compile them; others are compiled at once
            compile(&codebooks(), self.language).expect("the bundled codebooks fit the matcher")
        })
    }
}

impl OtherLanguage {
    /// All such languages of some codebooks.
    ///
    /// # Errors
    ///
    /// Rules that are too many for the matcher: those of a bundled codebook are not.
    pub(super) fn all(codebooks: &[&Codebook]) -> Result<Arc<[OtherLanguage]>> {
        let translated: BTreeSet<Language> =
            codebooks.iter().flat_map(|codebook| codebook.translated()).collect();
        // the words of all rules are to be split as those of the text are
        let own = codebooks.first().and_then(|first| first.of_language(None)).map(|rules| rules.language);
        let own = Apostrophe::of(own.unwrap_or(Language::English));
        let split_otherwise = |language: &Language| Apostrophe::of(*language) != own;
        let covered = codebooks.iter().flat_map(|codebook| codebook.languages()).copied();
        let languages: BTreeSet<Language> = covered.filter(split_otherwise).chain(translated).collect();
        let others = languages.into_iter().map(|language| {
            let machine = LazyMachine::of(codebooks, Some(language))?;
            Ok(OtherLanguage { language, machine, pool: BufferPool::default() })
        });
        others.collect()
    }

    pub(super) fn machine<'c>(&self, codebooks: impl FnOnce() -> Vec<&'c Codebook>) -> &Machine {
        self.machine.get(codebooks)
    }
}
