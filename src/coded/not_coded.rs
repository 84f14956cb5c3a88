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
            let (last, others) = languages.split_last().unwrap_or((&"none", &[]));
            let known = if others.is_empty() {
                last.to_string()
            } else {
                format!("{} and {last}", others.join(", "))
            };
            let more = match language.has_blanks() && *language != Language::Other {
                true => format!(
                    "; a codebook may have rules for more languages, in files such as rules.{language}.csv"
                ),
                false => String::new(),
            };
            let warning = format!(
                "{texts} {are} in {} and not coded, since the codebook {} has rules for {known}{more}",
                language.name(),
                codebook.name(),
            );
            let of_file = files.iter_mut().find(|read| read.file == *file);
            if let Some(read) = of_file.filter(|read| !read.warnings.contains(&warning)) {
                read.warnings.push(warning);
            }
        }
    }
}
