//! Joins the style sheets to four, so that a page requests two or three files: one for every
//! page, one for the pages of the console, one for its pages for signed-in users, and one for
//! the playground.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::project::{self, Project};

/// It states the order of the cascade, so it comes first. The order of the others does not
/// matter, because each of them is in a layer.
const FIRST: &str = "layers.css";

/// The sheets in these folders are for some pages only: all pages of the console, those for
/// signed-in users, and the playground.
const SOME: [&str; 3] = ["console", "pages", "playground"];

/// Writes the sheet that index.html links to, and those that boot.js adds.
pub(super) fn join(project: &Project) -> Result<()> {
    let folder = project.path("style");
    let except = SOME.map(|name| folder.join(name));
    let joined = join_all(&folder, &except)?;
    project::write_text(&project.path("target/xtask/common.css"), &joined)?;
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
    Ok(sheets.iter().map(|(_, text)| without_comments(text)).collect())
}

/// A sheet as it is served, without comments: they are for developers, and a third of it. No
/// string or address in a sheet contains the beginning of a comment.
fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once("*/").map_or("", |(_, rest)| rest));
    let text = rest.fold(first, |text, rest| text + rest);
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .fold(String::new(), |text, line| text + line + "\n")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out() {
        let sheet = "/* A card. */\n\n.card { gap: 1px; /* not 2px */ }\n/*\n * .card > p\n */\n";
        assert_eq!(without_comments(sheet), ".card { gap: 1px;  }\n");
    }
}
