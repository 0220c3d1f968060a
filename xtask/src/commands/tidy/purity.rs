//! Code that runs the same way anywhere: it reads no clock, file or browser.

use super::{Finding, SourceFile};

/// The folders of that code. Time, chance and storage are handed to it.
const PURE: [&str; 8] = [
    "crates/answer/src/",
    "crates/calendar/src/",
    "crates/client/src/",
    "crates/contract/src/",
    "crates/explorer/src/",
    "crates/limits/src/",
    "crates/sandbox/src/engine/",
    "crates/sandbox/src/engine.rs",
];

/// What reads a clock, a file or a browser, or starts a thread.
const IMPURE: [&str; 6] =
    ["Instant::now", "SystemTime", "std::fs", "std::thread", "js_sys", "web_sys"];

/// Pure code names nothing of that.
pub(super) fn pure_code(file: &SourceFile) -> Vec<Finding> {
    if !file.has_extension("rs") || !PURE.iter().any(|folder| file.path.starts_with(folder)) {
        return Vec::new();
    }
    let lines = file.without_tests().lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(at, line)| {
            let name = IMPURE.iter().find(|name| line.contains(*name))?;
            Some(file.finding(at + 1, format!("names `{name}`: this code runs the same way anywhere, so time and storage are handed to it")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::*;

    #[test]
    fn pure_code_reads_no_clock() {
        let text = "// web_sys is not for us.\nuse std::time::SystemTime;\nlet a = 1;\nweb_sys::window();\n";
        assert_eq!(lines(pure_code, "crates/client/src/core.rs", text), [2, 4]);
        assert_eq!(lines(pure_code, "crates/sandbox/src/engine/world.rs", text), [2, 4]);
        assert!(lines(pure_code, "crates/sandbox/src/server.rs", text).is_empty());
        assert!(lines(pure_code, "crates/client/README.md", text).is_empty());
        let tested = "fn a() {}\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert!(lines(pure_code, "crates/client/src/core.rs", tested).is_empty());
    }
}
