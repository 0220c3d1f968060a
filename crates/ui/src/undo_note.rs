//! What has just been taken away, with the way back.

use leptos::html;
use leptos::prelude::*;

use super::dom::focus;
use super::{Button, ButtonVariant, Note, Tone};

/// A message with a button that undoes what it tells of. It takes the focus when it
/// appears, since the button that was pressed is gone with what it removed.
#[component]
pub fn UndoNote(
    /// What was done; nothing is shown while there is nothing to undo.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// What undoing brings back and what it does not.
    #[prop(into)]
    detail: Signal<String>,
    /// It is being undone.
    #[prop(into)]
    pending: Signal<bool>,
    /// Undoes it.
    #[prop(into)]
    on_undo: Callback<()>,
    /// Takes the message away.
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let shown = Memo::new(move |_| text.with(Option::is_some));
    let title = Signal::derive(move || text.get().unwrap_or_default());
    Effect::new(move |_| {
        // Again for each message.
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
