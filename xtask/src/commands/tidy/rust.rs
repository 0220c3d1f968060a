//! Rules for Rust files.

use super::{Finding, SourceFile};

/// Longer files hold more than one concept.
const MAX_LINES: usize = 600;

/// One concept, however many endpoints there are: a row for each.
const ENDPOINT_TABLE: &str = "crates/contract/src/table.rs";

/// The first line says what the file is for.
pub(super) fn starts_with_documentation(file: &SourceFile) -> Vec<Finding> {
    if !file.has_extension("rs") || file.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![file.finding(1, "starts without a `//!` line that says what the file is for")]
}

/// A module `a` is in `a.rs`: a file called `mod.rs` looks like every other one.
pub(super) fn no_mod_file(file: &SourceFile) -> Vec<Finding> {
    match file.path.strip_suffix("/mod.rs") {
        Some(module) => vec![file.finding(1, format!("belongs in {module}.rs"))],
        None => Vec::new(),
    }
}

/// Files stay short, other than tests.
pub(super) fn length(file: &SourceFile) -> Vec<Finding> {
    if !file.has_extension("rs") || is_test(&file.path) || file.path == ENDPOINT_TABLE {
        return Vec::new();
    }
    let lines = file.without_tests().lines().count();
    if lines <= MAX_LINES {
        return Vec::new();
    }
    let message = format!("{lines} lines of code, {MAX_LINES} at most: split it by concept");
    vec![file.finding(MAX_LINES + 1, message)]
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/")
        || path.contains("/tests/")
        || path.ends_with("/tests.rs")
        || path.ends_with("_tests.rs")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, lines};
    use super::*;

    #[test]
    fn documentation_comes_first() {
        assert_eq!(lines(starts_with_documentation, "a.rs", "//! A.\n"), NONE);
        assert_eq!(lines(starts_with_documentation, "a.rs", "use b;\n"), [1]);
        assert_eq!(lines(starts_with_documentation, "a.css", "a {}\n"), NONE);
    }

    #[test]
    fn mod_files() {
        assert_eq!(lines(no_mod_file, "src/ui/mod.rs", ""), [1]);
        assert_eq!(lines(no_mod_file, "src/ui/commod.rs", ""), NONE);
    }

    #[test]
    fn only_code_counts_towards_the_length() {
        let code = "//! A.\n".repeat(600);
        let tests = format!("\n#[cfg(test)]\nmod tests {{\n{code}}}\n");
        assert_eq!(lines(length, "src/a.rs", &format!("{code}{tests}")), NONE);
        assert_eq!(lines(length, "src/a.rs", &format!("{code}//\n")), [601]);
        assert_eq!(lines(length, "crates/a/tests/a.rs", &format!("{code}//\n")), NONE);
    }
}
