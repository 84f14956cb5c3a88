//! Can a program or the library be made to replace or remove a file that upr did not write?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use support::programs::{program, text};
use support::{fixture, scratch};
use upr::export::{self, JsonOptions, overwrite_if as to};
use upr::{Codebook, CodedList, Tagger};

fn coded() -> CodedList {
    let tagger =
        Tagger::new(Codebook::load(fixture("codebook-climate")).expect("a codebook")).expect("a tagger");
    tagger.tag(upr::read::path(fixture("climate-list.csv")).expect("a list"))
}

/// All that is below a folder: files with their bytes, links with where they lead.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let about = fs::symlink_metadata(&path).expect("an entry");
        if about.is_symlink() {
            let to = fs::read_link(&path).expect("a link");
            found.insert(path, format!("-> {}", to.display()).into_bytes());
        } else if about.is_dir() {
            found.extend(tree(&path));
            found.insert(path, b"folder".to_vec());
        } else {
            found.insert(path.clone(), fs::read(&path).expect("a file"));
        }
    }
    found
}

/// One way to bring something of one's own into a folder, and whether an export then goes on.
type Stranger = (&'static str, fn(&Path), bool);

fn put(path: PathBuf, bytes: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn changed(path: PathBuf, change: impl Fn(String) -> String) {
    let bytes = fs::read_to_string(&path).expect("a file");
    fs::write(path, change(bytes)).expect("a file");
}

#[cfg(unix)]
fn link(to: &str, path: PathBuf) {
    if fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir()) {
        fs::remove_dir_all(&path).expect("a folder");
    } else {
        fs::remove_file(&path).ok();
    }
    std::os::unix::fs::symlink(to, path).expect("a link");
}

#[cfg(not(unix))]
fn link(to: &str, path: PathBuf) {
    put(path, to);
}

fn read_only(path: PathBuf) {
    let mut permissions = fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).expect("a file of ours");
}

/// What lists a file as one of upr's, with its right hash, and a name of our own maker.
fn forged(folder: &Path, name: &str) {
    use sha2::Digest;
    let hash: String = sha2::Sha256::digest(fs::read(folder.join(name)).expect("a file"))
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let resource = serde_json::json!({"path": name, "hash": format!("sha256:{hash}")});
    let package = serde_json::json!({"created_with": "upr 0.1.0", "resources": [resource]});
    put(folder.join("datapackage.json"), &package.to_string());
}

const STRANGERS: &[Stranger] = &[
    ("a thesis", |at| put(at.join("thesis.docx"), "mine"), true),
    ("a table of one's own", |at| put(at.join("tables.csv"), "id,issue\n"), true),
    ("a hidden file", |at| put(at.join(".Rhistory"), "mine"), true),
    ("a file of one's own among the statistics", |at| put(at.join("statistics/mine.csv"), "mine"), true),
    ("nearly the name of a lock", |at| put(at.with_file_name(".other.upr-lock"), "mine"), true),
    (
        "nearly the name of a folder that is being written",
        |at| put(at.with_file_name(".counts.upr-00112233445566778899aabbccddeeff").join("tags.csv"), "mine"),
        true,
    ),
    ("a link to a file elsewhere", |at| link("../elsewhere.txt", at.join("elsewhere.txt")), true),
    ("a link to nowhere", |at| link("nowhere", at.join("nowhere.csv")), true),
    ("a changed table", |at| changed(at.join("tags.csv"), |bytes| bytes + "more\n"), false),
    (
        "a cell that changed",
        |at| changed(at.join("tags.csv"), |bytes| bytes.replace("climate", "klimate")),
        false,
    ),
    (
        "a changed description",
        |at| changed(at.join("datapackage.json"), |bytes| bytes.replacen("upr", "UPR", 1)),
        false,
    ),
    ("a description of other tables", |at| put(at.join("datapackage.json"), "{\"name\": \"mine\"}"), false),
    (
        "a changed document",
        |at| changed(at.join("upr.json"), |bytes| bytes.replacen("climate", "klimate", 1)),
        false,
    ),
    ("a table that this export does not have", |at| put(at.join("decisions.csv"), "mine"), false),
    (
        "a forged description of a thesis",
        |at| {
            put(at.join("thesis.docx"), "mine");
            forged(at, "thesis.docx");
        },
        false,
    ),
    (
        "a forged description of a table",
        |at| {
            put(at.join("tags.csv"), "mine");
            forged(at, "tags.csv");
        },
        false,
    ),
    ("a table that may only be read", |at| read_only(at.join("tags.csv")), false),
    ("a link in place of a table", |at| link("../elsewhere.txt", at.join("tags.csv")), false),
    ("a link in place of the statistics", |at| link("..", at.join("statistics")), false),
    ("a folder in place of a table", |at| put(at.join("decisions.csv/mine.txt"), "mine"), false),
    ("a subfolder", |at| put(at.join("figures/one.png"), "mine"), false),
    ("a subfolder of the statistics", |at| put(at.join("statistics/figures/one.png"), "mine"), false),
    ("a changed statistic", |at| changed(at.join("statistics/asks.csv"), |bytes| bytes + "more\n"), false),
];

/// An earlier export with its document and its statistics, and beside it a file that links lead to.
fn earlier(above: &Path, coded: &CodedList) -> PathBuf {
    for entry in fs::read_dir(above).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_folder = fs::symlink_metadata(&path).expect("an entry").is_dir();
        if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("a folder of ours");
    }
    put(above.join("elsewhere.txt"), "mine");
    let out = above.join("counts");
    let mut folder = export::Folder::for_list(&out, coded, false).expect("a folder");
    folder.write(coded).expect("written");
    folder.write_json(coded, &JsonOptions::default()).expect("written");
    folder.write_statistics(coded).expect("written");
    folder.finish(&coded.files).expect("an export");
    out
}

#[test]
fn no_export_replaces_what_upr_did_not_write() {
    let coded = coded();
    let above = scratch("strangers");
    let part = coded.select(|coded| coded.recommendation.id.ends_with('1'));
    // each alone, and each with the next but one, and so on
    let cases = STRANGERS.len();
    for (first, second) in (0..cases).flat_map(|first| [(first, first), (first, (first * 7 + 3) % cases)]) {
        let out = earlier(&above, &coded);
        let ours = tree(&above);
        let chosen = if first == second { vec![first] } else { vec![first, second] };
        // a link or a folder may be in the way of the second
        let placed: Vec<usize> = chosen
            .into_iter()
            .filter(|at| std::panic::catch_unwind(|| STRANGERS[*at].1(&out)).is_ok())
            .collect();
        let names: Vec<&str> = placed.iter().map(|at| STRANGERS[*at].0).collect();
        let before = tree(&above);
        let written = export::folder(&out, &part);
        let after = tree(&above);
        assert_eq!(export::may_replace(&out).is_ok(), written.is_ok() || names.contains(&""), "{names:?}");
        if first == second {
            assert_eq!(written.is_ok(), STRANGERS[first].2, "{names:?}: {written:?}");
        }
        if written.is_err() {
            assert_eq!(after, before, "{names:?}: an error changes nothing");
        }
        for (path, bytes) in &before {
            if ours.get(path) != Some(bytes) {
                assert_eq!(after.get(path), Some(bytes), "{names:?}: {}", path.display());
            }
        }
    }
}

/// With the forcing variant the tables are written, and what has another name stays all the same.
#[test]
fn a_forced_export_replaces_tables_alone() {
    let coded = coded();
    let above = scratch("forced");
    for (name, bring, _) in STRANGERS {
        let out = earlier(&above, &coded);
        let ours = tree(&above);
        bring(&out);
        let before = tree(&above);
        let written = export::folder(export::overwrite(&out), &coded);
        let after = tree(&above);
        let is_folder =
            ["a folder in place of a table", "a subfolder", "a subfolder of the statistics"].contains(name);
        assert_eq!(written.is_err(), is_folder, "{name}: {written:?}");
        let tables: Vec<String> = written.unwrap_or_default();
        for (path, bytes) in &before {
            let file = path.file_name().expect("a name").to_string_lossy().into_owned();
            // what nobody has changed since, and the tables that are written
            let may_go = path.starts_with(&out)
                && (ours.get(path) == Some(bytes) || path.parent() == Some(&out) && tables.contains(&file));
            if !may_go {
                assert_eq!(after.get(path), Some(bytes), "{name}: {}", path.display());
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_not_followed() {
    let above = scratch("linked-folder");
    let behind = above.join("behind");
    fs::create_dir(&behind).expect("a folder");
    link("behind", above.join("counts"));
    for out in [above.join("counts"), above.join("counts/.")] {
        let error = export::folder(export::overwrite(&out), &coded()).expect_err("a link");
        let expected =
            format!("{}: found a symbolic link, expected a folder, or no such folder", out.display());
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.hint(), Some("name the folder that the link leads to"));
    }
    assert_eq!(tree(&behind).len(), 0);
    assert_eq!(tree(&above).len(), 2);
}

#[test]
fn the_folder_of_the_program_is_not_replaced() {
    let here = scratch("own-folder");
    let output = std::process::Command::new(support::programs::example("summary"))
        .current_dir(&here)
        .args(["--out", "."])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let expected = "summary: .: found the folder that the program runs in, or one above it, expected a folder of its own\n  next: \
                    name a folder in it, such as counts: the export changes places with the earlier one as a whole\n";
    assert_eq!(text(&output.stderr), expected);
    assert_eq!(tree(&here).len(), 0);
}

/// The ways to write one file.
type Write<'c> = (&'static str, Box<dyn Fn(&Path, bool) -> upr::Result<()> + 'c>);

#[test]
fn no_file_is_replaced_that_upr_did_not_write() {
    let coded = coded();
    let above = scratch("strange-files");
    let table = upr::evaluate::coding_sheet(upr::Selection::from(&coded));
    let ways: [Write<'_>; 6] = [
        ("page", Box::new(|path, force| export::page_file(to(force, path), &coded))),
        ("sheet", Box::new(|path, force| export::coding_page_file(to(force, path), &coded))),
        ("json", Box::new(|path, force| export::json_file(to(force, path), &coded, &JsonOptions::default()))),
        ("csv", Box::new(|path, force| export::table_file(to(force, path), &table))),
        ("qdpx", Box::new(|path, force| export::qda_file(to(force, path), &coded))),
        ("qdc", Box::new(|path, force| export::qdc_file(to(force, path), coded.codebooks().issues()))),
    ];
    for (name, write) in &ways {
        let path = above.join(format!("file.{name}"));
        write(&path, false).expect("a new file");
        let ours = fs::read(&path).expect("a file");
        write(&path, false).expect("the same again");
        assert_eq!(fs::read(&path).expect("a file"), ours);
        fs::write(&path, "").expect("a file");
        write(&path, false).expect("an empty file holds nothing");
        for strange in [
            b"mine".to_vec(),
            [&ours[..], b"\n"].concat(),
            ours[..ours.len() - 1].to_vec(),
            ours.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == ours.len() / 2)).collect(),
            // what begins and ends as ours do
            [&ours[..200.min(ours.len() / 2)], &ours[ours.len() - 150..]].concat(),
        ] {
            fs::write(&path, &strange).expect("a file");
            let error = write(&path, false).expect_err("a file of someone").to_string();
            let expected = "found a file that upr did not write, or that was changed since, expected ";
            assert!(error.starts_with(&format!("{}: {expected}", path.display())), "{error}");
            assert_eq!(fs::read(&path).expect("a file"), strange, "{name}");
        }
        write(&path, true).expect("forced");
        assert_eq!(fs::read(&path).expect("a file"), ours, "{name}");
        read_only(path.clone());
        let error = write(&path, false).expect_err("a file that may only be read").to_string();
        assert!(
            error.ends_with("found a file that may only be read, expected a file that may be written"),
            "{error}"
        );
        #[cfg(unix)]
        for to in ["other", "nowhere"] {
            fs::write(above.join("other"), "mine").expect("a file");
            link(to, path.clone());
            let error = write(&path, false).expect_err("a link").to_string();
            assert!(error.ends_with("found a symbolic link, expected a file, or no such file"), "{error}");
            assert!(fs::symlink_metadata(&path).expect("it is there").is_symlink());
            write(&path, true).expect("forced");
            assert!(fs::symlink_metadata(&path).expect("it is there").is_file());
            assert_eq!(fs::read(above.join("other")).expect("a file"), b"mine");
            assert!(!above.join("nowhere").exists());
        }
        fs::remove_file(above.join("other")).ok();
    }
    let left: Vec<_> =
        fs::read_dir(&above).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), ways.len(), "nothing is left beside: {left:?}");
}

/// A page that upr wrote of another list is replaced.
#[test]
fn an_earlier_page_or_document_is_replaced() {
    let coded = coded();
    let above = scratch("earlier-files");
    let part = coded.select(|coded| coded.recommendation.id.ends_with('1'));
    let (page, json) = (above.join("page.html"), above.join("upr.json"));
    for part in [upr::Selection::from(&coded), part] {
        export::page_file(&page, part.clone()).expect("a page");
        export::may_replace_page(&page).expect("an earlier page");
        export::json_file(&json, part, &JsonOptions::default()).expect("a document");
    }
}

/// What steers a terminal is shown, in the names of files as well.
#[cfg(unix)]
#[test]
fn names_of_files_do_not_steer_the_terminal() {
    let folder = scratch("visible");
    let strange = folder.join("list\u{1b}[2J\u{202e}\n.csv");
    fs::write(&strange, "a,b\n1,2\n").expect("a file");
    let shown = "list\\u{1b}[2J\\u{202e}\\n.csv";
    let list = strange.to_str().expect("UTF-8");
    for (name, arguments) in [
        ("summary", vec![list]),
        ("summary", vec!["no\u{7}list.csv"]),
        ("summary", vec!["--out", list]),
        ("evaluate", vec![list]),
        ("profile", vec![list]),
        ("returned", vec![list]),
        ("same_asks", vec![list]),
        ("split", vec![list]),
        ("to_json", vec![list]),
        ("train", vec![list]),
        ("who_presses", vec![list]),
    ] {
        let output = program(name, &arguments);
        let said = text(&output.stderr);
        let steers = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(
            !said.contains(steers) && (said.contains(shown) || said.contains("no\\u{7}list")),
            "{name}: {said:?}"
        );
    }
}
