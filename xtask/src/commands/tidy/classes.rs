//! Style sheets hold what is used: a class that no program names styles nothing.

use std::collections::BTreeSet;

use super::css::without_comments;
use super::{Finding, SourceFile};

/// Where classes are given to elements.
const SOURCES: [&str; 4] = ["src/", "crates/", "public/", "index.html"];

/// Every class of a style sheet is named by a program, as a whole or as far as `--`, after which a
/// program puts the rest in.
pub(super) fn dead(files: &[SourceFile]) -> Vec<Finding> {
    let sources: Vec<&str> = files
        .iter()
        .filter(|file| SOURCES.iter().any(|folder| file.path.starts_with(folder)))
        .filter(|file| ["rs", "js", "html"].iter().any(|kind| file.has_extension(kind)))
        .map(|file| file.text.as_str())
        .collect();
    let named: BTreeSet<&str> = sources.iter().flat_map(|text| words(text)).collect();
    let is_built = |class: &str| {
        let Some((block, _)) = class.rsplit_once("--") else { return false };
        [format!("{block}--{{"), format!("{block}--\"")]
            .iter()
            .any(|begin| sources.iter().any(|text| text.contains(begin.as_str())))
    };
    files
        .iter()
        .filter(|file| file.path.starts_with("style/") && file.has_extension("css"))
        .flat_map(|file| {
            let sheet = without_comments(&file.text);
            let mut found: Vec<Finding> = Vec::new();
            for (line, class) in classes(&sheet) {
                let message = format!("no program names the class `{class}`");
                let is_known = found.iter().any(|finding| finding.message == message);
                if !is_known && !named.contains(class) && !is_built(class) {
                    found.push(file.finding(line, message));
                }
            }
            found
        })
        .collect()
}

/// The classes of all selectors, each with its line.
fn classes(sheet: &str) -> Vec<(usize, &str)> {
    let mut line = 1;
    let mut classes = Vec::new();
    for part in sheet.split_inclusive(['{', '}', ';']) {
        // What a brace opens is a selector, or a condition, in which no dot begins a name.
        let is_selector = part.ends_with('{');
        for text in part.split_inclusive('\n') {
            let after_dots = text.split('.').skip(1).filter(|_| is_selector);
            classes.extend(
                after_dots
                    .filter_map(|rest| words(rest).next().filter(|word| rest.starts_with(word)))
                    .filter(|word| word.starts_with(|first: char| first.is_alphabetic()))
                    .map(|word| (line, word)),
            );
            line += text.matches('\n').count();
        }
    }
    classes
}

/// The words of a text, as long as a class may be.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    text.split(move |letter| !is_letter(letter)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sheet: &str, source: &str) -> Vec<String> {
        let file =
            |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
        let files = [
            file("style/ui/a.css", sheet),
            file("src/a.rs", source),
            file("docs/a.html", "<p class=\"gone\">"),
        ];
        dead(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_class_without_a_program_is_found_once() {
        let sheet =
            "/* .gone is not here. */\n.row,\n.row > .gone:hover { gap: 0.5rem }\n.gone { x: y }\n";
        assert_eq!(
            found(sheet, "class=\"row\""),
            ["style/ui/a.css:3: no program names the class `gone`"]
        );
        assert!(found(sheet, "class=\"row gone\"").is_empty());
    }

    #[test]
    fn a_longer_name_is_another_class() {
        assert_eq!(found(".row { }", "class=\"row--end arrow\"").len(), 1);
    }

    #[test]
    fn the_end_of_a_name_may_be_put_in() {
        assert!(found(".badge--ok { }", "format!(\"badge badge--{tone}\")").is_empty());
        assert!(found(".badge--ok { }", "\"badge--\".to_owned() + tone").is_empty());
        assert_eq!(found(".badge--ok { }", "\"badge badge--bad\"").len(), 1);
    }

    #[test]
    fn conditions_and_values_name_no_class() {
        assert!(found("@media (width > 1.5rem) { a { margin: .5rem } }", "").is_empty());
        assert!(found("a { background: url(icon.svg) }", "").is_empty());
    }
}
