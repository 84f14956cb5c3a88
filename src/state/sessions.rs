//! The calendar of the UPR Working Group: the sessions with their cycles and first days.
//!
//! Sources of `sessions.csv`: the reports of the Working Group (sessions 1 to 20, and 48) and OHCHR's calendars of the
//! four cycles; for the session of the Council that adopted the reports, the symbols of 303 reports of sessions 1 to 20
//! and OHCHR's calendar of adoptions.

use crate::files::bundled::bundled_rows;
use std::sync::LazyLock;

/// A session of the Working Group.
pub(crate) struct Held {
    pub(crate) number: u16,
    /// In English, French and Spanish, without accents and blanks: `forty-eighth`, `quarante-huitieme`,
    /// `cuadragesimo-octavo`.
    pub(crate) ordinals: [&'static str; 3],
    pub(crate) cycle: u8,
    /// `2008-04-07`; empty where the calendar does not give it yet.
    pub(crate) first_day: &'static str,
    /// The session of the Human Rights Council that adopted its reports.
    pub(crate) council_session: u16,
}

/// All sessions up to the end of the fourth cycle in 2027, in their order, from the first on.
pub(crate) fn sessions() -> &'static [Held] {
    static TABLE: LazyLock<Vec<Held>> = LazyLock::new(|| {
        let held = |[number, english, french, spanish, cycle, first_day, council]: [&'static str; 7]| {
            let (number, cycle) = (number.parse().ok()?, cycle.parse().ok()?);
            let ordinals = [english, french, spanish];
            Some(Held { number, ordinals, cycle, first_day, council_session: council.parse().ok()? })
        };
        bundled_rows(include_str!("sessions.csv")).filter_map(held).collect()
    });
    &TABLE
}

/// The session with this number.
pub(crate) fn session(number: u16) -> Option<&'static Held> {
    sessions().get(usize::from(number).checked_sub(1)?)
}

/// The session whose reports the Council adopted in this one; none where it adopted those of two or of none.
pub(crate) fn adopted_in(council_session: u16) -> Option<&'static Held> {
    let mut found = sessions().iter().filter(|held| held.council_session == council_session);
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_calendar() {
        let all = sessions();
        assert_eq!(all.len() + 1, include_str!("sessions.csv").lines().count());
        assert!(all.iter().zip(1..).all(|(held, number)| held.number == number));
        let day = |text: &str| text.len() == 10 && text.split('-').all(|part| part.parse::<u16>().is_ok());
        let opened: Vec<&str> =
            all.iter().map(|held| held.first_day).take_while(|opened| !opened.is_empty()).collect();
        assert!(opened.iter().all(|opened| day(opened)) && opened.is_sorted());
        assert!(all[opened.len()..].iter().all(|held| held.first_day.is_empty()));
        assert!(all.is_sorted_by_key(|held| (held.cycle, held.council_session)));
    }
}
