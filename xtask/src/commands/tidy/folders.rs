//! Folders stay small enough to be read at a glance: a family of files has a folder of its own.

use std::collections::BTreeMap;

use super::{Finding, SourceFile};

/// So many files may lie side by side; what is in folders beside them does not count.
const MAX_FILES: usize = 15;

const COUNTED: [&str; 3] = ["rs", "ts", "css"];

/// Folders that may hold more, since they are lists of one kind.
const LISTS: [(&str, &str); 6] = [
    ("src/pages/app", "a page about an app a file"),
    ("crates/ui/src", "a component a file"),
    ("style/ui", "the sheet of a component a file"),
    ("style/pages", "the sheet of a page a file"),
    ("crates/client/tests/pipeline", "the tests of one rule a file"),
    ("tests/e2e/specs", "the tests of one thing a file"),
];

/// No folder has more files side by side than people take in.
pub(super) fn crowded(files: &[SourceFile]) -> Vec<Finding> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files.iter().filter(|file| COUNTED.iter().any(|kind| file.has_extension(kind))) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        *folders.entry(folder).or_default() += 1;
    }
    folders
        .into_iter()
        .filter(|(folder, count)| {
            *count > MAX_FILES && !LISTS.iter().any(|(list, _)| list == folder)
        })
        .map(|(folder, count)| Finding {
            path: folder.to_owned(),
            line: 1,
            message: format!(
                "{count} files side by side, {MAX_FILES} at most: give families folders"
            ),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: impl IntoIterator<Item = String>) -> Vec<String> {
        let files: Vec<SourceFile> =
            paths.into_iter().map(|path| SourceFile { path, text: String::new() }).collect();
        crowded(&files).iter().map(ToString::to_string).collect()
    }

    fn many(folder: &str, count: usize) -> Vec<String> {
        (0..count).map(|number| format!("{folder}/a{number}.rs")).collect()
    }

    #[test]
    fn one_more_than_the_limit_is_too_many() {
        assert!(found(many("src/pages", 15)).is_empty());
        let expected = "src/pages:1: 16 files side by side, 15 at most: give families folders";
        assert_eq!(found(many("src/pages", 16)), [expected]);
    }

    #[test]
    fn a_file_and_its_folder_count_once() {
        let files = [many("src", 15), many("src/a1", 15), vec!["src/data.json".to_owned()]];
        assert!(found(files.concat()).is_empty());
    }

    #[test]
    fn lists_of_one_kind_may_be_long() {
        assert!(found(many("crates/ui/src", 60)).is_empty());
        assert_eq!(found(many("crates/ui/src/chart", 16)).len(), 1);
    }
}
