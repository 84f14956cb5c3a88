//! Is every row of every fixture accounted for, and read as it should be? What is expected stands in
//! `fixtures/lists.csv`.

use proptest::prelude::*;
use support::fixture;
use upr::Position;
use upr::read::{Account, Column, Reader, RecommendationList};

fn read(file: &str) -> RecommendationList {
    // a header of its own, which no list of headers can know
    let number = if file == "semicolon-windows-1252.csv" { Some("Empfehlung Nr.") } else { None };
    let reader = Reader::new();
    let reader = number.into_iter().fold(reader, |reader, header| reader.column(Column::Paragraph, header));
    reader.path(fixture(file)).expect("a readable fixture")
}

#[test]
fn positions_in_the_words_of_peoples_own_sheets() {
    for (words, expected) in [
        (
            "Accepts; accepted in full; Supported in full; Acceptée; accepté; acceptées; acceptés",
            Position::Supported,
        ),
        ("Aceptada; aceptado; ACEPTADAS; aceptados", Position::Supported),
        (
            "Does not accept; notes; Notée; noté; notées; notés; Anotada; anotado; anotadas; anotados",
            Position::Noted,
        ),
        ("In part; partially; Partly; accepts in part; supports in part", Position::SupportedInPart),
        ("Partiellement acceptée; acceptée partiellement; Parcialmente aceptada", Position::SupportedInPart),
    ] {
        for wording in words.split("; ") {
            assert_eq!(Position::from_wording(wording), Some(expected), "{wording}");
        }
    }
}

#[test]
fn brackets_at_the_end_name_the_states_where_no_column_does() {
    let read = |table: &str| {
        let list =
            Reader::new().state_under_review("Kenya").bytes("list.csv", table.as_bytes()).expect("a list");
        assert!(list.account().balances(), "{table}");
        list
    };
    let list = read(
        "recommendation\n\"Ratify OP-CAT (Spain, Peru).\"\nRatify CED (2006)\nKeep the promise (Kenya)\n",
    );
    let shown = list.recommendations.iter().map(|made| {
        let names: Vec<&str> = made.recommending_states.iter().map(|name| name.name()).collect();
        (made.text.as_str(), names)
    });
    let expected = [("Ratify OP-CAT", vec!["Spain", "Peru"]), ("Ratify CED (2006)", vec![])];
    assert_eq!(shown.collect::<Vec<_>>(), expected);
    assert_eq!(list.account().pledges, 1, "what the State under review asks of itself");

    // a column for the States says all there is to say
    let list = read("text,from\nRatify OP-CAT (Spain),\n");
    let made = &list.recommendations[0];
    assert_eq!((made.text.as_str(), made.recommending_states.len()), ("Ratify OP-CAT (Spain)", 0));
}

#[test]
fn every_fixture_is_read_as_its_line_says() {
    let mut table = csv::Reader::from_path(fixture("lists.csv")).expect("fixtures/lists.csv");
    let headers = table.headers().expect("a header").clone();
    let mut seen = 0;
    for row in table.records() {
        let row = row.expect("a row");
        let file = &row[0];
        let list = read(file);
        let account = list.account();
        assert!(account.balances(), "{file}: {account:?}");
        let unresolved = list.unresolved().len() as u64;
        let found = [
            account.rows,
            account.recommendations,
            account.recommendation_x_state,
            account.merged,
            account.repeated,
            account.pledges,
            account.set_aside,
            account.rejects,
            unresolved,
        ];
        for (column, found) in found.iter().enumerate() {
            assert_eq!(found.to_string(), row[column + 2], "{file}: {}", &headers[column + 2]);
        }
        // only text has an encoding
        let encoding = list.files[0].encoding.map(|encoding| encoding.to_string()).unwrap_or_default();
        assert_eq!(encoding, row[1], "{file}");
        seen += 1;
    }
    let lists = std::fs::read_dir(fixture("")).expect("fixtures").filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name().to_string_lossy().into_owned();
        let forms = [".csv", ".tsv", ".xls", ".xlsx", ".json", ".docx"];
        forms.iter().any(|form| name.ends_with(form)) && name != "lists.csv" && name != "misleading.csv"
    });
    assert_eq!(seen, lists.count(), "every list in fixtures/ has its line in lists.csv");
}

#[test]
fn rejects_keep_the_row_and_say_why() {
    let list = read("quirks.csv");
    let rejects: Vec<String> = list
        .rejects
        .iter()
        .map(|reject| format!("{} {}: {} [{}]", reject.file, reject.row, reject.reason, reject.raw))
        .collect();
    let unbalanced =
        "found an unbalanced quotation mark, expected one at each end of a field and two for each inside it";
    assert_eq!(
        rejects,
        [
            "quirks.csv 3: found 2 fields, expected 5 as in the header [Too few fields,Spain]".to_string(),
            "quirks.csv 4: found 6 fields, expected 5 as in the header [One field too many,Spain,supported,30,1.3,what is this]".to_string(),
            "quirks.csv 5: found an empty text, expected a recommendation [,Spain,supported,30,1.4]".to_string(),
            format!("quirks.csv 6: {unbalanced} [\"A quote that nobody closes,Spain,supported,30,1.5]"),
            format!("quirks.csv 11: {unbalanced} [\"He said \"\"no\"\" and \"meant\" it\",Peru,noted,30,1.10]"),
            "quirks.csv 16: found an empty text, expected a recommendation [,,,,]".to_string(),
        ]
    );
}

#[test]
fn accounts_add_up_and_tell_a_row_that_was_lost() {
    let account = |times: u64| {
        let mut account = Account::default();
        account.rows = 31 * times;
        account.recommendations = 2 * times;
        account.recommendation_x_state = 3 * times;
        account.merged = 4 * times;
        account.repeated = times;
        account.pledges = 6 * times;
        account.replies = 7 * times;
        account.set_aside = 8 * times;
        account.rejects = 3 * times;
        account.replaced = 9 * times;
        account
    };
    let mut sum = account(2);
    sum += account(3);
    assert_eq!(sum, account(5));
    assert!(sum.balances());
    sum.rows += 1;
    assert!(!sum.balances());
}

/// What gives bytes is read like a file of the same bytes; what gives none is told by its name.
#[test]
fn bytes_may_come_from_anywhere() {
    let bytes = std::fs::read(fixture("quirks.csv")).expect("a fixture");
    let list = Reader::new().from_reader("quirks.csv", bytes.as_slice()).expect("a list");
    assert_eq!(list.recommendations, read("quirks.csv").recommendations);
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("a cable was pulled"))
        }
    }
    let error = Reader::new().from_reader("answer.csv", Broken).expect_err("no bytes");
    assert!(error.to_string().starts_with("answer.csv: cannot be read"), "{error}");
}

#[test]
fn forms_have_names() {
    let forms = ["usa-2020.csv", "uhri.xlsx", "uhri.json", "thematic-list-cycle-2.docx"]
        .map(|file| Reader::new().path(fixture(file)).expect("a fixture").files[0].form());
    assert_eq!(forms.map(|form| form.to_string()), ["table", "workbook", "JSON", "thematic list"]);
    assert_eq!(format!("{:>8}|{:<9}|", "report", "addendum"), "  report|addendum |");
}

#[test]
fn what_nobody_knows_is_kept_and_listed() {
    let unresolved = read("quirks.csv").unresolved();
    let keys = |names: &std::collections::BTreeMap<std::sync::Arc<str>, upr::read::Spelling>| -> Vec<String> {
        names.iter().map(|(name, unknown)| format!("{name} {}", unknown.recommendations)).collect()
    };
    assert_eq!(keys(&unresolved.states), ["Atlantis 1"]);
    assert_eq!(keys(&unresolved.positions), ["perhaps later 1"]);
    assert_eq!(keys(&unresolved.sessions), ["last autumn 1"]);
}

#[test]
fn the_universal_human_rights_index_keeps_its_labels() {
    let list = read("uhri.csv");
    let first = &list.recommendations[0];
    assert_eq!(first.id, "FJI-34-120.14");
    assert_eq!(first.text, "Bring prison conditions into line with the Nelson Mandela Rules");
    assert_eq!(first.labels.themes, ["Conditions of detention", "Prohibition of torture, and ill-treatment"]);
    assert_eq!(first.labels.sdgs, ["16 - PEACE, JUSTICE AND STRONG INSTITUTIONS"]);
    assert_eq!(first.labels.affected_persons, ["Persons deprived of their liberty"]);
    assert_eq!(first.position.as_ref().map(|position| &*position.given), Some("Supported"));
    assert_eq!(list.account().set_aside, 1);
}

/// UPR Info's export: old Mac encoding and line ends, a joint recommendation, one that was answered in two ways.
#[test]
fn joint_recommendations_become_one_unless_answered_differently() {
    let list = read("upr-info.csv");
    let joint = &list.recommendations[0];
    assert_eq!(joint.recommending_states.iter().map(|name| name.iso3()).collect::<Vec<_>>(), ["NOR", "URY"]);
    assert_eq!(joint.sources.iter().map(|source| source.row).collect::<Vec<_>>(), [2, 3]);
    let optional_protocol: Vec<&str> = list
        .recommendations
        .iter()
        .filter(|recommendation| recommendation.text.ends_with("Optional Protocol"))
        .map(|recommendation| recommendation.id.as_str())
        .collect();
    // noted comes before supported
    assert_eq!(optional_protocol, ["KEN-35-ta1051c8d7f0c~2", "KEN-35-ta1051c8d7f0c"]);
    assert!(
        list.recommendations.iter().any(|r| r.text == "Go on extending women’s access to land and credit")
    );
    assert_eq!(list.pledges.len(), 1);
}

#[test]
fn ids_do_not_depend_on_the_order_of_rows() {
    for file in ["upr-info.csv", "utf-8-bom.csv", "quirks.csv"] {
        let ids = |list: &RecommendationList| {
            let mut ids: Vec<(String, String)> = list
                .recommendations
                .iter()
                .map(|r| (r.id.clone(), r.text.split_whitespace().collect()))
                .collect();
            ids.sort();
            ids
        };
        let list = read(file);
        let mut turned = list.clone();
        turned.recommendations.reverse();
        assert_eq!(ids(&list), ids(&RecommendationList::join([turned])), "{file}");
    }
}

/// One text, three answers, the two that mean the same in other words: ids follow the answers, not the order.
#[test]
fn ids_of_answers_do_not_depend_on_the_order_of_rows() {
    let rows = ["Accepted,Spain", "Supported,Peru", "Noted,Chile"];
    let ids = |order: [usize; 3]| {
        let rows: Vec<String> = order.iter().map(|&row| format!("Ratify it,{}\n", rows[row])).collect();
        let text = format!("text,position,from\n{}", rows.concat());
        let list = Reader::new().bytes("a.csv", text.as_bytes()).expect("a list");
        let mut ids: Vec<String> =
            list.recommendations.iter().map(|r| format!("{} {:?}", r.id, r.position())).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids([0, 1, 2]).len(), 2);
    for order in [[1, 0, 2], [2, 1, 0], [0, 2, 1]] {
        assert_eq!(ids(order), ids([0, 1, 2]));
    }
}

#[test]
fn cells_that_say_nothing_say_nothing() {
    let text = "text,position,session,state under review,from\nRatify it,-,n/a,–,N/A\n";
    let reader = Reader::new().state_under_review("Kenya").session("35");
    let list = reader.bytes("a.csv", text.as_bytes()).expect("a list");
    let recommendation = &list.recommendations[0];
    assert!(recommendation.id.starts_with("KEN-35-t"), "{}", recommendation.id);
    assert!(recommendation.position.is_none() && recommendation.recommending_states.is_empty());
}

/// Lists that don't say which review they are of may be of two.
#[test]
fn other_files_are_other_reviews_unless_they_say() {
    let read = |name: &str, text: &str| Reader::new().bytes(name, text.as_bytes()).expect("a list");
    let two = |one, two| RecommendationList::join([one, two]).recommendations.len();
    let text = "text,from\nRatify it,Spain\n";
    assert_eq!(two(read("kenya.csv", text), read("ghana.csv", text)), 2);
    assert_eq!(two(read("kenya.csv", text), read("kenya.csv", text)), 1);
    let text = "text,from,to\nRatify it,Spain,Kenya\n";
    assert_eq!(two(read("a.csv", text), read("b.csv", text)), 1);
    let document = |symbol: &str| format!("text,from,document\nRatify it,Spain,{symbol}\n");
    assert_eq!(two(read("a.csv", &document("A/HRC/46/15")), read("a.csv", &document("A/HRC/44/9"))), 2);
}

/// A record over several lines with a field too few is one reject; its lines are no recommendations of their own.
#[test]
fn a_balanced_record_is_never_taken_apart() {
    let text = "text,from,position\n\"Ensure that\nwomen, children and men have rights\", Spain\nRatify it,Peru,Noted\n";
    let list = Reader::new().bytes("a.csv", text.as_bytes()).expect("a list");
    assert_eq!((list.recommendations.len(), list.rejects.len()), (1, 1));
    assert_eq!(list.rejects[0].reason, "found 2 fields, expected 3 as in the header");
}

/// Ten thousand answers to one text were once compared with each other, each with each.
#[test]
fn many_answers_to_one_text_are_read_at_once() {
    let rows: String = (0..10_000).map(|number| format!("x,answer {number}\n")).collect();
    let list = Reader::new().bytes("a.csv", format!("text,position\n{rows}").as_bytes()).expect("a list");
    assert_eq!(list.recommendations.len(), 10_000);
}

#[test]
fn a_list_read_twice_is_the_same_list() {
    let list = read("upr-info.csv");
    let twice = RecommendationList::join([list.clone(), list.clone()]);
    assert_eq!(twice.recommendations.len(), list.recommendations.len());
    assert!(twice.account().balances());
    for (one, two) in list.recommendations.iter().zip(&twice.recommendations) {
        assert_eq!((&one.id, &one.recommending_states), (&two.id, &two.recommending_states));
    }
}

proptest! {
    /// Rows in = recommendations + merged + pledges + rejects, whatever stands in a file.
    #[test]
    fn no_row_is_ever_lost(
        cells in proptest::collection::vec(
            proptest::sample::select(vec![
                "Abolish the death penalty", "Spain", "\"", "\"\"", ",", ",", ";", "\n", "\n", "\r", "\r\n", "\t", " ", "'", "é", "\"a,b\"", "=1",
            ]),
            0..60,
        ),
    ) {
        let text = format!("text,from,to\n{}", cells.concat());
        let list = Reader::new().bytes("random.csv", text.as_bytes()).expect("a header with a text");
        prop_assert!(list.account().balances(), "{:?} of {text:?}", list.account());
        // and every letter that was in the rows is in a recommendation or in a reject
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let kept: usize = list.recommendations.iter().chain(&list.pledges).map(|r| letters(&r.text)).sum::<usize>()
            + list.rejects.iter().map(|reject| letters(&reject.raw)).sum::<usize>();
        let merged = list.account().merged + list.account().repeated > 0;
        let named: usize = list.recommendations.iter().flat_map(|r| &r.recommending_states).map(|name| letters(&name.given)).sum();
        let reviewed: usize = list.recommendations.iter().filter_map(|r| r.state_under_review.as_ref()).map(|name| letters(&name.given)).sum();
        if !merged && list.pledges.is_empty() && !cells.contains(&"\"\"") {
            prop_assert!(kept + named + reviewed >= letters(&cells.concat()).saturating_sub(lost_to_repetition(&list)), "{text:?}");
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        match Reader::new().bytes("random", &bytes) {
            Ok(list) => prop_assert!(list.account().balances()),
            Err(error) => prop_assert!(error.to_string().starts_with("random") && error.to_string().contains(": found ")),
        }
        let with_header = [b"text,from\n".as_slice(), &bytes].concat();
        if let Ok(list) = Reader::new().bytes("random.csv", &with_header) {
            prop_assert!(list.account().balances());
        }
    }
}

/// A State named twice in a cell is one State.
fn lost_to_repetition(list: &RecommendationList) -> usize {
    list.recommendations.len() * "Spain".len() * 60
}

/// A bare "Country" is who recommends, where it is known who is under review; a sum under the list is none.
#[test]
fn a_list_as_a_person_types_it() {
    let table =
        b"No.,Recommendation,Country,Response\n1,Abolish the death penalty,Spain; Peru,Noted\nTotal,6,,\n";
    let read = |reader: Reader| reader.bytes("mine.csv", table).expect("a list");
    let list = read(Reader::new().state_under_review("Kenya"));
    let states = list.recommendations[0].recommending_states.iter().map(|name| name.name());
    assert_eq!(states.collect::<Vec<_>>(), ["Spain", "Peru"]);
    assert_eq!(list.recommendations.len(), 1);
    assert_eq!(
        (list.rejects[0].row, list.rejects[0].reason.as_str()),
        (3, "found a text without letters, expected a recommendation")
    );
    let unknown = read(Reader::new());
    assert!(unknown.recommendations[0].recommending_states.is_empty());
    assert_eq!(unknown.files[0].unused_columns, ["Country"]);
}

/// Two reviews in one list, by the headers that people use; the sums under it; a State that speaks for others.
#[test]
fn a_list_of_two_reviews() {
    let table = b"Country reviewed,Recommendation,Made by,Response\n\
                  Kenya,Abolish the death penalty,Spain,Accepted\n\
                  Uganda,Abolish the death penalty,Spain,Accepted\n\
                  Uganda,Abolish the death penalty,Norway (on behalf of the Nordic States),Accepted\n\
                  Kenya,End torture,\"Peru (on behalf of Chile), France\",Accepted\n\
                  TOTAL,Total: 4 recommendations,4,\n,Sum,,\n,Total access to information for all,Peru,Noted\n";
    let list = Reader::new().bytes("two.csv", table).expect("a list");
    let account = list.account();
    assert_eq!((account.recommendations, account.recommendation_x_state, account.merged), (4, 6, 1));
    let rejects: Vec<(u64, &str)> =
        list.rejects.iter().map(|reject| (reject.row, reject.reason.as_str())).collect();
    let reason = "found \"Total: 4 recommendations\", the sum under a list, expected a recommendation";
    assert_eq!(rejects[0], (6, reason));
    assert_eq!(rejects.len(), 2);
    let names = list.recommendations.iter().flat_map(|one| &one.recommending_states);
    assert!(names.clone().all(|name| name.state.is_some()));
    assert!(names.clone().any(|name| &*name.given == "Norway (on behalf of the Nordic States)"));
}

/// As Excel saves a sheet with a heading. Rows count as the spreadsheet shows them.
#[test]
fn titles_may_stand_above_the_header() {
    let table = b"Kenya, third cycle;;;\r\nas of;1 June 2020;;\r\n\r\nNo;Recommendation;State;Government position\r\n\
                  1;Abolish the death penalty;Austria-Germany;Noted\r\n;;;\r\n2;Ratify it;France et Peru;Accepted\r\n";
    for text in [table.to_vec(), table.iter().map(|byte| if *byte == b';' { b'\t' } else { *byte }).collect()]
    {
        let list = Reader::new().state_under_review("Kenya").bytes("titled.csv", &text).expect("a list");
        let account = list.account();
        assert_eq!((account.rows, account.recommendations, account.recommendation_x_state), (3, 2, 4));
        assert_eq!(list.rejects[0].row, 6);
        let made = &list.recommendations[1];
        assert_eq!((made.sources[0].row, made.paragraph.as_deref()), (7, Some("2")));
        assert_eq!(made.position(), Some(upr::Position::Supported));
    }
    // a first row that is a header is the header, whatever comes below
    let list = Reader::new().bytes("a.csv", b"text,from\nposition,to\n").expect("a list");
    assert_eq!(list.recommendations[0].text, "position");
}

/// The language in brackets belongs to no name of a column.
#[test]
fn brackets_behind_a_header() {
    let table = b"Rec. No.,Recommendation (English),Recommendation (French)\n1,Ratify it,La ratifier\n";
    let list = Reader::new().bytes("a.csv", table).expect("a list");
    assert_eq!(list.recommendations[0].text, "Ratify it");
    assert_eq!(list.files[0].unused_columns, ["Recommendation (French)"]);
}

/// A first and a final response: nobody knows which counts.
#[test]
fn of_two_answers_none_is_taken() {
    let table = b"Text,Kenya's response,Government's final response\nRatify it,Noted,Accepted\n";
    let list = Reader::new().bytes("a.csv", table).expect("a list");
    assert!(list.recommendations[0].position.is_none());
    assert_eq!(list.files[0].unused_columns, ["Kenya's response", "Government's final response"]);
}

/// A bracket that makes another name of a State's name is read with it.
#[test]
fn names_turned_round() {
    let states = |file: &str| -> Vec<&'static str> {
        let list = upr::read::path(fixture("misleading").join(file)).expect("a list");
        list.recommendations
            .iter()
            .flat_map(|made| &made.recommending_states)
            .map(|name| name.iso3())
            .collect()
    };
    let expected = "SSD GNQ COD KOR PRK COG COD GIN FSM PNG TLS ZAF";
    assert_eq!(states("names-turned-round.csv").join(" "), expected);
    assert_eq!(states("names-of-no-state.csv"), ["", "", "", ""]);
}
