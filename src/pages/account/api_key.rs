//! The API key, by which the command-line client and git sign in.

use backoffice_contract::account::{Account, CurrentPasswordRequest};
use backoffice_contract::{Operation as _, Secret, op};
use leptos::prelude::*;

use crate::components::{CallDialog, ErrorNote, OperationCommand};
use crate::pages::account::netrc;
use crate::pages::account::password_field::CurrentPasswordField;
use backoffice_ui::{Button, Card, CopyButton, KeyValueRow, Note, SecretValue, Tone};
use backoffice_web_client::{Query, use_api, use_mutation};

/// What stands in the lines in place of the key.
const MASK: &str = "••••••••";

/// The key where it is known, and its replacement.
#[component]
pub fn ApiKeyCard(
    /// The account, which holds the key where its server shows it.
    account: Query<Account>,
) -> impl IntoView {
    let replacing = RwSignal::new(false);
    // The one that was made here. It is shown until the page is left.
    let made = RwSignal::new(None::<Secret>);
    let key = Memo::new(move |_| made.get().or_else(|| account.data()?.api_key));
    let command =
        Signal::derive(|| op::RegenerateApiKey { body: CurrentPasswordRequest::default() });
    view! {
        <Card title="API key" foot=move || view! { <OperationCommand operation=command /> }.into_any()>
            <div class="card__body stack stack--close">
                <p class="muted">
                    "The command-line client and git sign in with it. It does not expire, and needs no second factor."
                </p>
                {move || made.get().map(|_| view! {
                    <Note tone=Tone::Ok title="This is the new key">
                        <p>"It is shown until you leave this page. The old one has stopped working."</p>
                    </Note>
                })}
                {move || match key.get() {
                    Some(key) => view! { <KnownKey key /> }.into_any(),
                    None => view! {
                        <p>
                            "This server does not show it here. " <code>"gigalixir login"</code>
                            " writes it into " <code>"~/.netrc"</code> ", where you can read it."
                        </p>
                    }
                    .into_any(),
                }}
                <p>
                    <Button on_click=Callback::new(move |()| replacing.set(true))>"Replace the API key…"</Button>
                </p>
            </div>
        </Card>
        <ReplaceDialog open=replacing made />
    }
}

/// The key, masked, and the lines that it goes into.
#[component]
fn KnownKey(key: Secret) -> impl IntoView {
    let api = use_api();
    let value = key.expose().to_owned();
    let lines = move |key: &str| {
        let email = api.email().unwrap_or_default();
        netrc::lines(api.choice().command_base(), &email, key)
    };
    let full = Signal::derive(move || lines(key.expose()));
    view! {
        <dl class="kv">
            <KeyValueRow label="Key"><SecretValue value=value label="API key" /></KeyValueRow>
        </dl>
        <p>"On each machine, in " <code>"~/.netrc"</code> " (" <code>"_netrc"</code> " on Windows):"</p>
        <div class="code-block">
            <pre class="code-block__text" tabindex="0" role="region" aria-label="Lines of .netrc, without the key">
                {move || lines(MASK)}
            </pre>
            <CopyButton text=full what="the lines with the key" />
        </div>
    }
}

#[component]
fn ReplaceDialog(open: RwSignal<bool>, made: RwSignal<Option<Secret>>) -> impl IntoView {
    let replace = use_mutation();
    let password = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    Effect::new(move |_| {
        open.track();
        password.set(String::new());
        checked.set(false);
    });
    let operation = Signal::derive(move || op::RegenerateApiKey {
        body: CurrentPasswordRequest { current_password: password.get().into() },
    });
    let confirm = Callback::new(move |()| {
        checked.set(true);
        if password.with_untracked(String::is_empty) {
            return;
        }
        replace.run(operation.get_untracked(), move |answer| {
            made.set(Some(answer.key));
            open.set(false);
        });
    });
    view! {
        <CallDialog
            open
            title="Replace the API key?"
            confirm_label="Replace the key"
            danger=true
            call=replace
            command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default())
            on_confirm=confirm
        >
            <p>"The key until now stops working at once:"</p>
            <ul class="bullets">
                <li>"the command-line client, on every machine"</li>
                <li><code>"git push"</code> " to the platform, from every machine and from CI"</li>
                <li>"scripts that call the API with it"</li>
            </ul>
            <p>"Each needs the new key. Sessions in browsers go on."</p>
            <ErrorNote error=replace.general_error(&["current_password"]) />
            <form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm.run(());
                }
            >
                <CurrentPasswordField value=password checked call=replace autofocus=true />
            </form>
        </CallDialog>
    }
}
