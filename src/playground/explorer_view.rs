//! The HTTP explorer: the operations of the API.

use backoffice_contract::OperationId;
use leptos::prelude::*;

/// The API and its operations.
#[component]
pub fn ExplorerView() -> impl IntoView {
    let operations: Vec<AnyView> = OperationId::ALL
        .iter()
        .map(|id| view! { <li><code>{id.as_str()}</code></li> }.into_any())
        .collect();
    view! {
        <section class="play__explorer">
            <h2>"Backoffice API"</h2>
            <ul>{operations}</ul>
        </section>
    }
}
