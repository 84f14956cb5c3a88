//! Files that are written whole or not at all: beside their place, under a name that nobody can guess, and then renamed
//! into it. What is there already is replaced only if the caller knows it, or asked for it.
//! - A file that is being written has the name `.NAME.upr-` and 32 digits: 16 at random, and a hash of these and of the
//!   name, by which [`is_temporary`] knows it again. A killed run leaves it; the next run into the same place removes it.
//! - `.NAME.upr-lock` is locked while a run writes, so that two runs into one place never mix.
//! - The data are on the disk before the name changes (`fsync`), also for a power failure.

use crate::error::{Error, ErrorKind, Place, Result};
use crate::text::hash::Fnv;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a file waits for another run that writes it. A page of 25,609 recommendations is written in 5 milliseconds, a
/// JSON document of them in 2 seconds.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// How long a run looks whether the file that it locked is still the one in its place.
const MIN_WAIT: Duration = Duration::from_millis(200);

/// At most so many letters of a name are in that of its temporary file: file systems allow 255 bytes.
const MAX_NAME_LETTERS: usize = 40;

/// Where something is written: a path, or what `export::overwrite` returns.
///
/// # Example
///
/// ```
/// use upr::{Table, export};
///
/// let path = std::env::temp_dir().join("upr-destination-example.csv");
/// export::table_file(export::overwrite(&path), &Table::default())?;
/// assert!(export::table_file(&path, &Table::default()).is_ok()); // the same bytes
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
pub trait Destination {
    /// The path, and whether anything there may be replaced.
    fn target(self) -> Target;
}

/// A path, and whether anything there may be replaced. As what `export::overwrite` returns, it has no name outside.
///
/// # Example
///
/// ```
/// use upr::{Codebook, export};
///
/// let path = std::env::temp_dir().join("upr-target-example.qdc");
/// std::fs::write(&path, "mine").unwrap();
/// let target = export::overwrite(&path);
/// export::qdc_file(target, &Codebook::core())?;
/// assert_ne!(std::fs::read(&path).unwrap(), b"mine");
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), upr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Target {
    pub(crate) path: PathBuf,
    pub(crate) overwrite: bool,
}

impl<P: AsRef<Path>> Destination for P {
    fn target(self) -> Target {
        Target { path: self.as_ref().to_path_buf(), overwrite: false }
    }
}

impl Destination for Target {
    fn target(self) -> Target {
        self
    }
}

/// Writes a file. `is_known` says whether an earlier file may be replaced, whatever it holds; one with the same bytes always
/// may. `expected` says the same in words.
///
/// # Errors
///
/// A file that cannot be written; one that is there and is not known, is a symbolic link or may not be written.
pub(crate) fn write(
    to: &Target,
    (is_known, expected): (impl Fn(&Path) -> bool, &str),
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    let path = &to.path;
    let unwritable = |error| Error::unwritable(path, error);
    let earlier = match found(to)? {
        Found::Stream => {
            let opened = standard(path).unwrap_or_else(|| OpenOptions::new().append(true).open(path));
            let file = opened.map_err(unwritable)?;
            let mut writer = BufWriter::new(file);
            return content(&mut writer).and_then(|()| writer.flush()).map_err(unwritable);
        }
        Found::File(about) => Some(about),
        Found::Nothing | Found::Link => None,
    };
    let lock = Lock::take(path, MAX_WAIT)?;
    lock.temporaries(path)
        .into_iter()
        .filter(|left| left.is_file())
        .for_each(|left| drop(fs::remove_file(left)));
    let temporary = Temporary::new(path).map_err(unwritable)?;
    let file = temporary.create(earlier.as_ref()).map_err(unwritable)?;
    let mut writer = BufWriter::new(file);
    let written =
        content(&mut writer).and_then(|()| writer.into_inner().map_err(io::IntoInnerError::into_error));
    let file = written.map_err(unwritable)?;
    if let Some(about) = &earlier {
        // a file system without them refuses
        file.set_permissions(about.permissions()).ok();
    }
    file.sync_all().map_err(unwritable)?;
    drop(file);
    let foreign = || Error::unexpected(place(path), FOREIGN, expected);
    let may_replace = || to.overwrite || is_same_content(&temporary.0, path) || is_known(path);
    if fs::metadata(path).is_ok_and(|about| about.len() > 0) && !may_replace() {
        return Err(foreign());
    }
    // a link is never made over a file that has come meanwhile; where the file system has no links, a rename is
    let linked = if earlier.is_none() && !to.overwrite {
        fs::hard_link(&temporary.0, path)
    } else {
        Err(io::ErrorKind::Unsupported.into())
    };
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(foreign()),
        Err(_) => fs::rename(&temporary.0, path).map_err(unwritable)?,
        Ok(()) => {}
    }
    sync_folder(&folder_of(path));
    Ok(())
}

/// What is found where a file may not be replaced.
pub(crate) const FOREIGN: &str = "a file that upr did not write, or that was changed since";

/// The end of the name of an earlier folder, where it is renamed before the new one takes its place.
pub(crate) const EARLIER: &str = "-earlier";

/// What is at a path.
#[derive(Debug)]
pub(crate) enum Found {
    Nothing,
    /// A device, a pipe, or an open file by its number: it keeps nothing, or others decide what it keeps.
    Stream,
    File(Metadata),
    /// A symbolic link, which may be replaced.
    Link,
}

/// Looks whether a file may be written there, whatever it holds.
pub(crate) fn found(to: &Target) -> Result<Found> {
    let path = &to.path;
    let is_open_file = path == Path::new("/dev/stdout")
        || path == Path::new("/dev/stderr")
        || path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd");
    if is_open_file {
        return Ok(Found::Stream);
    }
    let about = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        about => about.map_err(|error| Error::unwritable(path, error))?,
    };
    let is_stream = |about: &Metadata| !about.is_file() && !about.is_dir();
    if about.is_symlink() {
        return match fs::metadata(path) {
            Ok(behind) if is_stream(&behind) => Ok(Found::Stream),
            _ if to.overwrite => Ok(Found::Link),
            _ => Err(Error::unexpected(place(path), "a symbolic link", "a file, or no such file")
                .advise("name the file that the link leads to")),
        };
    }
    if about.is_dir() {
        return Err(Error::unwritable(path, io::ErrorKind::IsADirectory.into()));
    }
    if about.is_file() && about.permissions().readonly() && !to.overwrite {
        return Err(Error::unexpected(
            place(path),
            "a file that may only be read",
            "a file that may be written",
        ));
    }
    Ok(if about.is_file() { Found::File(about) } else { Found::Stream })
}

/// The right to write to a path, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    /// Locked; none where the file system has no locks.
    file: Option<File>,
}

impl Lock {
    /// Waits at most so long for another run.
    ///
    /// # Errors
    ///
    /// Another run still writes there; a folder in which no file can be made.
    pub(crate) fn take(target: &Path, wait: Duration) -> Result<Lock> {
        let path = folder_of(target).join(lock_name(target));
        let begun = Instant::now();
        loop {
            let unwritable = |error| Error::unwritable(target, error);
            let made = OpenOptions::new().write(true).create_new(true).open(&path);
            let file = match made {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    // what is not a file of ours is not opened
                    match fs::symlink_metadata(&path) {
                        Ok(about) if about.is_file() => {}
                        Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                        _ => return Err(unwritable(error)),
                    }
                    match OpenOptions::new().write(true).open(&path) {
                        Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                        file => file.map_err(unwritable)?,
                    }
                }
                file => file.map_err(unwritable)?,
            };
            match file.try_lock() {
                // another run may have removed it since it was opened
                Ok(()) if is_same_file(&file, &path) => return Ok(Lock { path, file: Some(file) }),
                // where files have no lasting number it always seems so
                Ok(()) if begun.elapsed() >= wait.max(MIN_WAIT) => return Err(Error::busy(place(target))),
                Ok(()) => std::thread::sleep(Duration::from_millis(1)),
                Err(TryLockError::Error(_)) => return Ok(Lock { path, file: None }),
                Err(TryLockError::WouldBlock) if begun.elapsed() >= wait => {
                    return Err(Error::busy(place(target)));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// What killed runs left beside the path. Empty without a lock, since it could be that of another run.
    pub(crate) fn temporaries(&self, target: &Path) -> Vec<PathBuf> {
        let entries = self.file.as_ref().and_then(|_| fs::read_dir(folder_of(target)).ok());
        let names = entries.into_iter().flatten().flatten().map(|entry| entry.file_name());
        let mut left: Vec<_> = names.filter(|name| is_temporary(target, name)).collect();
        left.sort();
        left.into_iter().map(|name| folder_of(target).join(name)).collect()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
    }
}

/// A path for a file or folder that is being written; removed when it is dropped, if it is a file.
#[derive(Debug)]
pub(crate) struct Temporary(pub(crate) PathBuf);

impl Temporary {
    /// A path beside the target that nothing has.
    pub(crate) fn new(target: &Path) -> io::Result<Temporary> {
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        // the standard library draws the key of each hasher from the system's random numbers
        let random = RandomState::new().build_hasher().finish();
        let digits = format!("{random:016x}{:016x}", check(name, random));
        Ok(Temporary(folder_of(target).join(format!("{}{digits}", prefix(target)))))
    }

    /// Nobody may read it who may not read the earlier file.
    fn create(&self, earlier: Option<&Metadata>) -> io::Result<File> {
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        if let Some(about) = earlier {
            use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
            options.mode(about.mode() & 0o777 | 0o600);
        }
        let _ = earlier;
        options.read(true).write(true).create_new(true).open(&self.0)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}

/// Whether a name beside the target is that of a file or folder that is, or was, being written.
pub(crate) fn is_temporary(target: &Path, name: &OsStr) -> bool {
    let digits = name.to_str().and_then(|name| name.strip_prefix(&*prefix(target)));
    let digits = digits.map(|digits| digits.strip_suffix(EARLIER).unwrap_or(digits));
    let Some(digits) = digits.filter(|digits| digits.len() == 32 && digits.is_ascii()) else { return false };
    let number = |digits| u64::from_str_radix(digits, 16).ok();
    let (random, sum) = (number(&digits[..16]), number(&digits[16..]));
    target.file_name().zip(random).is_some_and(|(name, random)| sum == Some(check(name, random)))
}

fn check(name: &OsStr, random: u64) -> u64 {
    Fnv::new().add(name.as_encoded_bytes()).add(&random.to_le_bytes()).value()
}

/// How the names of what is written beside a target begin.
fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".{}.upr-", name.chars().take(MAX_NAME_LETTERS).collect::<String>())
}

/// Whether a run into `target`, or one that was killed, has this lock.
pub(crate) fn is_lock(target: &Path, name: &OsStr) -> bool {
    name.to_str() == Some(&*lock_name(target))
}

/// A name of which only a part is at the beginning has a hash of the whole.
fn lock_name(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    if name.to_str().is_some_and(|name| name.chars().nth(MAX_NAME_LETTERS).is_none()) {
        return format!("{}lock", prefix(target));
    }
    format!("{}{:016x}-lock", prefix(target), Fnv::new().add(name.as_encoded_bytes()).value())
}

/// Standard output or standard error, if the path means one of them. Opened anew, a file behind it would be written from
/// another place in it than where the program prints.
fn standard(path: &Path) -> Option<io::Result<File>> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let is = |names: [&str; 3]| names.iter().any(|name| path == Path::new(name));
        if is(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]) {
            let opened = io::stdout().flush().and_then(|()| io::stdout().as_fd().try_clone_to_owned());
            return Some(opened.map(File::from));
        }
        if is(["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"]) {
            return Some(io::stderr().as_fd().try_clone_to_owned().map(File::from));
        }
    }
    let _ = path;
    None
}

/// The folder that a path is in.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

pub(crate) fn place(path: &Path) -> Place {
    Place::file(path.display().to_string())
}

/// Whether two files have the same bytes.
pub(crate) fn is_same_content(one: &Path, other: &Path) -> bool {
    let open = |path: &Path| -> io::Result<(u64, File)> {
        let file = File::open(path)?;
        Ok((file.metadata()?.len(), file))
    };
    let (Ok((bytes, mut one)), Ok((also, mut other))) = (open(one), open(other)) else { return false };
    let mut same = || -> io::Result<bool> {
        let (mut here, mut there) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            let read = one.read(&mut here)?;
            other.read_exact(&mut there[..read])?;
            if read == 0 || here[..read] != there[..read] {
                return Ok(read == 0);
            }
        }
    };
    bytes == also && same().unwrap_or(false)
}

/// So that a new name is on the disk as well. Not all systems can, and then they do it by themselves after some seconds.
pub(crate) fn sync_folder(folder: &Path) {
    File::open(folder).and_then(|folder| folder.sync_all()).ok();
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |about: &Metadata| (about.dev(), about.ino());
    matches!((file.metadata(), fs::symlink_metadata(path)), (Ok(one), Ok(other)) if number(&one) == number(&other))
}

/// Windows does not remove a file that is open: it is there as long as the lock.
#[cfg(not(unix))]
fn is_same_file(_: &File, path: &Path) -> bool {
    path.exists()
}

/// The error of a file that another run writes.
impl Error {
    fn busy(place: Place) -> Error {
        Error::unexpected(place, "another run that writes there", "one run at a time")
            .of_kind(ErrorKind::Unwritable)
            .advise("wait until it is done, and run again")
    }
}
