//! The question before a call.

use leptos::prelude::*;

use crate::components::write::call_state::{CallState, leave_label_of, tie_to_dialog};
use backoffice_ui::ConfirmDialog;
use backoffice_web_client::Mutation;

/// A [`ConfirmDialog`] that knows its call: it says why the call waits, closing it takes the
/// call back as long as that has not left, and a call that asks is sent with its button.
#[component]
pub fn CallDialog(
    /// Whether it is open; closing it sets this to `false`.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What the button says: the verb of the question.
    #[prop(into)]
    confirm_label: Signal<String>,
    /// It destroys something.
    #[prop(optional)]
    danger: bool,
    /// What must be typed before the button works.
    #[prop(optional, into)]
    phrase: MaybeProp<String>,
    /// The call.
    call: Mutation,
    /// The same as a command line.
    #[prop(into)]
    command: Signal<String>,
    /// Makes the call. The caller closes the dialog when that has succeeded.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What will happen and what is lost, and how the call failed.
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
