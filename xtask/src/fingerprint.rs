//! A number for the content of files, to know whether a build would change anything.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::error::{Error, Result};

/// A digest of everything that was added. It is only compared with digests by the same program, so
/// the standard library's hasher is good enough.
#[derive(Default)]
pub(crate) struct Fingerprint(DefaultHasher);

impl Fingerprint {
    /// Adds a text.
    pub(crate) fn add(&mut self, text: &str) {
        text.hash(&mut self.0);
    }

    /// Adds the names and contents of a file, or of all files below a folder. A missing path counts
    /// as such, so that adding it later is a change.
    pub(crate) fn add_path(&mut self, path: &Path) -> Result<()> {
        path.hash(&mut self.0);
        if path.is_dir() {
            let mut entries = folder_entries(path)?;
            entries.sort();
            entries.iter().try_for_each(|entry| self.add_path(entry))
        } else if path.exists() {
            let content = fs::read(path).map_err(|cause| Error::file("read", path, &cause))?;
            content.hash(&mut self.0);
            Ok(())
        } else {
            "missing".hash(&mut self.0);
            Ok(())
        }
    }

    /// The digest as text.
    pub(crate) fn text(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// The paths directly inside a folder, in no particular order.
pub(crate) fn folder_entries(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|cause| Error::file("list", folder, &cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &Path) -> String {
        let mut fingerprint = Fingerprint::default();
        fingerprint.add_path(path).unwrap();
        fingerprint.text()
    }

    #[test]
    fn any_change_below_a_folder_shows() {
        let folder = std::env::temp_dir().join(format!("fingerprint-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        fs::write(folder.join("inner/a"), "1").unwrap();
        let before = of(&folder);
        assert_eq!(before, of(&folder));
        fs::write(folder.join("inner/a"), "2").unwrap();
        let changed = of(&folder);
        fs::rename(folder.join("inner/a"), folder.join("inner/b")).unwrap();
        let renamed = of(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert_ne!(before, changed);
        assert_ne!(changed, renamed);
        assert_ne!(renamed, of(&folder));
    }
}
