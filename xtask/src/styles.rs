//! Joins the style sheets to one, so that the first page asks for one file.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::project::{self, Project};

/// It states the order of the cascade, so it comes first; the order of the others
/// does not matter, since each of them is in a layer.
const FIRST: &str = "layers.css";

/// Writes the sheet that index.html links to.
pub(crate) fn join(project: &Project) -> Result<()> {
    let folder = project.path("style");
    let mut sheets = Vec::new();
    collect(&folder, &mut sheets)?;
    sheets.sort_by_key(|(name, _)| (name != FIRST, name.clone()));
    let joined: String = sheets.into_iter().map(|(_, text)| text).collect();
    project::write_text(&project.path("target/xtask/console.css"), &joined)
}

/// The sheets of a folder and of those in it, by name.
fn collect(folder: &Path, sheets: &mut Vec<(String, String)>) -> Result<()> {
    let unread = |cause| Error::new(format!("cannot read {}: {cause}", folder.display()));
    for entry in fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        if path.is_dir() {
            collect(&path, sheets)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sheets.push((name, fs::read_to_string(&path).map_err(unread)?));
        }
    }
    Ok(())
}
