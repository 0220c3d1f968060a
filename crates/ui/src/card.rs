//! A part of a page in a frame.

use leptos::children::ViewFn;
use leptos::prelude::*;

use super::dom::unique_id;

/// A titled region. Its children reach the edges, so that tables can; text and forms
/// go into an element of class `card__body`.
#[component]
pub fn Card(
    /// The heading, which is also the region's name.
    #[prop(into)]
    title: Signal<String>,
    /// Keeps the heading for assistive technology only.
    #[prop(optional)]
    hide_head: bool,
    /// At the right of the heading.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Below the content, usually a command strip.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// For what cannot be undone.
    #[prop(optional)]
    danger: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    let id = unique_id("card");
    let head = if hide_head {
        view! { <h2 class="visually-hidden" id=id.clone()>{title}</h2> }.into_any()
    } else {
        view! {
            <header class="card__head">
                <h2 class="card__title" id=id.clone()>{title}</h2>
                <div class="card__actions">
                    {actions.map(|actions| actions.run())}
                </div>
            </header>
        }
        .into_any()
    };
    view! {
        <section class="card" class=("card--danger", danger) aria-labelledby=id>
            {head}
            {children()}
            {foot.map(|foot| view! { <footer class="card__foot">{foot.run()}</footer> })}
        </section>
    }
}
