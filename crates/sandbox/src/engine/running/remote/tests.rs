//! Containers and addresses of apps.

use backoffice_contract::account::AddSshKeyRequest;
use backoffice_contract::app::MaintenanceRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use serde_json::{Value, json};

use crate::engine::testing::Api;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDem ada@laptop";

fn ssh(api: &mut Api, command: &[&str]) -> (u16, Value) {
    api.control("POST", "/sandbox/apps/a/ssh", &json!({ "command": command }))
}

fn page(api: &mut Api) -> u64 {
    api.control("GET", "/sandbox/apps/a/page", &Value::Null).1["status"].as_u64().unwrap()
}

#[test]
fn a_command_needs_a_key_and_a_running_container() {
    let mut api = Api::on(Tier::Free);
    api.create_app("a");
    assert_eq!(ssh(&mut api, &["ls"]).0, 422, "no key");
    let body = AddSshKeyRequest { ssh_key: KEY.into() };
    api.call(op::AddSshKey { body }).unwrap();
    assert_eq!(ssh(&mut api, &["ls"]).0, 422, "nothing runs");
    api.deploy("a");
    assert_eq!(ssh(&mut api, &[]).0, 422, "no command");
    let (status, output) = ssh(&mut api, &["echo", "a", "b"]);
    assert_eq!(
        (status, &output["exit_code"], &output["lines"][0]["text"]),
        (200, &json!(0), &json!("a b"))
    );
    api.token = None;
    assert_eq!(ssh(&mut api, &["ls"]).0, 401);
}

#[test]
fn migrations_that_ran_by_ssh_have_run() {
    let mut api = Api::on(Tier::Free);
    api.create_app("a");
    api.call(op::AddSshKey { body: AddSshKeyRequest { ssh_key: KEY.into() } }).unwrap();
    api.call(op::CreateFreeDatabase { app: "a".into() }).unwrap();
    api.deploy("a");
    let last = |output: &Value| output["lines"].as_array().unwrap().last().unwrap()["text"].clone();
    let (_, first) = ssh(&mut api, &["mix", "ecto.migrate"]);
    assert!(last(&first).as_str().unwrap().contains("Migrated"), "{first}");
    let (_, second) = ssh(&mut api, &["mix", "ecto.migrate"]);
    assert_eq!(last(&second), "[info] Migrations already up");
}

#[test]
fn the_app_answers_once_it_is_healthy_and_out_of_maintenance() {
    let mut api = Api::on(Tier::Free);
    assert_eq!(page(&mut api), 404);
    api.create_app("a");
    assert_eq!(page(&mut api), 503);
    api.deploy("a");
    assert_eq!(page(&mut api), 200);
    let body = MaintenanceRequest { enable: true };
    api.call(op::SetMaintenance { app: "a".into(), body }).unwrap();
    assert_eq!(page(&mut api), 404);
}

#[test]
fn a_push_tells_what_its_build_prints() {
    let mut api = Api::on(Tier::Free);
    api.create_app("a");
    for (outcome, succeeds, last) in [
        ("build_fails", false, "-----> Build failed; nothing was released"),
        ("ok", true, "-----> Build succeeded"),
    ] {
        let (_, build) =
            api.control("POST", "/sandbox/apps/a/push", &json!({ "outcome": outcome }));
        let line = build["lines"].as_array().unwrap().last().unwrap();
        assert_eq!((&build["succeeds"], &line["text"]), (&json!(succeeds), &json!(last)));
        api.wait(60_000);
    }
}
