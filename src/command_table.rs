//! `docs/cli.md`: each command of the command-line client with its place in the console.
//!
//! The commands of operations come from the endpoint table, their pages from
//! [`place_of`]. Run with `UPDATE_CLI_TABLE=1` after changing either.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use backoffice_contract::OperationId;

use crate::components::frame::whereabouts::{Place, place_of};
use crate::nav::{AppPage, Page};

/// All commands of version 1.16.1 of the client, without aliases.
const COMMANDS: &str = "
    help version signup signup:google login login:google logout
    account account:upgrade account:destroy account:email:set account:confirmation:resend
    account:password:change account:password:reset account:password:set account:api_key:reset
    account:mfa:activate account:mfa:deactivate account:mfa:recovery_codes:regenerate
    account:ssh_keys account:ssh_keys:add account:ssh_keys:remove
    account:payment_method account:payment_method:set account:invoices
    account:usage account:usage:running
    apps apps:create apps:info apps:activity apps:destroy git:remote open stack:set
    maintenance:on maintenance:off
    ps ps:scale ps:restart ps:kill ps:run ps:ssh ps:remote_console ps:migrate ps:observer
    ps:distillery run logs
    releases releases:rollback config config:set config:unset config:copy
    pg pg:create pg:scale pg:destroy pg:psql pg:restart pg:stop pg:start pg:upgrade
    pg:backups pg:backups:restore pg:read_replicas pg:read_replicas:create
    domains domains:add domains:remove drains drains:add drains:remove
    access access:add access:remove canary canary:set canary:unset
";

/// Other names of commands.
const ALIASES: [(&str, &str); 22] = [
    ("configs", "config"),
    ("create", "apps:create"),
    ("create_database", "pg:create"),
    ("current_period_usage", "account:usage"),
    ("databases", "pg"),
    ("delete_app", "apps:destroy"),
    ("delete_database", "pg:destroy"),
    ("invoices", "account:invoices"),
    ("log_drains", "drains"),
    ("migrate", "ps:migrate"),
    ("observer", "ps:observer"),
    ("permissions", "access"),
    ("remote_console", "ps:remote_console"),
    ("restart", "ps:restart"),
    ("rollback", "releases:rollback"),
    ("scale", "ps:scale"),
    ("scale_database", "pg:scale"),
    ("set_git_remote", "git:remote"),
    ("ssh", "ps:ssh"),
    ("ssh_keys", "account:ssh_keys"),
    ("status", "ps"),
    ("upgrade", "account:upgrade"),
];

/// Where the console has a command that the endpoint table does not name.
enum Elsewhere {
    /// The page does the same.
    Done(Place),
    /// The page shows the command, filled in and ready to copy.
    Shown(Place),
    /// It is about the shell itself.
    Shell,
}

/// Commands that call no operation of the API, or not the one they are named after.
const ELSEWHERE: [(&str, Elsewhere, &str); 10] = [
    ("help [COMMAND]", Elsewhere::Shell, "Explains the client's own commands."),
    ("version", Elsewhere::Shell, "Shows the client's own version."),
    ("signup:google", Elsewhere::Done(Place::On(Page::SignUp)), "Signs up with a Google account."),
    (
        "git:remote APP",
        Elsewhere::Shown(Place::InApp(AppPage::Overview)),
        "Adds the git remote that deploys the app.",
    ),
    (
        "open -a APP",
        Elsewhere::Done(Place::InApp(AppPage::Overview)),
        "Opens the app in the browser.",
    ),
    (
        "ps:run -a APP COMMAND…",
        Elsewhere::Shown(Place::InApp(AppPage::Terminal)),
        "Runs a command in a running container.",
    ),
    (
        "ps:remote_console -a APP",
        Elsewhere::Shown(Place::InApp(AppPage::Terminal)),
        "Opens a console on a running node.",
    ),
    (
        "ps:migrate -a APP",
        Elsewhere::Shown(Place::InApp(AppPage::Terminal)),
        "Runs migrations in a running container.",
    ),
    (
        "pg:psql -a APP",
        Elsewhere::Shown(Place::InApp(AppPage::Databases)),
        "Opens a database's console.",
    ),
    (
        "git push gigalixir",
        Elsewhere::Shown(Place::InApp(AppPage::Overview)),
        "Builds and releases the pushed commits.",
    ),
];

/// One line of the table.
#[derive(Default)]
struct Row {
    what: Vec<&'static str>,
    place: String,
}

fn rows() -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::<String, Row>::new();
    for id in OperationId::ALL {
        if let Some(template) = id.endpoint().cli {
            for command in alternatives(template) {
                let row = rows.entry(usage(&command)).or_default();
                row.what.push(id.endpoint().summary);
                row.place = operation_place(*id);
            }
        }
    }
    for (command, elsewhere, what) in ELSEWHERE {
        let place = match elsewhere {
            Elsewhere::Done(page) => link(page),
            Elsewhere::Shown(page) => format!("{} shows the command", link(page)),
            Elsewhere::Shell => "in your shell only".to_owned(),
        };
        rows.insert(command.to_owned(), Row { what: vec![what], place });
    }
    rows
}

fn operation_place(id: OperationId) -> String {
    let place = place_of(id);
    match place {
        Place::InApp(AppPage::Terminal) => format!("{} shows the command", link(place)),
        Place::On(_) | Place::InApp(_) => link(place),
        Place::Everywhere => "Below the menu of every page".to_owned(),
        Place::ByItself => "automatically, when needed".to_owned(),
    }
}

/// The page's name and address.
fn link(place: Place) -> String {
    let name = match place {
        Place::On(page) => page.title(),
        Place::InApp(page) => page.title(),
        Place::Everywhere | Place::ByItself => unreachable!("on no page"),
    };
    format!("{name} (`{}`)", place.address("APP").unwrap())
}

/// The commands of a template: two when one of its words depends on a flag, otherwise one.
fn alternatives(template: &str) -> Vec<String> {
    let word = |group: &str| group.split_once('}').map(|(_, word)| word.to_owned());
    let parts = || {
        let (before, rest) = template.split_once("[{?")?;
        let (on, rest) = rest.split_once("][{!")?;
        let (off, after) = rest.split_once(']')?;
        Some([word(on)?, word(off)?].map(|word| format!("{before}{word}{after}")).to_vec())
    };
    parts().unwrap_or_else(|| vec![template.to_owned()])
}

/// A template of the endpoint table as a manual writes it.
fn usage(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template.strip_prefix("gigalixir ").unwrap_or(template);
    while let Some(at) = rest.find(['[', '{']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(group) = after.strip_prefix('[') {
            out.push_str(" [");
            // The condition of a group is not part of the command.
            let condition = group.split_once("} ").filter(|(name, _)| name.starts_with("{?"));
            rest = condition.map_or_else(|| group.trim_start(), |(_, rest)| rest);
        } else {
            let (name, tail) = after.trim_start_matches('{').split_once('}').unwrap();
            out.push_str(&placeholder(name));
            rest = tail;
        }
    }
    out + rest
}

fn placeholder(name: &str) -> String {
    match name {
        // The one provider that the client knows.
        "provider" => "google".to_owned(),
        "configs..." => "KEY=VALUE…".to_owned(),
        _ => match name.strip_suffix("...") {
            Some(list) => format!("{}…", list.to_uppercase()),
            None => name.rsplit('.').next().unwrap_or(name).to_uppercase(),
        },
    }
}

/// The name of the command that a usage line is about, as [`COMMANDS`] has it.
fn name(usage: &str) -> &str {
    let name = usage.split(' ').next().unwrap_or_default();
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name)
}

fn page() -> String {
    let mut page = String::from(
        "# The command line and the console\n\n\
         Each command of the platform's command-line client, and where the console does the same.\n\
         This page is generated from the endpoint table by `UPDATE_CLI_TABLE=1 cargo test -p backoffice-console --lib command_table`.\n\n\
         Beside each action the console shows the command, filled in. All but `git push` begin with `gigalixir`.\n\n\
         | command | in the console | what it does |\n\
         | --- | --- | --- |\n",
    );
    for (command, Row { what, place }) in rows() {
        writeln!(page, "| `{command}` | {place} | {} |", what.join(" ")).unwrap();
    }
    page.push_str("\n## Other names\n\n| alias | command |\n| --- | --- |\n");
    for (alias, command) in ALIASES {
        writeln!(page, "| `{alias}` | `{command}` |").unwrap();
    }
    page
}

#[test]
fn the_page_in_docs_is_current() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let expected = page();
    if std::env::var_os("UPDATE_CLI_TABLE").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == expected,
        "docs/cli.md is out of date: run UPDATE_CLI_TABLE=1 cargo test -p backoffice-console --lib command_table"
    );
}

#[test]
fn every_command_has_its_place_and_no_other_has() {
    let rows = rows();
    let placed: BTreeSet<&str> = rows.keys().map(|usage| name(usage)).collect();
    let mut known: BTreeSet<&str> = COMMANDS.split_whitespace().collect();
    // Git's own, as is the push.
    known.insert("git");
    assert_eq!(placed, known);
    for (alias, command) in ALIASES {
        assert!(known.contains(command) && !known.contains(alias), "{alias}");
    }
}

#[test]
fn templates_read_as_in_a_manual() {
    assert_eq!(
        usage("gigalixir ps:scale -a {app}[ -r {replicas}]"),
        "ps:scale -a APP [-r REPLICAS]"
    );
    assert_eq!(
        usage("gigalixir config:set -a {app} {configs...}[{?avoid_restart} --no_restart]"),
        "config:set -a APP KEY=VALUE… [--no_restart]"
    );
    assert_eq!(usage("gigalixir login -e {user.email}"), "login -e EMAIL");
    assert_eq!(usage("gigalixir login:{provider}"), "login:google");
}
