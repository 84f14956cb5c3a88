//! Is the page of `summary --report` well-formed, right, harmless, and the same each time? What a browser makes of it
//! is tested in `tests/browser`.

use crate::page::Page;
use proptest::prelude::*;
use std::collections::BTreeSet;
use support::programs::{program, text};
use support::{fixture, scratch, usa};
use upr::export::page as page_of;
use upr::read::Reader;
use upr::{Aspect, Codebook, CodedList, Dimension, Tagger, Tally};

/// A list, coded with a small codebook.
fn coded(table: &[u8]) -> CodedList {
    let tagger =
        Tagger::new(Codebook::load(fixture("codebook-climate")).expect("a codebook")).expect("a tagger");
    tagger.tag(Reader::new().bytes("list.csv", table).expect("a list"))
}

/// One answer of many must not make a headline.
#[test]
fn the_issue_noted_most_often_is_named_where_some_were_noted() {
    for (noted, named) in [(1, false), (4, false), (5, true)] {
        let row = |at: usize| {
            let position = if at < noted { "noted" } else { "supported" };
            format!("Cut the emissions of plant number {at},{position}\n")
        };
        let table = format!("text,position\n{}", (0..20).map(row).collect::<String>());
        let coded = coded(table.as_bytes());
        let page = page_of(&coded);
        assert_eq!(page.contains("Noted most often"), named, "{noted} of 20 noted");
    }
}

#[test]
fn the_page_is_well_formed_and_leads_somewhere() {
    let tagger =
        Tagger::new(Codebook::core()).expect("a tagger").with_aspects(Aspect::bundled()).expect("aspects");
    let bundled = tagger.tag(upr::read::path(fixture("usa-2020.csv")).expect("the bundled list"));
    let quirks = tagger.tag(upr::read::path(fixture("quirks.csv")).expect("a fixture"));
    let cycles = tagger.tag(upr::read::path(fixture("two-cycles.csv")).expect("a fixture"));
    for list in [bundled, quirks, cycles, CodedList::new(tagger.codebooks().clone(), Vec::new())] {
        let page = page_of(&list);
        assert!(page.len() < 1_000_000, "{} bytes", page.len());
        let page = Page::read(&page);
        let mut ids = BTreeSet::new();
        for id in page.0.iter().filter_map(|element| element.attributes.get("id")) {
            assert!(ids.insert(id.clone()), "the id {id} twice");
        }
        for link in page.named("a").filter_map(|link| link.attributes["href"].strip_prefix('#')) {
            assert!(ids.contains(link), "a link to #{link}");
        }
        for label in page.0.iter().filter_map(|element| element.attributes.get("aria-labelledby")) {
            assert!(ids.contains(label), "a label {label}");
        }
        let headings = page.0.iter().filter(|element| matches!(&*element.name, "h1" | "h2" | "h3" | "h4"));
        let levels: Vec<u8> = headings.map(|heading| heading.name.as_bytes()[1] - b'0').collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
        // each drawing says in words what it shows, or is hidden from those who don't see it
        for drawing in page.named("svg") {
            let hidden = drawing.attributes.contains_key("aria-hidden");
            let titled =
                drawing.attributes.get("role").is_some_and(|role| role == "img") && !drawing.text.is_empty();
            let legend = drawing.parent.is_some_and(|at| page.0[at].attributes.contains_key("aria-hidden"));
            assert!(hidden || titled || legend, "{}", drawing.text);
        }
        for figure in page.named("figcaption") {
            assert!(figure.text.contains("Unit: "), "{}", figure.text);
        }
        // without the script all rows are there, and nothing that needs it
        assert!(page.named("tr").all(|row| !row.attributes.contains_key("hidden")));
        assert!(page.by_id("controls").attributes.contains_key("hidden"));
    }
}

/// The numbers of the page are those of the tally.
#[test]
fn totals_and_figures_are_the_tallys() {
    let (tagger, coded) = usa();
    let page = Page::read(&page_of(&coded));
    assert_eq!((page.number("total-recommendations"), page.number("total-pairs")), (347, 357));
    let positions = Tally::of(&coded, &[Dimension::Position]);
    for (id, position) in [("supported", "supported"), ("in-part", "supported_in_part"), ("noted", "noted")] {
        let counted = positions.get([position]).unwrap().recommendations;
        assert!(counted > 0);
        assert_eq!(page.number(&format!("total-{id}")), counted);
    }
    assert_eq!(page.table("list").len(), 347);

    let issues = Tally::of(&coded, &[Dimension::Issue]);
    let rows = page.table("issue-positions");
    assert_eq!(rows.len(), issues.iter().count());
    let by_group = Tally::of(&coded, &[Dimension::Issue, Dimension::RegionalGroup]);
    let heat = page.table("heat");
    for (cell, count) in issues.iter() {
        let label = &tagger.codebook().issue(&cell[0]).expect("every recommendation has an issue").label;
        let row = rows.iter().find(|row| row[0] == *label).expect("a row");
        assert_eq!(row[1], count.recommendations.to_string(), "{label}");
        assert_eq!(row.last(), Some(&count.recommendation_x_state.to_string()), "{label}");
        let [supported, in_part, noted] = [2, 3, 4].map(|at| row[at].parse::<u64>().expect("a number"));
        assert_eq!(supported + in_part + noted, count.recommendations, "{label}");
        let row = heat.iter().find(|row| row[0] == *label).expect("a row");
        for (group, said) in
            ["Africa", "Asia", "EEG", "GRULAC", "Observer", "WEOG"].into_iter().zip(&row[1..])
        {
            let count = by_group.get([&*cell[0], group]).unwrap().recommendations;
            assert!(said.starts_with(&format!("{count} (")), "{label}, {group}: {said} and {count}");
        }
    }
    // what is drawn says what the table says
    let drawn = page.named("title").find(|title| title.text.starts_with("Death penalty: 36 recommendations"));
    assert_eq!(
        drawn.expect("a bar").text,
        "Death penalty: 36 recommendations; 10 supported, 2 supported in part, 24 noted"
    );
}

/// The page opens with the findings: what was asked, by whom, how it was answered, with links to where it is shown.
#[test]
fn the_page_opens_with_the_findings() {
    let (_, coded) = usa();
    let page = Page::read(&page_of(&coded));
    let about = &page.named("dl").next().expect("about").text;
    assert!(about.starts_with("Session beganNovember 2020, cycle 3"), "{about}");
    let section = page.named("section").next().expect("a section");
    assert_eq!(section.attributes["id"], "totals");
    let findings = section.text.split_once("The most frequent issues:").expect("findings").1;
    for sentence in [
        " Ratification of treaties (68), Women's rights and gender equality (65), Racial discrimination and systemic racism \
         (60). A recommendation counts under each of its issues.",
        "with the aim of abolishing it completely: 21 recommendations by 21 States (Australia, Bulgaria, Canada, Chile, \
         Cyprus, Czechia and 15 more): 3 supported, 1 supported in part, 17 noted.",
        "The States with the most recommendations: China (9), Cuba (8), Iran (7). By regional group: Asia (93), WEOG (85), \
         GRULAC (59).",
        "The issues with the most noted recommendations: Death penalty (24 of 36)",
        "Returned since the last cycle: not known from this list; that needs the recommendations of two cycles of one State.",
        "Check before you cite: Untagged: 0 recommendations without an issue of the codebook (0.0%).",
    ] {
        assert!(findings.contains(sentence), "{sentence:?} in {findings}");
    }
    // themes by size
    let themes: Vec<u64> = page.table("themes").iter().map(|row| row[1].parse().expect("a number")).collect();
    assert!(themes.len() > 5 && themes.is_sorted_by(|one, two| one >= two), "{themes:?}");
    // what is long is closed, and what a print has all the same says so
    let details: Vec<_> = page.named("details").collect();
    assert!(details.iter().all(|each| !each.attributes.contains_key("open")));
    let list = page.0.iter().position(|element| element.attributes.get("id").is_some_and(|id| id == "list"));
    let around = page.0[list.expect("the table")].parent.expect("its details");
    assert_eq!(page.0[around].attributes["class"], "long");
}

/// Of a list with two cycles of one State the page says what returned, with the numbers of `across_cycles`.
#[test]
fn the_page_says_what_returned() {
    use upr::compare::{LinkKind, across_cycles};
    let coded = Tagger::core().tag(upr::read::path(fixture("two-cycles.csv")).expect("a fixture"));
    let cycles = across_cycles(&coded);
    let links = &cycles[0];
    let gone = links.disappeared(LinkKind::Reworded).len();
    let returned = links.earlier.len() - gone;
    assert!(gone > 0 && returned > 1, "{gone} and {returned}");
    let page = Page::read(&page_of(&coded));
    let sentence = format!(
        "Of the recommendations of cycle 1 (9), {returned} were made again in cycle 2, in the same or in other words. \
         Their most frequent issues:"
    );
    for section in ["totals", "returned"] {
        let text = &page.by_id(section).text;
        assert!(text.contains(&sentence), "{sentence:?} in {text}");
    }
    assert_eq!(page.table("returned").len(), returned);
    let about = &page.named("dl").next().expect("about").text;
    assert!(about.contains("session 3: December 2008, cycle 1; session 16: April 2013, cycle 2"), "{about}");

    // of several States there is no such sentence
    let several = Tagger::core().tag(upr::read::path(fixture("upr-info.csv")).expect("a fixture"));
    let page = page_of(&several);
    assert!(!page.contains("were made again in cycle") && !page.contains("id=\"returned\""));
}

/// Two observers, or ten recommendations, have no share that a shade could show.
#[test]
fn small_groups_are_not_shaded() {
    let (_, coded) = usa();
    let page = Page::read(&page_of(&coded));
    let heat = &page.by_id("heat").text;
    let note = "Not shaded, since one State or one recommendation would decide the share (fewer than 5 recommending \
                States, or fewer than 20 recommendations): Observer (States: 1, recommendations: 6).";
    assert!(heat.contains(note), "{heat}");
    let cells =
        page.named("rect").filter(|cell| cell.attributes.get("class").is_some_and(|class| class == "cell"));
    let (observer, others): (Vec<_>, Vec<_>) = cells.partition(|cell| cell.text.contains(", Observer: "));
    let is_shaded = |cell: &&&crate::page::Element| cell.attributes["fill"] != "#FFFFFF";
    assert!(observer.iter().any(|cell| !cell.text.contains(": 0 of")), "observers recommended something");
    assert_eq!(observer.iter().filter(is_shaded).count(), 0);
    assert!(others.iter().filter(is_shaded).count() > 50);
}

/// The title says whose review it is, as far as the list does.
#[test]
fn the_title_names_the_review() {
    for (rows, title) in [
        ("Plant trees,,\n", "State under review not given"),
        ("Plant trees,Kenya,\n", "Kenya"),
        ("Plant trees,Kenya,35\nSave water,Kenya,35\n", "Kenya, session 35"),
        ("Plant trees,Kenya,8\nSave water,Peru,21\n", "Kenya and Peru, sessions 8 and 21"),
        ("Plant trees,Kenya,8\nSave water,Peru,9\nCut,Chad,10\n", "3 States under review, sessions 8 to 10"),
        ("Plant trees,Kenya,8\nSave water,Peru,9\nCut,Chad,11\n", "3 States under review, 3 sessions"),
        ("Plant trees,Kenya,8\nSave water,Peru,9\nCut,Kenya,last autumn\n", "Kenya and Peru, 3 sessions"),
    ] {
        let coded = coded(format!("text,state under review,session\n{rows}").as_bytes());
        let page = Page::read(&page_of(&coded));
        assert_eq!(page.named("h1").next().expect("a heading").text, title);
        let name = &page.named("title").next().expect("a title").text;
        assert_eq!(*name, format!("{title}: recommendations of the Universal Periodic Review"));
    }
}

/// One row as it is written, for whoever changes the layout to see what changes.
#[test]
fn a_row_of_the_table() {
    let coded = coded(
        b"paragraph,text,recommending states,position\n\
          7.1,Cut emissions & <protect> people displaced by climate change,Fiji; Atlantis,noted\n",
    );
    let page = page_of(&coded);
    let from = page.find("<tr id=\"r1\"").expect("a row");
    let to = from + page[from..].find("</tr>").expect("its end");
    let row = page[from..to].replace("><", ">\n<");
    assert_eq!(
        row,
        include_str!("report_row.html").trim_end(),
        "tests/suite/report_row.html shows the row that was agreed on"
    );
}

/// A share supported is a share of what was answered, here as in the statistics; with no answer there is none.
#[test]
fn shares_are_of_what_was_answered() {
    let answers = ["supported", "noted", "pending", "pending", ""];
    let rows = answers.map(|answer| format!("Plan for sea-level rise and climate change,{answer}\n"));
    let numbered = rows.iter().enumerate().map(|(at, row)| format!("7.{},{row}", at + 1));
    let table = |rows: &[String]| format!("paragraph,text,position\n{}", rows.concat());
    let rows: Vec<String> = numbered.collect();
    let list = coded(table(&rows).as_bytes());
    let page = page_of(&list);
    assert!(page.contains("<td>50.0%</td>") && !page.contains("<td>20.0%</td>"));
    let unanswered = coded(table(&rows[2..]).as_bytes());
    let page = page_of(&unanswered);
    assert!(page.contains("<td>none</td>") && !page.contains("<td>0.0%</td>"));
}

const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></textarea>--><img src=x onerror=alert(1)>",
    "]]><![CDATA[ <!-- &lt;b&gt; &amp;",
    "\u{202E}evil\u{2066}\u{200F}",
    "javascript:alert(1)\u{0}\u{1b}[31m\u{85}\u{FFFE}",
];

/// A misspelt name is shown with the State that it was read as; where none was misspelt, nothing is said.
#[test]
fn misspelt_names_are_shown() {
    let page = |table: &str| {
        let coded = coded(table.as_bytes());
        page_of(&coded)
    };
    let with = page("text,from\nEnd it,Spian\nJoin it,Kenya\n");
    let rows: Vec<&str> = with.split("Other spellings, and the State").skip(1).collect();
    assert_eq!(rows.len(), 1);
    for cell in ["<bdi>Spian</bdi>", ">Spain</td>", "<bdi>list.csv</bdi>, row 2"] {
        assert!(rows[0].contains(cell), "{cell} in {}", rows[0]);
    }
    assert!(!page("text,from\nEnd it,Spain\n").contains("Other spellings"));
}

/// Texts of all kinds, in all columns, stay texts.
#[test]
fn hostile_texts_stay_texts() {
    let harmless = Page::read(&page_of_texts(&["abolish".to_string()]));
    let shape = |page: &Page| -> BTreeSet<String> {
        let names = page.0.iter().flat_map(|element| {
            let keys = element.attributes.keys().map(|key| format!("{} {key}", element.name));
            keys.chain([element.name.clone()]).collect::<Vec<_>>()
        });
        names.collect()
    };
    for hostile in HOSTILE {
        let written = page_of_texts(&[hostile.to_string()]);
        let page = Page::read(&written);
        let more: Vec<_> = shape(&page).difference(&shape(&harmless)).cloned().collect();
        assert!(more.iter().all(|name| !name.contains(" on") && !name.starts_with("img")), "{more:?}");
        for address in page.named("a").map(|link| &link.attributes["href"]) {
            assert!(address.starts_with('#') || address.starts_with("https://docs.un.org/"), "{address}");
        }
        // what turns the direction of writing stands in an element that isolates it, and in no attribute
        let turns = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        for element in &page.0 {
            assert!(
                element.attributes.values().all(|value| !value.contains(turns)),
                "{:?}",
                element.attributes
            );
        }
        let isolated: usize = page
            .named("bdi")
            .filter(|bdi| bdi.parent.is_none_or(|at| page.0[at].name != "bdi"))
            .map(|bdi| bdi.text.matches(turns).count())
            .sum();
        assert_eq!(written.matches(turns).count(), isolated, "all in <bdi>");
        assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "control characters made visible");
    }
    assert!(page_of_texts(&[HOSTILE[6].to_string()]).contains("javascript:alert(1)␀␛[31m\u{FFFD}\u{FFFD}"));
}

/// A page of recommendations with these texts everywhere that a list can have texts.
fn page_of_texts(texts: &[String]) -> String {
    let mut coded = coded(b"text\nCut emissions of greenhouse gases\nx\n");
    for text in texts {
        let mut made = coded.recommendations[0].clone();
        let recommendation = &mut made.recommendation;
        recommendation.id = text.clone();
        recommendation.text = format!("{} {text}", recommendation.text);
        recommendation.paragraph = Some(text.clone());
        recommendation.document = Some(text.clone());
        recommendation.recommending_states = vec![upr::StateName::new(text)];
        recommendation.state_under_review = Some(upr::StateName::new(text));
        recommendation.session = Some(upr::Session::new(text));
        recommendation.position = Some(upr::PositionGiven::new(text));
        let mut untagged = made.clone();
        untagged.coding.tags.clear();
        // spans of another text
        let mut damaged = made.clone();
        for tag in &mut damaged.coding.tags {
            tag.evidence.iter_mut().for_each(|evidence| evidence.span = 3..9_999);
        }
        coded.recommendations.extend([made, untagged, damaged]);
        let source = upr::Source::new(text.as_str(), 1);
        coded.rejects.push(upr::read::Reject::new(source, text, text));
        coded.files[0].unused_columns.push(text.clone());
        coded.files[0].file = text.as_str().into();
    }
    page_of(&coded)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever the texts, the page can be read and has its one script.
    #[test]
    fn any_texts_make_a_page(texts in prop::collection::vec(any::<String>(), 1..4)) {
        Page::read(&page_of_texts(&texts));
    }
}

/// A browser runs nothing whose hash the page's policy doesn't name, so a stale hash would leave the page bare.
#[test]
fn the_policy_names_the_style_and_the_script_of_the_page() {
    use base64::Engine;
    use sha2::Digest;
    let (_, coded) = usa();
    let page = page_of(&coded);
    for name in ["style", "script"] {
        let (_, rest) = page.split_once(&format!("<{name}>")).expect("an element");
        let (content, _) = rest.split_once(&format!("</{name}>")).expect("its end");
        let hash = base64::prelude::BASE64_STANDARD.encode(sha2::Sha256::digest(content));
        assert!(page.contains(&format!("sha256-{hash}")), "{name}: expected {hash}");
    }
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let (_, coded) = usa();
    let page = page_of(&coded);
    assert_eq!(page, page_of(&coded.clone()));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert_eq!(page, one.install(|| page_of(&coded)));
    assert!(!page.contains(env!("CARGO_MANIFEST_DIR")), "no path of this machine");
}

#[test]
fn a_long_list_is_cut_and_the_page_says_so() {
    let mut table = "text,recommending states,state under review\n".to_string();
    for number in 0..1_003 {
        table.push_str(&format!("Plant {number} trees,Peru,Kenya\n"));
    }
    let coded = coded(table.as_bytes());
    let page = Page::read(&page_of(&coded));
    assert_eq!(page.number("total-recommendations"), 1_003);
    assert_eq!(page.table("list").len(), 1_000);
    // a name beside a bar would leave fewer rows than the bar counts
    assert!(page.named("a").all(|link| !link.attributes.contains_key("data-filter")));
    let section = &page.by_id("recommendations").text;
    assert!(section.contains("first 1,000 of 1,003 recommendations"), "{section}");
    assert!(
        section.contains("3 are left out. All figures count all of them. The export (summary --out DIR) has")
    );
    let untagged = &page.by_id("untagged").text;
    assert!(untagged.contains("1,003 recommendations matched no issue in the codebook"), "{untagged}");
    assert!(untagged.contains(
        "903 more are not shown. The export (summary --out DIR) has all of them in recommendations.csv"
    ));
}

#[test]
fn the_program_writes_the_page() {
    let folder = scratch("report-page");
    let path = folder.join("usa.html");
    let path = path.to_str().expect("a path");
    let output = program("summary", &["--report", path, "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), format!("wrote {path}\n"));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let page = Page::read(&std::fs::read_to_string(path).expect("a page"));
    assert_eq!(Some(page.number("total-recommendations")), summary["recommendations"].as_u64());
    assert_eq!(page.named("h1").next().expect("a heading").text, "United States, session 36");

    // a filter holds for the page as well
    let output = program("summary", &["--report", path, "--filter", "issue=death-penalty"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page = Page::read(&std::fs::read_to_string(path).expect("a page"));
    assert_eq!(page.number("total-recommendations"), 36);
    let header = &page.named("header").next().expect("a header").text;
    assert!(
        header.contains("Part of a list. Filter: issue=death-penalty; 36 of 347 recommendations match."),
        "{header}"
    );

    let nowhere = folder.join("no-such-folder").join("usa.html");
    let output = program("summary", &["--report", nowhere.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.starts_with(&format!("summary: {}: cannot be written\n", nowhere.display())), "{said}");
}
