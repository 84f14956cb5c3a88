//! The summary as it fits one screen of 80 columns and 40 lines: what was read, totals, the largest issues and States, the
//! groups, then what needs attention, and how to go on. `screen` has all of it, for `--all`.

use crate::corrections;
use crate::cross::label;
use crate::further::Further;
use crate::list::show;
use crate::options::Options;
use crate::reading;
use crate::screen::{Screen, name, percent, shortened, tagged};
use crate::shared::layout::WIDTH;
use std::collections::BTreeSet;
use upr::count::{CategoryCount, NOT_GIVEN, UNTAGGED};
use upr::{CodedList, Dimension, Tagger, Tally, Unit};

/// A screen of 40 lines, without the one on which the next command is typed.
const LINES: usize = 39;
/// As many issues and States as there is room for, between these.
const ISSUES: [usize; 2] = [5, 10];
const STATES: [usize; 2] = [3, 5];
/// The commands that go on from here.
const COMMANDS: usize = 3;
/// More names would be a list.
const MOST_NAMES: usize = 3;
/// A line and a half: the rest of a warning or a reason is in `--all`.
const MOST_CHARACTERS: usize = 150;
/// So wide are names beside five columns of counts.
const NAME: usize = 42;

/// `differing` holds the ids of recommendations of which the files say different things, by number; `before` is what
/// [`names`] says of the list before a filter left some out.
pub(crate) fn text(
    coded: &CodedList,
    tagger: &Tagger,
    differing: &[Vec<String>],
    before: Option<Vec<String>>,
    further: &Further,
    options: &Options,
) -> String {
    let part = |write: &dyn Fn(&mut Screen<'_>)| {
        let mut screen = Screen::new(coded, tagger);
        write(&mut screen);
        screen.into_text()
    };
    let names = before.unwrap_or_else(|| names(coded));
    let head = part(&|screen| head(screen, coded, tagger));
    let end = part(&|screen| {
        attention(screen, coded, differing, &names);
        go_on(screen, coded, options);
    });
    if options.aspects || further.groups.is_some() || further.statistics.is_some() {
        return head + &part(&|screen| screen.further(further, options)) + &end;
    }
    // counted once, and laid out until they fit
    let table = |title: &'static str, dimension| {
        let rows = largest(coded, dimension);
        move |most| part(&|screen| counts(screen, title, dimension, &rows, most))
    };
    let states = table("Recommending States", Dimension::RecommendingState);
    let lines = |texts: &[&str]| texts.iter().map(|text| text.lines().count()).sum::<usize>();
    if coded.filtered().is_some() {
        let states = states(options.top.unwrap_or(STATES[1]));
        let room = LINES.saturating_sub(lines(&[&head, &states, &end]));
        return head + &states + &recommendations(coded, tagger, room) + &end;
    }
    let groups = table("Regional groups", Dimension::RegionalGroup)(usize::MAX);
    let issues = table("Issues", Dimension::Issue);
    // issues are cut first: they are the longest
    let mut most = [ISSUES[1], options.top.unwrap_or(STATES[1])];
    loop {
        let text = head.clone() + &issues(most[0]) + &states(most[1]) + &groups + &end;
        let too_long = lines(&[&text]) > LINES;
        if too_long && most[0] > ISSUES[0] {
            most[0] -= 1;
        } else if too_long && options.top.is_none() && most[1] > STATES[0] {
            most[1] -= 1;
        } else {
            return text;
        }
    }
}

fn head(screen: &mut Screen<'_>, coded: &CodedList, tagger: &Tagger) {
    let account = coded.account();
    let [read, _] = reading::read_or_not(coded);
    let files = match read.as_slice() {
        [first, _, .., last] if read.len() > MOST_NAMES => format!("{first} … {last} ({} files)", read.len()),
        read => read.join(", "),
    };
    let about = tagger.codebook().about();
    screen.wrapped(
        &format!(
            "{files} ({}); codebook {} {} ({})",
            plural(account.rows, "row"),
            about.name,
            about.version,
            about.hash
        ),
        "",
    );
    let reviews = reviews(coded, tagger);
    if !reviews.is_empty() {
        screen.wrapped(&reviews, "");
    }
    screen.corrected_and_filtered();
    let [tagged, ..] = tagged(coded);
    let numbered = match screen.numbered() {
        Some(numbers) => format!(", {}", plural(numbers, "numbered paragraph")),
        None => String::new(),
    };
    screen.wrapped(
        &format!(
            "{}, {}{numbered}; with an issue: {tagged} ({})",
            plural(account.recommendations, "recommendation"),
            plural(account.recommendation_x_state, "recommendation–State pair"),
            percent(tagged, account.recommendations)
        ),
        "",
    );
    screen.positions();
    screen.line("Below: recommendations; each counts under all of its issues, States and groups.");
}

fn plural(count: u64, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// Which reviews these are: by name where they are few.
fn reviews(coded: &CodedList, tagger: &Tagger) -> String {
    let tally = Tally::of(coded, &[Dimension::StateUnderReview, Dimension::Session]);
    let given: BTreeSet<[&str; 2]> = tally
        .iter()
        .filter(|(cell, _)| &*cell[0] != NOT_GIVEN || &*cell[1] != NOT_GIVEN)
        .map(|(cell, _)| [&*cell[0], &*cell[1]])
        .collect();
    let states: BTreeSet<&str> = given.iter().map(|[state, _]| *state).collect();
    if states.len() > MOST_NAMES {
        let sessions: BTreeSet<&str> =
            given.iter().map(|[_, session]| *session).filter(|session| *session != NOT_GIVEN).collect();
        return format!("States under review: {}; sessions: {}", states.len(), sessions.len());
    }
    let of_state = |state: &str| {
        let mut sessions: Vec<&str> = given
            .iter()
            .filter(|[of, session]| *of == state && *session != NOT_GIVEN)
            .map(|[_, session]| *session)
            .collect();
        sessions.sort_by_key(|session| session.parse::<u32>().unwrap_or(u32::MAX));
        let name = match state {
            NOT_GIVEN => "State not given".to_string(),
            state => label(tagger, Dimension::StateUnderReview, state),
        };
        match sessions.as_slice() {
            [] => name,
            [one] => format!("{name}, session {one}"),
            [several @ .., last] => format!("{name}, sessions {} and {last}", several.join(", ")),
        }
    };
    let named: Vec<String> = states.iter().map(|state| of_state(state)).collect();
    if named.is_empty() { String::new() } else { format!("Under review: {}", named.join("; ")) }
}

/// The categories of a dimension that the list has, the largest first.
fn largest(coded: &CodedList, dimension: Dimension) -> Vec<CategoryCount> {
    let mut rows: Vec<CategoryCount> = Tally::with_positions(coded, dimension);
    rows.retain(|row| row.count.recommendations > 0 && &*row.category != UNTAGGED);
    // groups have an order of their own
    if dimension != Dimension::RegionalGroup {
        rows.sort_by_key(|row| std::cmp::Reverse(row.count.recommendations));
    }
    rows
}

/// The first of these categories and their positions, each in one line.
fn counts(screen: &mut Screen<'_>, title: &str, dimension: Dimension, rows: &[CategoryCount], most: usize) {
    let tagger = screen.tagger;
    let given = rows.iter().filter(|row| &*row.category != NOT_GIVEN).count();
    let title = match given {
        0 => return,
        all if all > most => format!("{title} ({most} of {all})"),
        _ => title.to_string(),
    };
    screen.line("");
    let name = |row: &CategoryCount| fitting(&name(tagger, dimension, &row.category));
    let title = format!("{title:<NAME$}");
    screen.count_rows(&title, rows.iter().take(most).map(|row| (name(row), row)));
}

/// A name in one line: of a long one the middle is left out, since an abbreviation is at the end.
fn fitting(name: &str) -> String {
    let all = name.chars().count();
    if all <= NAME {
        return name.to_string();
    }
    let end = match name.rfind(" (") {
        Some(at) if name.ends_with(')') => name[at..].to_string(),
        _ => String::new(),
    };
    let begin = NAME.saturating_sub(end.chars().count() + 1);
    format!("{}{end}", shortened(name, begin))
}

/// The recommendations that a filter selects, as many as there is room for.
fn recommendations(coded: &CodedList, tagger: &Tagger, room: usize) -> String {
    let mut shown = String::new();
    let all = coded.recommendations.len();
    for (at, coded_one) in coded.recommendations.iter().enumerate() {
        let mut screen = Screen::new(coded, tagger);
        show(&mut screen, coded_one, tagger, "");
        let next = screen.into_text();
        // room for the sentence that there are more
        if at > 0 && shown.lines().count() + next.lines().count() + 2 > room {
            let mut screen = Screen::new(coded, tagger);
            screen.line("");
            screen.line(format!("... and {} more: --list prints them", all - at));
            return shown + &screen.into_text();
        }
        shown += &next;
    }
    shown
}

/// What a reader must know before quoting a figure: one entry for each kind, the most serious last.
fn attention(screen: &mut Screen<'_>, coded: &CodedList, differing: &[Vec<String>], names: &[String]) {
    screen.line("");
    let said = entries(coded, differing, names);
    for entry in &said {
        let entry = shortened(&entry.split_whitespace().collect::<Vec<_>>().join(" "), MOST_CHARACTERS);
        screen.hanging("! ", &entry, "  ");
    }
    if said.is_empty() && coded.account().rows == 0 {
        screen.line("No row was read: there is nothing below the header.");
    } else if said.is_empty() {
        screen.line("Every row was read, every name recognised, and there is no warning.");
    }
}

fn entries(coded: &CodedList, differing: &[Vec<String>], names: &[String]) -> Vec<String> {
    let mut said = Vec::new();
    let account = coded.account();
    let mut rows = |count: u64, what: &str| {
        if count > 0 {
            said.push(format!("{what}: {count}"));
        }
    };
    rows(account.merged, "rows merged into joint recommendations");
    rows(account.repeated, "rows that repeat a recommendation with the same States");
    rows(account.pledges, "voluntary pledges, not counted");
    rows(account.set_aside, "records of other mechanisms, left aside");
    rows(account.replaced, "invalid characters, replaced");
    let mut said = if said.is_empty() { Vec::new() } else { vec![said.join("; ")] };
    let [.., not_coded] = tagged(coded);
    if not_coded > 0 {
        said.push(format!("not coded, in other languages: {not_coded} of {}", account.recommendations));
    }
    let corrected = coded.corrected();
    if let Some((given, name)) = corrected.iter().next() {
        let read_as = name.read_as.as_deref().unwrap_or_default();
        said.push(format!(
            "other spellings recognised: {}, such as \"{given}\" as {read_as}",
            corrected.len()
        ));
    }
    said.extend(names.iter().cloned());
    said.extend(corrections::left_out(coded));
    if !differing.is_empty() {
        let ids = differing[0].join(", ");
        said.push(format!("numbers under which the files differ: {}, such as {ids}", differing.len()));
    }
    if let Some(reply) = coded.replies.first() {
        let document = reply.document.as_deref().unwrap_or(&reply.source.file);
        let count = coded.replies.len();
        said.push(format!(
            "replies to recommendations that are in none of the files: {count}, such as {document}, {}",
            reply.paragraph
        ));
    }
    said.extend(reading::unused_columns(coded));
    said.extend(reading::unread_sheets(coded));
    let merged = reading::merged_in_the_dark(coded);
    if merged.is_none() && reading::reviews_unknown(coded) {
        said.push("no State under review is given: --state-under-review NAME".to_string());
    }
    said.extend(merged);
    said.extend(reading::without_addendum(coded));
    if let Some(reject) = coded.rejects.first() {
        let count = coded.rejects.len();
        said.push(format!(
            "rejected rows: {count}, the first: {}, row {}: {}",
            reject.file, reject.row, reject.reason
        ));
    }
    let [_, not_read] = reading::read_or_not(coded);
    if !not_read.is_empty() {
        said.push(format!(
            "files not read, and not counted ({} of {}): {}",
            not_read.len(),
            coded.files.len(),
            not_read.join(", ")
        ));
    }
    let mut warnings = reading::warnings(coded);
    let more = warnings.len().saturating_sub(MOST_NAMES);
    warnings.truncate(MOST_NAMES);
    said.extend(warnings.into_iter().map(|warning| format!("warning: {warning}")));
    if more > 0 {
        said.push(plural(more as u64, "more warning"));
    }
    said
}

/// The names of a list that are in no table: said before a filter leaves some out.
pub(crate) fn names(coded: &CodedList) -> Vec<String> {
    let mut said = Vec::new();
    let unresolved = coded.unresolved();
    for (kind, names) in [
        ("States", unresolved.states),
        ("positions", unresolved.positions),
        ("sessions", unresolved.sessions),
    ] {
        let shown = names.iter().take(MOST_NAMES).map(|(given, unknown)| {
            let meant = unknown.suggestion.as_ref().map(|state| format!(" ({state} may be meant)"));
            let why = unknown.lookalike.as_ref().map(|why| format!(" ({why})"));
            format!("\"{given}\"{}", why.or(meant).unwrap_or_default())
        });
        let shown: Vec<String> = shown.collect();
        let more = if names.len() > MOST_NAMES { ", …" } else { "" };
        if !shown.is_empty() {
            said.push(format!(
                "{kind} not recognised, kept as written: {}: {}{more}",
                names.len(),
                shown.join(", ")
            ));
        }
    }
    said
}

/// Three commands that go on from here: the one that was typed, with one more option.
fn go_on(screen: &mut Screen<'_>, coded: &CodedList, options: &Options) {
    let typed: Vec<String> = typed().iter().map(|word| quoted(word)).collect();
    let largest = Tally::of(coded, &[Dimension::Issue]);
    let largest = largest.largest_first(Unit::Recommendations);
    let largest = largest.into_iter().map(|(cell, _)| cell).find(|cell| &*cell[0] != UNTAGGED);
    let mut more: Vec<String> = Vec::new();
    match largest {
        Some(issue) if coded.filtered().is_none() => more.push(format!("--filter issue={}", issue[0])),
        _ => more.push("--list".to_string()),
    }
    if options.report.is_none() {
        more.push("--report page.html".to_string());
    }
    if options.out.is_none() {
        more.push("--out tables".to_string());
    }
    more.truncate(COMMANDS - 1);
    more.push("--all".to_string());
    screen.line("");
    let command =
        |more: &String| format!("summary {}", [&typed[..], std::slice::from_ref(more)].concat().join(" "));
    let (first, indent) = ("Next: ", "      ");
    // a long command is not said again: the files that a pattern names are many
    if more.iter().any(|more| command(more).chars().count() > usize::from(WIDTH) - first.len()) {
        let more = format!("add one of these to the command: {}", more.join(", "));
        screen.hanging(first, &more, indent);
        return;
    }
    for (at, more) in more.iter().enumerate() {
        screen.line(format!("{}{}", if at == 0 { first } else { indent }, command(more)));
    }
}

/// What was typed, but for what is written: the next command would replace it.
fn typed() -> Vec<String> {
    let mut typed = Vec::new();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let option = word.split('=').next().unwrap_or_default();
        match option {
            "--out" | "--report" | "--qda" if option == word => drop(words.next()),
            "--out" | "--report" | "--qda" | "--issue-columns" | "--force" => {}
            _ => typed.push(word),
        }
    }
    typed
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,+@%".contains(c);
    match word.chars().all(plain) && !word.is_empty() {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
