//! The rules that codebooks have for other languages, each made ready when its first text comes: most lists are in English.

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
    machine: OnceLock<Machine>,
    pub(super) pool: BufferPool,
}

impl OtherLanguage {
    /// All such languages of some codebooks, whose rules of `rules.csv` are in `machine`.
    ///
    /// # Errors
    ///
    /// Rules that are too many for the matcher: those of a bundled codebook are not.
    pub(super) fn all(codebooks: &[&Codebook], machine: &Machine) -> Result<Arc<[OtherLanguage]>> {
        let translated: BTreeSet<Language> =
            codebooks.iter().flat_map(|codebook| codebook.translated()).collect();
        // the words of all rules are to be split as those of the text are
        let split_otherwise =
            |language: &Language| Apostrophe::of(*language) != Apostrophe::of(machine.language);
        let covered = codebooks.iter().flat_map(|codebook| codebook.languages()).copied();
        let languages: BTreeSet<Language> = covered.filter(split_otherwise).chain(translated).collect();
        let bundled = codebooks.iter().all(|codebook| codebook.is_bundled());
        let others = languages.into_iter().map(|language| {
            let machine = OnceLock::new();
            if !bundled {
                let _ = machine.set(compile(codebooks, Some(language))?);
            }
            Ok(OtherLanguage { language, machine, pool: BufferPool::default() })
        });
        others.collect()
    }

    /// The rules, made ready.
    pub(super) fn machine(&self, codebooks: &[&Codebook]) -> &Machine {
        self.machine.get_or_init(|| {
            // the bundled codebooks are part of the program and the tests compile them; others are compiled at once
            compile(codebooks, Some(self.language)).expect("the bundled codebooks fit the matcher")
        })
    }
}
