//! The console never links the sandbox: in a browser that is a separate file, in a worker.

use super::{Finding, SourceFile};

const SANDBOX: &str = "backoffice-sandbox";

/// The console's manifest does not depend on the sandbox.
pub(super) fn sandbox_dependency(file: &SourceFile) -> Vec<Finding> {
    if file.path != "Cargo.toml" {
        return Vec::new();
    }
    let mut table = "";
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
        }
        let is_own_table = table.ends_with("dependencies") && !table.starts_with("workspace.");
        let is_key = is_own_table && key(line) == SANDBOX;
        let is_table = line.starts_with('[') && table.ends_with(".backoffice-sandbox");
        if is_key || is_table {
            findings.push(file.finding(number, format!("the console must not link {SANDBOX}")));
        }
    }
    findings
}

/// The text before the first `=` or `.` of a line, as in `name.workspace = true`.
fn key(line: &str) -> &str {
    line.split(['=', '.']).next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, lines};
    use super::*;

    #[test]
    fn dependencies_on_the_sandbox() {
        let text = "[workspace.dependencies]\nbackoffice-sandbox = { path = \"x\" }\n\
                    [dependencies]\nbackoffice-sandbox.workspace = true\n\
                    [target.'cfg(unix)'.dev-dependencies]\nbackoffice-sandbox = \"1\"\n\
                    [dependencies.backoffice-sandbox]\npath = \"x\"\n";
        assert_eq!(lines(sandbox_dependency, "Cargo.toml", text), [4, 6, 7]);
        assert_eq!(lines(sandbox_dependency, "crates/a/Cargo.toml", text), NONE);
    }

    #[test]
    fn other_lines_may_name_it() {
        let text = "[workspace]\nmembers = [\"crates/sandbox\"]\n[dependencies]\na = \"1\"\n";
        assert_eq!(lines(sandbox_dependency, "Cargo.toml", text), NONE);
    }
}
