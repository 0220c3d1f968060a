//! The question before a call.

use leptos::prelude::*;

use crate::components::write::call_state::{CallState, leave_label_of, tie_to_dialog};
use backoffice_ui::ConfirmDialog;
use backoffice_web_client::Mutation;

/// A [`ConfirmDialog`] for a call. It says why the call waits; closing it cancels a call
/// that has not been sent; and its button gives consent when the call asks for it.
#[component]
pub fn CallDialog(
    /// Whether it is open; closing it sets this to `false`.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// The button's label: the verb of the question.
    #[prop(into)]
    confirm_label: Signal<String>,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
    /// The text that must be typed before the button works.
    #[prop(optional, into)]
    phrase: MaybeProp<String>,
    /// The call.
    call: Mutation,
    /// The equivalent command line.
    #[prop(into)]
    command: Signal<String>,
    /// Makes the call. The caller closes the dialog when that has succeeded.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What will happen, what is lost, and the error if the call failed.
    children: ChildrenFn,
) -> impl IntoView {
    tie_to_dialog(open, call);
    let asks = Memo::new(move |_| call.asks());
    let label =
        Signal::derive(move || if asks.get() { "Send".to_owned() } else { confirm_label.get() });
    let confirm = Callback::new(move |()| {
        if asks.get_untracked() {
            call.consent();
        } else {
            on_confirm.run(());
        }
    });
    let content = StoredValue::new(children);
    view! {
        <ConfirmDialog
            open
            title
            confirm_label=label
            danger
            phrase
            pending=Signal::derive(move || call.pending.get() && !asks.get())
            leave_label=leave_label_of(call)
            command
            on_confirm=confirm
        >
            {content.with_value(|content| content())}
            <CallState call label=confirm_label />
        </ConfirmDialog>
    }
}
