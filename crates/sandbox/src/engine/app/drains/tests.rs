//! Log drains of an app.

use backoffice_contract::network::{AddDrainRequest, RemoveDrainRequest};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::{Api, bytes};

fn add(url: &str) -> op::AddDrain {
    op::AddDrain { app: "my-app".into(), body: AddDrainRequest { url: url.into() } }
}

fn remove(id: &str) -> op::RemoveDrain {
    op::RemoveDrain { app: "my-app".into(), body: RemoveDrainRequest { drain_id: id.into() } }
}

fn list() -> op::ListDrains {
    op::ListDrains { app: "my-app".into() }
}

fn api() -> Api {
    let mut api = Api::on(Tier::Standard);
    api.create_app("my-app");
    api
}

#[test]
fn drains_come_and_go() {
    let mut api = api();
    api.call(add("syslog+tls://logs.example.com:6514")).unwrap();
    api.call(add(" https://demo:made-up@logs.example.com/ingest ")).unwrap();
    let drains = api.call(list()).unwrap();
    let urls: Vec<_> = drains.iter().map(|drain| drain.url.expose()).collect();
    let expected =
        ["syslog+tls://logs.example.com:6514", "https://demo:made-up@logs.example.com/ingest"];
    assert_eq!(urls, expected);
    assert_ne!(drains[0].token, drains[1].token);
    let raw = api.send(&api.request(&list()));
    let text = String::from_utf8_lossy(bytes(&raw)).into_owned();
    assert!(text.contains(&format!("\"id\":{}", drains[0].id)), "ids are numbers: {text}");
    api.call(remove(&drains[0].id)).unwrap();
    api.refuse(remove(&drains[0].id), 404, "There is no such drain.");
    api.refuse(remove("x"), 404, "There is no such drain.");
    assert_eq!(api.call(list()).unwrap().len(), 1);
}

#[test]
fn credentials_stay_out_of_the_activity() {
    let mut api = api();
    api.call(add("https://demo:made-up@logs.example.com:8443/ingest?key=made-up")).unwrap();
    let id = api.call(list()).unwrap()[0].id.clone();
    api.call(remove(&id)).unwrap();
    let activity = api.call(op::ListActivity { app: "my-app".into() }).unwrap();
    let said: Vec<_> = activity.iter().map(|entry| entry.summary.as_str()).collect();
    let expected = [
        "Removed the log drain to logs.example.com:8443.",
        "Added a log drain to logs.example.com:8443.",
        "Created the app.",
    ];
    assert_eq!(said, expected);
}

#[test]
fn what_takes_no_lines_is_refused() {
    let mut api = api();
    let clear = "Url must be https: log lines would travel in the clear.";
    api.refuse(add("http://logs.example.com"), 422, clear);
    let port = "Url must name a port, as in syslog+tls://logs.example.com:6514.";
    api.refuse(add("syslog+tls://logs.example.com"), 422, port);
    api.call(add("https://logs.example.com")).unwrap();
    api.refuse(add("https://logs.example.com"), 422, "Url has already been taken.");
}

#[test]
fn five_drains_are_enough() {
    let mut api = api();
    for number in 0..5 {
        api.call(add(&format!("https://logs.example.com/{number}"))).unwrap();
    }
    let limit = "Url is one too many: an app can have 5 drains.";
    api.refuse(add("https://logs.example.com/5"), 422, limit);
}
