//! A button and a panel with more about what the button shows.

use leptos::children::ViewFn;
use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;

use super::dom::{focus, hide, place, unique_id};
use super::{IconButton, IconName};

/// A panel on the browser's own popover: it lies over everything, closes on Esc and on
/// a click beside it, and gives the focus back. On a phone it comes from below. Its
/// content exists only while it is open.
#[component]
pub fn Popover(
    /// The heading, which is also the panel's name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open; setting this to `false` closes it.
    open: RwSignal<bool>,
    /// The class of the button.
    button_class: &'static str,
    /// The name of the button.
    #[prop(into)]
    button_label: Signal<String>,
    /// What is in the button.
    #[prop(into)]
    button: ViewFn,
    /// Beside the heading.
    #[prop(optional, into)]
    status: Option<ViewFn>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique_id("popover");
    let title_id = format!("{id}-title");
    let anchor = NodeRef::<html::Button>::new();
    let panel = NodeRef::<html::Div>::new();
    let heading = NodeRef::<html::H2>::new();
    let content = StoredValue::new(children);
    let status = StoredValue::new(status);
    let is_shown = move || {
        let panel = panel.try_get_untracked().flatten();
        panel.is_some_and(|panel| panel.matches(":popover-open").unwrap_or_default())
    };
    let put = move || {
        let nodes = anchor.try_get_untracked().flatten().zip(panel.try_get_untracked().flatten());
        if let Some((anchor, panel)) = nodes {
            place(&panel, &anchor);
        }
    };
    // Before it opens, so that its size is known when it is placed in the next frame.
    let about_to_toggle = move |_: Event| {
        if !is_shown() {
            open.set(true);
            request_animation_frame(put);
        }
    };
    let toggled = move |_: Event| {
        let shown = is_shown();
        open.set(shown);
        if shown && let Some(heading) = heading.get_untracked() {
            focus(&heading);
        }
    };
    Effect::new(move |_| {
        if !open.get() && is_shown() {
            hide(panel);
        }
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        if is_shown() {
            put();
        }
    });
    on_cleanup(move || resized.remove());
    view! {
        <span class="popover">
            <button
                class=button_class
                type="button"
                node_ref=anchor
                popovertarget=id.clone()
                title=button_label
                aria-label=button_label
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
            >
                {button.run()}
            </button>
            <div
                class="popover__panel"
                id=id
                node_ref=panel
                popover="auto"
                role="dialog"
                aria-labelledby=title_id.clone()
                on:beforetoggle=about_to_toggle
                on:toggle=toggled
            >
                <header class="popover__head">
                    <h2 class="popover__title" id=title_id.clone() node_ref=heading tabindex="-1">{title}</h2>
                    {status.with_value(|status| status.as_ref().map(ViewFn::run))}
                    <IconButton icon=IconName::Close label="Close" small=true on_click=move || open.set(false) />
                </header>
                <Show when=move || open.get()>
                    <div class="popover__body">{content.with_value(|content| content())}</div>
                </Show>
            </div>
        </span>
    }
}
