//! Signing in, staying signed in, signing out.

use backoffice_contract::{ApiError, op};

use crate::engine::testing::{Api, PASSWORD, basic};
use backoffice_contract::session::Tier;

const EMAIL: &str = "ada@example.com";

/// Renews with a token; returns the next renewal token.
fn renew(api: &mut Api, renewal: &str) -> Result<String, ApiError> {
    let access = api.token.replace(renewal.to_owned());
    match api.call(op::RenewSession {}) {
        Ok(tokens) => {
            api.token = Some(tokens.access_token.expose().to_owned());
            Ok(tokens.renewal_token.expose().to_owned())
        }
        Err(error) => {
            api.token = access;
            Err(error)
        }
    }
}

fn is_signed_in(api: &mut Api) -> bool {
    api.call(op::GetAccount {}).is_ok()
}

#[test]
fn wrong_credentials_are_refused_alike() {
    let mut api = Api::on(Tier::Free);
    for (email, password) in [(EMAIL, "wrong"), ("nobody@example.com", PASSWORD), ("", "")] {
        let error = api.sign_in(email, password).unwrap_err();
        assert_eq!((error.status, error.text().as_str()), (401, "Invalid email or password"));
    }
    assert!(api.sign_in(" ADA@example.com ", PASSWORD).is_ok(), "addresses have no case");
}

#[test]
fn an_access_token_lives_half_an_hour() {
    let mut api = Api::by_the_guide(Tier::Free);
    api.wait(30 * 60_000 - 1);
    assert!(is_signed_in(&mut api));
    api.wait(1);
    api.refuse(op::GetAccount {}, 401, "The access token is invalid or has expired.");
}

#[test]
fn authorisation_is_the_raw_token() {
    let mut api = Api::on(Tier::Free);
    let token = api.token.take().unwrap();
    api.refuse(op::GetAccount {}, 401, "Not authenticated");
    api.token = Some(format!("Bearer {token}"));
    let error = api.call(op::GetAccount {}).unwrap_err();
    assert!(error.status == 401 && error.text().contains("without `Bearer`"), "{error}");
}

#[test]
fn a_renewal_replaces_both_tokens() {
    let mut api = Api::on(Tier::Free);
    let first = api.sign_in(EMAIL, PASSWORD).unwrap();
    let old_access = api.token.clone();
    let second = renew(&mut api, &first).unwrap();
    assert!(is_signed_in(&mut api));
    assert_ne!(first, second);
    let new_access = std::mem::replace(&mut api.token, old_access);
    assert!(!is_signed_in(&mut api), "the old access token ends with the renewal");
    api.token = new_access;
    renew(&mut api, &second).unwrap();
}

#[test]
fn a_renewal_token_lives_thirty_days() {
    let mut api = Api::on(Tier::Free);
    let renewal = api.sign_in(EMAIL, PASSWORD).unwrap();
    api.wait(api.config.renewal_ttl_ms - 1);
    let renewal = renew(&mut api, &renewal).unwrap();
    api.wait(api.config.renewal_ttl_ms);
    assert_eq!(renew(&mut api, &renewal).unwrap_err().text(), "Invalid token");
}

#[test]
fn a_renewal_token_used_twice_ends_the_session_for_everybody() {
    let mut api = Api::on(Tier::Free);
    let stolen = api.sign_in(EMAIL, PASSWORD).unwrap();
    let second = renew(&mut api, &stolen).unwrap();
    let third = renew(&mut api, &second).unwrap();
    let other = {
        let mut elsewhere = api.token.clone();
        let renewal = api.sign_in(EMAIL, PASSWORD).unwrap();
        std::mem::swap(&mut api.token, &mut elsewhere);
        (elsewhere, renewal)
    };
    assert!(is_signed_in(&mut api));
    let error = renew(&mut api, &stolen).unwrap_err();
    assert!(error.status == 401 && error.text().contains("used before"), "{error}");
    assert!(!is_signed_in(&mut api));
    assert_eq!(renew(&mut api, &third).unwrap_err().status, 401);
    api.token = other.0;
    assert!(is_signed_in(&mut api), "other sessions of the user live on");
    renew(&mut api, &other.1).unwrap();
}

#[test]
fn renewal_wants_a_renewal_token() {
    let mut api = Api::on(Tier::Free);
    let access = api.token.clone().unwrap();
    assert_eq!(renew(&mut api, &access).unwrap_err().text(), "Invalid token");
    assert_eq!(renew(&mut api, "nonsense").unwrap_err().text(), "Invalid token");
    api.token = None;
    api.refuse(op::RenewSession {}, 401, "Not authenticated");
}

#[test]
fn signing_out_ends_both_tokens_and_can_be_repeated() {
    let mut api = Api::on(Tier::Free);
    let renewal = api.sign_in(EMAIL, PASSWORD).unwrap();
    api.call(op::DeleteSession {}).unwrap();
    assert!(!is_signed_in(&mut api));
    assert_eq!(renew(&mut api, &renewal).unwrap_err().status, 401);
    api.call(op::DeleteSession {}).unwrap();
    api.token = None;
    api.refuse(op::DeleteSession {}, 401, "Not authenticated");
}

#[test]
fn the_command_line_client_gets_one_key_and_uses_it() {
    let mut api = Api::new();
    api.join("a+b@example.com", Tier::Free);
    let login = || op::Login { query: Default::default() };
    api.token = Some(basic("a+b@example.com", PASSWORD));
    let key = api.call(login()).unwrap().key;
    // The client encodes both parts here; it does not in other calls.
    api.token = Some(basic("a%2Bb%40example.com", "correct%20horse"));
    assert_eq!(api.call(login()).unwrap().key, key);
    for email in ["a+b@example.com", "a%2Bb%40example.com"] {
        api.token = Some(basic(email, key.expose()));
        assert_eq!(api.call(op::GetAccount {}).unwrap().email, "a+b@example.com");
    }
    api.token = Some(basic("a+b@example.com", PASSWORD));
    api.refuse(op::GetAccount {}, 401, "Invalid email or API key");
    api.token = Some(basic("demo@backoffice.example", key.expose()));
    api.refuse(op::GetAccount {}, 401, "Invalid email or API key");
    api.token = Some(basic("a+b@example.com", key.expose()));
    api.refuse(login(), 401, "Invalid email or password");
}

#[test]
fn expired_tokens_are_forgotten() {
    let mut api = Api::on(Tier::Free);
    for _ in 0..5 {
        api.sign_in(EMAIL, PASSWORD).unwrap();
    }
    api.wait(api.config.renewal_ttl_ms);
    api.sign_in(EMAIL, PASSWORD).unwrap();
    let left =
        [api.world.sessions.len(), api.world.access_tokens.len(), api.world.renewal_tokens.len()];
    assert_eq!(left, [1, 1, 1]);
}
