//! Joins the style sheets to three, so that the first page asks for one file: what every
//! page needs, what only those of the console for who is signed in need, and what only the
//! playground needs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::project::{self, Project};

/// It states the order of the cascade, so it comes first; the order of the others
/// does not matter, since each of them is in a layer.
const FIRST: &str = "layers.css";

/// The sheets in these folders are for some pages only: those of who is signed in, and the
/// playground.
const SOME: [&str; 2] = ["pages", "playground"];

/// Writes the sheet that index.html links to, and those that boot.js adds.
pub(crate) fn join(project: &Project) -> Result<()> {
    let folder = project.path("style");
    let except = SOME.map(|name| folder.join(name));
    let joined = join_all(&folder, &except)?;
    project::write_text(&project.path("target/xtask/console.css"), &joined)?;
    for name in SOME {
        let joined = join_all(&folder.join(name), &[])?;
        project::write_text(&project.path(&format!("target/xtask/{name}.css")), &joined)?;
    }
    Ok(())
}

/// The sheets below a folder as one, in a fixed order.
fn join_all(folder: &Path, except: &[PathBuf]) -> Result<String> {
    let mut sheets = Vec::new();
    collect(folder, except, &mut sheets)?;
    sheets.sort_by_key(|(name, _)| (name != FIRST, name.clone()));
    Ok(sheets.into_iter().map(|(_, text)| text).collect())
}

/// The sheets of a folder and of those in it, by name.
fn collect(folder: &Path, except: &[PathBuf], sheets: &mut Vec<(String, String)>) -> Result<()> {
    let unread = |cause| Error::new(format!("cannot read {}: {cause}", folder.display()));
    for entry in fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        if path.is_dir() {
            if !except.contains(&path) {
                collect(&path, except, sheets)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "css") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sheets.push((name, fs::read_to_string(&path).map_err(unread)?));
        }
    }
    Ok(())
}
