//! Signing up, step by step.

use backoffice_client::CallError;
use backoffice_contract::session::{Credentials, Tier};
use backoffice_contract::{Method, OperationId, Secret, percent_encode};
use serde_json::Value;

use crate::event::Event;
use crate::host::QuestionKind;
use crate::language::io::Io;
use crate::programs::cli::{Values, of_field, report, secret, session};

/// How often a step may be repeated.
const TRIES: u32 = 5;

/// Why no account was created: an exit code; the reason has been shown already.
type Ended<T> = Result<T, u8>;

pub(super) async fn run(io: &mut Io<'_>) -> u8 {
    match steps(io).await {
        Ok(status) | Err(status) => status,
    }
}

async fn steps(io: &mut Io<'_>) -> Ended<u8> {
    let email = ask(io, QuestionKind::Email, "Email: ", None).await?.expose().trim().to_owned();
    let started = step(io, of_field("email", &email)).await;
    let uuid = secret(&started.map_err(|error| report(io, &error))?, "uuid");
    let with = |name: &str, value: &str| {
        let mut fields = of_field(name, value);
        if let Some(uuid) = &uuid {
            fields.insert("uuid".to_owned(), uuid.expose().into());
        }
        fields
    };

    io.line(format!("A mail with a code is on its way to {email}."));
    let code = mailed_code(io, &email).await;
    repeat(io, QuestionKind::Code, "Confirmation code: ", code, |code| {
        with("confirmation_code", code)
    })
    .await?;
    let password = repeat(io, QuestionKind::NewPassword, "Password: ", None, |password| {
        with("password", password)
    })
    .await?;

    let tier = ask(io, QuestionKind::Text, "Tier, FREE or STANDARD: ", Some("FREE".into())).await?;
    let tier = Tier::from(tier.expose().trim().to_ascii_uppercase().as_str());
    if tier == Tier::Standard {
        repeat(io, QuestionKind::Card, "Card token, such as tok_visa: ", None, |token| {
            with("stripe_token", token)
        })
        .await?;
    }
    let done = step(io, with("tier", tier.as_str())).await;
    let done = done.map_err(|error| report(io, &error))?;
    let Some(key) = secret(&done, "key") else {
        io.line("The account is under review, which takes up to a day.");
        return Ok(0);
    };
    let credentials = Credentials { email: email.clone(), password, mfa_token: None };
    io.shell.sign_in(credentials).await.map_err(|error| report(io, &error))?;
    session::keep(io, &email, key);
    io.line(format!("Welcome. You are signed up and logged in as {email}."));
    Ok(0)
}

async fn step(io: &Io<'_>, fields: Values) -> Result<Value, CallError> {
    io.shell.call(OperationId::Signup, fields).await
}

async fn ask(
    io: &mut Io<'_>,
    kind: QuestionKind,
    text: &str,
    suggestion: Option<Secret>,
) -> Ended<Secret> {
    match io.ask(kind, text, suggestion).await {
        Some(answer) => Ok(answer),
        None => Err(io.fail("Aborted!")),
    }
}

/// Asks until an answer is accepted.
async fn repeat(
    io: &mut Io<'_>,
    kind: QuestionKind,
    text: &str,
    suggestion: Option<Secret>,
    request: impl Fn(&str) -> Values,
) -> Ended<Secret> {
    for _ in 0..TRIES {
        let answer = ask(io, kind, text, suggestion.clone()).await?;
        match step(io, request(answer.expose())).await {
            Ok(_) => return Ok(answer),
            Err(error @ CallError::Api(_)) if error.status() != Some(429) => {
                report(io, &error);
            }
            Err(error) => return Err(report(io, &error)),
        }
    }
    Err(io.fail("Too many attempts. Start again with gigalixir signup."))
}

/// The code that the sandbox has mailed.
async fn mailed_code(io: &Io<'_>, email: &str) -> Option<Secret> {
    if !io.shell.host.simulated {
        return None;
    }
    let target = format!("/sandbox/mailbox?to={}", percent_encode(email));
    let mails: Value = io.shell.control(Method::GET, &target, None).await.ok()?;
    let code = mails.as_array()?.iter().find_map(|mail| secret(mail, "code"))?;
    let text = format!("The sandbox sends no mail. The code in its mailbox is {}.", code.expose());
    io.shell.show(Event::Note(text));
    Some(code)
}
