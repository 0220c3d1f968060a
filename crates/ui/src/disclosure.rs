//! A part of a panel that is opened when it is wanted.

use leptos::prelude::*;

/// A heading that opens what is below it. The content is made when it opens first, so
/// that what it costs is not spent before, and stays from then on.
#[component]
pub fn Disclosure(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What to expect, beside the heading.
    #[prop(optional, into)]
    detail: MaybeProp<String>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let opened = RwSignal::new(false);
    view! {
        <details class="disclosure" prop:open=move || open.get()>
            <summary
                class="disclosure__head"
                on:click=move |event| {
                    // The signal, not the browser, says whether it is open.
                    event.prevent_default();
                    open.update(|open| *open = !*open);
                    opened.set(true);
                }
            >
                <span class="disclosure__title">{title}</span>
                {move || detail.get().map(|detail| view! { <span class="disclosure__detail">{detail}</span> })}
            </summary>
            <Show when=move || opened.get()>
                <div class="disclosure__body">{children()}</div>
            </Show>
        </details>
    }
}
