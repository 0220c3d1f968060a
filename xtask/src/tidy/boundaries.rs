//! Which part of the code may name which: the arrows of the design, and what stays pure.

use super::paths::{self, NamedPath};
use super::{Finding, SourceFile};

/// Names that one part of the code does without.
struct Boundary {
    applies_to: fn(&str) -> bool,
    forbidden: &'static [&'static str],
    why: &'static str,
}

const BOUNDARIES: [Boundary; 3] = [
    Boundary {
        applies_to: |path| path.starts_with("src/") && !is_module(path, "src/api"),
        forbidden: &["backoffice_client"],
        why: "only src/api uses the client",
    },
    Boundary {
        applies_to: |path| is_module(path, "src/ui"),
        forbidden: &[
            "backoffice_contract",
            "backoffice_client",
            "crate::api",
            "super::api",
            "leptos_router",
        ],
        why: "components know no router, API or contract",
    },
    Boundary {
        applies_to: |path| {
            path.starts_with("crates/contract/src/")
                || path.starts_with("crates/client/src/")
                || is_module(path, "crates/sandbox/src/engine")
        },
        forbidden: &[
            "std::time::Instant",
            "SystemTime",
            "std::fs",
            "std::thread",
            "js_sys",
            "web_sys",
        ],
        why: "this code reads no clock, file or browser, so that it runs anywhere the same way",
    },
];

/// No file names what is on the other side of a boundary.
pub(super) fn names_across(file: &SourceFile) -> Vec<Finding> {
    if !file.has_extension("rs") {
        return Vec::new();
    }
    let boundaries: Vec<&Boundary> =
        BOUNDARIES.iter().filter(|boundary| (boundary.applies_to)(&file.path)).collect();
    if boundaries.is_empty() {
        return Vec::new();
    }
    let named = paths::named(file.without_tests());
    boundaries
        .into_iter()
        .flat_map(|boundary| {
            let crossing = |path: &NamedPath| {
                let name = boundary.forbidden.iter().find(|name| path.ends_with(name))?;
                let message = format!("names `{name}`: {}", boundary.why);
                Some(file.finding(path.line, message))
            };
            named.iter().filter_map(crossing).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a file is the module's own, or one below it.
fn is_module(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, lines};
    use super::*;

    #[test]
    fn only_the_api_module_names_the_client() {
        let text = "//! A.\nuse backoffice_client::Client;\n";
        assert_eq!(lines(names_across, "src/pages/apps.rs", text), [2]);
        assert_eq!(lines(names_across, "src/apis.rs", text), [2]);
        assert_eq!(lines(names_across, "src/api.rs", text), NONE);
        assert_eq!(lines(names_across, "src/api/session.rs", text), NONE);
        assert_eq!(lines(names_across, "crates/sandbox/src/lib.rs", text), NONE);
    }

    #[test]
    fn components_know_no_api() {
        let text = "//! Not crate::api.\nuse crate::{\n    api::Session,\n    ui::Button,\n};\n\
                    fn go() { leptos_router::hooks::use_navigate(); }\n";
        assert_eq!(lines(names_across, "src/ui/button.rs", text), [3, 6]);
        assert_eq!(lines(names_across, "src/pages/apps.rs", text), NONE);
    }

    #[test]
    fn pure_code_reads_no_clock() {
        let text = "use std::time::{Duration, Instant};\nuse std::{fmt, fs};\n\
                    fn a() -> std::time::SystemTime { b(\"std::fs\") } // std::thread\n\
                    #[cfg(test)]\nmod tests { use std::fs; }\n";
        assert_eq!(lines(names_across, "crates/client/src/budget.rs", text), [1, 2, 3]);
        assert_eq!(lines(names_across, "crates/sandbox/src/engine/world.rs", text), [1, 2, 3]);
        assert_eq!(lines(names_across, "crates/sandbox/src/server.rs", text), NONE);
        assert_eq!(lines(names_across, "crates/client/tests/budget.rs", text), NONE);
    }
}
