//! What the shell knows, as the file that documentation generators read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use backoffice_contract::OperationId;
use serde_json::json;

use crate::programs::builtins;
use crate::programs::cli::table;

const FILE: &str = "docs/sphinx/src/sphinx_backoffice_playground/commands.json";

/// Run with `UPDATE_COMMANDS=1` after changing the programs, the client's commands or the
/// endpoint table.
#[test]
fn the_extension_for_sphinx_knows_what_the_shell_knows() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(FILE);
    let mut commands: Vec<&str> = table::names().collect();
    commands.sort_unstable();
    let request = |operation: &OperationId| {
        let endpoint = operation.endpoint();
        (operation.as_str(), format!("{} {}", endpoint.method.as_str(), endpoint.path))
    };
    let operations: BTreeMap<&str, String> = OperationId::ALL.iter().map(request).collect();
    let programs: Vec<&str> = builtins::names().collect();
    let known = json!({ "commands": commands, "operations": operations, "programs": programs });
    let expected = serde_json::to_string_pretty(&known).unwrap() + "\n";
    if std::env::var_os("UPDATE_COMMANDS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == expected,
        "{FILE} is out of date: run UPDATE_COMMANDS=1 cargo test -p backoffice-shell known"
    );
}
