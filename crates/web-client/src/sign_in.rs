//! The state of a form that signs in. The token of a second factor is asked for only after the
//! API wants it.

use std::future::Future;

use backoffice_client::CallError;
use backoffice_contract::session::Credentials;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is typed, and how signing in goes.
#[derive(Clone, Copy)]
pub struct SignIn {
    /// The e-mail address.
    pub email: RwSignal<String>,
    /// The password.
    pub password: RwSignal<String>,
    /// The token of the second factor.
    pub token: RwSignal<String>,
    /// Whether the API wants that token.
    pub wants_token: RwSignal<bool>,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    /// Why the user is not signed in, once the API has said so.
    pub error: RwSignal<Option<CallError>>,
    send: Callback<Credentials>,
}

impl SignIn {
    /// Signs in with what is typed, unless an answer is awaited.
    pub fn submit(self) {
        self.submit_as(Credentials {
            email: self.email.get_untracked().trim().to_owned(),
            password: self.password.get_untracked().into(),
            mfa_token: self
                .wants_token
                .get_untracked()
                .then(|| self.token.get_untracked().trim().into()),
        });
    }

    /// Signs in as a given user, unless an answer is awaited.
    pub fn submit_as(self, credentials: Credentials) {
        if !self.pending.get_untracked() {
            self.send.run(credentials);
        }
    }
}

/// The state of a form that signs in by `sign_in`, beginning with an address; `on_done` is called
/// once the user is signed in.
#[must_use]
pub fn use_sign_in<F>(
    email: String,
    sign_in: impl Fn(Credentials) -> F + Send + Sync + 'static,
    on_done: impl Fn() + Clone + Send + Sync + 'static,
) -> SignIn
where
    F: Future<Output = Result<(), CallError>> + 'static,
{
    let email = RwSignal::new(email);
    let password = RwSignal::new(String::new());
    let wants_token = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<CallError>);
    let send = Callback::new(move |credentials: Credentials| {
        pending.set(true);
        error.set(None);
        let tried = (credentials.email.clone(), credentials.password.clone());
        let (answer, on_done) = (sign_in(credentials), on_done.clone());
        spawn_local(async move {
            let answer = answer.await;
            // The form may be gone once somebody is signed in.
            if pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => on_done(),
                Err(failure)
                    if failure.field("mfa_token").is_some() && !wants_token.get_untracked() =>
                {
                    // A button may have sent what nobody typed; the second step sends it again.
                    email.set(tried.0);
                    password.set(tried.1.expose().to_owned());
                    wants_token.set(true);
                }
                Err(failure) => error.set(Some(failure)),
            }
        });
    });
    let token = RwSignal::new(String::new());
    SignIn { email, password, token, wants_token, pending, error, send }
}
