//! A form that makes one call, in a dialog.

use backoffice_contract::Operation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::command::OperationCommand;
use super::error_note::ErrorNote;
use crate::api::Mutation;
use crate::ui::{Button, ButtonType, ButtonVariant, Dialog};

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
                <div class="form__actions form__actions--end">
                    <Button variant=ButtonVariant::Quiet on_click=move || open.set(false)>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=call.pending disabled_reason=reason>
                        {submit_label}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
