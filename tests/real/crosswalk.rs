//! How far do the tables of `upr::grouping` agree with the coders of UPR Info and OHCHR? On the shared data, in halves:
//! one was in view while the tables were written. `cargo test --test real crosswalk:: -- --nocapture` prints the figures of
//! `MEASURED.md`.

use std::sync::OnceLock;
use support::{fnv1a, shared};
use upr::compare::{Profile, Side};
use upr::count::{Grouping, Reading};
use upr::evaluate::{Agreement, Comparison, Crosswalk};
use upr::read::Reader;
use upr::statistics::Options;
use upr::{Codebook, CodedList, Selection, Tagger};

fn show(what: &str, agreement: &Agreement) {
    let (micro, average) = (agreement.micro(), agreement.macro_average());
    eprintln!(
        "{what}: {} recommendations, micro {:.3} (precision {:.3}, recall {:.3}), macro {:.3}, {} labels",
        agreement.recommendations(),
        micro.f1,
        micro.precision,
        micro.recall,
        average.f1,
        agreement.labels().count()
    );
}

/// UPR Info's export, each row apart, coded with core.
fn export() -> &'static CodedList {
    static EXPORT: OnceLock<CodedList> = OnceLock::new();
    let read = || {
        let folder = shared("upr-info");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|file| file.expect("a file").path())
            .filter(|path| {
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("sessions-"))
            })
            .collect();
        files.sort();
        let list = Reader::new().rows_apart().paths(&files).expect("UPR Info's export");
        Tagger::core().tag(list)
    };
    EXPORT.get_or_init(read)
}

/// UPR Info's issues from the tags of core. In view: States under review whose name has an even hash.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn core_reads_as_upr_info() {
    let coded = export();
    let codebook = Codebook::core();
    let grouping = Grouping::bundled("upr-info", &codebook).expect("a bundled grouping");
    for &reading in Reading::ALL {
        let crosswalk = Crosswalk::by_grouping(&grouping.clone().with_reading(reading));
        let comparison = Comparison::of(coded, &crosswalk).expect("labels");
        let mut halves = [Agreement::new(), Agreement::new()];
        for (state, agreement) in comparison.by_state_under_review() {
            halves[(fnv1a(&state) % 2) as usize].merge(agreement);
        }
        let all = comparison.agreement();
        show(&format!("core as upr-info, {}", reading.as_str()), &all);
        for (name, half) in ["in view", "unseen"].iter().zip(&halves) {
            show(&format!("core as upr-info, {}, {name}", reading.as_str()), half);
        }
        if reading == Reading::Usual {
            for (name, label) in all.labels().filter(|(_, label)| label.f1 < 0.6) {
                eprintln!(
                    "  {}: support {}, precision {:.2}, recall {:.2}",
                    name, label.support, label.precision, label.recall
                );
            }
            assert_eq!(all.recommendations(), 26_298);
            assert!(all.micro().f1 >= UPR_INFO.0 && halves[1].micro().f1 >= UPR_INFO.0, "micro-F1");
            assert!(all.macro_average().f1 >= UPR_INFO.1, "macro-F1");
        }
    }
}

/// Floors a little below what was measured.
const UPR_INFO: (f64, f64) = (0.84, 0.76);
const THEMES_CYCLE_4: f64 = 0.72;
const THEMES_CYCLE_2: f64 = 0.75;
const GOALS_CYCLE_4: f64 = 0.71;

fn thematic_list(cycle: u8, tagger: &Tagger) -> CodedList {
    let path = shared(&format!("thematic-lists/slovenia-cycle{cycle}.docx"));
    tagger.tag(upr::read::path(path).expect("a thematic list"))
}

/// In view: the recommendations with an odd number.
fn half(coded: &CodedList, odd: bool) -> Selection<'_> {
    coded.select(|coded| {
        let paragraph = coded.recommendation.paragraph.as_deref().unwrap_or_default();
        let number = paragraph.rsplit('.').next().and_then(|number| number.parse::<u32>().ok());
        number.is_some_and(|number| (number % 2 == 1) == odd)
    })
}

type Labels = fn(&upr::Recommendation) -> &[String];

fn themes(recommendation: &upr::Recommendation) -> &[String] {
    &recommendation.labels.themes
}

fn sdgs(recommendation: &upr::Recommendation) -> &[String] {
    &recommendation.labels.sdgs
}

/// OHCHR's themes and goals from the tags of core and of upr-info, in both thematic lists of Slovenia.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn tags_read_as_ohchr_themes() {
    let runs: [(&str, u8, &str, Labels, f64); 5] = [
        ("core", 4, "ohchr-themes", themes, THEMES_CYCLE_4),
        ("core", 2, "ohchr-themes-cycle-2", themes, THEMES_CYCLE_2),
        ("core", 4, "sdgs", sdgs, GOALS_CYCLE_4),
        ("upr-info", 4, "ohchr-themes", themes, 0.57),
        ("upr-info", 4, "sdgs", sdgs, 0.66),
    ];
    let taggers =
        [Codebook::core(), Codebook::upr_info()].map(|codebook| Tagger::new(codebook).expect("a tagger"));
    for (codebook, cycle, name, labels, floor) in runs {
        let tagger = taggers.iter().find(|tagger| tagger.codebook().name() == codebook).expect("one of both");
        let coded = thematic_list(cycle, tagger);
        for &reading in Reading::ALL {
            let grouping =
                Grouping::bundled(name, tagger.codebook()).expect("a grouping").with_reading(reading);
            let what = format!("{codebook} as {name}, cycle {cycle}, {}", reading.as_str());
            let all = Agreement::with_grouping(&coded, &grouping, labels);
            let [seen, unseen] =
                [true, false].map(|odd| Agreement::with_grouping(half(&coded, odd), &grouping, labels));
            show(&what, &all);
            show(&format!("{what}, in view"), &seen);
            show(&format!("{what}, unseen"), &unseen);
            if reading == Reading::Usual {
                for (name, label) in unseen.labels().filter(|(_, label)| label.support > 4 && label.f1 < 0.5)
                {
                    eprintln!(
                        "  {}: support {}, precision {:.2}, recall {:.2}",
                        name, label.support, label.precision, label.recall
                    );
                }
                assert!(all.micro().f1 >= floor && unseen.micro().f1 >= floor - 0.03, "{what}");
            }
        }
    }
}

/// The list of the United States has one theme for each recommendation, the heading that it stands under: how often is
/// it among the groups?
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn headings_are_found() {
    let path = shared("usa-2020.csv");
    let tagger = Tagger::new(Codebook::core()).expect("a tagger");
    let coded = tagger.tag(Reader::new().session("36").path(path).expect("a list"));
    for &reading in Reading::ALL {
        let grouping =
            Grouping::bundled("ohchr-themes", tagger.codebook()).expect("a grouping").with_reading(reading);
        let agreement = Agreement::with_grouping(&coded, &grouping, themes);
        assert!(reading != Reading::Usual || agreement.micro().recall >= 0.9, "headings");
        show(&format!("core as ohchr-themes, United States 2020, {}", reading.as_str()), &agreement);
        if reading == Reading::Usual {
            for (name, label) in
                agreement.labels().filter(|(_, label)| label.support > 4 && label.recall < 0.7)
            {
                eprintln!("  {}: support {}, recall {:.2}", name, label.support, label.recall);
            }
        }
    }
}

/// The profiles of all States that occur hold every recommendation and every pair of UPR Info's export once.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn profiles_hold_the_whole_export() {
    let coded = export();
    let list = &coded.recommendations;
    let begun = std::time::Instant::now();
    let options = Options::default();
    let profile = |state: &str| Profile::of(coded, state, &options).expect("a State");
    let france = profile("France");
    eprintln!("one profile of {} recommendations: {:?}", list.len(), begun.elapsed());
    let side = &france.under_review;
    let cycles: u64 = side.cycles.iter().filter_map(|cycle| cycle.count("count")).sum();
    assert_eq!(cycles, side.total);
    let world =
        |side: &Side| side.issues.iter().next().and_then(|issue| issue.count("world_of")).expect("a count");
    assert_eq!(world(side) + side.total, list.len() as u64);
    let pairs: u64 = list.iter().map(|coded| coded.recommendation.pairs() as u64).sum();
    assert_eq!(world(&france.recommending) + france.recommending.total, pairs);
    let partners: u64 =
        france.recommending.partners.iter().filter_map(|partner| partner.count("count")).sum();
    assert_eq!(partners, france.recommending.total);
}
