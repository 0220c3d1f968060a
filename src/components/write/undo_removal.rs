//! The way back from a removal.

use backoffice_contract::Operation;
use leptos::prelude::*;

use crate::components::read::error_note::ErrorNote;
use backoffice_ui::{UndoNote, use_toasts};
use backoffice_web_client::use_mutation;

/// Says what was removed from a list and offers to add it again, which is one call.
#[component]
pub fn UndoRemoval<T, O>(
    /// What was removed; letting go of it takes the offer away.
    removed: RwSignal<Option<T>>,
    /// What has happened, in one sentence.
    said: fn(&T) -> String,
    /// What undoing it does, in one sentence.
    consequence: fn(&T) -> String,
    /// The call that adds it again, and what is said once that is done.
    restore: Callback<T, (O, String)>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    O: Operation,
{
    let toasts = use_toasts();
    let add = use_mutation();
    Effect::new(move |_| {
        removed.track();
        add.error.set(None);
    });
    let undo = move || {
        let Some(thing) = removed.get_untracked() else { return };
        let (operation, done) = restore.run(thing);
        add.run(operation, move |_| {
            removed.set(None);
            toasts.ok(done);
        });
    };
    view! {
        <UndoNote
            text=Signal::derive(move || removed.with(|removed| removed.as_ref().map(said)))
            detail=Signal::derive(move || removed.with(|removed| removed.as_ref().map(consequence)).unwrap_or_default())
            pending=add.pending
            on_undo=Callback::new(move |()| undo())
            on_dismiss=Callback::new(move |()| removed.set(None))
        />
        <ErrorNote error=add.error />
    }
}
