//! The file within a file that an .xls is: a compound file, with the workbook as one of its streams.
//!
//! The stream is taken out here, and put into a new compound file that holds nothing else, so that a reader
//! which follows every pointer of a file finds only pointers written here. A chain of sectors can be a ring; the sectors followed
//! here are never more than the file has.

/// No sector: the end of a chain.
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const OF_TABLE: u32 = 0xFFFF_FFFD;
/// Entries of the table of sectors that a header holds itself.
const IN_HEADER: usize = 109;
/// Streams below this length lie in small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// A chain of sectors, `sectors` without what is before the first, and no more than `most` bytes of it.
fn chain(sectors: &[u8], size: usize, table: &[u32], start: u32, most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut sector = start;
    for _ in 0..=sectors.len() / size {
        if sector == END || bytes.len() >= most {
            bytes.truncate(most);
            return Some(bytes);
        }
        let from = (sector as usize).checked_mul(size)?;
        bytes.extend_from_slice(sectors.get(from..)?.get(..size).or(sectors.get(from..))?);
        sector = *table.get(sector as usize)?;
    }
    None
}

/// The first stream of one of these names, in any case. Gives nothing where there is none, or the file is damaged.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let size = match bytes.get(30..32)? {
        [9, 0] => 512,
        [12, 0] => 4096,
        _ => return None,
    };
    let sectors = bytes.get(size..)?;
    let sector = |number: u32| sectors.get((number as usize).checked_mul(size)?..)?.get(..size);
    let mut tables: Vec<u32> = numbers(bytes.get(76..76 + 4 * IN_HEADER)?).collect();
    let mut more = number(bytes, 68)?;
    for _ in 0..=sectors.len() / size {
        if more >= OF_TABLE - 1 {
            break;
        }
        tables.extend(numbers(sector(more)?));
        more = tables.pop()?;
    }
    let mut table = Vec::new();
    for number in tables.into_iter().filter(|number| *number < OF_TABLE - 1) {
        // a file that names one sector again and again would make the table longer than itself
        if table.len() > sectors.len() {
            return None;
        }
        table.extend(numbers(sector(number)?));
    }
    let directory = chain(sectors, size, &table, number(bytes, 48)?, usize::MAX)?;
    let entries: Vec<&[u8]> = directory.chunks_exact(ENTRY).collect();
    let named = |entry: &&&[u8], name: &str| {
        let units = entry[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let found: String = char::decode_utf16(units.take_while(|unit| *unit != 0)).flatten().collect();
        found.eq_ignore_ascii_case(name)
    };
    let entry = names.iter().find_map(|name| entries.iter().find(|entry| named(entry, name)))?;
    let (start, length) = (number(entry, 116)?, number(entry, 120)? as usize);
    if length >= SMALL_STREAM {
        return chain(sectors, size, &table, start, length);
    }
    let small = chain(sectors, size, &table, number(entries.first()?, 116)?, usize::MAX)?;
    let small_table = chain(sectors, size, &table, number(bytes, 60)?, usize::MAX)?;
    chain(&small, SMALL_SECTOR, &numbers(&small_table).collect::<Vec<_>>(), start, length)
}

/// A compound file that holds this workbook and nothing else; nothing where it is too long for that.
pub(super) fn around(workbook: &[u8]) -> Option<Vec<u8>> {
    const SECTOR: usize = 4096;
    let sectors = workbook.len().div_ceil(SECTOR).max(1);
    let tables = (sectors + 1).div_ceil(SECTOR / 4 - 1);
    if tables > IN_HEADER {
        return None;
    }
    let mut file = vec![0; SECTOR];
    let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    // version 4: sectors of 2^12 bytes, small ones of 2^6
    for (at, value) in [(24, 0x3E_u16), (26, 4), (28, 0xFFFE), (30, 12), (32, 6)] {
        put(at, &value.to_le_bytes());
    }
    let directory = tables as u32;
    for (at, value) in [(44, tables as u32), (48, directory), (56, 4096), (60, END), (68, END)] {
        put(at, &value.to_le_bytes());
    }
    for at in 0..IN_HEADER {
        let sector = if at < tables { at as u32 } else { FREE };
        put(76 + 4 * at, &sector.to_le_bytes());
    }
    let mut table = vec![OF_TABLE; tables];
    table.push(END);
    let first = directory + 1;
    table.extend((1..sectors as u32).map(|next| first + next));
    table.push(END);
    table.resize(tables * SECTOR / 4, FREE);
    file.extend(table.iter().flat_map(|sector| sector.to_le_bytes()));
    let mut entry = |name: &str, kind: u8, start: u32, length: usize| {
        let mut entry = [0; ENTRY];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[2 * at..2 * at + 2].copy_from_slice(&unit.to_le_bytes());
        }
        (entry[64], entry[66]) = (2 * (name.len() as u8 + 1), kind);
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..128].copy_from_slice(&(length as u64).to_le_bytes());
        file.extend(entry);
    };
    entry("Root Entry", 5, 0, 0);
    entry("Workbook", 2, first, sectors * SECTOR);
    file.resize(SECTOR * (tables + 2), 0);
    file.extend_from_slice(workbook);
    file.resize(SECTOR * (tables + 2 + sectors), 0);
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        for length in [0, 1, 4096, 4097, 1022 * 4096, 1023 * 4096, 3_000_000 * 4] {
            let workbook: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let file = around(&workbook).expect("room");
            let found = stream(&file, &["Book", "workbook"]).expect("a stream");
            assert!(found.starts_with(&workbook) && found.len() < length + 2 * 4096, "{length}");
            assert!(stream(&file, &["Book"]).is_none());
        }
    }

    #[test]
    fn a_ring_of_sectors_is_no_stream() {
        let mut file = around(&[7; 20_000]).expect("room");
        // the directory's one sector is followed by itself
        let at = 4096 + 4;
        file[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        assert!(stream(&file, &["Workbook"]).is_none());
    }
}
