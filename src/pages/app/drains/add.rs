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

/// What addresses look like.
const EXAMPLES: &str = "syslog+tls://logs.example.com:6514
https://logs.example.com/ingest/TOKEN
https://USER:PASSWORD@logs.example.com/";

/// The id of the form.
pub const ADD: &str = "add-drain";

/// The form, with the forms of address that can be used.
#[component]
pub fn AddDrain(
    /// What is there already.
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
        fault.get().filter(|_| shown).or_else(|| from_api.get())
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
            // Somebody may have gone on typing.
            if text.with_untracked(|text| *text == sent) {
                text.set(String::new());
            }
            checked.set(false);
            toasts.ok("The drain is added. Lines reach it from now on.");
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
                    hint="It may hold credentials: it is shown only when you ask for it."
                    error=error
                />
                {move || clear().then(|| view! {
                    <p class="small muted">"syslog:// sends lines in the clear. Use syslog+tls:// if the service takes it."</p>
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
                    <Note tone=Tone::Limit title="Five drains are the most">
                        <p>"Remove one to add another."</p>
                    </Note>
                }
                .into_any()
            } else {
                form()
            }}
            <div class="card__body stack stack--close">
                <p class="small muted">
                    <b>"syslog over TLS"</b> " suits most log services: a host and a port, one line a message. "
                    <b>"HTTPS"</b> " sends lines in requests, which pass where only the web gets through."
                </p>
                <CodeBlock code=EXAMPLES label="Examples of addresses" />
            </div>
        </FormCard>
    }
}

/// Whether a faulty address is more than one that is not finished yet.
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
    fn nobody_is_corrected_in_the_middle_of_an_address() {
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
