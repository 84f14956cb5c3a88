//! The tables that come with the crate as CSV: word lists, names and dates that are data, not code.

/// The rows under the header of a bundled table. No cell of ours has a quotation mark but around a comma.
pub(crate) fn bundled_rows<const N: usize>(csv: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    csv.lines().skip(1).filter_map(|line| {
        let mut row = [""; N];
        let mut rest = line;
        for cell in &mut row {
            let (value, after) = match rest.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
            };
            *cell = value;
            rest = after.strip_prefix(',').unwrap_or(after);
        }
        Some(row)
    })
}
