//! The files that a page loads before it is usable: those that `index.html` names, and those that they name in turn.

use std::collections::BTreeSet;

const PAGE: &str = "index.html";

/// A file for servers; its name also appears inside names of generated code.
const HEADERS: &str = "_headers";

/// The files of the first load, out of all `paths`; `without` tells which are for other pages, and
/// `read` returns the text of a file.
pub(super) fn files(
    paths: &[String],
    without: impl Fn(&str) -> bool,
    read: impl Fn(&str) -> Option<String>,
) -> BTreeSet<String> {
    let mut loaded = BTreeSet::new();
    let mut to_read = vec![PAGE.to_owned()];
    while let Some(path) = to_read.pop() {
        let text = if names_files(&path) { read(&path).unwrap_or_default() } else { String::new() };
        let text = if path == PAGE { needed_by_page(&text) } else { text };
        if paths.contains(&path) && loaded.insert(path) {
            let named = paths.iter().filter(|other| {
                text.contains(other.as_str()) && !without(other) && *other != HEADERS
            });
            to_read.extend(named.cloned());
        }
    }
    loaded
}

fn names_files(path: &str) -> bool {
    [".html", ".js", ".css"].iter().any(|ending| path.ends_with(ending))
}

/// The page without the tags whose files the sign-in page does not wait for. The attributes of the
/// loader's tag name the whole console, which it loads only for signed-in users.
fn needed_by_page(html: &str) -> String {
    html.split_inclusive('>')
        .map(|tag| tag.split_once("data-js=").map_or(tag, |(loader, _)| loader))
        .filter(|tag| !tag.contains("rel=\"icon\"") && !tag.contains("rel=\"manifest\""))
        .filter(|tag| !tag.contains("rel=\"apple-touch-icon\""))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_what_files_name() {
        let html = r#"<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/a-1.css">
            <script src="/boot.js" data-js="/app-2.js" data-wasm="/app-2_bg.wasm"></script>"#;
        let read = |path: &str| {
            let text = match path {
                "index.html" => html,
                "boot.js" => "fetch('/config.json'); import('/entrance.js')",
                "entrance.js" => "import {x} from './snippets/lib/inline0.js'; // index.html",
                "later.js" => "import './never.js'",
                _ => return None,
            };
            Some(text.to_owned())
        };
        let paths = [
            "a-1.css",
            "app-2.js",
            "app-2_bg.wasm",
            "boot.js",
            "config.json",
            "entrance.js",
            "icon.svg",
            "index.html",
            "later.js",
            "never.js",
            "sandbox-worker_loader.js",
            "snippets/lib/inline0.js",
        ]
        .map(str::to_owned);
        let loaded = files(&paths, |path| path.starts_with("sandbox-worker"), read);
        let missing: Vec<&String> = paths.iter().filter(|path| !loaded.contains(*path)).collect();
        assert_eq!(
            missing,
            [
                "app-2.js",
                "app-2_bg.wasm",
                "icon.svg",
                "later.js",
                "never.js",
                "sandbox-worker_loader.js"
            ]
        );
    }
}
