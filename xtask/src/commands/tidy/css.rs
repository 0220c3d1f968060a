//! Colours come from the tokens, so that light, dark and a change of palette are one file each.

use super::{Finding, SourceFile};

const TOKENS: &str = "style/tokens.css";

const FUNCTIONS: [&str; 10] =
    ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];

const NAMES: [&str; 14] = [
    "black", "white", "gray", "grey", "silver", "red", "green", "blue", "yellow", "orange",
    "purple", "pink", "brown", "navy",
];

/// Only the sheet of tokens contains literal colours.
pub(super) fn literal_colours(file: &SourceFile) -> Vec<Finding> {
    if !file.has_extension("css") || file.path == TOKENS {
        return Vec::new();
    }
    declarations(&without_comments(&file.text))
        .into_iter()
        .filter_map(|(line, value)| {
            let colour = words(value).find(|word| is_colour(word))?;
            let message = format!("literal colour `{colour}`: use a token of {TOKENS}");
            Some(file.finding(line, message))
        })
        .collect()
}

/// The values of all declarations, each with the line it ends on.
fn declarations(css: &str) -> Vec<(usize, &str)> {
    let mut line = 1;
    let mut values = Vec::new();
    for part in css.split_inclusive(['{', '}', ';']) {
        line += part.matches('\n').count();
        // Before a brace is a selector or a condition, where `#add` is not a colour.
        if part.ends_with('{') {
            continue;
        }
        // A mask uses only the opacity of a colour.
        if let Some((_, value)) = part.split_once(':').filter(|(name, _)| !name.contains("mask")) {
            values.push((line, value));
        }
    }
    values
}

/// The words of a value; a function keeps its opening parenthesis.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split_inclusive('(').flat_map(|part| {
        part.split(|letter: char| letter.is_whitespace() || ",;/)}".contains(letter))
    })
}

fn is_colour(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    }
    match lower.strip_suffix('(') {
        Some(function) => FUNCTIONS.contains(&function),
        None => NAMES.contains(&lower.as_str()),
    }
}

/// The style sheet with its comments emptied, so that lines keep their numbers.
pub(super) fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        let (comment, next) = after.split_once("*/").unwrap_or((after, ""));
        kept.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = next;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, lines};
    use super::*;

    fn found(css: &str) -> Vec<usize> {
        lines(literal_colours, "style/a.css", css)
    }

    #[test]
    fn colours_are_found() {
        assert_eq!(found("a {\n  color: #fff;\n}\n"), [2]);
        assert_eq!(found("a { border: 1px solid #A1B2C3 }"), [1]);
        assert_eq!(found("a { fill: oklch(50% 0.1 20) }\nb { fill: rgb(0 0 0) }"), [1, 2]);
        assert_eq!(found("a { background: linear-gradient(red, var(--b)) }"), [1]);
        assert_eq!(found("a { --x: color-mix(in oklch, white 10%, var(--b)); }"), [1]);
    }

    #[test]
    fn tokens_and_names_that_look_like_colours_are_not() {
        assert_eq!(found("#add, #fade:hover { color: var(--red) }"), NONE);
        assert_eq!(found("a { white-space: nowrap; background: url(#abc-mask) }"), NONE);
        assert_eq!(
            found("/* #fff\n*/ a { color: color-mix(in oklch, var(--a), transparent) }"),
            NONE
        );
        assert_eq!(found("a { color: CanvasText }"), NONE);
        assert_eq!(found("a { mask-image: linear-gradient(black, transparent) }"), NONE);
        assert_eq!(lines(literal_colours, "style/tokens.css", "a { color: #fff }"), NONE);
    }

    #[test]
    fn comments_keep_the_line_numbers() {
        assert_eq!(found("/* one\ntwo */\na { color: #fff }"), [3]);
    }
}
