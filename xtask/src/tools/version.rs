//! Reading the version of a tool from its output and from the files that choose it.

use crate::error::{Error, Result};
use crate::project::Project;

/// The version in the output of `tool --version`, such as `trunk 0.21.14`.
pub(crate) fn printed(output: &str) -> Option<&str> {
    output.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The version of a package in `Cargo.lock`.
pub(crate) fn locked(project: &Project, package: &str) -> Result<String> {
    in_lock_file(&project.read("Cargo.lock")?, package)
        .map(str::to_owned)
        .ok_or_else(|| Error::new(format!("Cargo.lock names no package `{package}`")))
}

/// A text value of `Trunk.toml`, without the prefix that Trunk requires before the version.
pub(crate) fn in_trunk_config(project: &Project, key: &str, prefix: &str) -> Result<String> {
    toml_text(&project.read("Trunk.toml")?, key)
        .and_then(|value| value.strip_prefix(prefix))
        .map(str::to_owned)
        .ok_or_else(|| Error::new(format!("Trunk.toml has no line {key} = \"{prefix}…\"")))
}

fn in_lock_file<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    lock.split("[[package]]")
        .find(|entry| toml_text(entry, "name") == Some(package))
        .and_then(|entry| toml_text(entry, "version"))
}

/// The value of a `key = "value"` line.
fn toml_text<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        let quoted = value.trim().strip_prefix('"')?.strip_suffix('"')?;
        (name.trim() == key).then_some(quoted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_versions() {
        assert_eq!(printed("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(printed("wasm-opt version 132 (version_132)\n"), Some("132"));
        assert_eq!(printed("rustc 1.95.0 (59807616e)"), Some("1.95.0"));
        assert_eq!(printed("no version"), None);
    }

    #[test]
    fn locked_versions() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\n \"b\",\n]\n\n\
                    [[package]]\nname = \"b\"\nversion = \"0.2.130\"\n";
        assert_eq!(in_lock_file(lock, "b"), Some("0.2.130"));
        assert_eq!(in_lock_file(lock, "c"), None);
    }

    #[test]
    fn one_version_of_wasm_opt() {
        let project = Project::find().unwrap();
        let wanted = in_trunk_config(&project, "wasm_opt", "version_").unwrap();
        let package: serde_json::Value =
            serde_json::from_str(&project.read("tools/package.json").unwrap()).unwrap();
        let installed = package["dependencies"]["binaryen"].as_str().unwrap();
        assert_eq!(installed, format!("{wanted}.0.0"));
    }
}
