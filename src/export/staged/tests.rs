//! Does an export take its place as a whole, and is what a killed run left found?

use super::*;

fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("upr-staged-{name}-{}", std::process::id()));
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn begin(folder: &Path) -> Result<Staged> {
    Staged::begin(Target { path: folder.to_path_buf(), overwrite: false }, Part::Export)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn two_renames_where_there_is_no_exchange() {
    let above = scratch("renames");
    let (new, old) = (above.join("new"), above.join("old"));
    for (folder, file) in [(&new, "n"), (&old, "o")] {
        fs::create_dir(folder).expect("a folder");
        fs::write(folder.join(file), file).expect("a file");
    }
    rename_both(&new, &old).expect("two renames");
    assert_eq!((names(&old), names(&new)), (vec!["n".to_string()], vec!["o".to_string()]));
    fs::remove_dir_all(above).ok();
}

/// As a kill between the two renames leaves it.
#[test]
fn an_earlier_folder_is_put_back() {
    let above = scratch("earlier");
    let folder = above.join("counts");
    let beside = Temporary::new(&folder).expect("a name").0.display().to_string();
    fs::create_dir(&beside).expect("a folder");
    fs::write(Path::new(&beside).join("tags.csv"), "id,").expect("a file");
    let earlier = beside + EARLIER;
    fs::create_dir(&earlier).expect("a folder");
    fs::write(Path::new(&earlier).join("thesis.docx"), "mine").expect("a file");
    drop(begin(&folder).expect("a folder"));
    assert_eq!(
        (names(&above), names(&folder)),
        (vec!["counts".to_string()], vec!["thesis.docx".to_string()])
    );
    fs::remove_dir_all(above).ok();
}

/// Whatever a killed run left beside, what is not ours gets its place, or stays.
#[test]
fn what_a_killed_run_left_is_cleared() {
    let above = scratch("killed");
    let folder = above.join("counts");
    let left = || {
        let beside = Temporary::new(&folder).expect("a name").0.clone();
        fs::create_dir(&beside).expect("a folder");
        fs::write(beside.join("tags.csv"), "id,").expect("a file");
        fs::create_dir(beside.join(STATISTICS)).expect("a folder");
        fs::write(beside.join(STATISTICS).join("links.csv"), "").expect("a file");
        beside
    };
    fs::write(left().join("thesis.docx"), "mine").expect("a file");
    // nearly such a name
    let other = above.join(".counts.upr-00000000000000000000000000000000");
    fs::create_dir(&other).expect("a folder");
    let staged = begin(&folder).expect("a folder");
    assert_eq!(names(&folder), ["thesis.docx"]);
    staged.write("tags.csv", b"id\n").expect("a file");
    // another run
    let error = begin(&folder).expect_err("one run at a time").to_string();
    assert!(
        error.ends_with("counts: found another run that writes there, expected one run at a time"),
        "{error}"
    );
    staged.finish().expect("an export");
    assert_eq!(names(&folder), ["tags.csv", "thesis.docx"]);
    // its name is taken by another file
    let beside = left();
    fs::write(beside.join("thesis.docx"), "mine as well").expect("a file");
    let error = begin(&above.join("counts")).expect_err("a file of someone");
    let name = beside.file_name().expect("a name").to_string_lossy().into_owned();
    let expected = format!(
        "{}: found \"tags.csv\", which upr did not write, or which was changed since, expected a folder without such a file, or an earlier export",
        folder.display()
    );
    assert_eq!(error.to_string(), expected);
    fs::remove_file(folder.join("tags.csv")).expect("a file");
    let error = begin(&folder).expect_err("a file of someone");
    assert_eq!(
        error.to_string(),
        format!(
            "{}: found \"{name}\" beside it, in which a run that was ended left files that upr did not write, expected no such folder",
            folder.display()
        )
    );
    assert_eq!(fs::read(beside.join("thesis.docx")).expect("it is there"), b"mine as well");
    assert_eq!(names(&beside), ["thesis.docx"]);
    assert!(other.exists());
    fs::remove_dir_all(above).ok();
}

#[test]
fn the_name_of_a_path() {
    for (path, expected) in
        [("counts/", "counts"), ("./a/counts/.", "./a/counts"), ("a/../counts", "a/../counts")]
    {
        assert_eq!(named(Path::new(path)).expect("a name"), Path::new(expected), "{path}");
    }
    assert_eq!(named(Path::new(".")).expect("a name"), std::env::current_dir().expect("a folder"));
}

/// What a killed run of the statistics alone left inside is cleared by an export; what is not ours gets its place.
#[test]
fn what_killed_statistics_left_is_cleared() {
    for there in [true, false] {
        let above = scratch("statistics");
        let folder = above.join("counts");
        let inner = folder.join(STATISTICS);
        fs::create_dir_all(if there { &inner } else { &folder }).expect("a folder");
        let beside = Temporary::new(&inner).expect("a name").0.clone();
        fs::create_dir(&beside).expect("a folder");
        fs::write(beside.join("asks.csv"), "id,").expect("a file");
        fs::write(beside.join("mine.csv"), "mine").expect("a file");
        crate::export::may_replace(&folder).expect("a folder of ours");
        begin(&folder).expect("a folder").finish().expect("an export");
        assert_eq!((names(&above), names(&folder)), (vec!["counts".into()], vec![STATISTICS.to_string()]));
        assert_eq!(names(&inner), ["mine.csv"]);
        fs::remove_dir_all(above).ok();
    }
}

/// With the forcing variant as well: someone's own file of a table's name that this export does not have.
#[test]
fn a_forced_export_carries_what_it_does_not_write() {
    let above = scratch("forced");
    let folder = above.join("mine");
    fs::create_dir(&folder).expect("a folder");
    for name in ["decisions.csv", "tags.csv"] {
        fs::write(folder.join(name), "mine").expect("a file");
    }
    let target = Target { path: folder.clone(), overwrite: true };
    let staged = Staged::begin(target, Part::Export).expect("a folder");
    staged.write("tags.csv", b"id\n").expect("a file");
    staged.finish().expect("an export");
    assert_eq!((names(&above), names(&folder).len()), (vec!["mine".to_string()], 2));
    assert_eq!(fs::read(folder.join("decisions.csv")).expect("it is there"), b"mine");
    assert_eq!(fs::read(folder.join("tags.csv")).expect("it is there"), b"id\n");
    fs::remove_dir_all(above).ok();
}

/// A folder that may only be read leaves nothing beside, tables keep their mode, and a file of someone is not opened.
#[cfg(unix)]
#[test]
fn modes_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let above = scratch("modes");
    let folder = above.join("counts");
    fs::create_dir(&folder).expect("a folder");
    let allowed =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    for (name, bits) in [("tags.csv", 0o600), ("mine.txt", 0o200)] {
        fs::write(folder.join(name), "").expect("a file");
        allowed(&folder.join(name), bits);
    }
    allowed(&folder, 0o500);
    let target = Target { path: folder.clone(), overwrite: true };
    let staged = Staged::begin(target, Part::Export).expect("a folder");
    assert_eq!(mode(&staged.beside.0), 0o700);
    staged.write("tags.csv", b"id\n").expect("a file");
    staged.finish().expect("an export");
    assert_eq!(names(&above), ["counts"]);
    assert_eq!((mode(&folder), mode(&folder.join("tags.csv"))), (0o500, 0o600));
    assert_eq!(mode(&folder.join("mine.txt")), 0o200);
    allowed(&folder, 0o700);
    fs::remove_dir_all(above).ok();
}

/// Two folders whose names begin with the same 40 letters.
#[test]
fn long_names_do_not_refuse_each_other() {
    let above = scratch("long");
    let long = |end| above.join("n".repeat(40) + end);
    let first = begin(&long("1")).expect("a folder");
    let second = begin(&long("2")).expect("another folder");
    begin(&long("1")).expect_err("one run at a time");
    drop((first, second));
    assert!(names(&above).is_empty());
    fs::remove_dir_all(above).ok();
}
