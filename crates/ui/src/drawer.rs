//! A panel at the right that does not block the page.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::dom::{focus, focused, unique_id};
use super::{IconButton, IconName};

/// A labelled region beside the page. It takes the focus when it opens, and gives it
/// back when it closes while it has it. Esc inside of it closes it.
#[component]
pub fn Drawer(
    /// The heading, which is also the region's name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open; closing it sets this to `false`.
    open: RwSignal<bool>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let id = StoredValue::new(unique_id("drawer"));
    let node = NodeRef::<html::Aside>::new();
    let heading = NodeRef::<html::H2>::new();
    let before = StoredValue::new_local(None);
    let content = StoredValue::new(children);
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            before.set_value(focused());
            focus(&heading);
        }
    });
    let close = move || {
        let inside =
            node.get_untracked().zip(focused()).is_some_and(|(node, at)| node.contains(Some(&at)));
        open.set(false);
        if let Some(before) = before.try_update_value(Option::take).flatten().filter(|_| inside) {
            focus(&before);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.stop_propagation();
            close();
        }
    };
    view! {
        <Show when=move || open.get()>
            <aside class="drawer" node_ref=node aria-labelledby=id.get_value() on:keydown=key>
                <header class="drawer__head">
                    <h2 class="drawer__title" id=id.get_value() node_ref=heading tabindex="-1">{title}</h2>
                    <IconButton icon=IconName::Close label="Close" on_click=close />
                </header>
                <div class="drawer__body">{content.with_value(|content| content())}</div>
            </aside>
        </Show>
    }
}
