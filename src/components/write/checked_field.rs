//! Fields that are judged by a rule of the contract first, then by what the API says.

use backoffice_contract::rules::{self, Checked};
use leptos::prelude::*;

use backoffice_ui::{FieldKind, TextField};
use backoffice_web_client::Mutation;

/// The error under a field. The rule speaks once `checked` is true, which is when the
/// form has been sent for the first time: nobody is corrected while still typing.
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
        broken.map(|rule| format!("{subject} {rule}")).or_else(|| from_api.get())
    })
}

/// The field for an e-mail address, the first of its form.
#[component]
pub fn EmailField(
    /// What is typed.
    value: RwSignal<String>,
    /// Whether the form has been sent before.
    checked: RwSignal<bool>,
    /// What the browser may fill in, as HTML names it.
    autocomplete: &'static str,
    /// The call that the address goes into.
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

/// The field for a password that is new, the only one of its form.
#[component]
pub fn NewPasswordField(
    /// What it is called.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// Whether the form has been sent before.
    checked: RwSignal<bool>,
    /// Help that is always there.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The call that the password goes into.
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
