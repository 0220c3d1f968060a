//! Access of other people to an app.

use backoffice_contract::account::{DestroyAccountRequest, EmailRequest};
use backoffice_contract::app::StackRequest;
use backoffice_contract::network::{AddPermissionRequest, Role};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::{Api, PASSWORD};

const ADA: &str = "ada@example.com";
const BO: &str = "bo@example.com";
const LOOK_ONLY: &str =
    "You may look at this app, not change it. Its owner can give you the role COLLABORATOR.";
const OWNER_ONLY: &str = "Only the owner of the app may do this.";

fn add(email: &str, role: Option<Role>) -> op::AddPermission {
    op::AddPermission {
        app: "my-app".into(),
        body: AddPermissionRequest { email: email.into(), role },
    }
}

fn remove(email: &str) -> op::RemovePermission {
    op::RemovePermission { app: "my-app".into(), body: EmailRequest { email: email.into() } }
}

/// Ada's app, and Bo with an account on the free tier; Ada is signed in.
fn api() -> Api {
    let mut api = Api::new();
    api.join(BO, Tier::Free);
    api.join(ADA, Tier::Standard);
    api.create_app("my-app");
    api
}

fn apps(api: &mut Api) -> Vec<String> {
    api.call(op::ListApps {}).unwrap().into_iter().map(|app| app.unique_name).collect()
}

#[test]
fn the_list_tells_owner_and_roles() {
    let mut api = api();
    api.call(add(" Bo@Example.com ", Some(Role::Viewer))).unwrap();
    let access = api.call(op::ListPermissions { app: "my-app".into() }).unwrap();
    assert_eq!(access.owner.as_deref(), Some(ADA));
    let bo = &access.collaborators[0];
    assert_eq!((bo.email.as_str(), &bo.role), (BO, &Some(Role::Viewer)));
    let activity = api.call(op::ListActivity { app: "my-app".into() }).unwrap();
    assert_eq!(activity[0].summary, "Gave bo@example.com access as VIEWER.");
}

#[test]
fn a_collaborator_works_with_the_app_within_the_owners_limits() {
    let mut api = api();
    api.deploy("my-app");
    api.call(add(BO, None)).unwrap();
    api.sign_in(BO, PASSWORD).unwrap();
    assert_eq!(apps(&mut api), ["my-app"]);
    api.set("my-app", "GREETING", "hello").unwrap();
    // Two replicas are more than Bo's own tier allows.
    api.scale("my-app", Some(2), None).unwrap();
    api.push("my-app", "ok");
    let activity = api.call(op::ListActivity { app: "my-app".into() }).unwrap();
    assert_eq!(activity[0].email, BO);
    api.refuse(op::DeleteApp { app: "my-app".into() }, 403, OWNER_ONLY);
    api.refuse(add("eve@example.com", None), 403, OWNER_ONLY);
    api.refuse(remove(ADA), 403, OWNER_ONLY);
    // It does not count as Bo's own single app.
    api.create_app("bos-app");
}

#[test]
fn a_viewer_reads_and_changes_nothing() {
    let mut api = api();
    api.deploy("my-app");
    api.call(add(BO, Some(Role::Viewer))).unwrap();
    api.sign_in(BO, PASSWORD).unwrap();
    assert_eq!(api.pods("my-app").len(), 1);
    assert!(!api.last_lines("my-app", 5).is_empty());
    let app = || "my-app".to_owned();
    let stack = StackRequest { stack: "gigalixir-18".into() };
    api.refuse(op::SetStack { app: app(), body: stack }, 403, LOOK_ONLY);
    api.refuse(op::RestartApp { app: app() }, 403, LOOK_ONLY);
    api.refuse(op::CreateFreeDatabase { app: app() }, 403, LOOK_ONLY);
    assert_eq!(api.set("my-app", "A", "b").unwrap_err().status, 403);
    assert_eq!(api.scale("my-app", Some(2), None).unwrap_err().status, 403);
    let (status, _) = api.control("POST", "/sandbox/apps/my-app/push", &serde_json::json!({}));
    assert_eq!(status, 403);
    api.refuse(op::DeleteApp { app: app() }, 403, OWNER_ONLY);
}

#[test]
fn who_loses_access_sees_the_app_no_more() {
    let mut api = api();
    api.refuse(remove(BO), 404, "Nobody with this address has access.");
    api.call(add(BO, None)).unwrap();
    api.call(remove(BO)).unwrap();
    api.sign_in(BO, PASSWORD).unwrap();
    assert!(apps(&mut api).is_empty());
    api.refuse(op::GetApp { app: "my-app".into() }, 404, "There is no app `my-app`.");
    api.refuse(remove(BO), 404, "There is no app `my-app`.");
}

#[test]
fn everybody_can_leave_but_the_owner() {
    let mut api = api();
    api.call(add(BO, Some(Role::Viewer))).unwrap();
    api.refuse(remove(ADA), 422, "Email is the owner's, who always has access.");
    api.sign_in(BO, PASSWORD).unwrap();
    api.call(remove(BO)).unwrap();
    assert!(apps(&mut api).is_empty());
}

#[test]
fn a_role_is_changed_by_removing_and_adding() {
    let mut api = api();
    api.call(add(BO, Some(Role::Viewer))).unwrap();
    api.call(add(BO, Some(Role::Viewer))).unwrap();
    let taken = "Email has access already, as VIEWER. Remove it first.";
    api.refuse(add(BO, None), 422, taken);
    api.call(remove(BO)).unwrap();
    api.call(add(BO, None)).unwrap();
}

#[test]
fn not_everybody_can_be_let_in() {
    let mut api = api();
    api.refuse(add("nobody", None), 422, "Email has invalid format.");
    let stranger = "Email has no account here: they must sign up first.";
    api.refuse(add("nobody@example.com", None), 422, stranger);
    api.refuse(add(ADA, None), 422, "Email is the owner's.");
    let role = add(BO, Some(Role::from("ADMIN")));
    api.refuse(role, 422, "Role must be COLLABORATOR or VIEWER.");
    api.sign_in(BO, PASSWORD).unwrap();
    let body = backoffice_contract::app::CreateAppRequest {
        unique_name: Some("bos".into()),
        ..Default::default()
    };
    api.call(op::CreateApp { body }).unwrap();
    let free = op::AddPermission { app: "bos".into(), ..add(ADA, None) };
    let limit = "The free tier has no collaborators. Upgrade your account to add some.";
    api.refuse(free, 422, limit);
}

#[test]
fn twenty_five_collaborators_are_enough() {
    let mut api = api();
    let token = api.token.clone();
    let email = |number| format!("person{number}@example.com");
    for number in 0..26 {
        api.join(&email(number), Tier::Free);
    }
    api.token = token;
    for number in 0..25 {
        api.call(add(&email(number), None)).unwrap();
    }
    let limit = "Email is one too many: an app can have 25 collaborators.";
    api.refuse(add(&email(25), None), 422, limit);
}

#[test]
fn a_closed_account_has_access_to_nothing() {
    let mut api = api();
    api.call(add(BO, None)).unwrap();
    api.sign_in(BO, PASSWORD).unwrap();
    let body = DestroyAccountRequest { email: BO.into(), current_password: PASSWORD.into() };
    api.call(op::DestroyAccount { body }).unwrap();
    api.sign_in(ADA, PASSWORD).unwrap();
    let access = api.call(op::ListPermissions { app: "my-app".into() }).unwrap();
    assert!(access.collaborators.is_empty());
}
