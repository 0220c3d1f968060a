//! Signing in through another provider.

use backoffice_contract::op;
use backoffice_contract::session::{OauthResult, OauthStart};
use leptos::prelude::*;

use crate::components::sign_in::provider::{ContinueWithProvider, PROVIDER};
use backoffice_ui::{Note, Tone};
use backoffice_web_client::{use_api, use_mutation};

/// The button, and the wait for the provider's answer.
#[component]
pub fn ProviderSignIn(
    /// Who must come back; anybody when empty.
    #[prop(default = String::new())]
    only: String,
    /// Called once signed in.
    on_done: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let start = use_mutation();
    let visit = RwSignal::new(None::<OauthStart>);
    let trouble = RwSignal::new(None::<String>);
    let only = StoredValue::new(only);
    let begin = move || {
        trouble.set(None);
        start.run(op::StartOauth { provider: PROVIDER.to_owned() }, move |started| {
            visit.set(Some(started));
        });
    };
    let on_answer = Callback::new(move |answer: OauthResult| {
        let email = answer.email.clone();
        let other = only.with_value(|only| !only.is_empty() && !only.eq_ignore_ascii_case(&email));
        if other {
            trouble.set(Some(format!("Google knows you as {email}, which is another account.")));
        } else if api.begin_session(answer) {
            on_done.run(());
        } else {
            trouble.set(Some(format!(
                "Google has confirmed {email}, but the API gave this browser no session. Set a \
                 password by mail under “Forgot your password?”, then sign in with it.",
            )));
        }
    });
    view! {
        <ContinueWithProvider start on_begin=begin visit on_answer />
        {move || trouble.get().map(|title| view! { <Note tone=Tone::Bad title /> })}
    }
}
