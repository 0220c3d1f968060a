//! The heading of a page, and the title of its tab in the browser.

use leptos::prelude::*;

/// A page's name, one line that says what it is for, and its actions at the right.
#[component]
pub fn PageTitle(
    /// The name.
    #[prop(into)]
    title: Signal<String>,
    /// What it is for.
    #[prop(into)]
    purpose: Signal<String>,
    /// What the browser's tab says, when the heading alone would not do.
    #[prop(optional, into)]
    tab: MaybeProp<String>,
    /// Actions, the primary one last.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    Effect::new(move |_| {
        let name = tab.get().unwrap_or_else(|| title.get());
        document().set_title(&format!("{name} · Backoffice Console"));
    });
    view! {
        <div class="page-title">
            <div class="page-title__text">
                <h1>{title}</h1>
                <p>{purpose}</p>
            </div>
            {children.map(|children| view! { <div class="page-title__actions">{children()}</div> })}
        </div>
    }
}
