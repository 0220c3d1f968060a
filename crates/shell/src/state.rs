//! What a shell remembers from command to command.

use backoffice_contract::Secret;
use serde::{Deserialize, Serialize};

use crate::history::History;
use crate::language::files::{Files, HOME};
use crate::programs::git::Repo;
use crate::sorted::{self, Sorted};

/// A variable.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Variable {
    pub(crate) value: String,
    /// Whether programs see it.
    pub(crate) exported: bool,
}

/// The account that the command-line client is signed in to, as in its netrc file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Netrc {
    pub(crate) email: String,
    pub(crate) key: Secret,
}

/// Everything that is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct State {
    #[serde(with = "sorted")]
    pub(crate) variables: Sorted<Variable>,
    pub(crate) folder: String,
    pub(crate) files: Files,
    /// By the folder that they are in.
    #[serde(with = "sorted")]
    pub(crate) repos: Sorted<Repo>,
    pub(crate) netrc: Option<Netrc>,
    /// The names of apps in answers, each once.
    pub(crate) apps: Vec<String>,
    /// The exit code of the command before.
    pub(crate) status: u8,
    pub(crate) history: History,
    /// The source of made-up commit ids.
    pub(crate) seed: u64,
}

impl State {
    pub(crate) fn new(seed: u64) -> Self {
        let mut variables = Sorted::new_vec();
        for (name, value) in
            [("HOME", HOME), ("USER", "you"), ("PATH", "/usr/local/bin:/usr/bin:/bin")]
        {
            variables.insert(name.to_owned(), Variable { value: value.to_owned(), exported: true });
        }
        Self {
            variables,
            folder: HOME.to_owned(),
            files: Files::default(),
            repos: Sorted::new_vec(),
            netrc: None,
            apps: Vec::new(),
            status: 0,
            history: History::default(),
            seed,
        }
    }

    /// The value of a variable; empty if there is none.
    pub(crate) fn value(&self, name: &str) -> String {
        match name {
            "?" => self.status.to_string(),
            "PWD" => self.folder.clone(),
            "#" => "0".to_owned(),
            name => self.variables.get(name).map(|known| known.value.clone()).unwrap_or_default(),
        }
    }

    /// What a program sees of a variable; `None` if it is empty or not exported.
    pub(crate) fn exported(&self, name: &str) -> Option<String> {
        let known = self.variables.get(name).filter(|known| known.exported)?;
        Some(known.value.clone()).filter(|value| !value.is_empty())
    }

    pub(crate) fn set(&mut self, name: &str, value: String) {
        self.variables.entry(name.to_owned()).or_default().value = value;
    }

    /// An absolute path.
    pub(crate) fn path(&self, path: &str) -> String {
        crate::language::files::absolute(&self.folder, path)
    }

    /// The folder of the repository that the shell is in, and the repository.
    pub(crate) fn repo(&self) -> Option<(&str, &Repo)> {
        let inside =
            |root: &str| self.folder == root || self.folder.starts_with(&format!("{root}/"));
        let (root, repo) = self.repos.iter().rev().find(|(root, _)| inside(root))?;
        Some((root, repo))
    }

    pub(crate) fn repo_mut(&mut self) -> Option<&mut Repo> {
        let root = self.repo()?.0.to_owned();
        self.repos.get_mut(&root)
    }
}
