//! Commands about the account that take several steps.

use backoffice_contract::OperationId;
use serde_json::Value;

use crate::host::QuestionKind;
use crate::language::io::Io;
use crate::programs::cli::{Values, of_field, report, secret, session, text};

pub(super) async fn reset_api_key(io: &Io<'_>, values: &Values) -> u8 {
    let password = of_field("current_password", text(values, "current_password"));
    match io.shell.call(OperationId::RegenerateApiKey, password).await {
        Ok(answer) => {
            let email = io.shell.host.client.session().email().unwrap_or_default().to_owned();
            session::keep(io, &email, secret(&answer, "key").unwrap_or_default());
            io.notice("The API key is replaced, and the netrc file holds the new one.");
            0
        }
        Err(error) => report(io, &error),
    }
}

pub(super) async fn activate_mfa(io: &mut Io<'_>) -> u8 {
    let url = match io.shell.call(OperationId::StartMfa, Values::new()).await {
        Ok(started) => secret(&started, "url").unwrap_or_default(),
        Err(error) => return report(io, &error),
    };
    io.line("Add this to your authenticator:");
    io.line(url.expose());
    let Some(token) = io.ask(QuestionKind::MfaToken, "Multi-factor token: ", None).await else {
        return io.fail("Aborted!");
    };
    let token = of_field("mfa_token", token.expose());
    match io.shell.call(OperationId::VerifyMfa, token).await {
        Ok(verified) => {
            codes(io, &verified);
            io.notice("The second factor is on. Log in again.");
            session::logout(io).await
        }
        Err(error) => report(io, &error),
    }
}

pub(super) async fn recovery_codes(io: &Io<'_>) -> u8 {
    match io.shell.call(OperationId::RegenerateRecoveryCodes, Values::new()).await {
        Ok(verified) => {
            codes(io, &verified);
            0
        }
        Err(error) => report(io, &error),
    }
}

fn codes(io: &Io<'_>, verified: &Value) {
    io.line("Keep these recovery codes; they are shown once:");
    let codes = verified.get("recovery_codes").and_then(Value::as_array);
    for code in codes.into_iter().flatten().filter_map(Value::as_str) {
        io.line(format!("  {code}"));
    }
}
