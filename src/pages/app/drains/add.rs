//! Adding a log drain.

use backoffice_contract::drain_url::{self, DrainKind};
use backoffice_contract::network::{AddDrainRequest, Drain, MAX_DRAINS};
use backoffice_contract::{Secret, op};
use leptos::prelude::*;

use crate::components::{ErrorNote, FormCard};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{
    Button, ButtonType, ButtonVariant, CodeBlock, Note, TextField, Tone, use_toasts,
};
use backoffice_web_client::{Query, use_mutation};

/// Example addresses.
const EXAMPLES: &str = "syslog+tls://logs.example.com:6514
https://logs.example.com/ingest/TOKEN
https://USER:PASSWORD@logs.example.com/";

/// The form's id.
pub const ADD: &str = "add-drain";

/// The form, with the accepted kinds of addresses.
#[component]
pub fn AddDrain(
    /// The app's current drains.
    drains: Query<Vec<Drain>>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let add = use_mutation();
    let text = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let full = Memo::new(move |_| drains.data().is_some_and(|drains| drains.len() >= MAX_DRAINS));
    let fault = Memo::new(move |_| {
        text.with(|text| drain_url::parse(text).err()).map(|rule| format!("The address {rule}"))
    });
    let from_api = add.field_error("url");
    let error = Signal::derive(move || {
        let shown = checked.get() || text.with(|text| is_worth_correcting(text));
        fault
            .get()
            .filter(|_| shown)
            .or_else(|| from_api.get().map(|rule| format!("The address {rule}")))
    });
    let clear = move || {
        text.with(|text| drain_url::parse(text).is_ok_and(|url| url.kind == DrainKind::Syslog))
    };
    let operation = Signal::derive(move || op::AddDrain {
        app: name.get(),
        body: AddDrainRequest { url: Secret::new(text.get().trim()) },
    });
    let submit = move || {
        checked.set(true);
        if fault.with_untracked(Option::is_some) {
            return;
        }
        let sent = text.get_untracked();
        add.run(operation.get_untracked(), move |_| {
            // The user may have typed on meanwhile.
            if text.with_untracked(|text| *text == sent) {
                text.set(String::new());
            }
            checked.set(false);
            toasts.ok("Drain added. It gets new log lines from now on.");
        });
    };
    let form = move || {
        view! {
            <div class="form card__body">
                <ErrorNote error=add.general_error(&["url"]) />
                <TextField
                    focus_on_error=true
                    label="Address"
                    value=text
                    mono=true
                    autocomplete="off"
                    inputmode="url"
                    hint="The address may contain credentials, so it is hidden after you add it."
                    error=error
                />
                {move || clear().then(|| view! {
                    <p class="small muted">"syslog:// sends lines unencrypted. Use syslog+tls:// if the service supports it."</p>
                })}
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=add.pending>
                        "Add drain"
                    </Button>
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <FormCard id=ADD title="Add a drain" operation on_submit=submit>
            {move || if full.get() {
                view! {
                    <Note tone=Tone::Limit title="Limit of five drains reached">
                        <p>"Remove a drain to add another."</p>
                    </Note>
                }
                .into_any()
            } else {
                form()
            }}
            <div class="card__body stack stack--close">
                <p class="small muted">
                    <b>"syslog over TLS"</b> " works with most log services: a host and a port, one line per message. "
                    <b>"HTTPS"</b> " sends lines in web requests, which pass most firewalls."
                </p>
                <CodeBlock code=EXAMPLES label="Example addresses" />
            </div>
        </FormCard>
    }
}

/// Whether to show an error now: the address is invalid however the user continues.
fn is_worth_correcting(text: &str) -> bool {
    let text = text.trim();
    match text.split_once("://") {
        Some(("http", _)) => true,
        Some(("https" | "syslog" | "syslog+tls", _)) => text.contains(char::is_whitespace),
        Some(_) => true,
        None => text.contains(['.', '@']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_addresses_show_no_error() {
        for unfinished in
            ["", "sys", "syslog+tls:", "syslog+tls://", "syslog+tls://logs.example.com"]
        {
            assert!(!is_worth_correcting(unfinished), "{unfinished}");
        }
        for wrong in ["http://logs", "ftp://", "logs.example.com", "https://a b"] {
            assert!(is_worth_correcting(wrong), "{wrong}");
        }
    }
}
