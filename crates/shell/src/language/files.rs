//! The files of the shell: a small tree in memory.

use serde::{Deserialize, Serialize};

use crate::sorted::{self, Sorted};

/// The user's home folder.
pub(crate) const HOME: &str = "/home/you";

/// The largest tree, in bytes: enough for every example, and small enough for a page.
const MAX_BYTES: usize = 4_000_000;

/// A public key with a valid form, which no private key belongs to.
const PUBLIC_KEY: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlay you@sandbox\n";

/// A file or a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Node {
    Folder,
    File(String),
}

/// Why a file operation failed, in the words of the usual programs.
pub(crate) type FileError = &'static str;

pub(crate) const MISSING: FileError = "No such file or directory";
pub(crate) const IS_FOLDER: FileError = "Is a directory";
pub(crate) const NO_FOLDER: FileError = "Not a directory";
pub(crate) const EXISTS: FileError = "File exists";
pub(crate) const FULL: FileError = "No space left on device";

/// The tree, by absolute path.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Files(#[serde(with = "sorted")] Sorted<Node>);

impl Default for Files {
    fn default() -> Self {
        let mut files = Self(Sorted::new_vec());
        for folder in ["/", "/home", HOME, "/tmp"] {
            files.0.insert(folder.to_owned(), Node::Folder);
        }
        files.0.insert(format!("{HOME}/.ssh"), Node::Folder);
        files.0.insert(format!("{HOME}/.ssh/id_rsa.pub"), Node::File(PUBLIC_KEY.to_owned()));
        files
    }
}

/// `path` relative to the folder `from`, without `.` and `..`.
pub(crate) fn absolute(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let start = if path.starts_with('/') { "" } else { from };
    for part in start.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The folder that a path is in.
pub(crate) fn parent(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((parent, _)) => parent,
    }
}

/// The last part of a path.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The common beginning of all paths below a folder.
fn below(folder: &str) -> String {
    if folder == "/" { "/".to_owned() } else { format!("{folder}/") }
}

impl Files {
    pub(crate) fn get(&self, path: &str) -> Option<&Node> {
        self.0.get(path)
    }

    pub(crate) fn is_folder(&self, path: &str) -> bool {
        self.get(path) == Some(&Node::Folder)
    }

    pub(crate) fn read(&self, path: &str) -> Result<&str, FileError> {
        match self.get(path) {
            Some(Node::File(text)) => Ok(text),
            Some(Node::Folder) => Err(IS_FOLDER),
            None => Err(MISSING),
        }
    }

    pub(crate) fn write(&mut self, path: &str, text: &str, append: bool) -> Result<(), FileError> {
        if !self.is_folder(parent(path)) {
            return Err(MISSING);
        }
        if self.size().saturating_add(text.len()) > MAX_BYTES {
            return Err(FULL);
        }
        match self.0.get_mut(path) {
            Some(Node::Folder) => return Err(IS_FOLDER),
            Some(Node::File(old)) if append => old.push_str(text),
            _ => {
                self.0.insert(path.to_owned(), Node::File(text.to_owned()));
            }
        }
        Ok(())
    }

    /// Writes a file and creates the folders above it.
    pub(crate) fn put(&mut self, path: &str, text: &str) -> Result<(), FileError> {
        self.make_folders(parent(path))?;
        self.write(path, text, false)
    }

    pub(crate) fn make_folder(&mut self, path: &str) -> Result<(), FileError> {
        if self.0.contains_key(path) {
            return Err(EXISTS);
        }
        if !self.is_folder(parent(path)) {
            return Err(MISSING);
        }
        self.0.insert(path.to_owned(), Node::Folder);
        Ok(())
    }

    pub(crate) fn make_folders(&mut self, path: &str) -> Result<(), FileError> {
        match self.get(path) {
            Some(Node::Folder) => return Ok(()),
            Some(Node::File(_)) => return Err(NO_FOLDER),
            None => {}
        }
        self.make_folders(parent(path))?;
        self.make_folder(path)
    }

    /// Removes a file, or a folder with everything in it.
    pub(crate) fn remove(&mut self, path: &str) {
        let below = below(path);
        self.0.retain(|known, _| known != path && !known.starts_with(&below));
    }

    /// The paths directly below a folder, in order.
    pub(crate) fn list(&self, folder: &str) -> Vec<&str> {
        let below = below(folder);
        self.0
            .keys()
            .filter(|path| {
                path.strip_prefix(&below)
                    .is_some_and(|rest| !rest.is_empty() && !rest.contains('/'))
            })
            .map(String::as_str)
            .collect()
    }

    /// All files below a folder: the relative path, and the text.
    pub(crate) fn below<'a>(
        &'a self,
        folder: &str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let below = below(folder);
        self.0.iter().filter_map(move |(path, node)| match node {
            Node::File(text) => Some((path.strip_prefix(&below)?, text.as_str())),
            Node::Folder => None,
        })
    }

    fn size(&self) -> usize {
        self.0
            .values()
            .map(|node| match node {
                Node::File(text) => text.len(),
                Node::Folder => 0,
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_absolute() {
        for (path, expected) in
            [("a/./b", "/x/a/b"), ("../y", "/y"), ("../../..", "/"), ("/z/", "/z"), (".", "/x")]
        {
            assert_eq!(absolute("/x", path), expected, "{path}");
        }
    }

    #[test]
    fn a_file_needs_its_folder_and_goes_with_it() {
        let mut files = Files::default();
        assert_eq!(files.write("/tmp/a/f", "x", false), Err(MISSING));
        files.make_folders("/tmp/a/b").unwrap();
        files.write("/tmp/a/f", "x", false).unwrap();
        files.write("/tmp/a/f", "y", true).unwrap();
        assert_eq!(files.read("/tmp/a/f"), Ok("xy"));
        assert_eq!(files.list("/tmp/a"), ["/tmp/a/b", "/tmp/a/f"]);
        assert_eq!(files.write("/tmp/a", "x", false), Err(IS_FOLDER));
        files.remove("/tmp/a");
        assert_eq!(files.list("/tmp"), Vec::<&str>::new());
        let large = "x".repeat(MAX_BYTES + 1);
        assert_eq!(files.write("/tmp/f", &large, false), Err(FULL));
    }

    #[test]
    fn the_key_is_one() {
        let files = Files::default();
        let key = files.read("/home/you/.ssh/id_rsa.pub").unwrap();
        assert!(backoffice_contract::ssh_key::parse(key).is_ok());
    }
}
