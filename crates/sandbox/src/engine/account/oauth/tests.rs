//! Signing in and up through another provider.

use backoffice_contract::op;
use backoffice_contract::session::{OauthStart, SignupRequest, Tier};
use serde_json::Value;

use crate::engine::testing::{Api, bytes};
use crate::engine::time::MINUTE;

const EMAIL: &str = "ada@example.com";

fn start(api: &mut Api) -> OauthStart {
    api.call(op::StartOauth { provider: "google".into() }).unwrap()
}

fn poll(started: &OauthStart) -> op::PollOauth {
    op::PollOauth { provider: "google".into(), session: started.session.clone() }
}

/// The request of the page that simulates the provider.
fn answer(api: &mut Api, url: &str, form: &str) -> u16 {
    let mut request = api.raw("POST", url, "", form.as_bytes().to_vec());
    request.headers = vec![("content-type".into(), "application/x-www-form-urlencoded".into())];
    request.peer = "127.0.0.1".into();
    api.send(&request).status
}

#[test]
fn signing_in_waits_for_the_provider_and_ends_in_a_session() {
    let mut api = Api::on(Tier::Free);
    api.token = None;
    let started = start(&mut api);
    assert!(!started.url.contains(started.session.expose()), "the address gives nothing away");
    let pending = api.send(&api.request(&poll(&started)));
    assert_eq!((pending.status, bytes(&pending)), (204, b"".as_slice()));
    assert_eq!(answer(&mut api, &started.url, "email=ADA%40example.com"), 200);
    let result = api.call(poll(&started)).unwrap();
    assert_eq!(result.email, EMAIL);
    assert_eq!(result.key.unwrap().len(), 36);
    api.token = Some(result.access_token.unwrap().expose().to_owned());
    assert_eq!(api.call(op::GetAccount {}).unwrap().email, EMAIL);
    assert_eq!(answer(&mut api, &started.url, "email=grace%40example.com"), 422, "once");
}

#[test]
fn an_address_without_an_account_is_told_to_sign_up() {
    let mut api = Api::new();
    let started = start(&mut api);
    assert_eq!(answer(&mut api, &started.url, "email=nonsense"), 422);
    assert_eq!(answer(&mut api, &started.url, "email=grace%40example.com"), 200);
    let text = "There is no account for grace@example.com. Sign up first.";
    api.refuse(poll(&started), 422, text);
    let started = start(&mut api);
    assert_eq!(answer(&mut api, &started.url, "email=&refuse=1"), 200);
    api.refuse(poll(&started), 422, "The provider did not confirm an address.");
}

#[test]
fn an_attempt_ends_and_providers_are_known_ones() {
    let mut api = Api::on(Tier::Free);
    let started = start(&mut api);
    api.wait(10 * MINUTE);
    api.refuse(poll(&started), 422, "The sign-in is unknown or has expired. Start again.");
    assert_eq!(answer(&mut api, &started.url, "email=ada%40example.com"), 404);
    let other = op::StartOauth { provider: "nobody".into() };
    api.refuse(other, 404, "There is no such provider.");
}

#[test]
fn the_page_is_for_this_machine_only() {
    let mut api = Api::new();
    let started = start(&mut api);
    let (status, _) = api.control("POST", &format!("{}?email=a%40b.c", started.url), &Value::Null);
    assert_eq!(status, 403);
    let mut request = api.raw("GET", &started.url, "", vec![]);
    request.peer = "::ffff:127.0.0.1".into();
    let page = api.send(&request);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(String::from_utf8_lossy(bytes(&page)).contains("name=\"email\""));
}

#[test]
fn signing_up_takes_the_address_from_the_provider() {
    let mut api = Api::new();
    let body = SignupRequest { oauth: Some("google".into()), ..Default::default() };
    let first = api.call(op::Signup { body }).unwrap();
    let uuid = first.uuid.clone();
    let finish =
        op::Signup { body: SignupRequest { uuid, tier: Some(Tier::Free), ..Default::default() } };
    api.refuse(finish.clone(), 422, "Oauth has not been confirmed yet.");
    let started = OauthStart { url: first.url.unwrap(), session: first.session.unwrap() };
    assert_eq!(answer(&mut api, &started.url, "email=demo%40backoffice.example"), 422, "taken");
    assert_eq!(answer(&mut api, &started.url, "email=grace%40example.com"), 200);
    let result = api.call(poll(&started)).unwrap();
    assert_eq!((result.email.as_str(), result.key), ("grace@example.com", None));
    let end = api.call(finish).unwrap();
    assert_eq!(end.email.as_deref(), Some("grace@example.com"));
    let started = start(&mut api);
    assert_eq!(answer(&mut api, &started.url, "email=grace%40example.com"), 200);
    assert!(api.call(poll(&started)).unwrap().access_token.is_some());
}
