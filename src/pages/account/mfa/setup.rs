//! Setting up a second factor: the code to scan, and the first token.

use backoffice_contract::account::MfaToken;
use backoffice_contract::{Secret, op, percent_decode};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::ErrorNote;
use crate::pages::account::mfa::Stage;
use backoffice_ui::{
    Button, ButtonType, ButtonVariant, KeyValueRow, QrCode, SecretValue, TextField,
};
use backoffice_web_client::use_mutation;

/// Nothing is on before the first token, so it can be given up at any time.
#[component]
pub fn SetUp(
    /// The address to scan.
    url: Secret,
    /// Goes on to the recovery codes.
    stage: RwSignal<Stage>,
) -> impl IntoView {
    let verify = use_mutation();
    let token = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let secret = secret_of(url.expose());
    let from_api = verify.field_error("mfa_token");
    let error = Signal::derive(move || {
        let missing = checked.get() && token.with(|token| token.trim().is_empty());
        missing
            .then(|| "Type the token that your authenticator shows.".to_owned())
            .or_else(|| from_api.get().map(|fragment| format!("The token {fragment}")))
    });
    let operation = Signal::derive(move || op::VerifyMfa {
        body: MfaToken { mfa_token: token.get().split_whitespace().collect::<String>().into() },
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        let operation = operation.get_untracked();
        if operation.body.mfa_token.is_empty() {
            return;
        }
        verify.run(operation, move |answer| stage.set(Stage::TurnedOn(answer.recovery_codes)));
    };
    view! {
        <form class="form card__body" novalidate on:submit=submit>
            <h3>"1. Scan this with your authenticator"</h3>
            <div class="mfa">
                <QrCode text=url.expose().to_owned() label="QR code for your authenticator" />
                <div class="stack stack--close">
                    <p class="muted">"It holds a secret: let nobody else see it, and store no picture of it."</p>
                    {secret.map(|secret| view! {
                        <p>"Where scanning is not possible, enter the secret by hand, as a time-based key:"</p>
                        <dl class="kv">
                            <KeyValueRow label="Secret"><SecretValue value=secret label="Secret" /></KeyValueRow>
                        </dl>
                    })}
                </div>
            </div>
            <h3>"2. Type the first token"</h3>
            <p class="muted">
                "It turns the second factor on. You get recovery codes next, and all sessions end, this one too: "
                "you sign in again with a token."
            </p>
            <ErrorNote error=verify.general_error(&["mfa_token"]) />
            <TextField
                focus_on_error=true
                label="Token"
                value=token
                inputmode="numeric"
                autocomplete="one-time-code"
                hint="Six digits, new ones every 30 seconds."
                error
                mono=true
                autofocus=true
            />
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=verify.pending>
                    "Turn it on"
                </Button>
                <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| stage.set(Stage::Idle))>
                    "Cancel"
                </Button>
            </div>
        </form>
    }
}

/// The secret of an `otpauth:` address, in groups that are easier to type.
fn secret_of(url: &str) -> Option<String> {
    let (_, query) = url.strip_prefix("otpauth://")?.split_once('?')?;
    let secret = query.split('&').find_map(|pair| pair.strip_prefix("secret="))?;
    let letters: Vec<char> = percent_decode(secret).chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Some(groups.join(" ")).filter(|secret| !secret.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_secret_to_type() {
        let url =
            "otpauth://totp/Some%20Issuer:ada%40example.com?issuer=X&secret=ABCDEFGH23&digits=6";
        assert_eq!(secret_of(url).as_deref(), Some("ABCD EFGH 23"));
        for other in
            ["https://example.com/?secret=A", "otpauth://totp/x", "otpauth://totp/x?secret="]
        {
            assert_eq!(secret_of(other), None, "{other}");
        }
    }
}
