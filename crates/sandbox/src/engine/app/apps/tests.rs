//! Creating, showing, changing and deleting apps.

use backoffice_contract::app::{CreateAppRequest, MaintenanceRequest, StackRequest};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

fn create(name: Option<&str>, cloud: Option<&str>, region: Option<&str>) -> op::CreateApp {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    op::CreateApp {
        body: CreateAppRequest {
            unique_name: owned(name),
            cloud: owned(cloud),
            region: owned(region),
            stack: None,
        },
    }
}

#[test]
fn names_are_lower_case_and_unique_on_the_platform() {
    let mut api = Api::on(Tier::Standard);
    let app = api.call(create(Some("My-App"), None, None)).unwrap();
    assert_eq!((app.unique_name.as_str(), app.size, app.replicas), ("my-app", 0.3, 0));
    assert_eq!((app.cloud.as_str(), app.stack.as_str()), ("gcp", "gigalixir-20"));
    api.refuse(create(Some("MY-APP"), None, None), 422, "Unique name has already been taken.");
    let others = create(Some("quiet-amber-heron"), None, None);
    api.refuse(others, 422, "Unique name has already been taken.");
    let rule =
        "Unique name can only contain letters, numbers, and dashes and must start with a letter.";
    api.refuse(create(Some("2fast"), None, None), 422, rule);
}

#[test]
fn a_name_is_made_up_when_there_is_none() {
    let mut api = Api::on(Tier::Standard);
    let first = api.call(create(None, None, None)).unwrap().unique_name;
    let second = api.call(create(None, None, None)).unwrap().unique_name;
    assert_ne!(first, second);
    assert_eq!(first.split('-').count(), 3, "{first}");
}

#[test]
fn a_region_implies_its_cloud() {
    let mut api = Api::on(Tier::Standard);
    let mut place = |cloud, region| {
        let app = api.call(create(None, cloud, region)).map_err(|error| error.text())?;
        Ok::<_, String>(format!("{} {}", app.cloud, app.region))
    };
    let ok = |place: &str| Ok(place.to_owned());
    assert_eq!(place(None, Some("us-west-2")), ok("aws us-west-2"));
    assert_eq!(place(Some("aws"), None), ok("aws us-east-1"));
    assert_eq!(place(Some("gcp"), Some("europe-west1")), ok("gcp europe-west1"));
    let refused = |text: &str| Err(text.to_owned());
    assert_eq!(place(Some("gcp"), Some("us-east-1")), refused("Region is not a region of gcp."));
    assert_eq!(place(Some("azure"), None), refused("Cloud must be gcp or aws."));
    let known = "Region must be one of v2018-us-central1, europe-west1, us-east-1, us-west-2.";
    assert_eq!(place(None, Some("mars-1")), refused(known));
}

#[test]
fn the_free_tier_has_one_app() {
    let mut api = Api::on(Tier::Free);
    api.create_app("only");
    let limit = "The free tier is limited to 1 app. Upgrade your account to create more.";
    api.refuse(create(Some("second"), None, None), 422, limit);
    api.call(op::DeleteApp { app: "only".into() }).unwrap();
    api.create_app("second");
}

#[test]
fn deleting_an_app_deletes_all_of_it_and_frees_its_name() {
    let mut api = Api::on(Tier::Standard);
    api.create_app("gone");
    api.create_app("gone-not");
    for app in ["gone", "gone-not"] {
        api.call(op::CreateFreeDatabase { app: app.into() }).unwrap();
        api.deploy(app);
    }
    let message = api.call(op::DeleteApp { app: "gone".into() }).unwrap();
    assert_eq!(message.0, "deleted");
    api.refuse(op::GetApp { app: "gone".into() }, 404, "There is no app `gone`.");
    api.refuse(op::DeleteApp { app: "gone".into() }, 404, "There is no app `gone`.");
    // Its costs must still be paid.
    let rows = crate::engine::testing::rows(&mut api.world);
    let left: Vec<&String> = rows.keys().filter(|key| !key.starts_with("meter/")).collect();
    let left = format!("{left:?}");
    assert!(!left.contains("/gone/") && !left.contains("/gone\""), "{left}");
    api.create_app("gone");
    assert!(api.releases("gone").is_empty());
    assert!(api.call(op::ListConfigs { app: "gone".into() }).unwrap().is_empty());
    assert_eq!(api.releases("gone-not").len(), 2);
}

#[test]
fn apps_of_others_do_not_exist() {
    let mut api = Api::on(Tier::Standard);
    let other = || "quiet-amber-heron".to_owned();
    let missing = "There is no app `quiet-amber-heron`.";
    api.refuse(op::GetApp { app: other() }, 404, missing);
    api.refuse(op::ListConfigs { app: other() }, 404, missing);
    api.refuse(op::DeleteApp { app: other() }, 404, missing);
    let (status, _) =
        api.control("POST", "/sandbox/apps/quiet-amber-heron/push", &Default::default());
    assert_eq!(status, 400, "null is not an object");
    let (status, _) =
        api.control("POST", "/sandbox/apps/quiet-amber-heron/push", &serde_json::json!({}));
    assert_eq!(status, 404);
    assert!(api.call(op::ListApps {}).unwrap().is_empty());
}

#[test]
fn old_activity_is_forgotten() {
    let mut api = Api::on(Tier::Free);
    api.create_app("mine");
    for number in 0..250 {
        api.set("mine", "NUMBER", &number.to_string()).unwrap();
    }
    let activity = api.call(op::ListActivity { app: "mine".into() }).unwrap();
    assert_eq!(activity.len(), 200);
    assert_eq!(activity[199].summary, "Set `NUMBER` config var.", "the creation is gone");
}

#[test]
fn small_settings_are_noted() {
    let mut api = Api::on(Tier::Free);
    api.create_app("mine");
    let stack = |stack: &str| op::SetStack {
        app: "mine".into(),
        body: StackRequest { stack: stack.into() },
    };
    let known = "Stack must be one of gigalixir-20, gigalixir-18, gigalixir-16, gigalixir-14.";
    api.refuse(stack("heroku-24"), 422, known);
    api.call(stack("gigalixir-18")).unwrap();
    assert_eq!(api.call(op::GetApp { app: "mine".into() }).unwrap().stack, "gigalixir-18");
    let maintenance =
        |enable| op::SetMaintenance { app: "mine".into(), body: MaintenanceRequest { enable } };
    assert_eq!(api.call(maintenance(true)).unwrap().0, "maintenance mode enabled");
    assert_eq!(api.call(maintenance(true)).unwrap().0, "maintenance mode enabled");
    assert_eq!(api.call(maintenance(false)).unwrap().0, "maintenance mode disabled");
    let activity = api.call(op::ListActivity { app: "mine".into() }).unwrap();
    let summaries: Vec<&str> = activity.iter().map(|entry| entry.summary.as_str()).collect();
    let expected = [
        "Maintenance mode disabled.",
        "Maintenance mode enabled.",
        "Set the stack to gigalixir-18.",
        "Created the app.",
    ];
    assert_eq!(summaries, expected);
    assert_eq!(activity[0].email, "ada@example.com");
    assert_eq!(activity[0].created_at, "2026-11-24T18:08:18.000Z");
    let ip = api.call(op::GetSshIp { app: "mine".into() }).unwrap().ssh_ip;
    assert!(ip.starts_with("203.0.113."), "{ip}");
}
