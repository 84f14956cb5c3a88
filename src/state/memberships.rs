//! Which organisations a State belonged to when a session was held.
//!
//! [`State::organisations`] is UPR Info's list of 2014. `memberships.csv` holds the memberships that began or
//! ended between the first session (April 2008) and 2025, with their dates: for a State and an organisation
//! that are there, these periods decide, and the list of 2014 decides all others. A suspension ends no
//! membership. Changes in the Francophonie (OIF), among the Ibero-American States (OEI) and in the
//! Association of Caribbean States (ACS) are not followed: they stay as UPR Info has them. Venezuela's
//! denunciation of the Charter of the OAS, which the organisation did not recognise, is not an end of its
//! membership either.

use super::State;
use super::sessions::session;
use crate::files::bundled::bundled_rows;
use std::sync::LazyLock;

struct Membership {
    organisation: &'static str,
    iso3: &'static str,
    from: &'static str,
    until: &'static str,
}

static MEMBERSHIPS: LazyLock<Vec<Membership>> = LazyLock::new(|| {
    bundled_rows(include_str!("memberships.csv"))
        .map(|[organisation, iso3, from, until, _note]| Membership { organisation, iso3, from, until })
        .collect()
});

impl State {
    /// The organisations that the State belonged to on the first day of this session of the Working Group, by UPR
    /// Info's abbreviations, in alphabetical order. Without a session, or for one later than the table, those of
    /// the latest memberships known (2025).
    ///
    /// Sources: UPR Info (as of 2014), and for what changed before or after, the organisations' own announcements.
    ///
    /// # Example
    ///
    /// ```
    /// let croatia = upr::State::by_iso3("HRV").unwrap();
    /// assert!(!croatia.organisations_in(Some(16)).contains(&"EU")); // April 2013
    /// assert!(croatia.organisations_in(Some(17)).contains(&"EU")); // October 2013
    /// let united_kingdom = upr::State::by_iso3("GBR").unwrap();
    /// assert_eq!(united_kingdom.organisations_in(None), ["Commonwealth"]);
    /// ```
    pub fn organisations_in(&self, number: Option<u16>) -> Vec<&'static str> {
        let opened = number.and_then(session).map(|held| held.first_day).filter(|day| !day.is_empty());
        let dated: Vec<&Membership> = MEMBERSHIPS.iter().filter(|dated| dated.iso3 == self.iso3).collect();
        let holds = |dated: &&Membership| match opened {
            Some(day) => dated.from <= day && (dated.until.is_empty() || day <= dated.until),
            None => dated.until.is_empty(),
        };
        let mut organisations = self.organisations.clone();
        organisations.retain(|known| dated.iter().all(|dated| dated.organisation != *known));
        organisations.extend(dated.iter().copied().filter(holds).map(|dated| dated.organisation));
        organisations.sort_unstable();
        organisations.dedup();
        organisations
    }

    /// All organisations of the table, in alphabetical order.
    pub(crate) fn all_organisations() -> Vec<&'static str> {
        let mut all: Vec<&str> = State::all().iter().flat_map(|state| state.organisations.clone()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_state_an_organisation_and_a_day() {
        let day = |text: &str| text.len() == 10 && text.split('-').all(|part| part.parse::<u16>().is_ok());
        assert_eq!(include_str!("memberships.csv").lines().count(), MEMBERSHIPS.len() + 1);
        for row in MEMBERSHIPS.iter() {
            assert!(State::by_iso3(row.iso3).is_some(), "{}", row.iso3);
            assert!(State::all_organisations().contains(&row.organisation), "{}", row.organisation);
            assert!(day(row.from) || day(row.until), "{} {}", row.organisation, row.iso3);
            assert!(row.from.is_empty() || row.until.is_empty(), "one end each: a gap is two rows");
        }
    }

    /// UPR Info's list is of 2014: in session 20 the dated table must not contradict it, but for what is said to
    /// be wrong there.
    #[test]
    fn in_2014_memberships_are_those_of_upr_info() {
        for state in State::all().iter().filter(|state| state.iso3 != "SSD") {
            assert_eq!(state.organisations_in(Some(20)), state.organisations, "{}", state.name);
        }
    }

    #[test]
    fn members_come_and_go() {
        for (iso3, organisation, session, member) in [
            ("GBR", "EU", Some(35), true),
            ("GBR", "EU", Some(36), false),
            ("GBR", "EU", None, false),
            ("MAR", "AU", Some(26), false),
            ("MAR", "AU", Some(27), true),
            ("GMB", "Commonwealth", Some(16), true),
            ("GMB", "Commonwealth", Some(17), false),
            ("GMB", "Commonwealth", Some(30), true),
            ("MDV", "Commonwealth", Some(30), false),
            ("MDV", "Commonwealth", None, true),
            ("GEO", "CIS", Some(5), true),
            ("GEO", "CIS", Some(6), false),
            ("RWA", "Commonwealth", Some(5), false),
            ("RWA", "Commonwealth", Some(6), true),
            ("NIC", "OAS", Some(44), true),
            ("NIC", "OAS", Some(45), false),
            ("TLS", "ASEAN", Some(49), false),
            ("TLS", "ASEAN", Some(50), true),
            ("SSD", "OIC", Some(20), false),
            ("FRA", "EU", Some(0), true),
            ("FRA", "EU", Some(u16::MAX), true),
        ] {
            let state = State::by_iso3(iso3).unwrap();
            let found = state.organisations_in(session).contains(&organisation);
            assert_eq!(found, member, "{iso3} in the {organisation}, session {session:?}");
        }
    }
}
