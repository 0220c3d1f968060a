//! Building the console again when a file of it is saved, for as long as the server runs.

use std::env;
use std::os::unix::process::parent_id;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::console::INPUTS;
use crate::console::quick::{self, Programs};
use crate::error::{Error, Result};
use crate::fingerprint::folder_entries;
use crate::process;
use crate::progress;
use crate::project::Project;

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(500);

/// Starts a process of this program that watches, as a child of what becomes the server.
pub(super) fn start() -> Result<()> {
    let program = env::current_exe()
        .map_err(|cause| Error::new(format!("cannot find this program: {cause}")))?;
    let mut watcher = Command::new(program);
    watcher.args(["watch", &std::process::id().to_string()]).stdin(Stdio::null());
    watcher.spawn().map(|_| ()).map_err(|cause| process::cannot_start(&watcher, &cause))
}

/// Builds everything, then again after each change, until the server, which is the parent of this
/// process, has ended.
pub(crate) fn run(project: &Project, server: u32) -> Result<()> {
    let mut built = None;
    while parent_id() == server {
        let newest = newest_change(project);
        if built == Some(newest) {
            thread::sleep(PAUSE);
            continue;
        }
        built = Some(newest);
        let start = Instant::now();
        match quick::build(project, Programs::All) {
            Ok(()) => eprintln!("Console built in {}", progress::duration(start.elapsed())),
            Err(error) => eprintln!("error: {error}\nThe console stays as it was before."),
        }
    }
    Ok(())
}

/// When a file of the console was last written, added or deleted.
fn newest_change(project: &Project) -> Option<SystemTime> {
    INPUTS.iter().filter_map(|path| newest_below(&project.path(path))).max()
}

/// A folder changes when a file in it is added or deleted.
fn newest_below(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().and_then(|metadata| metadata.modified()).ok();
    let entries = if path.is_dir() { folder_entries(path).unwrap_or_default() } else { Vec::new() };
    entries.iter().map(|entry| newest_below(entry)).chain([own]).max().flatten()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_change_below_a_folder_shows() {
        let folder = env::temp_dir().join(format!("watch-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        fs::write(folder.join("inner/a"), "1").unwrap();
        let mut before = newest_below(&folder);
        let mut changed = |change: &dyn Fn()| {
            thread::sleep(Duration::from_millis(20));
            change();
            let after = newest_below(&folder);
            assert!(after > before, "a change does not show");
            before = after;
        };
        changed(&|| fs::write(folder.join("inner/a"), "2").unwrap());
        changed(&|| fs::write(folder.join("inner/b"), "").unwrap());
        changed(&|| fs::remove_file(folder.join("inner/a")).unwrap());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(newest_below(&folder), None);
    }
}
