//! Lines of which a part is secret.

use leptos::prelude::*;

use super::CopyButton;
use super::reveal::use_reveal;

/// Lines to read and copy, with a secret in them that is not in the document until it is
/// revealed. They are copied whole, also while the secret is masked.
#[component]
pub fn SecretBlock(
    /// The lines with the secret.
    #[prop(into)]
    code: Signal<String>,
    /// The lines as they are shown until then.
    #[prop(into)]
    masked: Signal<String>,
    /// What they are, for the names of the region and of the buttons.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let reveal = use_reveal();
    let what = Signal::derive(move || format!("without showing: {}", label.get()));
    view! {
        <div class="code-block code-block--wrap code-block--secret">
            // A region that scrolls must be reachable by keyboard.
            <pre class="code-block__text" tabindex="0" role="region" aria-label=label>
                {move || if reveal.is_shown() { code.get() } else { masked.get() }}
            </pre>
            <div class="code-block__tools">
                {move || reveal.button(reveal.is_shown(), &label.get())}
                <CopyButton text=code what />
            </div>
        </div>
    }
}
