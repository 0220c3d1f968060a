//! Fields checked by a rule of the contract first, then by the API.

use backoffice_contract::rules::{self, Checked};
use leptos::prelude::*;

use backoffice_ui::{FieldKind, TextField};
use backoffice_web_client::Mutation;

/// The error under a field. The rule applies once `checked` is true, after the form has
/// first been submitted: users are not corrected while they are still typing.
#[must_use]
pub fn field_error(
    subject: &'static str,
    value: RwSignal<String>,
    checked: RwSignal<bool>,
    rule: fn(&str) -> Checked,
    from_api: Signal<Option<String>>,
) -> Signal<Option<String>> {
    Signal::derive(move || {
        let broken = checked.get().then(|| value.with(|value| rule(value).err())).flatten();
        let fragment = broken.map(str::to_owned).or_else(|| from_api.get());
        fragment.map(|fragment| format!("{subject} {fragment}"))
    })
}

/// The field for an email address; it must be the first of its form.
#[component]
pub fn EmailField(
    /// The typed value.
    value: RwSignal<String>,
    /// Whether the form has been submitted before.
    checked: RwSignal<bool>,
    /// The value of HTML's `autocomplete`.
    autocomplete: &'static str,
    /// The call that sends the address.
    call: Mutation,
) -> impl IntoView {
    let rule = |email: &str| rules::email(email.trim());
    let error = field_error("The address", value, checked, rule, call.field_error("email"));
    view! {
        <TextField
            focus_on_error=true
            label="Email"
            value=value
            kind=FieldKind::Email
            autocomplete=autocomplete
            error=error
            autofocus=true
        />
    }
}

/// The field for a new password; it must be the only one of its form.
#[component]
pub fn NewPasswordField(
    /// Its label.
    label: &'static str,
    /// The typed value.
    value: RwSignal<String>,
    /// Whether the form has been submitted before.
    checked: RwSignal<bool>,
    /// Help that is always visible.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The call that sends the password.
    call: Mutation,
) -> impl IntoView {
    let from_api = call.field_error("password");
    let error = field_error("The password", value, checked, rules::password, from_api);
    view! {
        <TextField
            focus_on_error=true
            label=label
            value=value
            kind=FieldKind::Password
            autocomplete="new-password"
            hint=hint
            error=error
            autofocus=true
        />
    }
}
