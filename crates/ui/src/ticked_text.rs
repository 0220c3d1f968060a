//! Text in which backticks mark what is code.

use leptos::prelude::*;

/// The text, with what stands between two backticks as code; one without its other stays.
#[component]
pub fn TickedText(
    /// Such as ``Deployed commit `00cba43`.``
    text: String,
) -> impl IntoView {
    let part = |(part, code): (String, bool)| {
        if code { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
    };
    view! { <span>{parts(&text).into_iter().map(part).collect_view()}</span> }
}

/// The parts of a text, and which of them are code.
fn parts(text: &str) -> Vec<(String, bool)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = next_code(rest) {
        parts.push((before.to_owned(), false));
        parts.push((code.to_owned(), true));
        rest = after;
    }
    parts.push((rest.to_owned(), false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_is_between_two_ticks_is_code() {
        let found = parts("Set `A`, `B` config vars.");
        let found: Vec<_> = found.iter().map(|(part, code)| (part.as_str(), *code)).collect();
        assert_eq!(
            found,
            [("Set ", false), ("A", true), (", ", false), ("B", true), (" config vars.", false)]
        );
    }

    #[test]
    fn a_tick_without_its_other_stays() {
        assert_eq!(parts("It`s"), [("It`s".to_owned(), false)]);
        assert!(parts("").is_empty());
    }
}
