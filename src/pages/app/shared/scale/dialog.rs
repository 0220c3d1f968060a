//! Scaling an app from any of its pages.

use leptos::prelude::*;

use crate::components::tie_to_dialog;
use crate::pages::app::shared::scale::form::{ScaleDraft, ScaleForm};
use backoffice_ui::Dialog;

/// The form in a dialog, which closes when the app is scaled.
#[component]
pub fn ScaleDialog(
    /// What is typed.
    draft: ScaleDraft,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    // The form starts from what is, each time it is opened, unless it is on its way.
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
