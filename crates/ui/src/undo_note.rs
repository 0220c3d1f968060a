//! A message about a removal, with an undo button.

use leptos::html;
use leptos::prelude::*;

use super::dom::focus;
use super::{Button, ButtonVariant, Note, Tone};

/// A message with a button that undoes the removal. It takes the focus when it appears,
/// because the pressed button was removed together with its row.
#[component]
pub fn UndoNote(
    /// What was done; `None` shows nothing.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// What undoing restores, and what it does not.
    #[prop(into)]
    detail: Signal<String>,
    /// Whether the undo is in progress.
    #[prop(into)]
    pending: Signal<bool>,
    /// Undoes it.
    #[prop(into)]
    on_undo: Callback<()>,
    /// Dismisses the message.
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let shown = Memo::new(move |_| text.with(Option::is_some));
    let title = Signal::derive(move || text.get().unwrap_or_default());
    Effect::new(move |_| {
        // Run again for each message.
        text.track();
        if let Some(node) = node.get() {
            focus(&node);
        }
    });
    let actions = move || {
        view! {
            <Button small=true pending on_click=on_undo>"Undo"</Button>
            <Button small=true variant=ButtonVariant::Quiet on_click=on_dismiss>"Dismiss"</Button>
        }
        .into_any()
    };
    move || {
        shown.get().then(|| {
            view! {
                <div tabindex="-1" role="group" aria-label=title node_ref=node>
                    <Note tone=Tone::Info title actions>
                        <p>{detail}</p>
                    </Note>
                </div>
            }
        })
    }
}
