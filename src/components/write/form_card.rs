//! A form that makes one call, in a card of its own.

use backoffice_contract::Operation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::read::command::OperationCommand;
use backoffice_ui::Card;

/// A card around a form, with the command that does what the form says now.
#[component]
pub fn FormCard<O>(
    /// Its id, for whoever leads here.
    #[prop(optional)]
    id: Option<&'static str>,
    /// The heading.
    title: &'static str,
    /// The operation, as the form stands now.
    operation: Signal<O>,
    /// Checks the form and makes the call.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView
where
    O: Operation + PartialEq + Send + Sync,
{
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form id=id novalidate on:submit=submit>
            <Card title foot=move || view! { <OperationCommand operation /> }.into_any()>
                {children()}
            </Card>
        </form>
    }
}
