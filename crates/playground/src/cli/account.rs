//! Commands about the account that take several steps.

use backoffice_contract::account::{CurrentPasswordRequest, MfaToken};
use backoffice_contract::{Secret, op};

use super::{Values, report, session, text};
use crate::host::QuestionKind;
use crate::io::Io;

pub(super) async fn reset_api_key(io: &Io<'_>, values: &Values) -> u8 {
    let current_password = text(values, "current_password").into();
    let operation = op::RegenerateApiKey { body: CurrentPasswordRequest { current_password } };
    match io.shell.call(operation).await {
        Ok(answer) => {
            let email = io.shell.host.client.session().email().unwrap_or_default().to_owned();
            session::keep(io, &email, answer.key);
            io.notice("The API key is replaced, and the netrc file holds the new one.");
            0
        }
        Err(error) => report(io, &error),
    }
}

pub(super) async fn activate_mfa(io: &mut Io<'_>) -> u8 {
    let url = match io.shell.call(op::StartMfa {}).await {
        Ok(started) => started.url,
        Err(error) => return report(io, &error),
    };
    io.line("Add this to your authenticator:");
    io.line(url.expose());
    let Some(mfa_token) = io.ask(QuestionKind::MfaToken, "Multi-factor token: ", None).await else {
        return io.fail("Aborted!");
    };
    match io.shell.call(op::VerifyMfa { body: MfaToken { mfa_token } }).await {
        Ok(verified) => {
            codes(io, &verified.recovery_codes);
            io.notice("The second factor is on. Log in again.");
            session::logout(io).await
        }
        Err(error) => report(io, &error),
    }
}

pub(super) async fn recovery_codes(io: &Io<'_>) -> u8 {
    match io.shell.call(op::RegenerateRecoveryCodes {}).await {
        Ok(verified) => {
            codes(io, &verified.recovery_codes);
            0
        }
        Err(error) => report(io, &error),
    }
}

fn codes(io: &Io<'_>, codes: &[Secret]) {
    io.line("Keep these recovery codes; they are shown once:");
    for code in codes {
        io.line(format!("  {}", code.expose()));
    }
}
