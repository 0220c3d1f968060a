//! The client's commands against a fresh world.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_shell::doctest::{Reader, Run};
use backoffice_shell::{Event, INTERRUPTED};

const APP: &str = "quiet-amber-heron";

/// A reader who is signed in to the demo account.
fn demo() -> Reader {
    let reader = Reader::new(1).unwrap();
    done(&reader, "gigalixir login -e demo@backoffice.example -p sandbox-demo");
    done(&reader, &format!("export GIGALIXIR_APP={APP}"));
    reader
}

/// Runs a command that must succeed.
#[track_caller]
fn done(reader: &Reader, line: &str) -> Run {
    let run = reader.run(line);
    assert!(run.succeeded(), "{line}: {}", run.text());
    run
}

/// The calls that were made, as method, target and status.
fn calls(run: &Run) -> Vec<String> {
    let call = |event: &Event| match event {
        Event::Request { method, target, status, .. } => {
            Some(format!("{method} {target} {}", status.unwrap_or_default()))
        }
        _ => None,
    };
    run.events.iter().filter_map(call).collect()
}

#[test]
fn every_command_that_reads_or_changes_makes_its_call() {
    let reader = demo();
    let app = format!("/api/apps/{APP}");
    let database = done(&reader, "gigalixir pg | jq -r '.[] | .id'").stdout();
    let tier = done(&reader, "gigalixir pg | jq -r '.[] | .tier'").stdout();
    let standard = database
        .lines()
        .zip(tier.lines())
        .find(|(_, tier)| *tier == "STANDARD")
        .map(|(id, _)| id.to_owned())
        .unwrap();
    let pod = done(&reader, "gigalixir ps | jq -r '.pods[0].name'").stdout();
    let pod = pod.trim();
    for (line, call) in [
        ("gigalixir account".to_owned(), "GET /api/users 200".to_owned()),
        ("gigalixir account:invoices".into(), "GET /api/invoices 200".into()),
        ("gigalixir current_period_usage".into(), "GET /api/usage 200".into()),
        ("gigalixir account:usage:running".into(), "GET /api/usage/run_rate 200".into()),
        ("gigalixir account:payment_method".into(), "GET /api/payment_methods 200".into()),
        (
            "gigalixir account:payment_method:set -t tok_visa".into(),
            "PUT /api/payment_methods 200".into(),
        ),
        ("gigalixir ssh_keys".into(), "GET /api/ssh_keys 200".into()),
        ("gigalixir apps".into(), "GET /api/apps 200".into()),
        ("gigalixir apps:info".into(), format!("GET {app} 200")),
        ("gigalixir apps:activity".into(), format!("GET {app}/activity 200")),
        ("gigalixir status".into(), format!("GET {app}/status 200")),
        (format!("gigalixir ps:kill -p {pod} -y"), format!("DELETE {app}/pods/{pod} 202")),
        ("gigalixir config:set A=1 B=2".into(), format!("POST {app}/configs 201")),
        ("gigalixir config:unset A".into(), format!("DELETE {app}/configs 200")),
        (
            format!("gigalixir config:copy -s idle-copper-newt -d {APP}"),
            format!("POST {app}/configs/copy 200"),
        ),
        ("gigalixir scale -r 3 -s 0.5".into(), format!("PUT {app}/scale 200")),
        ("gigalixir restart".into(), format!("PUT {app}/restart 200")),
        ("gigalixir releases".into(), format!("GET {app}/releases 200")),
        ("gigalixir rollback -r 4".into(), format!("POST {app}/releases/4/rollback 200")),
        ("gigalixir domains".into(), format!("GET {app}/domains 200")),
        ("gigalixir domains:add shop.example".into(), format!("POST {app}/domains 201")),
        ("gigalixir domains:remove shop.example".into(), format!("DELETE {app}/domains 200")),
        ("gigalixir drains".into(), format!("GET {app}/drains 200")),
        ("gigalixir drains:add https://logs.example/in".into(), format!("POST {app}/drains 201")),
        ("gigalixir access".into(), format!("GET {app}/permissions 200")),
        (
            "gigalixir access:remove kim@backoffice.example".into(),
            format!("DELETE {app}/permissions 200"),
        ),
        (
            "gigalixir access:add kim@backoffice.example --role VIEWER".into(),
            format!("POST {app}/permissions 201"),
        ),
        ("gigalixir canary".into(), format!("GET {app}/canaries 200")),
        (
            "gigalixir canary:set -c bold-misty-otter -w 10".into(),
            format!("PUT {app}/canaries 200"),
        ),
        (
            "gigalixir canary:unset -c bold-misty-otter".into(),
            format!("DELETE {app}/canaries/bold-misty-otter 200"),
        ),
        ("gigalixir maintenance:on -y".into(), format!("PUT {app}/maintenance 200")),
        ("gigalixir maintenance:off".into(), format!("PUT {app}/maintenance 200")),
        ("gigalixir stack:set -s gigalixir-20".into(), format!("PUT {app}/stack 200")),
        (
            format!("gigalixir pg:backups -d {standard}"),
            format!("GET {app}/databases/{standard}/backups 200"),
        ),
        (
            format!("gigalixir pg:read_replicas -d {standard}"),
            format!("GET {app}/databases/{standard}/read_replicas 200"),
        ),
        (
            format!("gigalixir pg:restart -d {standard} -y"),
            format!("PUT {app}/databases/{standard}/restart 200"),
        ),
        ("gigalixir logs -t -n 3".into(), format!("GET {app}/logs?follow=false&num_lines=3 200")),
    ] {
        reader.pause();
        let run = done(&reader, &line);
        assert_eq!(calls(&run), [call], "{line}");
    }
}

#[test]
fn the_app_is_found_out() {
    let reader = demo();
    done(&reader, "unset GIGALIXIR_APP");
    let nowhere = reader.run("gigalixir ps");
    assert_eq!((nowhere.status, calls(&nowhere).len()), (1, 0), "{}", nowhere.text());
    done(&reader, "git init a && cd a && gigalixir git:remote bold-misty-otter");
    assert_eq!(
        calls(&done(&reader, "gigalixir ps")),
        ["GET /api/apps/bold-misty-otter/status 200"]
    );
    let by_variable = done(&reader, &format!("GIGALIXIR_APP={APP} gigalixir ps"));
    assert_eq!(calls(&by_variable), [format!("GET /api/apps/{APP}/status 200")]);
    let by_option = done(&reader, "GIGALIXIR_APP=x gigalixir ps -a idle-copper-newt");
    assert_eq!(calls(&by_option), ["GET /api/apps/idle-copper-newt/status 200"]);
}

#[test]
fn failures_show_the_body_and_what_it_says() {
    let reader = demo();
    let taken = reader.run(&format!("cd; git init b; cd b; gigalixir create -n {APP}"));
    assert_eq!(taken.status, 1);
    let text = taken.text();
    assert!(text.contains(r#""errors":{"unique_name":["#), "{text}");
    assert!(text.contains("(Unique name has already been taken"), "{text}");
    done(&reader, "gigalixir logout");
    let out = reader.run("gigalixir apps");
    assert_eq!((out.status, out.stdout()), (1, String::new()));
    assert!(out.text().contains("Unauthorized"), "{}", out.text());
}

#[test]
fn outside_of_a_repository_no_app_is_made() {
    let reader = demo();
    let run = reader.run("gigalixir create");
    assert_eq!((run.status, calls(&run).len()), (1, 0), "{}", run.text());
}

#[test]
fn a_rollback_goes_to_the_release_before_the_newest() {
    let reader = demo();
    let before = done(&reader, "gigalixir releases | jq -r '.[1].version'").stdout();
    let run = done(&reader, "gigalixir rollback");
    let expected = format!("POST /api/apps/{APP}/releases/{}/rollback 200", before.trim());
    assert_eq!(calls(&run)[1], expected);
}

#[test]
fn a_limit_is_waited_for_and_told() {
    let reader = demo();
    let waits = |run: &Run| run.events.iter().any(|event| matches!(event, Event::Wait { .. }));
    let mut told = false;
    for _ in 0..130 {
        told |= waits(&done(&reader, "gigalixir account"));
    }
    assert!(told, "130 calls in a row meet the limit of 120");
}

#[test]
fn what_follows_is_interrupted_and_what_is_piped_ends() {
    let reader = demo();
    let run = reader.run("gigalixir logs");
    assert_eq!((run.status, run.interrupted), (INTERRUPTED, true));
    assert!(run.succeeded());
    let piped = done(&reader, "gigalixir logs | head -n 2 | wc -l");
    assert_eq!((piped.stdout().as_str(), piped.interrupted), ("2\n", false));
}

#[test]
fn curl_reaches_the_api_and_shows_its_headers() {
    let reader = demo();
    let names = done(
        &reader,
        "curl -s -n https://api.gigalixir.com/api/apps | jq -r '.data[].unique_name' | sort",
    );
    assert_eq!(names.stdout(), format!("bold-misty-otter\nidle-copper-newt\n{APP}\n"));
    let head = done(&reader, "curl -si /api/apps").stdout();
    assert!(
        head.starts_with("HTTP/1.1 401\n") && head.contains("x-ratelimit-remaining: "),
        "{head}"
    );
}

#[test]
fn a_build_that_fails_is_a_push_that_is_rejected() {
    let reader = demo();
    done(&reader, "git clone https://github.com/gigalixir/gigalixir-getting-started.git c && cd c");
    done(&reader, "unset GIGALIXIR_APP; gigalixir create -n brave-new-finch");
    let failed = reader.run("SANDBOX_PUSH=build_fails git push gigalixir main");
    assert_eq!(failed.status, 1);
    assert!(failed.text().contains("[remote rejected]"), "{}", failed.text());
    let other = done(&reader, "git checkout -b spike && git push gigalixir spike");
    assert!(other.text().contains("only main and master"), "{}", other.text());
    done(&reader, "git branch -M main && git push gigalixir main");
    let again = done(&reader, "git push gigalixir HEAD:main");
    assert!(again.text().contains("Everything up-to-date"), "{}", again.text());
    reader.pause();
    let page = done(&reader, "curl -sf https://brave-new-finch.gigalixirapp.com/");
    assert!(page.stdout().contains("Hello from brave-new-finch"), "{}", page.stdout());
}

#[test]
fn a_key_is_needed_for_what_goes_by_ssh() {
    let reader = demo();
    let run = done(&reader, "gigalixir ps:run echo a b");
    assert_eq!(run.stdout(), "a b\n");
    let ids = done(&reader, "gigalixir account:ssh_keys | jq -r '.[].id'").stdout();
    for id in ids.lines() {
        done(&reader, &format!("gigalixir account:ssh_keys:remove {id}"));
    }
    let run = reader.run("gigalixir ps:migrate");
    assert_eq!(run.status, 1);
    assert!(run.text().contains("account:ssh_keys:add"), "{}", run.text());
}

#[test]
fn commands_whose_prompts_are_answered() {
    let reader = Reader::new(3).unwrap();
    done(&reader, "gigalixir signup");
    done(&reader, "gigalixir account:upgrade -p WELCOME");
    assert_eq!(done(&reader, "gigalixir account | jq -r .tier").stdout(), "STANDARD\n");
    done(&reader, "gigalixir account:api_key:reset");
    done(&reader, "git init a && cd a && gigalixir create -n tidy-green-crane");
    done(&reader, "gigalixir pg:create -s 1.7");
    done(&reader, "gigalixir apps:destroy");
    assert_eq!(done(&reader, "gigalixir apps").stdout(), "[]\n\n");
    let refused = reader.run("gigalixir pg:create --free --cloud aws -a x");
    assert_eq!((refused.status, calls(&refused).len()), (1, 0));
    done(&reader, "gigalixir account:destroy");
}

#[test]
fn beside_a_real_api_nothing_is_simulated() {
    let reader = Reader::live(1).unwrap();
    done(&reader, "gigalixir login -e demo@backoffice.example -p sandbox-demo");
    done(&reader, "git clone https://github.com/gigalixir/gigalixir-getting-started.git a && cd a");
    done(&reader, &format!("gigalixir git:remote {APP}"));
    for (line, text) in [
        ("git push gigalixir", "Web pages cannot push."),
        ("gigalixir ps:migrate", "Run this in your terminal: ssh -t root@"),
        ("curl https://quiet-amber-heron.gigalixirapp.com/", "Open the address instead."),
    ] {
        let run = reader.run(line);
        assert!(run.status != 0 && run.text().contains(text), "{line}: {}", run.text());
    }
    let opened = done(&reader, "gigalixir open");
    let address = Event::Open(format!("https://{APP}.gigalixirapp.com"));
    assert!(opened.events.contains(&address), "{}", opened.text());
}

#[test]
fn what_is_answered_in_secret_is_told_nowhere() {
    let reader = Reader::new(1).unwrap();
    for line in [
        "gigalixir signup",
        "gigalixir login",
        "echo piped-in | gigalixir login -e reader@backoffice.example",
    ] {
        let run = done(&reader, line);
        let told = format!("{:?}", run.events);
        assert!(!told.contains("made-up-for-this-page"), "{told}");
    }
}

#[test]
fn an_interrupted_command_leaves_variables_as_they_were() {
    let reader = demo();
    let run = reader.run("GIGALIXIR_APP=idle-copper-newt gigalixir logs");
    assert!(run.interrupted);
    assert_eq!(done(&reader, "echo $GIGALIXIR_APP").stdout(), format!("{APP}\n"));
}
