//! A page that says where something is does not outlive a move of it.

use super::{Finding, SourceFile};

/// What a name has to begin with to be a place in the project.
const ROOTS: [&str; 7] = ["src/", "crates/", "tests/", "xtask/", "style/", "public/", "docs/"];

/// Each place that a page of documentation names in backticks is there.
pub(super) fn named_places_exist(files: &[SourceFile]) -> Vec<Finding> {
    let exists = |place: &str| {
        let folder = format!("{}/", place.trim_end_matches('/'));
        files.iter().any(|file| file.path == place || file.path.starts_with(&folder))
    };
    let pages = files.iter().filter(|file| file.has_extension("md"));
    pages
        .flat_map(|page| {
            let lines = page.text.lines().enumerate();
            lines.flat_map(move |(at, line)| {
                line.split('`').skip(1).step_by(2).map(move |word| (page, at + 1, word))
            })
        })
        .filter(|(_, _, word)| ROOTS.iter().any(|root| word.starts_with(root)))
        .filter(|(_, _, word)| !word.contains([' ', '*', '<', '{']))
        .filter(|(_, _, word)| !exists(word))
        .map(|(page, at, word)| page.finding(at, format!("names `{word}`, which is not there")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<usize> {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let files = [file("ARCHITECTURE.md", page), file("src/pages/app/cost.rs", "")];
        named_places_exist(&files).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn places_are_there() {
        assert!(found("See `src/pages/app/cost.rs` in `src/pages` or `src/pages/`.").is_empty());
        assert_eq!(found("First.\nSee `src/pages/costs.rs` and `src/page`."), [2, 2]);
        assert!(found("`cargo test` makes `src/*.rs`, `target/x` and `crates/<name>`.").is_empty());
    }
}
