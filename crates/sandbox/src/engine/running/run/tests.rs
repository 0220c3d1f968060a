//! Jobs in `ps` and in the logs.

use backoffice_contract::app::RunRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

const APP: &str = "mine";

fn run(command: &[&str]) -> op::RunCommand {
    let command = command.iter().map(|word| (*word).to_owned()).collect();
    op::RunCommand { app: APP.into(), body: RunRequest { command } }
}

fn deployed() -> Api {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.deploy(APP);
    api
}

/// The output of a command, without times and names.
fn output(api: &mut Api, command: &[&str]) -> Vec<String> {
    api.wait(400_000);
    let before = api.last_lines(APP, 5_000).len();
    api.call(run(command)).unwrap();
    api.wait(400_000);
    let lines = api.last_lines(APP, 5_000);
    let from_jobs = |line: &&String| line.contains("[mine-run-") || line.contains("Job mine-run-");
    let job = lines.iter().skip(before).filter(from_jobs);
    job.map(|line| line.split_once("]: ").unwrap().1.to_owned())
        .map(|text| match text.strip_prefix("Job ") {
            Some(rest) => format!("Job {}", rest.split_once(' ').unwrap().1),
            None => text,
        })
        .collect()
}

#[test]
fn a_job_runs_completes_and_disappears() {
    let mut api = deployed();
    api.call(run(&["mix", "run", "seeds.exs"])).unwrap();
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Running"]);
    assert_eq!(api.status(APP).replicas_running, 1, "a job is not a replica");
    api.wait(10_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Completed"]);
    api.wait(300_000);
    assert_eq!(api.pods(APP), ["v1 Healthy"]);
}

#[test]
fn migrations_need_a_database_and_run_once() {
    let mut api = deployed();
    let failed = output(&mut api, &["mix", "ecto.migrate"]);
    assert_eq!(failed[1], "** (RuntimeError) environment variable DATABASE_URL is missing.");
    assert_eq!(failed.last().unwrap(), "Job failed with exit code 1.");
    api.call(op::CreateFreeDatabase { app: APP.into() }).unwrap();
    let migrated = output(&mut api, &["mix", "ecto.migrate"]);
    assert_eq!(migrated[0], "Job is starting: mix ecto.migrate");
    let first =
        "[info] == Running 20260301093000 Mine.Repo.Migrations.CreateUsers.change/0 forward";
    assert_eq!(migrated[1], first);
    assert_eq!(migrated.last().unwrap(), "Job completed.");
    let again = output(&mut api, &["mix", "ecto.migrate"]);
    assert_eq!(again[1], "[info] Migrations already up");
}

#[test]
fn a_failed_job_says_so_in_ps() {
    let mut api = deployed();
    api.call(run(&["make", "coffee"])).unwrap();
    api.wait(10_000);
    let job = api.status(APP).pods.pop().unwrap();
    assert_eq!(job.last_state.terminated.unwrap().reason, "Error");
}

#[test]
fn a_few_commands_are_known() {
    let mut api = deployed();
    api.set(APP, "TOP", "hush-hush").unwrap();
    assert_eq!(output(&mut api, &["echo", "a", "b c"])[1], "a b c");
    assert_eq!(output(&mut api, &["make"])[1], "make: command not found");
    assert_eq!(output(&mut api, &["ls", "-l"])[1], "Procfile");
    let task = "** (Mix) The task \"brew\" could not be found";
    assert_eq!(output(&mut api, &["mix", "brew"])[1], task);
    let environment = output(&mut api, &["env"]);
    assert!(environment.contains(&"TOP=<hidden>".to_owned()), "{environment:?}");
    assert!(environment.contains(&"PORT=<hidden>".to_owned()), "{environment:?}");
    assert!(!api.last_lines(APP, 5_000).join("\n").contains("hush-hush"));
}

#[test]
fn a_job_is_stopped_after_five_minutes_or_by_hand() {
    let mut api = deployed();
    let long = output(&mut api, &["sleep", "99999999999999999999"]);
    assert_eq!(long[1], "sleep: invalid time interval '99999999999999999999'");
    let long = output(&mut api, &["sleep", "1000"]);
    assert_eq!(long[1], "Job was stopped: it took longer than 5 minutes.");
    api.wait(300_000);
    api.call(run(&["sleep", "100"])).unwrap();
    let job = api.status(APP).pods.pop().unwrap().name;
    api.wait(50_000);
    api.call(op::KillPod { app: APP.into(), pod: job.clone() }).unwrap();
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Completed"]);
    api.wait(100_000);
    let log = api.last_lines(APP, 5_000);
    let ends: Vec<&String> =
        log.iter().filter(|line| line.contains(&format!("Job {job} "))).collect();
    assert!(ends.len() == 2 && ends[1].ends_with("was stopped."), "{ends:?}");
}

#[test]
fn old_jobs_are_forgotten() {
    let mut api = deployed();
    for number in 0..30 {
        api.call(run(&["echo", &number.to_string()])).unwrap();
        api.wait(1_000);
    }
    let jobs = &api.world.apps.get(APP).unwrap().jobs;
    assert_eq!(jobs.len(), crate::engine::running::run::MAX_JOBS);
    assert_eq!(jobs.last().unwrap().command, ["echo", "29"]);
}

#[test]
fn there_must_be_something_to_run() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.refuse(run(&["ls"]), 422, "Deploy the app first: there is no release to run.");
    api.refuse(run(&[]), 422, "Command can't be blank.");
    api.refuse(run(&[" "]), 422, "Command can't be blank.");
}
