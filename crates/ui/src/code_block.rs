//! Several lines to read and copy.

use leptos::prelude::*;

use super::CopyButton;

/// Lines of a shell or a file.
#[component]
pub fn CodeBlock(
    /// The lines.
    #[prop(into)]
    code: Signal<String>,
    /// What they are, for the name of the region and of the copy button.
    #[prop(into)]
    label: Signal<String>,
    /// Breaks long lines instead of scrolling sideways.
    #[prop(optional)]
    wrap: bool,
) -> impl IntoView {
    let what = Signal::derive(move || lower_first(&label.get()));
    view! {
        <div class="code-block" class=("code-block--wrap", wrap)>
            // A region that scrolls must be reachable by keyboard.
            <pre class="code-block__text" tabindex="0" role="region" aria-label=label>{code}</pre>
            <CopyButton text=code what />
        </div>
    }
}

/// "Commands to deploy" as it reads inside a sentence.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|letter| letter.to_ascii_lowercase()).into_iter().chain(letters).collect()
}
