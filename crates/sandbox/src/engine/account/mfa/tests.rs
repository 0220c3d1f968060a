//! The second factor, from setting it up to losing it.

use backoffice_contract::account::MfaToken;
use backoffice_contract::session::{Credentials, LoginQuery, SessionRequest, Tier};
use backoffice_contract::{ApiError, op};

use crate::engine::account::totp;
use crate::engine::testing::{Api, PASSWORD, basic, rows};
use crate::engine::time::MINUTE;

const EMAIL: &str = "ada@example.com";

/// An authenticator.
struct Authenticator {
    secret: Vec<u8>,
}

impl Authenticator {
    /// Scans the code.
    fn scan(api: &mut Api) -> Self {
        let url = api.call(op::StartMfa {}).unwrap().url.expose().to_owned();
        let label = "otpauth://totp/Backoffice%20Sandbox:ada%40example.com?";
        assert!(url.starts_with(label), "{url}");
        let secret = url.split_once("secret=").unwrap().1.split('&').next().unwrap();
        assert_eq!(secret.len(), 32, "160 bits in base32");
        let mut bits = secret.bytes().flat_map(|letter| {
            let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|l| *l == letter);
            (0..5).rev().map(move |at| value.unwrap() >> at & 1)
        });
        let byte = |_| (0..8).fold(0, |byte, _| byte << 1 | bits.next().unwrap() as u8);
        Self { secret: (0..20).map(byte).collect() }
    }

    /// The token that is shown this many steps from now.
    fn token(&self, api: &Api, ahead: i64) -> String {
        totp::token(&self.secret, totp::step(api.now).checked_add_signed(ahead).unwrap())
    }
}

fn verify(token: &str) -> op::VerifyMfa {
    op::VerifyMfa { body: MfaToken { mfa_token: token.into() } }
}

/// Turns the factor on; returns the recovery codes.
fn activate(api: &mut Api) -> (Authenticator, Vec<String>) {
    let authenticator = Authenticator::scan(api);
    let answer = api.call(verify(&authenticator.token(api, 0))).unwrap();
    let codes = answer.recovery_codes.iter().map(|code| code.expose().to_owned()).collect();
    (authenticator, codes)
}

fn sign_in(api: &mut Api, token: Option<&str>) -> Result<(), ApiError> {
    let user = Credentials {
        email: EMAIL.into(),
        password: PASSWORD.into(),
        mfa_token: token.map(Into::into),
    };
    let tokens = api.call(op::CreateSession { body: SessionRequest { user } })?;
    api.token = Some(tokens.access_token.expose().to_owned());
    Ok(())
}

fn refusal(api: &mut Api, token: Option<&str>) -> (u16, String) {
    let error = sign_in(api, token).unwrap_err();
    (error.status, error.of_field("mfa_token").unwrap_or_default())
}

fn incorrect() -> (u16, String) {
    (401, "is incorrect.".to_owned())
}

#[test]
fn turning_it_on_takes_a_token_and_signs_out_everywhere() {
    let mut api = Api::on(Tier::Free);
    api.refuse(verify("123456"), 422, "There is no second factor to verify. Start again.");
    let authenticator = Authenticator::scan(&mut api);
    assert_eq!(api.call(op::GetAccount {}).unwrap().mfa_enabled, Some(false));
    sign_in(&mut api, None).unwrap();
    let elsewhere = api.token.clone();
    sign_in(&mut api, None).unwrap();
    api.refuse(verify("000000"), 422, "Mfa token is incorrect.");
    let codes = api.call(verify(&authenticator.token(&api, 0))).unwrap().recovery_codes;
    assert_eq!(codes.len(), 10);
    for token in [api.token.clone(), elsewhere] {
        api.token = token;
        assert_eq!(api.call(op::GetAccount {}).unwrap_err().status, 401);
    }
    assert_eq!(refusal(&mut api, None), (401, "is required".to_owned()));
    api.wait(30_000);
    let token = authenticator.token(&api, 0);
    sign_in(&mut api, Some(&format!(" {token} "))).unwrap();
    assert_eq!(api.call(op::GetAccount {}).unwrap().mfa_enabled, Some(true));
    let on = "The second factor is on already. Deactivate it first.";
    api.refuse(op::StartMfa {}, 422, on);
}

#[test]
fn a_token_works_one_step_early_or_late_and_once() {
    let mut api = Api::on(Tier::Free);
    let (authenticator, _) = activate(&mut api);
    let first = authenticator.token(&api, 0);
    assert_eq!(refusal(&mut api, Some(&first)), incorrect(), "it was used to turn it on");
    api.wait(10 * MINUTE);
    let token = authenticator.token(&api, 0);
    for (ahead, works) in [(-2, false), (2, false), (-1, true), (0, true), (1, true)] {
        let token = authenticator.token(&api, ahead);
        assert_eq!(sign_in(&mut api, Some(&token)).is_ok(), works, "{ahead} steps ahead");
    }
    assert_eq!(refusal(&mut api, Some(&token)), incorrect(), "an older one than the last");
}

#[test]
fn a_recovery_code_works_once_and_in_any_spelling() {
    let mut api = Api::on(Tier::Free);
    let (_, codes) = activate(&mut api);
    sign_in(&mut api, Some(&codes[3])).unwrap();
    assert_eq!(refusal(&mut api, Some(&codes[3])), incorrect());
    sign_in(&mut api, Some(&codes[4].to_uppercase().replace('-', " "))).unwrap();
    let answer = api.call(op::RegenerateRecoveryCodes {}).unwrap();
    assert_eq!(answer.recovery_codes.len(), 10);
    assert_eq!(refusal(&mut api, Some(&codes[0])), incorrect(), "replaced");
    sign_in(&mut api, Some(answer.recovery_codes[0].expose())).unwrap();
    let stored = format!("{:?}", rows(&mut api.world));
    assert!(!stored.contains(&codes[5]) && !stored.contains(&codes[5].replace('-', "")));
}

#[test]
fn wrong_tokens_are_counted() {
    let mut api = Api::on(Tier::Free);
    let (authenticator, _) = activate(&mut api);
    for _ in 0..5 {
        assert_eq!(refusal(&mut api, Some("000000")), incorrect());
    }
    api.wait(30_000);
    let token = authenticator.token(&api, 0);
    let paused = (401, "was wrong too often. Try again in a few minutes.".to_owned());
    assert_eq!(refusal(&mut api, Some(&token)), paused);
    api.wait(5 * MINUTE);
    let token = authenticator.token(&api, 0);
    sign_in(&mut api, Some(&token)).unwrap();
}

#[test]
fn the_command_line_client_is_asked_by_303_without_an_address() {
    let mut api = Api::on(Tier::Free);
    let (_, codes) = activate(&mut api);
    api.token = Some(basic(EMAIL, PASSWORD));
    let login =
        |token: Option<&str>| op::Login { query: LoginQuery { mfa_token: token.map(Into::into) } };
    let asked = api.send(&api.request(&login(None)));
    assert_eq!((asked.status, asked.header("location")), (303, None));
    assert_eq!(api.call(login(Some("000000"))).unwrap_err().status, 401);
    let key = api.call(login(Some(&codes[0]))).unwrap().key;
    api.token = Some(basic(EMAIL, key.expose()));
    assert!(api.call(op::GetAccount {}).is_ok(), "an API key needs no token");
}

#[test]
fn it_is_turned_off_and_set_up_anew() {
    let mut api = Api::on(Tier::Free);
    api.refuse(op::RegenerateRecoveryCodes {}, 422, "The second factor is off.");
    let (first, _) = activate(&mut api);
    api.wait(MINUTE);
    let token = first.token(&api, 0);
    sign_in(&mut api, Some(&token)).unwrap();
    api.call(op::DeleteMfa {}).unwrap();
    api.call(op::DeleteMfa {}).unwrap();
    sign_in(&mut api, None).unwrap();
    let second = Authenticator::scan(&mut api);
    assert_ne!(first.secret, second.secret);
}
