//! The account, its password, address and key.

use backoffice_contract::account::{
    ChangeEmailRequest, ChangePasswordRequest, CurrentPasswordRequest, DestroyAccountRequest,
    EmailRequest, ResetPasswordRequest,
};
use backoffice_contract::billing::UpgradeRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use serde_json::{Value, json};

use crate::engine::testing::{Api, PASSWORD, basic};
use crate::engine::time::{DAY, HOUR};

const EMAIL: &str = "ada@example.com";

#[test]
fn upgrading_needs_a_card_and_lifts_the_limits() {
    let mut api = Api::on(Tier::Free);
    api.create_app("first");
    let upgrade = |token: &str, promo: Option<&str>| op::UpgradeAccount {
        body: UpgradeRequest { stripe_token: token.into(), promo_code: promo.map(str::to_owned) },
    };
    api.refuse(upgrade("tok_chargeDeclined", None), 422, "Your card was declined.");
    api.refuse(upgrade("tok_visa", Some("NOPE")), 422, "Promo code is not valid.");
    assert_eq!(api.call(op::GetAccount {}).unwrap().tier, Tier::Free);
    api.call(upgrade("tok_visa", Some("WELCOME"))).unwrap();
    let account = api.call(op::GetAccount {}).unwrap();
    assert_eq!((account.tier, account.credit_cents), (Tier::Standard, 1_000));
    api.create_app("second");
    let again = "The account is on the standard tier already.";
    api.refuse(upgrade("tok_visa", None), 422, again);
}

#[test]
fn a_new_api_key_replaces_the_old_one_at_once() {
    let mut api = Api::on(Tier::Free);
    let regenerate = |password: &str| op::RegenerateApiKey {
        body: CurrentPasswordRequest { current_password: password.into() },
    };
    api.refuse(regenerate("wrong"), 422, "Current password is incorrect.");
    let first = api.call(regenerate(PASSWORD)).unwrap().key;
    let second = api.call(regenerate(PASSWORD)).unwrap().key;
    assert_eq!(second.len(), 36, "a UUID");
    assert!(api.call(op::GetAccount {}).is_ok(), "the session lives on");
    api.token = Some(basic(EMAIL, first.expose()));
    assert!(api.call(op::GetAccount {}).is_err());
    api.token = Some(basic(EMAIL, second.expose()));
    assert!(api.call(op::GetAccount {}).is_ok());
    // The command-line client sends the password in the query.
    let request =
        api.raw("POST", "/api/api_keys/regenerate", "current_password=correct+horse", vec![]);
    assert_eq!(api.send(&request).status, 201);
}

#[test]
fn changing_the_password_ends_other_sessions() {
    let mut api = Api::on(Tier::Free);
    let elsewhere = api.token.clone();
    api.sign_in(EMAIL, PASSWORD).unwrap();
    let change = |old: &str, new: &str| op::ChangePassword {
        body: ChangePasswordRequest { current_password: old.into(), new_password: new.into() },
    };
    api.refuse(change("wrong", "battery"), 422, "Current password is incorrect.");
    api.refuse(change(PASSWORD, "abc"), 422, "New password should be at least 4 characters.");
    let message = api.call(change(PASSWORD, "battery")).unwrap();
    assert_eq!(message.0, "Password successfully changed");
    assert!(api.call(op::GetAccount {}).is_ok());
    api.token = elsewhere;
    assert!(api.call(op::GetAccount {}).is_err());
    assert!(api.sign_in(EMAIL, PASSWORD).is_err());
    api.sign_in(EMAIL, "battery").unwrap();
}

#[test]
fn a_forgotten_password_is_reset_by_mail_once() {
    let mut api = Api::on(Tier::Free);
    let signed_in = api.token.take();
    let ask = |email: &str| op::RequestPasswordReset { body: EmailRequest { email: email.into() } };
    api.call(ask("nobody@example.com")).unwrap();
    assert!(api.mails("nobody@example.com").is_empty());
    api.call(ask(EMAIL)).unwrap();
    let mail = api.mails(EMAIL)[0].clone();
    let token = mail["code"].as_str().unwrap();
    assert_eq!(mail["link"], json!(format!("/reset-password?token={token}")));
    let reset = |token: &str, password: &str| op::ResetPassword {
        body: ResetPasswordRequest { token: token.into(), password: password.into() },
    };
    api.refuse(reset("nonsense", "battery"), 422, "Token is invalid or has expired.");
    api.refuse(reset(token, "abc"), 422, "Password should be at least 4 characters.");
    api.call(reset(token, "battery")).unwrap();
    api.refuse(reset(token, "battery"), 422, "Token is invalid or has expired.");
    api.token = signed_in;
    assert!(api.call(op::GetAccount {}).is_err(), "all sessions end");
    api.sign_in(EMAIL, "battery").unwrap();

    api.call(ask(EMAIL)).unwrap();
    let late = api.mails(EMAIL)[0]["code"].as_str().unwrap().to_owned();
    api.wait(HOUR);
    api.refuse(reset(&late, "again"), 422, "Token is invalid or has expired.");
}

fn change_email(next: &str, password: &str) -> op::ChangeEmail {
    op::ChangeEmail {
        body: ChangeEmailRequest { next_email: next.into(), current_password: password.into() },
    }
}

fn link(api: &mut Api, to: &str) -> String {
    api.mails(to)[0]["link"].as_str().unwrap().to_owned()
}

#[test]
fn a_new_address_must_be_confirmed() {
    let mut api = Api::on(Tier::Free);
    api.refuse(change_email("new@example.com", "wrong"), 422, "Current password is incorrect.");
    api.refuse(change_email("new", PASSWORD), 422, "Next email has invalid format.");
    let taken = "Next email has already been taken.";
    api.refuse(change_email("demo@backoffice.example", PASSWORD), 422, taken);
    api.call(change_email("New@example.com", PASSWORD)).unwrap();
    let account = api.call(op::GetAccount {}).unwrap();
    assert_eq!(account.email, EMAIL);
    assert_eq!(account.next_email.as_deref(), Some("new@example.com"));
    let (confirm, revoke) = (link(&mut api, "new@example.com"), link(&mut api, EMAIL));
    assert_eq!(api.control("GET", &confirm, &Value::Null).0, 200);
    assert_eq!(api.call(op::GetAccount {}).unwrap().email, "new@example.com");
    assert_eq!(api.control("GET", &confirm, &Value::Null).0, 404, "once");
    assert_eq!(api.control("POST", &revoke, &json!({})).0, 404, "too late");
    api.sign_in("new@example.com", PASSWORD).unwrap();
}

#[test]
fn the_old_address_can_revoke_the_change() {
    let mut api = Api::on(Tier::Free);
    api.call(change_email("new@example.com", PASSWORD)).unwrap();
    let (confirm, revoke) = (link(&mut api, "new@example.com"), link(&mut api, EMAIL));
    let swapped = confirm.replace("confirm-email", "revoke-email");
    assert_eq!(api.control("POST", &swapped, &json!({})).0, 404, "each link has its own token");
    assert_eq!(api.control("POST", &revoke, &json!({})).0, 200);
    assert_eq!(api.control("GET", &confirm, &Value::Null).0, 404);
    api.call(change_email("new@example.com", PASSWORD)).unwrap();
    let late = link(&mut api, "new@example.com");
    api.wait(DAY);
    assert_eq!(api.control("GET", &late, &Value::Null).0, 404);
}

#[test]
fn an_account_is_closed_only_when_it_is_empty() {
    let mut api = Api::on(Tier::Free);
    api.create_app("mine");
    let destroy = |email: &str, password: &str| op::DestroyAccount {
        body: DestroyAccountRequest { email: email.into(), current_password: password.into() },
    };
    let other = "Email is not the address of this account.";
    api.refuse(destroy("demo@backoffice.example", PASSWORD), 422, other);
    api.refuse(destroy(EMAIL, "wrong"), 422, "Current password is incorrect.");
    api.refuse(destroy(EMAIL, PASSWORD), 422, "Delete the apps of this account first.");
    api.call(op::DeleteApp { app: "mine".into() }).unwrap();
    api.call(destroy(EMAIL, PASSWORD)).unwrap();
    assert_eq!(api.call(op::GetAccount {}).unwrap_err().status, 401);
    assert!(api.sign_in(EMAIL, PASSWORD).is_err());
    api.join(EMAIL, Tier::Free);
    assert!(api.call(op::ListSshKeys {}).unwrap().is_empty());
}
