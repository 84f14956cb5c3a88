//! Do filters take what they say, and does a user read what was wrong with one?

use support::usa;
use upr::count::Filter;
use upr::{Codebook, Dimension, Tagger, Tally, Unit};

#[track_caller]
fn refused(text: &str, message: &str) {
    assert_eq!(Filter::parse(text).expect_err("a fault").to_string(), message);
}

#[test]
fn faults_are_told_in_one_sentence() {
    let known = Dimension::ALL.iter().map(|dimension| dimension.as_str()).collect::<Vec<_>>().join(", ");
    refused("colour=blue", &format!("dimension: found \"colour\", expected one of {known}"));
    refused("=blue", &format!("dimension: found \"\", expected one of {known}"));
    refused(
        "issue=",
        "filter: found \"issue=\", expected a category after the =, such as issue=death-penalty",
    );
    refused(
        "death-penalty",
        "filter: found \"death-penalty\", expected a dimension and a category, such as issue=death-penalty",
    );
}

#[test]
fn categories_that_nobody_knows_are_an_error() {
    let (tagger, coded) = usa();
    let fails = |text: &str, message: &str| {
        let filter = Filter::parse(text).expect("a filter");
        let error = coded.filter(&filter).expect_err("a fault");
        assert_eq!(error.to_string(), message);
    };
    fails(
        "theme=justise",
        "filter: found the theme \"justise\", expected one of the codebook core, such as \"justice-and-policing\"",
    );
    fails(
        "recommending_state=Atlantis",
        "filter: found the recommending_state \"Atlantis\", expected one that a recommendation of the list has",
    );
    fails(
        "position=perhaps",
        "filter: found the position \"perhaps\", expected \"supported\", \"supported_in_part\", \"noted\" and \
         \"pending\", or one that a recommendation of the list has",
    );
    fails(
        "position=not_coded",
        "filter: found the position \"not_coded\", expected \"supported\", \"supported_in_part\", \"noted\" and \
         \"pending\", or one that a recommendation of the list has",
    );
    let early = Filter::parse("issue=nothing-known").expect("a filter").check(tagger.codebooks());
    assert!(early.is_err());
    // known to the UN or to the codebook, and merely not there
    for text in [
        "recommending_state=Tuvalu",
        "session=12",
        "cycle=1",
        "position=pending",
        "sdg=untagged",
        "regional_group=unknown",
    ] {
        let filter = Filter::parse(text).expect("a filter");
        let selected = coded.filter(&filter).expect("a known category");
        assert!(selected.is_empty(), "{text}");
    }
}

#[test]
fn one_category_has_many_spellings() {
    for (text, read) in [
        ("", ""),
        (" , ", ""),
        ("ISSUE = Death-Penalty", "issue=death-penalty"),
        ("issue=icc,policing", "issue=icc,issue=policing"),
        ("issue=icc,issue=icc", "issue=icc"),
        ("state under review=usa", "state_under_review=United States"),
        ("recommending-state=Bolivia (Plurinational State of)", "recommending_state=Bolivia"),
        ("recommending_state=Atlantis", "recommending_state=Atlantis"),
        ("regional_group=weog", "regional_group=WEOG"),
        ("organisation=eu,None", "organisation=EU,organisation=none"),
        ("session=36th session", "session=36"),
        ("position=Accepted", "position=supported"),
        ("position=NOT_GIVEN", "position=not_given"),
        ("sdg=Not_Coded", "sdg=not_coded"),
    ] {
        let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(filter.to_string(), read);
        assert_eq!(Filter::parse(read).expect("what it says of itself"), filter);
        let json = serde_json::to_string(&filter).expect("a serde value");
        assert_eq!(serde_json::from_str::<Filter>(&json).expect("the same back"), filter);
    }
}

/// A filter takes what a tally's cell counts, and any of several categories.
#[test]
fn a_filter_takes_what_a_tally_counts() {
    let (_, coded) = usa();
    let selected = |text: &str| {
        let filter = Filter::parse(text).expect("a filter");
        coded.filter(&filter).expect("known categories").len() as u64
    };
    for &one in Dimension::ALL {
        for &two in Dimension::ALL {
            let tally = Tally::of(&coded, &[one, two]);
            for (cell, count) in tally.iter().take(40) {
                // two conditions on one dimension are a choice
                if one != two {
                    let filter = Filter::new().with(one, &cell[0]).with(two, &cell[1]);
                    assert_eq!(selected(&filter.to_string()), count.of(Unit::Recommendations), "{filter}");
                }
            }
        }
    }
    let either = coded.recommendations.iter().filter(|c| c.coding.has("icc") || c.coding.has("housing"));
    assert_eq!(selected("issue=icc,housing"), either.count() as u64);
    assert_eq!(selected(""), 347);
}

#[test]
fn one_state_must_meet_all_conditions() {
    let text = "text,from\nRatify the Rome Statute,Spain; Peru\n";
    let list = upr::read::Reader::new().bytes("a.csv", text.as_bytes()).expect("a list");
    let tagger = Tagger::new(Codebook::core()).expect("a tagger");
    let coded = tagger.tag(list);
    for (text, taken) in [
        ("recommending_state=Spain,regional_group=WEOG", true),
        ("recommending_state=Spain,regional_group=GRULAC", false),
        ("recommending_state=Spain,Kenya", true),
        ("regional_group=GRULAC,issue=icc", true),
        ("regional_group=GRULAC,issue=housing", false),
    ] {
        assert_eq!(
            Filter::parse(text).expect("a filter").matches(&coded.recommendations[0]),
            taken,
            "{text}"
        );
    }
}

/// What people read may be typed for a code, in the languages of the labels.
#[test]
fn labels_are_accepted() {
    let tagger = Tagger::new(Codebook::core()).expect("a tagger").with_aspects(upr::Aspect::bundled());
    let tagger = tagger.expect("the bundled codebooks");
    let read = |tagger: &Tagger| {
        let reader = upr::read::Reader::new().state_under_review("United States").session("36");
        tagger.tag(reader.path(support::fixture("usa-2020.csv")).expect("the bundled list"))
    };
    let coded = read(&tagger);
    let french = read(&tagger.clone().in_language(upr::Language::French));
    for (text, code) in [
        ("issue=Death penalty", "issue=death-penalty"),
        ("issue=DEATH PENALTY", "issue=death-penalty"),
        ("issue=peine de mort", "issue=death-penalty"),
        ("issue=Pena de muerte", "issue=death-penalty"),
        ("issue=Women's rights and gender equality", "issue=womens-rights"),
        ("issue=womens rights", "issue=womens-rights"),
        ("issue=\"Covenant on Economic, Social and Cultural Rights (ICESCR)\"", "issue=icescr"),
        ("issue=Convention against Torture", "issue=cat"),
        ("theme=International commitments", "theme=international-commitments"),
        ("issue=No issue of the codebook", "issue=untagged"),
        ("sdg=5", "sdg=sdg-5"),
        ("sdg=SDG 5", "sdg=sdg-5"),
        ("sdg=Gender equality", "sdg=sdg-5"),
        ("sdg=5 Égalité entre les sexes", "sdg=sdg-5"),
        ("position=Noted", "position=noted"),
        ("position=Supported in part", "position=supported_in_part"),
        ("position=notées", "position=noted"),
        ("position=not given", "position=not_given"),
        ("regional_group=Western European and Others Group", "regional_group=WEOG"),
        ("Regional Groups=Western European and other States", "regional_group=WEOG"),
        ("regional-group=Europa Occidental y otros", "regional_group=WEOG"),
        ("regional_group=Asia-Pacific Group", "regional_group=Asia"),
        ("Recommending States=Espagne", "recommending_state=Spain"),
        ("action category=5", "action_category=specific"),
    ] {
        for coded in [&coded, &french] {
            let passed = coded.filter(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(passed.filtered().expect("a filter").0, code, "{text}");
        }
    }
    let tally = Tally::of(&french, &[Dimension::Issue, Dimension::Position]);
    let [by_label, by_code] =
        [["Death penalty", "Noted"], ["death-penalty", "noted"]].map(|cell| tally.get(cell).expect("a cell"));
    assert_eq!((by_label, tally.get(["peine de mort", "notées"]).expect("a cell")), (by_code, by_code));
    // as it is stored, it knows codes alone
    let json = serde_json::to_string(&tally).expect("a serde value");
    let stored: Tally = serde_json::from_str(&json).expect("the same back");
    assert_eq!(stored, tally);
    assert!(stored.get(["peine de mort", "noted"]).is_err());
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let (_, coded) = usa();
    let fails = |text: &str, message: &str| {
        assert_eq!(coded.filter(text).expect_err("a fault").to_string(), message);
    };
    fails(
        "issue=Deaht penalty",
        "filter: found the issue \"deaht penalty\", expected one of the codebook core, such as \"death-penalty\"",
    );
    fails(
        "issue=peine de mrot",
        "filter: found the issue \"peine de mrot\", expected one of the codebook core, such as \"death-penalty\"",
    );
    fails(
        "recommending_state=Germony",
        "filter: found the recommending_state \"Germony\", expected one that a recommendation of the list has, such as \
         \"Germany\"",
    );
    let known = Dimension::ALL.iter().map(|dimension| dimension.as_str()).collect::<Vec<_>>().join(", ");
    fails(
        "recomending state=Spain",
        &format!(
            "dimension: found \"recomending state\", expected one of {known}; \"recommending_state\" is nearest"
        ),
    );
    refused(
        "issue=\"death penalty",
        "filter: found a double quote that is not closed, expected one before and one after a category",
    );
}

/// Two issues with one label: which is meant is not guessed.
#[test]
fn a_label_of_two_codes_is_not_accepted() {
    let files = [
        ("codebook.csv", "key,value\nname,mine\nversion,1\n"),
        (
            "issues.csv",
            "issue,label,theme,definition\na,Water,one,Rivers\nb,Water,two,Taps\nc,Air,two,Wind\n",
        ),
        ("rules.csv", "issue,kind,pattern\na,include,river*\nb,include,tap*\nc,include,wind\n"),
    ];
    let tagger = Tagger::new(Codebook::from_files("mine", files).expect("a codebook")).expect("a tagger");
    let coded = tagger.tag(upr::read::path(support::fixture("climate-list.csv")).expect("a list"));
    assert!(coded.filter("issue=Air").is_ok());
    assert_eq!(
        coded.filter("issue=Water").expect_err("a fault").to_string(),
        "filter: found the issue \"water\", expected one of the codebook mine, such as \"a\""
    );
}
