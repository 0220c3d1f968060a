//! `cargo xtask tidy`: the rules about this project's files that no other tool checks.

mod classes;
mod css;
mod folders;
mod language;
mod manifest;
mod places;
mod purity;
mod rust;
mod text;

use std::fmt;
use std::fs;
use std::process::Command;

use crate::error::{Error, Result};
use crate::process;
use crate::project::Project;

/// A text file of the project.
struct SourceFile {
    /// From the workspace's root, with forward slashes.
    path: String,
    text: String,
}

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.message)
    }
}

impl SourceFile {
    fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| ending == extension)
    }

    /// A finding in this file; lines count from 1.
    fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, message: message.into() }
    }

    /// The text of a Rust file without the tests at its end.
    fn without_tests(&self) -> &str {
        self.text.split_once("\n#[cfg(test)]\nmod ").map_or(self.text.as_str(), |(code, _)| code)
    }
}

/// A rule looks at one file.
type Rule = fn(&SourceFile) -> Vec<Finding>;

const RULES: [Rule; 9] = [
    language::plain_english,
    text::unfinished_work,
    text::trailing_whitespace,
    rust::starts_with_documentation,
    rust::no_mod_file,
    rust::length,
    css::literal_colours,
    manifest::sandbox_dependency,
    purity::pure_code,
];

/// A rule that looks at all files at once.
type WholeRule = fn(&[SourceFile]) -> Vec<Finding>;

const WHOLE_RULES: [WholeRule; 3] = [folders::crowded, classes::dead, places::named_places_exist];

/// Checks every file that is tracked or about to be.
pub(crate) fn run(project: &Project) -> Result<()> {
    let files = source_files(project)?;
    let of_files = files.iter().flat_map(|file| RULES.iter().flat_map(|rule| rule(file)));
    let of_all = WHOLE_RULES.iter().flat_map(|rule| rule(&files));
    let findings: Vec<Finding> = of_files.chain(of_all).collect();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        1 => Err(Error::new("tidy: 1 finding")),
        count => Err(Error::new(format!("tidy: {count} findings"))),
    }
}

/// The project's text files.
fn source_files(project: &Project) -> Result<Vec<SourceFile>> {
    let mut git = Command::new("git");
    git.current_dir(&project.root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    Ok(process::capture(&mut git)?
        .split_terminator('\0')
        .filter_map(|path| {
            // A deleted file stays listed until the deletion is committed.
            let text = fs::read_to_string(project.path(path)).ok()?;
            Some(SourceFile { path: path.to_owned(), text })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No lines.
    pub(super) const NONE: [usize; 0] = [];

    /// The lines that a rule finds in a file.
    pub(super) fn lines(rule: Rule, path: &str, text: &str) -> Vec<usize> {
        let file = SourceFile { path: path.to_owned(), text: text.to_owned() };
        rule(&file).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn findings_read_like_those_of_a_compiler() {
        let file = SourceFile { path: "src/main.rs".to_owned(), text: String::new() };
        let finding = file.finding(7, "what is wrong");
        assert_eq!(finding.to_string(), "src/main.rs:7: what is wrong");
    }

    #[test]
    fn tests_close_a_file() {
        let file = SourceFile {
            path: "a.rs".to_owned(),
            text: "//! A.\n#[cfg(test)]\nuse b;\n\n#[cfg(test)]\nmod tests {}\n".to_owned(),
        };
        assert_eq!(file.without_tests(), "//! A.\n#[cfg(test)]\nuse b;\n");
    }
}
