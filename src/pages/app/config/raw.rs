//! The draft as the text of a `.env` file.

use leptos::prelude::*;

use crate::pages::app::config::editor::Editor;
use backoffice_ui::{Button, EmptyState, IconName, LineEditor};

/// The text. It holds every value in clear, so it is not there until asked for, and goes
/// when the tab is out of sight; nothing typed goes with it.
#[component]
pub(super) fn RawText(editor: Editor) -> impl IntoView {
    let shown = RwSignal::new(false);
    let hide = window_event_listener(leptos::ev::visibilitychange, move |_| {
        editor.take_typed();
        let _ = shown.try_set(false);
        let _ = editor.typing_raw.try_set(false);
    });
    on_cleanup(move || {
        hide.remove();
        editor.take_typed();
        let _ = editor.typing_raw.try_set(false);
    });
    move || {
        if shown.get() {
            return view! { <Text editor /> }.into_any();
        }
        view! {
            <EmptyState icon=IconName::EyeOff title="The raw text shows every value in clear">
                <p>"It is hidden again when you leave this page or switch to another tab."</p>
                <Button icon=IconName::Eye on_click=Callback::new(move |()| shown.set(true))>
                    "Show the raw text"
                </Button>
            </EmptyState>
        }
        .into_any()
    }
}

#[component]
fn Text(editor: Editor) -> impl IntoView {
    let text = RwSignal::new(editor.draft.with_untracked(|draft| draft.text().to_owned()));
    // Rows, imports and merges write to the draft; typing writes to the text.
    Effect::new(move |_| {
        editor.draft.with(|draft| {
            if text.with_untracked(|text| text != draft.text()) {
                text.set(draft.text().to_owned());
            }
        });
    });
    let on_type = Callback::new(move |typed: String| editor.type_raw(typed));
    let on_focus = Callback::new(move |focused: bool| {
        // Whatever is done next is done with all of the text.
        editor.take_typed();
        editor.typing_raw.set(focused);
    });
    let faults = Signal::derive(move || {
        editor.stage.with(|stage| {
            stage.faults.iter().map(|fault| (fault.line, fault.message.clone())).collect::<Vec<_>>()
        })
    });
    let comments = Memo::new(move |_| editor.stage.with(|stage| stage.comments));
    view! {
        <LineEditor label="Raw text of the config" value=text faults on_type on_focus />
        {move || comments.get().then(|| view! {
            <p class="card__note">
                "The platform keeps names and values only: comments and order are gone once this is applied. Export the text to keep them."
            </p>
        })}
    }
}
