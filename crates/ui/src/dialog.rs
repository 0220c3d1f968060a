//! A modal dialog on the browser's own element, which keeps the focus inside, makes the
//! page behind it inert, closes on Esc and gives the focus back.

use leptos::children::ViewFn;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::dom::unique_id;
use super::{IconButton, IconName};

/// A dialog. Its content is made anew each time it opens.
#[component]
pub fn Dialog(
    /// The heading, which is also its name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open; closing it sets this to `false`.
    open: RwSignal<bool>,
    /// Only its own buttons close it: no Esc, no click beside it, no cross.
    #[prop(optional)]
    persistent: bool,
    /// A click beside it does not close it, for when a slip would lose or destroy
    /// something.
    #[prop(optional)]
    guarded: bool,
    /// More room.
    #[prop(optional)]
    wide: bool,
    /// At the foot, the primary action last.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let id = unique_id("dialog");
    let title_id = id.clone();
    let content = StoredValue::new(children);
    let foot = StoredValue::new(foot);
    // After rendering, so that the browser finds the field with `autofocus`.
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            // It fails for a dialog that is open already, which is what is wanted.
            let _ = dialog.show_modal();
        } else if dialog.open() {
            dialog.close();
        }
    });
    let pressed_beside = StoredValue::new(false);
    let is_beside = move |event: &web_sys::Event| {
        let target = event.target();
        target.is_some() && target == node.get_untracked().map(Into::into)
    };
    let released = move |event: ev::MouseEvent| {
        // Both ends of the click: selecting text may well end outside.
        if pressed_beside.get_value() && is_beside(&event) && !persistent && !guarded {
            open.set(false);
        }
    };
    view! {
        <dialog
            class="dialog"
            class=("dialog--wide", wide)
            node_ref=node
            aria-labelledby=id
            on:mousedown=move |event| pressed_beside.set_value(is_beside(&event))
            on:click=released
            on:cancel=move |event| {
                if !is_beside(&event) {
                    return;
                }
                if persistent {
                    event.prevent_default();
                } else {
                    // Not only when it has closed: it may be opened again before that is told.
                    open.set(false);
                }
            }
            on:close=move |_| {
                if node.get_untracked().is_some_and(|dialog| dialog.open()) {
                    return;
                }
                // The browser closes a dialog on the second Esc whatever we say.
                if persistent && open.get_untracked() {
                    if let Some(dialog) = node.get_untracked() {
                        let _ = dialog.show_modal();
                    }
                    return;
                }
                open.set(false);
            }
        >
            <div class="dialog__panel">
                <header class="dialog__head">
                    <h2 class="dialog__title" id=title_id>{title}</h2>
                    {(!persistent).then(|| view! {
                        <IconButton icon=IconName::Close label="Close" small=true on_click=move || open.set(false) />
                    })}
                </header>
                <Show when=move || open.get()>
                    <div class="dialog__body">{content.with_value(|content| content())}</div>
                    {foot.with_value(|foot| foot.as_ref().map(|foot| view! {
                        <footer class="dialog__foot">{foot.run()}</footer>
                    }))}
                </Show>
            </div>
        </dialog>
    }
}
