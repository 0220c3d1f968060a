//! A form that makes one call, in a dialog.

use backoffice_contract::Operation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::read::command::OperationCommand;
use crate::components::read::error_note::ErrorNote;
use crate::components::write::call_state::{CallActions, tie_to_dialog};
use backoffice_ui::Dialog;
use backoffice_web_client::Mutation;

/// A dialog around a form. It stays open with the error when the call fails, and closes
/// when it succeeds; what was typed is the caller's to keep.
#[component]
pub fn FormDialog<O>(
    /// Whether it is open; closing it sets this to `false`.
    open: RwSignal<bool>,
    /// The heading.
    title: &'static str,
    /// The operation, as the form stands now.
    operation: Signal<O>,
    /// The call.
    call: Mutation,
    /// What the button says.
    submit_label: &'static str,
    /// Why it cannot be sent as it is.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// What follows on the answer.
    #[prop(into)]
    on_done: Callback<O::Response>,
    /// The fields.
    children: ChildrenFn,
) -> impl IntoView
where
    O: Operation + PartialEq + Send + Sync,
{
    tie_to_dialog(open, call);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if reason.with_untracked(Option::is_some) {
            return;
        }
        call.run(operation.get_untracked(), move |answer| {
            open.set(false);
            on_done.run(answer);
        });
    };
    let content = StoredValue::new(children);
    view! {
        <Dialog open title wide=true>
            <form class="form" novalidate on:submit=submit>
                <ErrorNote error=call.error />
                {content.with_value(|content| content())}
                <OperationCommand operation />
                <CallActions call label=submit_label reason on_leave=Callback::new(move |()| open.set(false)) />
            </form>
        </Dialog>
    }
}
