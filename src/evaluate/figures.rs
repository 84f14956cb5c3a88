//! The figures of [`Coders`] as a table: the coders among each other, and the tags with each of them and with their majority.
//! Where to go next: [`reliability`](super::reliability) computes them.

use super::coders::{Coders, OVER_ALL, Text};
use super::coding::{CONSENSUS, MACHINE};
use super::reliability::{Codes, Decision, Row};
use crate::error::{Error, Result, few};
use crate::table::{Cell, Table};
use std::collections::BTreeSet;

/// The columns of [`Coders::agreement`].
const COLUMNS: [&str; 21] = [
    "compared",
    "issue",
    "texts",
    "yes",
    "machine_yes",
    "both",
    "ties",
    "agreement",
    "agreement_lower",
    "agreement_upper",
    "kappa",
    "kappa_lower",
    "kappa_upper",
    "alpha",
    "alpha_lower",
    "alpha_upper",
    "f1",
    "f1_lower",
    "f1_upper",
    "precision",
    "recall",
];

impl Coders {
    /// How far the coders agree, over all decisions, as the mean of the issues, and by issue in the order of the codebook; see
    /// [above](Coders#what-each-figure-means). `yes` counts all yeses of the coders in the `texts` that at least two coded.
    ///
    /// [With a list](Coders::with_list), the tags are compared with each coder (`compared` is `machine and` the name), and
    /// with the majority of the coders (`machine and consensus`) in texts that at least two coded. An issue on which as many
    /// said yes as no is left out for that text, and counted under `ties`. `yes` is then that of the coder or the majority,
    /// `machine_yes` that of the tags, and `both` of both; `precision` is `both` / `machine_yes`, `recall` `both` / `yes`.
    ///
    /// # Errors
    ///
    /// One coder without a list, and several who have no text in common.
    pub fn agreement(&self) -> Result<Table> {
        let mut table = Table::new(COLUMNS);
        let several = self.texts.values().filter(|text| text.issues.len() > 1).count();
        match (self.coders.as_slice(), several) {
            ([only], _) if !self.in_a_list => {
                let found = format!("codes of one coder, {only}");
                return Err(Error::argument(
                    "coders",
                    found,
                    "the sheets of at least two coders, or a list to compare with",
                ));
            }
            ([_, _, ..], 0) if !self.in_a_list => {
                let found = format!("no text that two of the coders {} coded", few(&self.coders));
                return Err(Error::argument("coders", found, "sheets of the same sample"));
            }
            _ => {}
        }
        if several > 0 {
            let said = |text: &Text, issue: usize| {
                let coders = text.issues.iter();
                coders.fold((0, 0), |(coded, yes), (coder, issues)| {
                    (coded | 1 << coder, yes | u64::from(issues.contains(&issue)) << coder)
                })
            };
            let coders = self.texts.values();
            let coders = coders.map(|text| text.issues.keys().fold(0, |coded, coder| coded | 1 << coder));
            let issues = self.given(|text| match text.issues.len() {
                0 | 1 => BTreeSet::new(),
                _ => text.issues.values().flatten().copied().collect(),
            });
            self.compare(&mut table, "coders", self.coders.len(), coders.collect(), &issues, said);
        }
        if !self.in_a_list {
            return Ok(table);
        }
        let both = |coded: bool, text: &Text| if coded && text.machine.is_some() { 0b11 } else { 0 };
        let machine = |text: &Text, issue: usize| {
            u64::from(text.machine.as_ref().is_some_and(|issues| issues.contains(&issue))) << 1
        };
        for (at, coder) in self.coders.iter().enumerate() {
            let said = |text: &Text, issue: usize| {
                let Some(issues) = text.issues.get(&at) else { return (0, 0) };
                (both(true, text), u64::from(issues.contains(&issue)) | machine(text, issue))
            };
            let coded = self.texts.values().map(|text| both(text.issues.contains_key(&at), text)).collect();
            let issues = self.given(|text| match text.issues.get(&at) {
                Some(issues) if text.machine.is_some() => {
                    issues.iter().chain(text.machine.iter().flatten()).copied().collect()
                }
                _ => BTreeSet::new(),
            });
            self.compare(&mut table, &format!("{MACHINE} and {coder}"), 2, coded, &issues, said);
        }
        if several > 0 {
            let said = |text: &Text, issue: usize| {
                let (all, yes) = (
                    text.issues.len(),
                    text.issues.values().filter(|issues| issues.contains(&issue)).count(),
                );
                match both(all > 1, text) {
                    0 => (0, 0),
                    // a tie: nobody but the machine decided
                    _ if 2 * yes == all => (0b10, machine(text, issue)),
                    both => (both, u64::from(2 * yes > all) | machine(text, issue)),
                }
            };
            let coded = self.texts.values().map(|text| both(text.issues.len() > 1, text)).collect();
            let issues = self.given(|text| match both(text.issues.len() > 1, text) {
                0 => BTreeSet::new(),
                _ => text.issues.values().chain(&text.machine).flatten().copied().collect(),
            });
            self.compare(&mut table, &format!("{MACHINE} and {CONSENSUS}"), 2, coded, &issues, said);
        }
        Ok(table)
    }

    /// Adds the rows of one comparison. `coded` are those who coded each text, and `said` who decided and who said yes.
    fn compare(
        &self,
        table: &mut Table,
        compared: &str,
        coders: usize,
        coded: Vec<u64>,
        issues: &BTreeSet<usize>,
        said: impl Fn(&Text, usize) -> (u64, u64),
    ) {
        let mut codes = Codes { coders, coded, issues: Vec::new() };
        let mut ties: Vec<u64> = Vec::new();
        for issue in issues {
            let decisions =
                self.texts.values().zip(&codes.coded).enumerate().filter_map(|(text, (one, coders))| {
                    let (coded, yes) = said(one, *issue);
                    (yes != 0 || coded != *coders).then_some(Decision { text, coded, yes })
                });
            let decisions: Vec<Decision> = decisions.collect();
            ties.push(decisions.iter().filter(|one| one.coded != codes.coded[one.text]).count() as u64);
            codes.issues.push(decisions);
        }
        let of_machine = compared != "coders";
        let with_ties = compared == format!("{MACHINE} and {CONSENSUS}");
        let all: u64 = ties.iter().sum();
        let names = OVER_ALL.into_iter().chain(issues.iter().map(|issue| self.code(*issue)));
        let ties = [all, all].into_iter().chain(ties);
        for ((at, (name, ties)), row) in names.zip(ties).enumerate().zip(codes.rows()) {
            let Row { texts, yes, of_two: [one, machine, both], figures } = row;
            // the mean of issues has no counts of its own
            let count = |shown: bool, count: u64| {
                if shown && at != 1 { Cell::from(count) } else { Cell::Number(None) }
            };
            let share = |part: u64, whole: u64| {
                Cell::Number((whole > 0 && of_machine && at != 1).then(|| part as f64 / whole as f64))
            };
            let mut cells = vec![Cell::from(compared), Cell::from(name), count(true, texts)];
            cells.push(count(true, if of_machine { one } else { yes }));
            cells.extend([machine, both].map(|number| count(of_machine, number)));
            cells.push(count(with_ties, ties));
            cells.extend(figures.into_iter().flatten().map(Cell::from));
            cells.extend([share(both, machine), share(both, one)]);
            table.rows.push(cells);
        }
    }
}
