//! Other apps that get a share of the traffic.

use leptos::prelude::*;

/// Other apps that get a share of the traffic.
#[component]
pub fn CanariesPage() -> impl IntoView {
    view! { <p>"Other apps that get a share of the traffic."</p> }
}
