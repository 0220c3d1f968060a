//! Signing in and out.

use backoffice_contract::session::{ApiKey, Credentials};
use backoffice_contract::{Method, Secret, envelope};

use crate::event::Event;
use crate::host::QuestionKind;
use crate::language::io::Io;
use crate::programs::cli::{Values, report, text};
use crate::programs::http::basic;
use crate::state::Netrc;

pub(super) async fn login(io: &mut Io<'_>, values: &Values) -> u8 {
    let email = match text(values, "email") {
        "" => match io.ask(QuestionKind::Email, "Email: ", None).await {
            Some(email) => email.expose().trim().to_owned(),
            None => return io.fail("Aborted!"),
        },
        email => email.to_owned(),
    };
    let password: Secret = match text(values, "password") {
        "" => match io.ask(QuestionKind::Password, "Password: ", None).await {
            Some(password) => password,
            None => return io.fail("Aborted!"),
        },
        password => password.into(),
    };
    let token = Some(text(values, "mfa_token")).filter(|token| !token.is_empty());
    let mut credentials = Credentials {
        email: email.clone(),
        password: password.clone(),
        mfa_token: token.map(Secret::from),
    };
    let mut signed_in = io.shell.sign_in(credentials.clone()).await;
    let wants_token = |result: &Result<(), backoffice_client::CallError>| {
        result.as_ref().is_err_and(|error| error.field("mfa_token").is_some())
    };
    if wants_token(&signed_in) && credentials.mfa_token.is_none() {
        let token = io.ask(QuestionKind::MfaToken, "Multi-factor token: ", None).await;
        let Some(token) = token else { return io.fail("Aborted!") };
        credentials.mfa_token = Some(token);
        signed_in = io.shell.sign_in(credentials.clone()).await;
    }
    match signed_in {
        Ok(()) => {}
        Err(error) if error.status() == Some(401) => {
            return io.fail(
                "Could not sign in with this address and password. Forgotten it? Run gigalixir \
                 account:password:reset.",
            );
        }
        Err(error) => return report(io, &error),
    }
    if credentials.mfa_token.is_none() {
        keep_key(io, &email, &password).await;
    } else {
        // Its token has been used, and fetching the key would need another one.
        io.shell.state.borrow_mut().netrc = None;
    }
    io.notice(format!("Logged in as {email}."));
    0
}

/// Fetches the API key, which git and curl use, and keeps it as a netrc file does.
pub(super) async fn keep_key(io: &Io<'_>, email: &str, password: &Secret) {
    let headers = vec![("authorization", basic(email, password))];
    let answer = io.shell.send(Method::GET, "/api/login", headers, None).await;
    let key = answer
        .ok()
        .filter(|answer| answer.status == 200)
        .and_then(|answer| envelope::decode::<ApiKey>(&answer.body).ok());
    match key {
        Some(ApiKey { key, .. }) => keep(io, email, key),
        None => io.shell.show(Event::Note("The API key could not be fetched.".into())),
    }
}

/// Keeps an API key. Its file contains a placeholder, because users may share the output.
pub(super) fn keep(io: &Io<'_>, email: &str, key: Secret) {
    let mut state = io.shell.state.borrow_mut();
    let entry = |host: &str| {
        format!(
            "machine {host}\n\tlogin {email}\n\tpassword {}\n",
            backoffice_contract::secret::REDACTED
        )
    };
    let file = entry("api.gigalixir.com") + &entry("git.gigalixir.com");
    let path = state.path(&format!("{}/.netrc", crate::language::files::HOME));
    // Even if there is no room for the file, the shell knows the key.
    let _written = state.files.write(&path, &file, false);
    state.netrc = Some(Netrc { email: email.to_owned(), key });
}

pub(super) async fn logout(io: &Io<'_>) -> u8 {
    {
        let mut state = io.shell.state.borrow_mut();
        state.netrc = None;
        state.files.remove(&format!("{}/.netrc", crate::language::files::HOME));
    }
    io.shell.host.client.sign_out().await;
    io.notice("Logged out.");
    0
}
