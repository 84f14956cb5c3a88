//! The folder of an export while it is written: beside its place, and in its place only when all of it is there.
//!
//! # What is promised
//!
//! - An error, a full disk or a kill at any moment leaves the earlier export as it was, or the new one whole. Where the
//!   system exchanges two folders in one step (Linux and macOS, on the usual file systems), there is no moment
//!   between. Elsewhere the earlier folder is renamed before the new one takes its name: a kill between the two leaves
//!   it beside under the name `.NAME.upr-…-earlier`, and the next run puts it back.
//! - All data are on the disk before the folders change places (`fsync`), so a power failure is like a kill, if the disk keeps
//!   what it says that it has.
//! - A second run into the folder is refused while the first writes.
//! - What a killed run left beside is removed by the next run into the same folder.
//! - Files of someone else get a second name (a hard link) in the new folder before it takes its place, so they are
//!   there at any moment. A symbolic link is made again.

use super::earlier::{Earlier, Part, STATISTICS, Stamp, described};
use crate::error::{Error, Result, quoted};
use crate::files::output::{
    EARLIER, Lock, Target, Temporary, folder_of, is_lock, is_same_content, is_temporary, place, sync_folder,
};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// So many files are brought to the disk at once. Measured with 32 files of 1 MB on an SSD: 0.2 s one after the other,
/// 0.05 s by 8.
const SYNCING: usize = 8;

/// A folder that is being written.
#[derive(Debug)]
pub(super) struct Staged {
    target: Target,
    /// The folder, named from one that is there.
    folder: PathBuf,
    beside: Temporary,
    part: Part,
    /// The files of someone else that have a name in it.
    carried: Vec<PathBuf>,
    /// Whether what is beside is the earlier folder.
    finished: bool,
    _lock: Lock,
}

impl Staged {
    /// Makes the folder beside its place, after all that would stop the export was looked for.
    ///
    /// # Errors
    ///
    /// As for [`may_replace`](super::may_replace); another run that writes the folder; a folder that cannot be written.
    pub(super) fn begin(target: Target, part: Part) -> Result<Staged> {
        let unwritable = |error| Error::unwritable(&target.path, error);
        let folder = named(&target.path).map_err(unwritable)?;
        // before anything is made
        Earlier::find(&target, &folder, part)?;
        fs::create_dir_all(folder_of(&folder)).map_err(unwritable)?;
        let lock = Lock::take(&folder, Duration::ZERO)?;
        recover(&folder, part, &lock)?;
        let earlier = Earlier::find(&target, &folder, part)?;
        let beside = Temporary::new(&folder).map_err(unwritable)?;
        make_as_closed(&beside.0, &folder).map_err(unwritable)?;
        let mut staged =
            Staged { target, folder, beside, part, carried: Vec::new(), finished: false, _lock: lock };
        // so that an export that cannot be finished does not begin
        staged.carry(&earlier)?;
        Ok(staged)
    }

    /// Where a file is written until then.
    pub(super) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.beside.0.join(name)
    }

    /// What a file is called in a message.
    pub(super) fn unwritable(&self, name: impl AsRef<Path>, error: io::Error) -> Error {
        Error::unwritable(&self.target.path.join(name), error)
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(super) fn write(&self, name: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        fs::write(self.path(&name), bytes).map_err(|error| self.unwritable(&name, error))
    }

    /// The folder takes its place.
    ///
    /// # Errors
    ///
    /// As for [`Staged::begin`]: the earlier folder may have changed since. Then it is as it was.
    pub(super) fn finish(mut self) -> Result<()> {
        let mut earlier = Earlier::find(&self.target, &self.folder, self.part)?;
        let is_new = |name: &Path| {
            !self.carried.iter().any(|carried| carried == name)
                && fs::symlink_metadata(self.path(name)).is_ok()
        };
        let settled = earlier.settle(&self.folder, is_new);
        settled.map_err(|error| Error::unwritable(&self.target.path, error))?;
        self.carry(&earlier)?;
        let unwritable = |error| Error::unwritable(&self.target.path, error);
        let (beside, folder) = (&self.beside.0, &self.folder);
        let (folders, mut files) = below(beside).map_err(unwritable)?;
        // those of someone else keep what they have, and may not be for us to read
        files.retain(|file| !self.carried.iter().any(|carried| beside.join(carried) == *file));
        for path in files.iter().chain(folders.iter().rev()) {
            let name = path.strip_prefix(beside).unwrap_or(Path::new(""));
            keep_mode(path, &folder.join(name)).map_err(unwritable)?;
        }
        sync(&folders, &files).map_err(unwritable)?;
        swap(beside, folder).map_err(unwritable)?;
        self.finished = true;
        sync_folder(&folder_of(folder));
        // from here on the new export is there; what cannot be removed now is removed or reported by the next run
        let is_ours = |path: &Path| {
            let (relative, about) = (path.strip_prefix(beside), fs::symlink_metadata(path));
            let stamp = relative.ok().and_then(|relative| earlier.ours.get(relative));
            about.is_ok_and(|about| stamp == Some(&Stamp::of(&about)))
        };
        clear(beside, folder, &is_ours).ok();
        Ok(())
    }

    /// Gives the files of someone else a name in the new folder as well; those that are gone since lose it.
    fn carry(&mut self, earlier: &Earlier) -> Result<()> {
        for gone in self.carried.iter().filter(|name| !earlier.others.contains(name)) {
            fs::remove_file(self.path(gone)).map_err(|error| self.unwritable(gone, error))?;
        }
        for name in &earlier.others {
            let (from, to) = (self.folder.join(name), self.path(name));
            if is_same_entry(&from, &to) {
                continue;
            }
            fs::remove_file(&to).ok();
            fs::create_dir_all(folder_of(&to)).map_err(|error| self.unwritable(name, error))?;
            linked(&from, &to).map_err(|_| {
                let found = format!("{}, which upr did not write", quoted(&name.display().to_string()));
                let expected = "a file that can have a second name on this file system";
                Error::unexpected(place(&self.target.path), found, expected)
                    .advise("move that file elsewhere, or name another folder")
            })?;
        }
        self.carried.clone_from(&earlier.others);
        Ok(())
    }
}

impl Drop for Staged {
    /// Removes what was not finished. The files of someone else still have their first name.
    fn drop(&mut self) {
        if !self.finished {
            allow(&self.beside.0);
            fs::remove_dir_all(&self.beside.0).ok();
        }
    }
}

/// The path with a name at its end: `counts` for `./counts/`, the whole path for `.` and `..`.
fn named(path: &Path) -> io::Result<PathBuf> {
    // parts that are a dot, and slashes at the end, are left out
    let plain: PathBuf = path.components().collect();
    match plain.file_name() {
        Some(_) => Ok(plain),
        None => path.canonicalize(),
    }
}

/// Removes what runs that were killed left beside the folder, and puts back the earlier folder that one had renamed.
fn recover(folder: &Path, part: Part, lock: &Lock) -> Result<()> {
    let inner = folder.join(STATISTICS);
    // the statistics may have been written on their own; without a sign of it no lock is made where a kill would leave it
    if part == Part::Export && has_sign_of_run(folder, &inner) {
        let lock = Lock::take(&inner, Duration::ZERO)?;
        recover(&inner, Part::Statistics, &lock)?;
    }
    let unwritable = |error| Error::unwritable(folder, error);
    let is_missing = |path: &Path| matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound);
    let is_earlier = |path: &&PathBuf| path.as_os_str().to_string_lossy().ends_with(EARLIER);
    let mut left = lock.temporaries(folder);
    if is_missing(folder)
        && let Some(earlier) = left.iter().find(is_earlier)
    {
        fs::rename(earlier, folder).map_err(unwritable)?;
        left = lock.temporaries(folder);
    }
    for path in left {
        let unwritable = |error| Error::unwritable(&path, error);
        let about = fs::symlink_metadata(&path).map_err(unwritable)?;
        if about.is_dir() {
            allow(&path);
            let found = Earlier::look(&path, part).map_err(unwritable)?;
            let ours =
                if described(&path).is_none() { found.all_named() } else { found.ours.into_keys().collect() };
            let is_ours = |file: &Path| file.strip_prefix(&path).is_ok_and(|name| ours.contains(name));
            clear(&path, folder, &is_ours).map_err(unwritable)?;
        } else if about.is_file() {
            fs::remove_file(&path).map_err(unwritable)?;
        }
        if !is_missing(&path) {
            let name = quoted(&path.file_name().unwrap_or_default().to_string_lossy());
            let found =
                format!("{name} beside it, in which a run that was ended left files that upr did not write");
            return Err(Error::unexpected(place(folder), found, "no such folder")
                .advise("move these files elsewhere, and remove that folder"));
        }
    }
    Ok(())
}

/// Removes a folder of ours. What is in it of someone else has its name in `new` too, or gets it; if that name is taken by
/// another file, it stays where it is, and so does the folder.
fn clear(old: &Path, new: &Path, is_ours: &impl Fn(&Path) -> bool) -> io::Result<()> {
    allow(old);
    for entry in fs::read_dir(old)? {
        let (path, twin) = (old.join(entry?.file_name()), new.to_path_buf());
        let twin = twin.join(path.file_name().unwrap_or_default());
        let about = fs::symlink_metadata(&path)?;
        if about.is_dir() && twin.is_dir() || about.is_dir() && path.ends_with(STATISTICS) {
            clear(&path, &twin, is_ours)?;
        } else if is_ours(&path)
            || is_same_entry(&path, &twin)
            || about.is_file() && is_same_content(&path, &twin)
        {
            fs::remove_file(&path)?;
        } else if fs::symlink_metadata(&twin).is_err() {
            fs::create_dir_all(new)?;
            fs::rename(&path, &twin)?;
        }
    }
    // it stays if something is in it
    fs::remove_dir(old).ok();
    Ok(())
}

/// Two names for one file, or two links to one place.
fn is_same_entry(one: &Path, other: &Path) -> bool {
    let (Ok(about), Ok(also)) = (fs::symlink_metadata(one), fs::symlink_metadata(other)) else {
        return false;
    };
    let is_link = about.is_symlink() && also.is_symlink();
    is_link && fs::read_link(one).ok() == fs::read_link(other).ok() || is_one_file(&about, &also)
}

#[cfg(unix)]
fn is_one_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_one_file(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
}

fn linked(from: &Path, to: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(from)?.is_symlink() {
        return fs::hard_link(from, to);
    }
    #[cfg(unix)]
    return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    #[cfg(not(unix))]
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether a run into `inner` goes on, or one that was killed left something in the folder.
fn has_sign_of_run(folder: &Path, inner: &Path) -> bool {
    let mut names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.any(|name| is_temporary(inner, &name) || is_lock(inner, &name))
}

/// Makes a folder that nobody may read who may not read the earlier one.
fn make_as_closed(new: &Path, earlier: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Ok(about) = fs::symlink_metadata(earlier) {
        use std::os::unix::fs::{DirBuilderExt, MetadataExt};
        return fs::DirBuilder::new().mode(about.mode() & 0o777 | 0o700).create(new);
    }
    let _ = earlier;
    fs::create_dir(new)
}

/// Gives a new file or folder the mode of the earlier one, if that is there. A file stays one that its owner may read.
fn keep_mode(new: &Path, earlier: &Path) -> io::Result<()> {
    let Ok(about) = fs::symlink_metadata(earlier) else { return Ok(()) };
    let made = fs::symlink_metadata(new)?;
    if about.file_type() != made.file_type() {
        return Ok(());
    }
    #[cfg(unix)]
    if about.is_file() {
        use std::os::unix::fs::PermissionsExt;
        let mode = about.permissions().mode() | 0o400;
        return fs::set_permissions(new, fs::Permissions::from_mode(mode));
    }
    // elsewhere the only mark is that a file may only be read, and then it could not be brought to the disk
    if about.is_dir() { fs::set_permissions(new, about.permissions()) } else { Ok(()) }
}

/// Allows the owner of a folder of ours to change it. If that fails, so does what is tried next, which says why.
fn allow(folder: &Path) {
    #[cfg(unix)]
    if let Ok(about) = fs::symlink_metadata(folder) {
        use std::os::unix::fs::PermissionsExt;
        let mode = about.permissions().mode();
        if about.is_dir() && mode & 0o700 != 0o700 {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode | 0o700)).ok();
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// The folders that are below one, itself first, and the files in them.
fn below(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut folders, mut files) = (vec![folder.to_path_buf()], Vec::new());
    let mut at = 0;
    while let Some(folder) = folders.get(at).cloned() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let about = fs::symlink_metadata(&path)?;
            match (about.is_dir(), about.is_file()) {
                (true, _) => folders.push(path),
                (_, true) => files.push(path),
                _ => {}
            }
        }
        at += 1;
    }
    Ok((folders, files))
}

/// Brings files to the disk, and their names.
fn sync(folders: &[PathBuf], files: &[PathBuf]) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let sync_some = || -> io::Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            // Windows wants the right to write
            let file = fs::OpenOptions::new().read(true).write(cfg!(windows)).open(file)?;
            file.sync_data()?;
        }
        Ok(())
    };
    let results = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..SYNCING.min(files.len())).map(|_| scope.spawn(sync_some)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(Ok(()))).collect::<Vec<_>>()
    });
    results.into_iter().collect::<io::Result<()>>()?;
    folders.iter().rev().for_each(|folder| sync_folder(folder));
    Ok(())
}

/// The new folder takes the place of the earlier one, which is then beside it.
fn swap(new: &Path, folder: &Path) -> io::Result<()> {
    if fs::symlink_metadata(folder).is_err() {
        return fs::rename(new, folder);
    }
    match exchange(new, folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            rename_both(new, folder)
        }
        exchanged => exchanged,
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The same in two steps, where there is no single one.
fn rename_both(new: &Path, folder: &Path) -> io::Result<()> {
    let mut earlier = new.as_os_str().to_os_string();
    earlier.push(EARLIER);
    fs::rename(folder, &earlier)?;
    if let Err(error) = fs::rename(new, folder) {
        fs::rename(&earlier, folder)?;
        return Err(error);
    }
    // from where it is cleared
    fs::rename(&earlier, new)
}

#[cfg(test)]
mod tests;
