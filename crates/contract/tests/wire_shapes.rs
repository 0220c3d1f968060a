//! How requests travel, and what answers of other shapes read as.
#![expect(clippy::unwrap_used, reason = "a failing test may stop where it is")]

use backoffice_contract::account::*;
use backoffice_contract::app::*;
use backoffice_contract::billing::*;
use backoffice_contract::config::*;
use backoffice_contract::database::*;
use backoffice_contract::envelope::{self, Message, Nothing};
use backoffice_contract::network::*;
use backoffice_contract::release::*;
use backoffice_contract::session::*;
use backoffice_contract::{Operation, op};
use serde::de::DeserializeOwned;

/// The request as `METHOD target` and its body.
fn wire<O: Operation>(operation: O) -> String {
    let body = operation.body().map(|body| body.to_string()).unwrap_or_default();
    format!("{} {} {body}", O::ENDPOINT.method, operation.target()).trim_end().to_owned()
}

#[test]
fn requests_travel_as_the_command_line_client_sends_them() {
    let app = || "my-app".to_owned();
    let signup = |body| wire(op::Signup { body });
    let requests = [
        wire(op::CreateSession {
            body: SessionRequest {
                user: Credentials {
                    email: "ada@example.com".into(),
                    password: "made-up".into(),
                    mfa_token: None,
                },
            },
        }),
        wire(op::RenewSession {}),
        signup(SignupRequest { email: Some("ada@example.com".into()), ..Default::default() }),
        signup(SignupRequest {
            uuid: Some("u".into()),
            tier: Some(Tier::Free),
            ..Default::default()
        }),
        wire(op::CreateApp { body: CreateAppRequest::default() }),
        wire(op::CreateApp {
            body: CreateAppRequest {
                unique_name: Some(app()),
                cloud: Some("gcp".into()),
                region: Some("europe-west1".into()),
                stack: None,
            },
        }),
        wire(op::ScaleApp {
            app: app(),
            body: ScaleRequest { replicas: Some(2), size: Some(0.5) },
        }),
        wire(op::RestartApp { app: app() }),
        wire(op::RunCommand {
            app: app(),
            body: RunRequest { command: vec!["mix".into(), "ecto.migrate".into()] },
        }),
        wire(op::StreamLogs {
            app: app(),
            query: LogsQuery { num_lines: Some(50), follow: Some(true) },
        }),
        wire(op::SetConfigs {
            app: app(),
            body: SetConfigsRequest {
                configs: [("KEY".to_owned(), "value".into())].into(),
                avoid_restart: false,
            },
        }),
        wire(op::UnsetConfig { app: app(), body: UnsetConfigRequest { key: "KEY".into() } }),
        wire(op::CreateFreeDatabase { app: app() }),
        wire(op::ScaleDatabase {
            app: app(),
            database: "d".into(),
            body: ScaleDatabaseRequest { size: None, high_availability: Some("enabled".into()) },
        }),
        wire(op::RollbackRelease { app: app(), version: "3".into() }),
        wire(op::AddSshKey { body: AddSshKeyRequest { ssh_key: "ssh-rsa AAAA".into() } }),
        wire(op::RemoveSshKey { body: RemoveSshKeyRequest { id: "3".into() } }),
    ];
    insta::assert_snapshot!(requests.join("\n"));
}

fn read<T: DeserializeOwned>(body: &str) -> T {
    envelope::decode(body.as_bytes()).unwrap()
}

#[test]
fn answers_with_gaps_and_surplus_read_as_far_as_they_go() {
    let answers = (
        read::<Vec<App>>(
            r#"{"data":[{"unique_name":"a","size":"0.3","replicas":null,"new_field":[1]},7,{}]}"#,
        ),
        read::<AppStatus>(
            r#"{"data":{"unique_name":"a","replicas_desired":1.0,"pods":[
                {"name":"a-1","version":7,"status":"Healthy","lastState":{}},
                {"name":"a-2","version":"8","status":"CrashLoopBackOff",
                 "lastState":{"terminated":{"reason":"OOMKilled","exitCode":137}}},
                {"name":"a-3","lastState":"odd"}]}}"#,
        ),
        read::<Vec<Release>>(
            r#"{"data":[{"version":3,"sha":"f6e5","summary":"x"},{"version":"2"}]}"#,
        ),
        read::<Vec<Database>>(
            r#"{"data":[{"id":7,"tier":"FREE","state":"RESTORING","port":"5432"}]}"#,
        ),
        read::<Configs>(r#"{"data":{"A":"x","PORT":4000,"EMPTY":null}}"#),
        read::<Vec<Domain>>(
            r#"{"data":["www.example.com",{"fqdn":"example.com","cname":"x.y"},
                {"fqdn":"a.example.com","state":"active"},{"fqdn":"b.example.com","state":"LOST"}]}"#,
        ),
        read::<Permissions>(r#"{"data":["ada@example.com"]}"#),
        read::<Permissions>(
            r#"{"data":{"owner":"ada@example.com","collaborators":["bo@example.com"]}}"#,
        ),
        read::<Permissions>(
            r#"{"data":{"owner":"ada@example.com","collaborators":[{"email":"bo@example.com",
                "role":"VIEWER"},{"email":"cy@example.com","role":"ADMIN"},{"odd":1}]}}"#,
        ),
        read::<Message>(r#"{"data":"restarted"}"#),
        read::<Message>(r#"{"data":{"message":"Password successfully changed"}}"#),
    );
    insta::assert_debug_snapshot!(answers);
}

#[test]
fn answers_without_data_read_as_empty() {
    for body in ["", "{}", "  ", r#"{"data":null}"#, r#"{"data":{}}"#] {
        assert_eq!(read::<Nothing>(body), Nothing {}, "{body}");
        assert_eq!(read::<Scale>(body), Scale::default(), "{body}");
        assert_eq!(read::<Message>(body), Message::default(), "{body}");
    }
    assert!(read::<Vec<App>>("{}").is_empty());
    assert!(envelope::decode::<Nothing>(b"<html>").is_err());
}

#[test]
fn a_run_rate_is_read_in_every_shape_that_it_may_have() {
    let lines = read::<RunRate>(
        r#"{"data":[{"app":"foo","amount_cents":81},{"app_name":"bar","amount_cents":"19"},7]}"#,
    );
    assert_eq!((lines.lines.len(), lines.total_cents), (2, 100));
    assert_eq!(lines.lines.last().map(|line| line.app.as_str()), Some("bar"));
    let object = read::<RunRate>(
        r#"{"data":{"lines":[{"app":"foo","kind":"function","size":"0.5","cents":25}],"total_cents":30}}"#,
    );
    assert_eq!((object.lines.len(), object.total_cents), (1, 30));
    for total in [r#"{"data":500}"#, r#"{"data":{"amount_cents":"500"}}"#] {
        assert_eq!(read::<RunRate>(total).total_cents, 500, "{total}");
    }
    assert_eq!(read::<RunRate>("{}"), RunRate::default());
}

#[test]
fn python_booleans_and_a_password_in_the_query_are_understood() {
    let logs =
        op::StreamLogs::from_request(&["a".into()], "num_lines=5&follow=False", b"").unwrap();
    assert_eq!(logs.query, LogsQuery { num_lines: Some(5), follow: Some(false) });
    let reset = op::RegenerateApiKey::from_request(&[], "current_password=a%26b+c", b"").unwrap();
    assert_eq!(reset.body.current_password.expose(), "a&b c");
}

#[test]
fn a_body_of_another_shape_is_refused_with_a_sentence() {
    let refuse = |body: &[u8]| op::CreateApp::from_request(&[], "", body).unwrap_err().message;
    assert_eq!(refuse(b"[]"), "The body must be a JSON object.");
    assert!(refuse(b"{\"unique_name\"").starts_with("The body could not be read as JSON"));
}
