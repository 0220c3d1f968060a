//! Scaling an app from any of its pages.

use leptos::prelude::*;

use super::scale_form::{ScaleDraft, ScaleForm};
use crate::ui::Dialog;

/// The form in a dialog. It closes when it is sent, and comes back with what was typed
/// when the API refuses.
#[component]
pub fn ScaleDialog(
    /// What is typed.
    draft: ScaleDraft,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let refused = RwSignal::new(false);
    // The form starts from what is, each time it is opened by somebody.
    Effect::new(move |_| {
        if open.get() && !refused.get_untracked() {
            draft.reset();
        }
        refused.set(false);
    });
    let come_back = Callback::new(move |()| {
        refused.set(true);
        open.set(true);
    });
    view! {
        <Dialog title="Scale" open=open>
            <ScaleForm
                draft
                autofocus=true
                on_sent=Callback::new(move |()| open.set(false))
                on_failed=come_back
                on_cancel=Callback::new(move |()| open.set(false))
            />
        </Dialog>
    }
}
