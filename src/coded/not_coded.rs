//! Warnings of texts that were not coded, since the codebook has no rules for their language.

use super::CodedRecommendation;
use crate::codebook::Codebook;
use crate::list::FileRead;
use crate::text::language::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many texts were not coded, by file and language.
#[derive(Debug, Default)]
pub(crate) struct NotCoded(BTreeMap<(Arc<str>, Language), usize>);

impl NotCoded {
    pub(crate) fn add<'r>(&mut self, recommendations: impl IntoIterator<Item = &'r CodedRecommendation>) {
        for made in recommendations {
            if let (Some(language), Some(source)) =
                (made.coding.not_coded, made.recommendation.sources.first())
            {
                *self.0.entry((source.file.clone(), language)).or_default() += 1;
            }
        }
    }

    /// Adds a warning to each file for each language, if the file does not have it.
    pub(crate) fn warn(&self, files: &mut [FileRead], codebook: &Codebook) {
        let languages: Vec<&str> = codebook.languages().iter().map(|known| known.name()).collect();
        for ((file, language), texts) in &self.0 {
            let are = if *texts == 1 { "recommendation is" } else { "recommendations are" };
            let warning = format!(
                "{texts} {are} in {} and not coded, since the codebook {} has rules for {}; a codebook says in codebook.csv \
                 which languages it is for, for example \"language,{language}\"",
                language.name(),
                codebook.name(),
                languages.join(" and "),
            );
            let of_file = files.iter_mut().find(|read| read.file == *file);
            if let Some(read) = of_file.filter(|read| !read.warnings.contains(&warning)) {
                read.warnings.push(warning);
            }
        }
    }
}
