//! Does the help fit a screen, is it right, and can its examples be run?

use support::programs::{program, text};
use support::{fixture, scratch};
use upr::Dimension;

/// The short help fits one screen, and names options that there are.
#[test]
fn the_help_fits_one_screen() {
    let [short, help] = ["--help", "--help-all"].map(|option| text(&program("summary", &[option]).stdout));
    assert!(short.lines().count() < 40 && short.lines().all(|line| line.chars().count() <= 80), "{short}");
    let words = short.split(|c: char| !c.is_alphanumeric() && c != '-');
    let options: Vec<&str> = words.filter(|word| word.starts_with("--")).collect();
    assert!(options.len() > 20, "{short}");
    for option in options {
        assert!(option == "--help-all" || help.contains(&format!(" {option}")), "{option}");
    }
}

/// The help names every exit code, and its examples are commands that can be understood.
#[test]
fn the_help_is_right() {
    let output = program("summary", &["--help-all"]);
    assert_eq!(output.status.code(), Some(0));
    let help = text(&output.stdout);
    for (code, meaning) in [
        (0, "success"),
        (1, "a file, the codebook or the grouping could not be read"),
        (2, "unknown options"),
    ] {
        assert!(help.contains(&format!("\n  {code}  {meaning}")), "{help}");
    }
    for dimension in Dimension::ALL {
        assert!(help.contains(dimension.as_str()), "{}", dimension.as_str());
    }
    let out = scratch("help-examples");
    let page = out.with_extension("html");
    let corrections = fixture("corrections/decisions.csv");
    let asks = scratch("help-asks").with_extension("csv");
    std::fs::write(&asks, "ask\nNobody should be put to death by the State.\n").expect("a file");
    let project = scratch("help-project").join("list.qdpx");
    let sheet = out.join("sheet.csv");
    let (list, codebook) = (fixture("own-list.xlsx"), fixture("codebook-climate"));
    // as they are written: a narrow help wraps them
    let examples = include_str!("../../../examples/summary/examples.txt");
    let examples: Vec<&str> =
        examples.lines().filter_map(|line| line.strip_prefix("      summary")).collect();
    assert!(examples.len() >= 8, "{help}");
    for example in examples {
        // what is between quotation marks is one argument
        let parts = example.split('"').enumerate();
        let words = parts.flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        });
        let arguments: Vec<&str> = words
            .map(|word| match word {
                "list.xlsx" | "list.csv" | "sessions-*.csv" | "draft.docx" | "report.docx" => {
                    list.to_str().expect("a path")
                }
                "my-codebook" | "my-codebook-1.0" => codebook.to_str().expect("a path"),
                "counts" => out.to_str().expect("a path"),
                "list.html" | "sheet.html" => page.to_str().expect("a path"),
                "corrections.csv" => corrections.to_str().expect("a path"),
                "asks.csv" => asks.to_str().expect("a path"),
                "sheet.csv" => sheet.to_str().expect("a path"),
                // written by one example, and read by the next
                "list.qdpx" | "list-checked.qdpx" => project.to_str().expect("a path"),
                // the headers of the fixture
                "text=Wording" => "text=Recommendation",
                word => word,
            })
            .collect();
        let output = program("summary", &arguments);
        assert_eq!(output.status.code(), Some(0), "{example}: {}", text(&output.stderr));
    }
}
