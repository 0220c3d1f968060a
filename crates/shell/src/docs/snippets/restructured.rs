//! Code blocks of reStructuredText: `code-block`, its other names, `prompt` and
//! `playground`, also inside `tabs`.

use crate::docs::snippets::Block;

const DIRECTIVES: [&str; 4] = [".. code-block::", ".. code::", ".. sourcecode::", ".. prompt::"];
/// The directive of `docs/sphinx`: commands as its body, or one as an option.
const PLAYGROUND: &str = ".. playground::";
const TABS: [&str; 2] = [".. group-tab::", ".. tab::"];

/// How far a line is indented.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

pub(super) fn blocks(page: &str) -> Vec<Block> {
    // Tabs are eight spaces wide (the reference, "Whitespace").
    let page = page.replace('\t', "        ");
    let lines: Vec<&str> = page.lines().collect();
    let mut blocks = Vec::new();
    let mut tab: Option<(usize, String)> = None;
    let mut before = String::new();
    let mut after_blank = true;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let text = line.trim();
        if text.is_empty() {
            after_blank = true;
            continue;
        }
        if tab.as_ref().is_some_and(|(depth, _)| indent(line) <= *depth) {
            tab = None;
        }
        if let Some(name) = TABS.iter().find_map(|directive| text.strip_prefix(directive)) {
            tab = Some((indent(line), name.trim().to_owned()));
        }
        let is_playground = text.starts_with(PLAYGROUND);
        let named = DIRECTIVES.iter().find_map(|directive| text.strip_prefix(directive));
        let Some(language) = named.or(is_playground.then_some("bash")) else {
            if after_blank {
                before.clear();
            }
            before.push_str(text);
            before.push(' ');
            after_blank = false;
            continue;
        };
        let depth = indent(line);
        let mut command = None;
        let mut is_request = false;
        while let Some(option) = lines.get(at).and_then(|line| line.trim().strip_prefix(':')) {
            at += 1;
            if let Some(value) = option.strip_prefix("command:") {
                command = Some((at, value.trim().to_owned()));
            }
            is_request |= option.starts_with("operation:") || option.starts_with("api:");
        }
        // A body beside a request only illustrates it.
        let is_shown = is_playground && is_request;
        while lines.get(at).is_some_and(|line| line.trim().is_empty()) {
            at += 1;
        }
        let start = at;
        while lines.get(at).is_some_and(|line| line.trim().is_empty() || indent(line) > depth) {
            at += 1;
        }
        let body = lines.get(start..at).unwrap_or_default();
        let margin =
            body.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min();
        let body: Vec<&str> =
            body.iter().map(|line| line.get(margin.unwrap_or(0)..).unwrap_or_default()).collect();
        let text = body.join("\n").trim_end().to_owned();
        let (line, text) = match command {
            Some(command) if is_playground => command,
            _ => (start + 1, text),
        };
        if !text.is_empty() && !is_shown {
            let language =
                language.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            let tab = tab.as_ref().map(|(_, name)| name.clone());
            blocks.push(Block { line, language, text, tab, before: before.clone() });
        }
        after_blank = true;
    }
    blocks
}
