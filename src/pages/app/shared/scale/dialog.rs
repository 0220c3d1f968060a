//! Scaling an app from any of its pages.

use leptos::prelude::*;

use crate::components::tie_to_dialog;
use crate::pages::app::shared::scale::form::{ScaleDraft, ScaleForm};
use backoffice_ui::Dialog;

/// The scale form in a dialog, which closes when the app is scaled.
#[component]
pub fn ScaleDialog(
    /// The draft of the form.
    draft: ScaleDraft,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    // The form starts from the current scale each time it opens, unless a request is in
    // progress.
    Effect::new(move |_| {
        if open.get() && !draft.scale.pending.get_untracked() {
            draft.reset();
        }
    });
    tie_to_dialog(open, draft.scale);
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog title="Scale" open=open>
            <ScaleForm draft autofocus=true on_done=close on_leave=close />
        </Dialog>
    }
}
