//! What an operation wants to see before it lets somebody in.

use std::collections::BTreeMap;

use backoffice_contract::Secret;
use backoffice_contract::session::Credentials as SignIn;
use backoffice_explorer::{Credential, Form, Scheme};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::frame::use_playground;
use super::form_state::FormState;
use backoffice_ui::{Button, FieldKind, TextField, TickedText};
use backoffice_web_client::demo;
use backoffice_web_client::{SessionState, explain};

/// The secrets that were entered, by the name of their scheme. They are in memory only.
#[derive(Clone, Copy, Default)]
pub struct Secrets(RwSignal<BTreeMap<String, Secret>>);

/// The first scheme of an operation whose secret a page can send.
fn scheme_of(form: &Form) -> Option<Scheme> {
    let ways = &form.operation().security;
    let sent = |scheme: &&Scheme| scheme.header.is_some();
    ways.iter().flatten().find(sent).or_else(|| ways.iter().flatten().next()).cloned()
}

impl Secrets {
    /// What goes into the header of a request; only shown for the console's API, whose
    /// client knows the token.
    #[must_use]
    pub fn credential(self, form: &Form, own: bool) -> Option<Credential> {
        let scheme = scheme_of(form)?;
        let secret = self.0.with(|known| known.get(&scheme.name).cloned());
        let secret = secret.filter(|secret| !secret.is_empty());
        if secret.is_none() && !own {
            return None;
        }
        Credential::for_scheme(&scheme, secret.unwrap_or_default().expose())
    }
}

/// The secret of an API by somebody else.
#[component]
pub fn SecretField(
    /// The operation.
    form_state: FormState,
    /// What was entered.
    secrets: Secrets,
) -> impl IntoView {
    let scheme = form_state.ask(scheme_of)?;
    let name = scheme.name.clone();
    let known = secrets.0.with_untracked(|known| known.get(&name).cloned());
    let value = RwSignal::new(known.unwrap_or_default().expose().to_owned());
    Effect::new(move |before: Option<()>| {
        let entered = Secret::new(value.get());
        if before.is_some() {
            secrets.0.update(|known| _ = known.insert(name.clone(), entered));
        }
    });
    let sendable = scheme.header.is_some();
    let hint = format!("{} Kept in memory until this page is left.", scheme.note);
    Some(if sendable {
        view! {
            <TextField
                label=format!("Secret for {}", scheme.name)
                value=value
                kind=FieldKind::Password
                autocomplete="off"
                hint=hint
            />
        }
        .into_any()
    } else {
        view! { <p class="field__hint"><TickedText text=scheme.note /></p> }.into_any()
    })
}

/// Who calls the console's API, and the way in where it is the sandbox.
#[component]
pub fn WhoCalls(
    /// The operation.
    form_state: FormState,
) -> impl IntoView {
    let api = use_playground().api;
    let needed = form_state.ask(|form| form.operation().security.iter().flatten().next().is_some());
    let pending = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let sign_in = Callback::new(move |()| {
        pending.set(true);
        failed.set(None);
        let credentials = SignIn {
            email: demo::EMAIL.to_owned(),
            password: demo::PASSWORD.into(),
            mfa_token: None,
        };
        spawn_local(async move {
            let answer = api.sign_in(credentials).await;
            let _ = pending.try_set(false);
            if let Err(error) = answer {
                let _ = failed.try_set(Some(explain(&error).detail));
            }
        });
    });
    let email = move || {
        api.session.with(|session| match session {
            SessionState::SignedIn { email, .. } => Some(email.clone()),
            _ => None,
        })
    };
    (needed && api.place().is_simulated()).then(|| {
        view! {
            <div class="http__who">
                {move || match email() {
                    Some(email) => view! { <p class="muted">"Sent as "<b>{email}</b>", who is signed in here and in the shell."</p> }.into_any(),
                    None => view! {
                        <p class="muted">"Nobody is signed in, so this is refused. "</p>
                        <Button small=true pending=pending on_click=sign_in>"Sign in as the demo user"</Button>
                    }
                    .into_any(),
                }}
                {move || failed.get().map(|why| view! { <p class="field__error" role="alert">{why}</p> })}
            </div>
        }
    })
}
