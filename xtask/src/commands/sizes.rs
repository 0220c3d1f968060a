//! `cargo xtask build`: the release build, and its download sizes compared with the budgets.

mod brotli;
mod first_load;
mod table;

use std::collections::BTreeSet;
use std::path::Path;

use crate::console;
use crate::error::{Error, Result};
use crate::fingerprint::folder_entries;
use crate::progress;
use crate::project::Project;

/// When a file is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Load {
    /// With the sign-in page, before it can be used.
    First,
    /// When the API in use is the sandbox in the browser.
    Worker,
    /// With the guide shell, before it can be used.
    Shell,
    /// With the HTTP explorer, before it can be used.
    Explorer,
    /// With a page of documentation that embeds the playground, before it is used.
    Embed,
    /// When it is requested.
    Later,
}

/// One file of `dist/`.
#[derive(Debug)]
struct FileSize {
    path: String,
    /// At least one.
    loads: BTreeSet<Load>,
    raw: u64,
    brotli: u64,
}

/// An upper limit for what a visitor downloads, in bytes after brotli.
struct Budget {
    load: Load,
    title: &'static str,
    limit: u64,
    aim: u64,
    /// Whether a build that exceeds the limit fails.
    enforced: bool,
}

const BUDGETS: [Budget; 5] = [
    Budget::new(Load::First, "sign-in page", 350_000, 250_000),
    Budget::new(Load::Worker, "sandbox worker", 300_000, 200_000),
    Budget::new(Load::Shell, "playground shell", 250_000, 180_000).not_enforced(),
    Budget::new(Load::Explorer, "playground explorer", 250_000, 180_000).not_enforced(),
    Budget::new(Load::Embed, "embed script", 10_000, 5_000),
];

impl Budget {
    const fn new(load: Load, title: &'static str, limit: u64, aim: u64) -> Self {
        Self { load, title, limit, aim, enforced: true }
    }

    const fn not_enforced(self) -> Self {
        Self { enforced: false, ..self }
    }
}

/// The programs that boot.js chooses from, each with the prefix of its own files.
const CHOICES: [(Load, &[&str]); 3] = [
    (Load::First, &["entrance", "console.css"]),
    (Load::Shell, &["shell", "playground"]),
    (Load::Explorer, &["explorer", "playground"]),
];

/// Files that other pages load.
const EMBED: &str = "embed.js";

/// Builds `dist/`, prints the size of each file, and fails when a budget is exceeded.
pub(crate) fn run(project: &Project) -> Result<()> {
    let dist = console::build(project)?;
    let files = progress::announce("Compressing the console", || measure(project, &dist))?;
    print!("{}", table::files(&files));
    let mut exceeded = Vec::new();
    for budget in &BUDGETS {
        let total = total(&files, budget.load);
        println!("{}", table::budget(budget, total));
        if budget.enforced && total > budget.limit {
            exceeded.push(budget.title);
        }
    }
    if exceeded.is_empty() {
        Ok(())
    } else {
        Err(Error::new(format!("over budget: {}", exceeded.join(", "))))
    }
}

fn measure(project: &Project, dist: &Path) -> Result<Vec<FileSize>> {
    let mut paths = Vec::new();
    list(dist, dist, &mut paths)?;
    let read = |path: &str| std::fs::read_to_string(dist.join(path)).ok();
    let loaded = CHOICES.map(|(load, own)| {
        let others = CHOICES.iter().flat_map(|(_, other)| *other);
        let others: Vec<&str> = others.copied().filter(|name| !own.contains(name)).collect();
        let without =
            |path: &str| is_worker(path) || others.iter().any(|name| path.starts_with(name));
        (load, first_load::files(&paths, without, read))
    });
    let sizes = brotli::sizes(project, dist, &paths)?;
    let mut files: Vec<FileSize> = paths
        .into_iter()
        .zip(sizes)
        .map(|(path, (raw, brotli))| {
            let with = loaded.iter().filter(|(_, files)| files.contains(&path));
            let mut loads: BTreeSet<Load> = with.map(|(load, _)| *load).collect();
            if is_worker(&path) {
                loads.insert(Load::Worker);
            } else if path == EMBED {
                loads.insert(Load::Embed);
            } else if loads.is_empty() {
                loads.insert(Load::Later);
            }
            FileSize { path, loads, raw, brotli }
        })
        .collect();
    files.sort_by_key(|file| (file.loads.first().copied(), std::cmp::Reverse(file.brotli)));
    Ok(files)
}

/// The paths of all files below a folder, relative to `dist` and with forward slashes.
fn list(dist: &Path, folder: &Path, paths: &mut Vec<String>) -> Result<()> {
    for entry in folder_entries(folder)? {
        if entry.is_dir() {
            list(dist, &entry, paths)?;
        } else if let Ok(relative) = entry.strip_prefix(dist) {
            paths.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

/// Trunk names the worker's files after its program.
fn is_worker(path: &str) -> bool {
    path.starts_with("sandbox-worker")
}

fn total(files: &[FileSize], load: Load) -> u64 {
    files.iter().filter(|file| file.loads.contains(&load)).map(|file| file.brotli).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_count_one_kind_of_load() {
        let file = |path: &str, loads: &[Load], brotli| FileSize {
            path: path.to_owned(),
            loads: loads.iter().copied().collect(),
            raw: brotli * 3,
            brotli,
        };
        let files = [
            file("index.html", &[Load::First, Load::Shell], 10),
            file("app.wasm", &[Load::First], 100),
            file("shell.wasm", &[Load::Shell], 50),
            file("sandbox-worker.js", &[Load::Worker], 7),
            file("icon.svg", &[Load::Later], 1000),
        ];
        assert_eq!(total(&files, Load::First), 110);
        assert_eq!(total(&files, Load::Shell), 60);
        assert_eq!(total(&files, Load::Worker), 7);
    }
}
