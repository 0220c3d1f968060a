//! Logs are a function of time.

use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;
use crate::engine::{Body, LogCursor};

const APP: &str = "mine";

fn deployed() -> Api {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    api
}

/// Reads in steps of `step` until a time has passed; returns all lines.
fn follow(api: &mut Api, cursor: &mut LogCursor, step: u64, span: u64) -> String {
    let mut text = api.world.read_logs(cursor, api.now).text;
    for _ in 0..span / step {
        api.wait(step);
        text += &api.world.read_logs(cursor, api.now).text;
    }
    text
}

#[test]
fn lines_have_time_app_and_source() {
    let mut api = deployed();
    api.wait(600_000);
    let lines = api.last_lines(APP, 1_000);
    assert_eq!(lines[0], "2026-11-24T18:08:18.000Z mine[platform]: Created the app.");
    let build = lines.iter().filter(|line| line.contains(" mine[build]: ")).count();
    assert_eq!(build, 24);
    let pod = &api.status(APP).pods[0].name.clone();
    let requests: Vec<&String> = lines
        .iter()
        .filter(|line| line.contains(&format!(" mine[{pod}]: ")) && line.contains("request_id="))
        .collect();
    // Ten minutes and a little more, with one request of two lines every twenty seconds.
    assert!((60..=80).contains(&requests.len()), "{}", requests.len());
    assert!(requests.iter().any(|line| line.contains("µs") || line.contains("ms")));
    let mut sorted = lines.clone();
    sorted.sort_by(|a, b| a.split(' ').next().cmp(&b.split(' ').next()));
    assert_eq!(lines, sorted, "in order of time");
}

#[test]
fn how_one_reads_does_not_change_what_one_reads() {
    let read = |step: u64| {
        let mut api = deployed();
        api.push(APP, "ok");
        let mut cursor = api.log(APP, 10, true);
        follow(&mut api, &mut cursor, step, 240_000)
    };
    let fine = read(100);
    assert!(fine.lines().count() > 60, "{fine}");
    assert_eq!(fine, read(240_000));
    assert_eq!(fine, read(1_500));
}

#[test]
fn following_joins_on_to_the_backlog() {
    let mut api = deployed();
    api.wait(120_000);
    let mut cursor = api.log(APP, 3, true);
    let followed = follow(&mut api, &mut cursor, 1_000, 60_000);
    let count = followed.lines().count();
    let whole = api.last_lines(APP, u32::try_from(count).unwrap());
    assert_eq!(followed.lines().collect::<Vec<_>>(), whole);
}

#[test]
fn what_is_done_while_one_follows_appears_once() {
    let mut api = deployed();
    let mut cursor = api.log(APP, 0, true);
    let mut text = follow(&mut api, &mut cursor, 500, 5_000);
    api.set(APP, "A", "b").unwrap();
    text += &follow(&mut api, &mut cursor, 500, 30_000);
    assert_eq!(text.matches("Set `A` config var.").count(), 1);
    assert_eq!(text.matches("is healthy.").count(), 1);
    assert_eq!(text.matches("SIGTERM received").count(), 1);
}

#[test]
fn plans_that_were_dropped_are_not_in_the_log() {
    let mut api = deployed();
    api.call(op::RestartApp { app: APP.into() }).unwrap();
    let before = api.last_lines(APP, 5_000).join("\n").matches("is healthy.").count();
    api.wait(3_000);
    api.scale(APP, Some(0), None).unwrap();
    api.wait(60_000);
    let log = api.last_lines(APP, 5_000).join("\n");
    assert_eq!(log.matches("is healthy.").count(), before);
    assert_eq!(log.matches("has stopped.").count(), 2, "the old pod and the new one");
}

#[test]
fn a_stream_ends_with_its_backlog_or_with_the_app() {
    let mut api = deployed();
    let mut cursor = api.log(APP, 5, false);
    let chunk = api.world.read_logs(&mut cursor, api.now);
    assert_eq!((chunk.text.lines().count(), chunk.next_at), (5, None));
    assert_eq!(api.world.read_logs(&mut cursor, api.now + 60_000).text, "");
    let mut cursor = api.log(APP, 5, true);
    let chunk = api.world.read_logs(&mut cursor, api.now);
    assert_eq!(chunk.next_at, Some(api.now + 500));
    api.call(op::DeleteApp { app: APP.into() }).unwrap();
    assert_eq!(api.world.read_logs(&mut cursor, api.now).next_at, None);
    api.create_app(APP);
    assert_eq!(api.world.read_logs(&mut cursor, api.now).next_at, None, "another app");
}

#[test]
fn a_long_absence_leaves_a_gap_that_is_marked() {
    let mut api = deployed();
    let mut cursor = api.log(APP, 0, true);
    api.world.read_logs(&mut cursor, api.now);
    api.wait(3_600_000);
    let hour = api.world.read_logs(&mut cursor, api.now).text;
    assert!(!hour.contains("left out"), "{hour}");
    let body = serde_json::json!({ "advance_seconds": 3.0e9 });
    assert_eq!(api.control("POST", "/sandbox/clock", &body).0, 200);
    let century = api.world.read_logs(&mut cursor, api.now).text;
    let gap = "mine[platform]: Lines from 2026-11-24T19:10:18.000Z until now were left out.";
    assert!(century.lines().next().unwrap().ends_with(gap), "{century}");
    assert!(century.lines().count().abs_diff(hour.lines().count()) < 10);
}

#[test]
fn a_line_is_one_line() {
    let mut api = deployed();
    let command = ["echo", "one\ntwo\r\nthree"].map(str::to_owned).to_vec();
    let body = backoffice_contract::app::RunRequest { command };
    api.call(op::RunCommand { app: APP.into(), body }).unwrap();
    api.wait(10_000);
    let log = api.last_lines(APP, 5_000);
    assert!(log.iter().any(|line| line.ends_with("]: one two  three")), "{log:?}");
}

#[test]
fn the_command_line_clients_spelling_is_understood() {
    let mut api = deployed();
    api.wait(3_600_000);
    let mut count = |query: &str| {
        let request = api.raw("GET", "/api/apps/mine/logs", query, Vec::new());
        let response = api.send(&request);
        assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(response.header("x-ratelimit-limit").is_some());
        let Body::Logs(mut cursor) = response.body else { panic!("no log") };
        let chunk = api.world.read_logs(&mut cursor, api.now);
        (chunk.text.lines().count(), chunk.next_at.is_some())
    };
    assert_eq!(count("num_lines=7&follow=False"), (7, false));
    assert_eq!(count("num_lines=7&follow=True"), (7, true));
    assert_eq!(count("follow=false"), (100, false));
    assert_eq!(count(""), (100, true));
}

#[test]
fn the_clock_of_the_world_moves_the_log_and_not_the_callers_clock() {
    let mut api = deployed();
    let mut cursor = api.log(APP, 0, true);
    api.world.read_logs(&mut cursor, api.now);
    let body = serde_json::json!({ "advance_seconds": 300 });
    assert_eq!(api.control("POST", "/sandbox/clock", &body).0, 200);
    let chunk = api.world.read_logs(&mut cursor, api.now);
    assert!(chunk.text.lines().count() >= 20, "{}", chunk.text);
    assert_eq!(chunk.next_at, Some(api.now + 500));
}

#[test]
fn in_maintenance_mode_the_platform_answers_in_place_of_the_pods() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.deploy(APP);
    api.wait(120_000);
    let maintenance = |enable| op::SetMaintenance {
        app: APP.into(),
        body: backoffice_contract::app::MaintenanceRequest { enable },
    };
    let visits = |api: &mut Api| {
        let before = api.last_lines(APP, 5_000).len();
        api.wait(5 * 60_000);
        let lines = api.last_lines(APP, 5_000).split_off(before);
        let of = |text: &str| lines.iter().filter(|line| line.contains(text)).count();
        (of("Sent "), of("answered with 404: maintenance mode."))
    };
    let (served, refused) = visits(&mut api);
    assert!(served > 0 && refused == 0);
    api.call(maintenance(true)).unwrap();
    let (served, refused) = visits(&mut api);
    assert!(served == 0 && refused > 0, "{served} {refused}");
    api.call(maintenance(false)).unwrap();
    let (served, refused) = visits(&mut api);
    assert!(served > 0 && refused == 0);
}
