//! What sandbox and live mean, and the way from one to the other.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::address;
use super::settings::Settings;
use crate::api::PlaygroundApi;
use backoffice_ui::{Button, IconName};
use backoffice_web_client::ApiChoice;

/// Says what commands and requests reach, and offers the other.
#[component]
pub fn ModePanel(
    /// What the address asks for.
    settings: Memo<Settings>,
    /// What is called.
    api: PlaygroundApi,
    /// The console's API, where it is known.
    choice: Option<ApiChoice>,
) -> impl IntoView {
    let to = move |mode: Option<&'static str>| {
        // What was offered is for the mode that it was offered in.
        settings.with(|settings| address(&settings.with(&[("mode", mode), ("run", None)])))
    };
    let live = choice.filter(|choice| *choice != ApiChoice::BrowserSandbox);
    let content = if api.place().is_live() {
        let sign_out = Callback::new(move |()| spawn_local(async move { api.sign_out().await }));
        let email = move || api.session.with(|session| session.email().map(str::to_owned));
        let signed_in = move || {
            email().map(|email| view! {
                <p>"Signed in as "<b>{email}</b>". "</p>
                <p><Button small=true icon=IconName::SignOut on_click=sign_out>"Sign out"</Button></p>
            })
        };
        view! {
            <p>
                <b>"This is live. "</b>
                "Commands and requests change real apps, and each counts against the rate limit that your own command line and CI share."
            </p>
            {signed_in}
            <p><a class="link" href=move || to(None)>"Back to the sandbox"</a></p>
        }
        .into_any()
    } else if let Some(choice) = live {
        let label = choice.label();
        view! {
            <p>
                <b>"This is the sandbox: "</b>
                "a made-up platform inside of this browser. Nothing is sent anywhere, and nothing costs anything."
            </p>
            <p>
                "Live mode calls "<b>{label}</b>" with your account. It changes real apps, and each call counts against the rate limit that your own command line and CI share."
            </p>
            <p><a class="link" href=move || to(Some("live"))>"Switch to live"</a></p>
        }
        .into_any()
    } else {
        view! {
            <p>
                <b>"This is the sandbox: "</b>
                "a made-up platform inside of this browser. Nothing is sent anywhere, and nothing costs anything."
            </p>
            <p>"This console has no other API, so there is no live mode."</p>
        }
        .into_any()
    };
    view! { <div class="play__panel">{content}</div> }
}
