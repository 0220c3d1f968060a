//! The question before an operation, with the operation as a command line.

use backoffice_contract::Operation;
use leptos::prelude::*;

use crate::components::read::error_note::ErrorNote;
use crate::components::write::call_dialog::CallDialog;
use backoffice_web_client::{Mutation, use_mutation};

/// What follows on the answer to an operation.
pub type Follow<T> = Box<dyn FnOnce(T)>;

/// What follows, from a function that is called when the call is made, while what the dialog
/// is about is still known, and gives a function of the answer.
pub fn on_answer<T: 'static, F: FnOnce(T) + 'static>(
    then: impl Fn() -> F + Send + Sync + 'static,
) -> Callback<(), Follow<T>> {
    Callback::new(move |()| Box::new(then()) as Follow<T>)
}

/// A [`CallDialog`] that makes one call: it stays open with the error when that fails,
/// and closes when it succeeds.
#[component]
pub fn OperationDialog<O>(
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
    /// The operation, as the dialog stands now.
    operation: Signal<O>,
    /// The call, for who shows its state elsewhere as well.
    #[prop(default = use_mutation())]
    call: Mutation,
    /// What follows; see [`on_answer`].
    then: Callback<(), Follow<O::Response>>,
    /// What will happen and what is lost.
    children: ChildrenFn,
) -> impl IntoView
where
    O: Operation + Send + Sync,
{
    let command = Signal::derive(move || operation.with(O::cli).unwrap_or_default());
    let confirm = Callback::new(move |()| {
        let follow = then.run(());
        call.run(operation.get_untracked(), move |answer| {
            open.set(false);
            follow(answer);
        });
    });
    let content = StoredValue::new(children);
    view! {
        <CallDialog
            open
            title
            confirm_label
            danger
            phrase
            call
            command
            on_confirm=confirm
        >
            {content.with_value(|content| content())}
            <ErrorNote error=call.error />
        </CallDialog>
    }
}
