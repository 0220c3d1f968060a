//! What a description says, as text: the beginning, and the rest behind it.

use leptos::prelude::*;

use backoffice_ui::TickedText;

/// Up to how many characters are shown at once.
const SHORT: usize = 320;

/// A text of a description. Markup is left as it was written, but for code between
/// backticks.
#[component]
pub fn Prose(
    /// The text, in CommonMark.
    text: String,
) -> impl IntoView {
    let mut paragraphs = paragraphs(&text).into_iter();
    let first = paragraphs.next().unwrap_or_default();
    let (start, mut rest) = match first.char_indices().nth(SHORT) {
        Some((at, _)) => {
            let at = first.get(..at).and_then(|start| start.rfind(' ')).unwrap_or(at);
            let (start, end) = first.split_at_checked(at).unwrap_or((first.as_str(), ""));
            (format!("{start} …"), vec![format!("… {}", end.trim_start())])
        }
        None => (first, Vec::new()),
    };
    rest.extend(paragraphs);
    let rest: Vec<AnyView> =
        rest.into_iter().map(|text| view! { <p><TickedText text /></p> }.into_any()).collect();
    view! {
        <div class="prose">
            {(!start.is_empty()).then(|| view! { <p><TickedText text=start /></p> })}
            {(!rest.is_empty()).then(|| view! {
                <details class="prose__rest"><summary>"More"</summary>{rest}</details>
            })}
        </div>
    }
}

/// Lines that belong together, each as one.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if line.is_empty() && !current.is_empty() {
            paragraphs.push(current.join(" "));
            current.clear();
        } else if !line.is_empty() {
            current.push(line);
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_to_paragraphs() {
        assert_eq!(paragraphs("a\nb\n\n\n  c  \n"), ["a b", "c"]);
        assert!(paragraphs(" \n").is_empty());
    }
}
