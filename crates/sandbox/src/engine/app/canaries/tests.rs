//! The canary of an app.

use backoffice_contract::network::{Canary, CanaryRequest};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

fn set(canary: Option<&str>, weight: Option<u32>) -> op::SetCanary {
    let canary = canary.map(str::to_owned);
    op::SetCanary { app: "my-app".into(), body: CanaryRequest { canary, weight } }
}

fn unset(canary: &str) -> op::UnsetCanary {
    op::UnsetCanary { app: "my-app".into(), canary: canary.into() }
}

fn list(api: &mut Api) -> Vec<(String, u32)> {
    let canaries = api.call(op::ListCanaries { app: "my-app".into() }).unwrap();
    canaries.into_iter().map(|Canary { canary, weight }| (canary, weight)).collect()
}

fn api() -> Api {
    let mut api = Api::on(Tier::Standard);
    for app in ["my-app", "blue", "green"] {
        api.create_app(app);
    }
    api
}

#[test]
fn name_and_weight_can_be_set_apart() {
    let mut api = api();
    assert_eq!(list(&mut api), []);
    api.refuse(set(None, Some(5)), 422, "Canary can't be blank.");
    api.call(set(Some("Blue"), None)).unwrap();
    assert_eq!(list(&mut api), [("blue".to_owned(), 0)]);
    api.call(set(None, Some(100))).unwrap();
    assert_eq!(list(&mut api), [("blue".to_owned(), 100)]);
    api.call(set(Some("green"), None)).unwrap();
    api.call(set(None, None)).unwrap();
    assert_eq!(list(&mut api), [("green".to_owned(), 100)]);
    api.refuse(set(None, Some(101)), 422, "Weight must be between 0 and 100.");
    let activity = api.call(op::ListActivity { app: "my-app".into() }).unwrap();
    assert_eq!(activity.len(), 4, "what changes nothing is not noted");
    assert_eq!(activity[0].summary, "Sent 100 % of the traffic to green.");
    api.refuse(unset("blue"), 404, "`blue` is no canary of the app.");
    api.call(unset("green")).unwrap();
    assert_eq!(list(&mut api), []);
}

#[test]
fn a_canary_is_another_app_of_the_same_owner() {
    let mut api = api();
    api.refuse(set(Some("my-app"), None), 422, "Canary can't be the app itself.");
    let others = "Canary is not another app of the same owner.";
    api.refuse(set(Some("quiet-amber-heron"), Some(5)), 422, others);
    api.refuse(set(Some("nobody-has-this"), Some(5)), 422, others);
}

#[test]
fn a_deleted_app_is_nobodys_canary() {
    let mut api = api();
    api.call(set(Some("blue"), Some(50))).unwrap();
    api.call(op::DeleteApp { app: "blue".into() }).unwrap();
    assert_eq!(list(&mut api), []);
}
