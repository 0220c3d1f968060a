//! The command and the request that do the same as a panel or button.

use backoffice_contract::Operation;
use leptos::prelude::*;

use crate::components::frame::page_actions::{Offer, offer};
use backoffice_ui::CommandStrip;
use backoffice_web_client::use_api;

/// Shows an operation as a command line and as `curl`, without secrets.
#[component]
pub fn OperationCommand<O: Operation + PartialEq + Send + Sync>(
    /// The operation, as the form or page stands now.
    operation: Signal<O>,
) -> impl IntoView {
    let api = use_api();
    let curl = Signal::derive(move || operation.with(|operation| api.curl(operation)));
    let cli = Signal::derive(move || operation.with(Operation::cli).unwrap_or_else(|| curl.get()));
    offer(Offer::Command(cli));
    view! { <CommandStrip command=cli http=curl /> }
}
