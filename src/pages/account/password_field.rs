//! The field by which somebody proves that it is still them.

use leptos::prelude::*;

use backoffice_ui::{FieldKind, TextField};
use backoffice_web_client::Mutation;

/// Asks for the password that the account has now.
#[component]
pub fn CurrentPasswordField(
    /// What is typed.
    value: RwSignal<String>,
    /// Whether the form has been sent before.
    checked: RwSignal<bool>,
    /// The call that the password goes into, as `current_password`.
    call: Mutation,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let from_api = call.field_error("current_password");
    let error = Signal::derive(move || {
        let missing = checked.get() && value.with(String::is_empty);
        missing
            .then(|| "Type your password.".to_owned())
            .or_else(|| from_api.get().map(|fragment| format!("The password {fragment}")))
    });
    view! {
        <TextField
            focus_on_error=true
            label="Current password"
            value=value
            kind=FieldKind::Password
            autocomplete="current-password"
            error=error
            autofocus=autofocus
        />
    }
}
