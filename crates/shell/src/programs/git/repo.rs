//! A repository: commits, what is staged, and remotes.

use serde::{Deserialize, Serialize};

use crate::sorted::{self, Sorted};

/// Files by their path from the root of the repository.
pub(crate) type Tree = Sorted<String>;

/// A commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Commit {
    /// 40 hexadecimal digits.
    pub(crate) sha: String,
    pub(crate) message: String,
    #[serde(with = "sorted")]
    pub(crate) tree: Tree,
    /// The time, in milliseconds since the epoch.
    pub(crate) at: u64,
}

/// A repository with a linear history.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Repo {
    pub(crate) branch: String,
    pub(crate) commits: Vec<Commit>,
    #[serde(with = "sorted")]
    pub(crate) index: Tree,
    #[serde(with = "sorted")]
    pub(crate) remotes: Sorted<String>,
    /// The commits of each remote, by `REMOTE/BRANCH`.
    #[serde(with = "sorted")]
    pub(crate) pushed: Sorted<String>,
}

impl Repo {
    /// A repository without commits.
    pub(crate) fn new(branch: &str) -> Self {
        Self {
            branch: branch.to_owned(),
            commits: Vec::new(),
            index: Tree::new_vec(),
            remotes: Sorted::new_vec(),
            pushed: Sorted::new_vec(),
        }
    }

    /// The newest commit.
    pub(crate) fn head(&self) -> Option<&Commit> {
        self.commits.last()
    }

    /// The files of the newest commit.
    pub(crate) fn committed(&self) -> Tree {
        self.head().map(|commit| commit.tree.clone()).unwrap_or_default()
    }

    /// Records staged changes; returns the short id.
    pub(crate) fn commit(&mut self, message: &str, seed: u64, at: u64) -> String {
        let sha = id(seed, self.head().map_or("", |head| &head.sha), message, &self.index, at);
        let short = sha.chars().take(7).collect();
        let tree = self.index.clone();
        self.commits.push(Commit { sha, message: message.to_owned(), tree, at });
        short
    }
}

/// The differences from one tree to another: path and kind.
pub(crate) fn changes(from: &Tree, to: &Tree) -> Vec<(String, &'static str)> {
    let mut changes: Vec<(String, &'static str)> = to
        .iter()
        .filter_map(|(path, text)| match from.get(path) {
            None => Some((path.clone(), "new file")),
            Some(old) if old != text => Some((path.clone(), "modified")),
            Some(_) => None,
        })
        .collect();
    let gone = from.keys().filter(|path| !to.contains_key(*path));
    changes.extend(gone.map(|path| (path.clone(), "deleted")));
    changes.sort_unstable();
    changes
}

/// A made-up commit id: the same history has the same ids. FNV-1a over everything, with
/// another start value for each part; the ids need not be hard to guess.
fn id(seed: u64, parent: &str, message: &str, tree: &Tree, at: u64) -> String {
    let at = at.to_string();
    let parts = [parent, message, at.as_str()];
    let files = tree.iter().flat_map(|(path, text)| [path.as_str(), text.as_str()]);
    let texts: Vec<&str> = parts.into_iter().chain(files).collect();
    (0..5_u64)
        .map(|part| {
            let mut hash =
                0xcbf2_9ce4_8422_2325 ^ seed.wrapping_add(part.wrapping_mul(0x9e37_79b9));
            for byte in texts.iter().flat_map(|text| text.bytes().chain([0])) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
            format!("{:08x}", hash >> 32)
        })
        .collect()
}
