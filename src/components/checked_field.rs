//! What is wrong with a field: a rule of the contract first, then what the API says.

use backoffice_contract::rules::Checked;
use leptos::prelude::*;

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
