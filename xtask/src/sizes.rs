//! `cargo xtask build`: the release build, and what it costs a visitor against the budgets.

mod brotli;
mod first_load;
mod table;

use std::path::Path;

use crate::console;
use crate::error::{Error, Result};
use crate::fingerprint::folder_entries;
use crate::project::Project;
use crate::tools::WebTools;

/// When a file is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Load {
    /// With the sign-in page, before it can be used.
    First,
    /// When the API in use is the sandbox in the browser.
    Worker,
    /// With a page of documentation that embeds the playground, before it is used.
    Embed,
    /// When something asks for it.
    Later,
}

/// One file of `dist/`.
#[derive(Debug)]
struct FileSize {
    path: String,
    load: Load,
    raw: u64,
    brotli: u64,
}

/// An upper limit for what a visitor downloads, in bytes after brotli.
struct Budget {
    load: Load,
    title: &'static str,
    limit: u64,
    aim: u64,
}

const BUDGETS: [Budget; 3] = [
    Budget { load: Load::First, title: "sign-in page", limit: 350_000, aim: 250_000 },
    Budget { load: Load::Worker, title: "sandbox worker", limit: 300_000, aim: 200_000 },
    Budget { load: Load::Embed, title: "embed script", limit: 10_000, aim: 5_000 },
];

/// What other pages load.
const EMBED: &str = "embed.js";

/// Builds `dist/`, prints the size of each file, and fails when a budget is exceeded.
pub(crate) fn run(project: &Project) -> Result<()> {
    let dist = console::build(project, &WebTools::ensure(project)?)?;
    let files = measure(project, &dist)?;
    print!("{}", table::files(&files));
    let mut exceeded = Vec::new();
    for budget in &BUDGETS {
        let total = total(&files, budget.load);
        println!("{}", table::budget(budget, total));
        if total > budget.limit {
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
    let first = first_load::files(&paths, |path| std::fs::read_to_string(dist.join(path)).ok());
    let sizes = brotli::sizes(project, dist, &paths)?;
    let mut files: Vec<FileSize> = paths
        .into_iter()
        .zip(sizes)
        .map(|(path, (raw, brotli))| FileSize {
            load: if is_worker(&path) {
                Load::Worker
            } else if path == EMBED {
                Load::Embed
            } else if first.contains(&path) {
                Load::First
            } else {
                Load::Later
            },
            path,
            raw,
            brotli,
        })
        .collect();
    files.sort_by_key(|file| (file.load, std::cmp::Reverse(file.brotli)));
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
    files.iter().filter(|file| file.load == load).map(|file| file.brotli).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_count_one_kind_of_load() {
        let file = |path: &str, load, brotli| FileSize {
            path: path.to_owned(),
            load,
            raw: brotli * 3,
            brotli,
        };
        let files = [
            file("index.html", Load::First, 10),
            file("app.wasm", Load::First, 100),
            file("sandbox-worker.js", Load::Worker, 7),
            file("icon.svg", Load::Later, 1000),
        ];
        assert_eq!(total(&files, Load::First), 110);
        assert_eq!(total(&files, Load::Worker), 7);
    }
}
