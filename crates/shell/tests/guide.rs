//! A page of documentation, run from its first command to its last.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_shell::Format;
use backoffice_shell::doctest::{self, Options};

const PAGE: &str = include_str!("pages/first-deploy.rst");

/// The guide of the sample site.
const GUIDE: &str = include_str!("../../../docs/sphinx/sample/getting-started.rst");

/// The page of the sample site that includes each playground by name.
const PLAYGROUND: &str = include_str!("../../../docs/sphinx/sample/playground.rst");

#[test]
fn a_page_runs_in_its_order_and_leaves_a_healthy_migrated_app() {
    leaves_a_healthy_migrated_app(PAGE, 33);
}

#[test]
fn so_does_the_guide_of_the_sample_site() {
    leaves_a_healthy_migrated_app(GUIDE, 34);
}

#[test]
fn directives_for_commands_run_as_blocks_do() {
    let (report, reader) =
        doctest::run(PLAYGROUND, Format::Restructured, &Options::default()).unwrap();
    assert_eq!(report.failure, None);
    assert_eq!(report.runs.len(), 7);
    let config = reader.run("gigalixir config -a sample-app | jq -r .GREETING").stdout();
    assert_eq!(config, "Hello, reader\n");
}

#[track_caller]
fn leaves_a_healthy_migrated_app(page: &str, commands: usize) {
    let (report, reader) = doctest::run(page, Format::Restructured, &Options::default()).unwrap();
    assert_eq!(report.failure, None);
    assert_eq!(report.runs.len(), commands);
    let mut examples: Vec<&str> = report.examples.iter().map(|(_, what)| *what).collect();
    examples.sort_unstable();
    assert_eq!(examples, ["PowerShell", "a header or a message", "a header or a message"]);

    let status = reader.run("gigalixir ps | jq -r '.pods[].status'").stdout();
    assert!(status.starts_with("Healthy\n"), "{status}");
    let database = reader.run("gigalixir pg | jq -r '.[0].state'").stdout();
    assert_eq!(database, "AVAILABLE\n");
    let again = reader.run("gigalixir ps:migrate");
    assert_eq!(again.stdout(), "[info] Migrations already up\n", "{}", again.text());
    let asked = reader.run("gigalixir logs -t -n 200 | grep -c Migrated");
    assert_eq!(asked.stdout(), "3\n");
}

#[test]
fn the_first_command_that_fails_is_told_with_its_line() {
    let page = PAGE.replace("gigalixir pg:create --free", "gigalixir pg:create --fre");
    let expected = 1 + page.lines().position(|line| line.contains("--fre")).unwrap();
    let (report, _) = doctest::run(&page, Format::Restructured, &Options::default()).unwrap();
    let failure = report.failure.unwrap();
    assert_eq!((failure.line, failure.status), (expected, 2));
    assert!(failure.output.contains("No such option: --fre"), "{}", failure.output);
}

#[test]
fn a_tab_can_be_chosen() {
    let options = Options { tab: Some("macOS".into()), ..Options::default() };
    let (report, _) = doctest::run(PAGE, Format::Restructured, &options).unwrap();
    assert_eq!(report.failure, None);
    assert_eq!(report.runs.len(), 28);
}

#[test]
fn a_run_repeats() {
    let all = || {
        let (report, _) = doctest::run(PAGE, Format::Restructured, &Options::default()).unwrap();
        report.runs.iter().map(|(_, run)| run.text()).collect::<String>()
    };
    assert_eq!(all(), all());
}
