//! The grammar of the client: every command.

use backoffice_contract::OperationId as Op;

use crate::host::QuestionKind;
use crate::programs::cli::command::Shows::{self, Data, Nothing, Notice};
use crate::programs::cli::command::{Argument, Command, Opt, Own, Shape, YES, call, one, opt, own};

const APP: Opt = opt('a', "app_name", "app", "The app; default: GIGALIXIR_APP or the git remote");
const SURE: Opt = opt('y', "yes", YES, "Skips the question").flag(true);
const DATABASE: Opt = opt('d', "database_id", "database", "The id of the database").required();
const CLOUD: Opt = opt('c', "cloud", "cloud", "gcp or aws");
const REGION: Opt = opt('r', "region", "region", "The region");
const EMAIL: Opt =
    opt('e', "email", "email", "The e-mail address").asked(QuestionKind::Email, "Email: ");
const PASSWORD: Opt =
    opt('p', "password", "current_password", "The password; asked for if missing")
        .asked(QuestionKind::Password, "Password: ");

/// The client's `-a` and nothing else.
const ONLY_APP: &[Opt] = &[APP];
const APP_AND_SURE: &[Opt] = &[APP, SURE];
const APP_AND_DATABASE: &[Opt] = &[APP, DATABASE];
const DATABASE_AND_SURE: &[Opt] = &[APP, DATABASE, SURE];
const SSH: &[Opt] = &[
    APP,
    opt('o', "ssh_opts", "ssh_opts", "More options for ssh"),
    opt('c', "ssh_cmd", "ssh_cmd", "The ssh program"),
];

/// All commands, in order.
pub(crate) const COMMANDS: &[Command] = &[
    call("access", Op::ListPermissions, Data).also(&["permissions"]).with(ONLY_APP),
    call("access:add", Op::AddPermission, Nothing)
        .also(&["add_permission"])
        .with(&[APP, opt('r', "role", "role", "COLLABORATOR or VIEWER")])
        .takes(&[one("EMAIL", "email")]),
    call("access:remove", Op::RemovePermission, Nothing)
        .also(&["delete_permission"])
        .with(ONLY_APP)
        .takes(&[one("EMAIL", "email")]),
    call("account", Op::GetAccount, Data),
    own("account:api_key:reset", Own::ResetApiKey)
        .also(&["reset_api_key"])
        .about("Replaces the API key; the old one stops working immediately.")
        .with(&[PASSWORD, SURE]),
    call("account:confirmation:resend", Op::ResendConfirmation, Notice("A mail is on its way."))
        .with(&[EMAIL]),
    call("account:destroy", Op::DestroyAccount, Notice("The account is closed."))
        .with(&[EMAIL, PASSWORD, SURE])
        .asks("Close the account for good?"),
    call(
        "account:email:set",
        Op::ChangeEmail,
        Notice("A mail to the new address asks for a confirmation."),
    )
    .also(&["set_email"])
    .with(&[
        opt('e', "email", "next_email", "The new address")
            .asked(QuestionKind::Email, "New email: "),
        PASSWORD,
    ]),
    call("account:invoices", Op::ListInvoices, Data).also(&["invoices"]),
    own("account:mfa:activate", Own::ActivateMfa).about("Sets up a second factor."),
    call("account:mfa:deactivate", Op::DeleteMfa, Data)
        .with(&[SURE])
        .asks("Turn the second factor off?"),
    own("account:mfa:recovery_codes:regenerate", Own::RecoveryCodes)
        .about("Replaces the recovery codes; the old ones stop working immediately."),
    call("account:password:change", Op::ChangePassword, Notice("The password is changed."))
        .also(&["change_password"])
        .with(&[
            opt('p', "current_password", "current_password", "The old one; asked for if missing")
                .asked(QuestionKind::Password, "Current password: "),
            opt('n', "new_password", "new_password", "The new one; asked for if missing")
                .asked(QuestionKind::NewPassword, "New password: "),
        ]),
    call("account:password:reset", Op::RequestPasswordReset, Notice("A mail is on its way."))
        .also(&["send_reset_password_token", "send_email_confirmation_token"])
        .with(&[EMAIL]),
    call("account:password:set", Op::ResetPassword, Notice("The password is set."))
        .also(&["reset_password"])
        .with(&[
            opt('t', "token", "token", "The token from the mail; asked for if missing")
                .asked(QuestionKind::Code, "Token: "),
            opt('p', "password", "password", "The new password; asked for if missing")
                .asked(QuestionKind::NewPassword, "New password: "),
        ]),
    call("account:payment_method", Op::GetPaymentMethod, Data).also(&["payment_method"]),
    call("account:payment_method:set", Op::SetPaymentMethod, Notice("The card is on file."))
        .also(&["set_payment_method"])
        .with(&[opt('t', "token", "stripe_token", "The token of the card; asked for if missing")
            .asked(QuestionKind::Card, "Card token, such as tok_visa: ")]),
    call("account:ssh_keys", Op::ListSshKeys, Data).also(&["ssh_keys"]),
    call(
        "account:ssh_keys:add",
        Op::AddSshKey,
        Notice("The key is added. It may take a few minutes to reach all containers."),
    )
    .also(&["add_ssh_key"])
    .takes(&[one("KEY", "ssh_key")]),
    call("account:ssh_keys:remove", Op::RemoveSshKey, Nothing)
        .also(&["delete_ssh_key"])
        .takes(&[one("ID", "id")]),
    call("account:upgrade", Op::UpgradeAccount, Notice("The account is on the standard tier."))
        .also(&["upgrade"])
        .with(&[
            opt('t', "token", "stripe_token", "The token of the card; asked for if missing")
                .asked(QuestionKind::Card, "Card token, such as tok_visa: "),
            opt('p', "promo_code", "promo_code", "A promotion code"),
        ]),
    call("account:usage", Op::GetUsage, Data).also(&["current_period_usage"]),
    call("account:usage:running", Op::GetRunRate, Data),
    call("apps", Op::ListApps, Data),
    call("apps:activity", Op::ListActivity, Data).with(ONLY_APP),
    own("apps:create", Own::Create)
        .also(&["create"])
        .about("Creates an app and adds its git remote.")
        .with(&[
            opt('n', "name", "unique_name", "The app's name; made up if missing"),
            CLOUD,
            REGION,
            opt('s', "stack", "stack", "The stack"),
        ]),
    call("apps:destroy", Op::DeleteApp, Data)
        .also(&["delete_app"])
        .with(APP_AND_SURE)
        .asks("Delete the app for good?"),
    call("apps:info", Op::GetApp, Data).with(ONLY_APP),
    call("canary", Op::ListCanaries, Data).with(ONLY_APP),
    call("canary:set", Op::SetCanary, Data).with(&[
        APP,
        opt('c', "canary_name", "canary", "The app that gets a share of the requests"),
        opt('w', "weight", "weight", "The share in percent").integer(),
    ]),
    call("canary:unset", Op::UnsetCanary, Nothing).with(&[
        APP,
        opt('c', "canary_name", "canary", "The app that gets a share of the requests").required(),
    ]),
    call("config", Op::ListConfigs, Data).also(&["configs"]).with(ONLY_APP),
    call("config:copy", Op::CopyConfigs, Data)
        .with(&[
            opt('s', "src_app_name", "from", "The app to copy from").required(),
            opt('d', "dst_app_name", "app", "The app to copy to").required(),
            SURE,
        ])
        .asks("Overwrite the other app's variables with these and restart it?"),
    call("config:set", Op::SetConfigs, Data)
        .also(&["set_config"])
        .with(&[
            APP,
            opt(' ', "no_restart", "avoid_restart", "Does not restart the app")
                .long_only()
                .flag(true),
        ])
        .takes(&[Argument { name: "KEY=VALUE", field: "configs", shape: Shape::Pairs }]),
    call("config:unset", Op::UnsetConfig, Data)
        .also(&["delete_config"])
        .with(ONLY_APP)
        .takes(&[one("KEY", "key")]),
    call("domains", Op::ListDomains, Data).with(ONLY_APP),
    call("domains:add", Op::AddDomain, Data)
        .also(&["add_domain"])
        .with(ONLY_APP)
        .takes(&[one("FQDN", "fqdn")]),
    call("domains:remove", Op::RemoveDomain, Nothing)
        .also(&["delete_domain"])
        .with(ONLY_APP)
        .takes(&[one("FQDN", "fqdn")]),
    call("drains", Op::ListDrains, Data).also(&["log_drains"]).with(ONLY_APP),
    call("drains:add", Op::AddDrain, Nothing)
        .also(&["add_log_drain"])
        .with(ONLY_APP)
        .takes(&[one("URL", "url")]),
    call("drains:remove", Op::RemoveDrain, Nothing)
        .also(&["delete_log_drain"])
        .with(ONLY_APP)
        .takes(&[one("DRAIN_ID", "drain_id")]),
    own("git:remote", Own::GitRemote)
        .also(&["set_git_remote"])
        .about("Adds the git remote that deploys the app.")
        .takes(&[one("APP", "name")]),
    own("help", Own::Help).about("Explains commands.").takes(&[Argument {
        name: "COMMAND",
        field: "command",
        shape: Shape::OneOrNone,
    }]),
    own("login", Own::Login).about("Signs in and keeps the API key in the netrc file.").with(&[
        opt('e', "email", "email", "The e-mail address; asked for if missing"),
        opt('p', "password", "password", "The password; asked for if missing"),
        opt('t', "mfa_token", "mfa_token", "A token of the second factor"),
        SURE,
    ]),
    own("login:google", Own::Elsewhere).about("Signs in with a Google account."),
    own("logout", Own::Logout).about("Signs out and forgets the API key."),
    own("logs", Own::Logs).about("Shows the log of an app as it is written.").with(&[
        APP,
        opt('n', "num", "num_lines", "How many earlier lines to show first").integer(),
        opt('t', "no_tail", "follow", "Ends after the earlier lines").flag(false),
    ]),
    call("maintenance:off", Op::SetMaintenance, Data)
        .about("Turns maintenance mode off.")
        .with(APP_AND_SURE)
        .sets(&[("enable", false)])
        .asks("Turn maintenance mode off?"),
    call("maintenance:on", Op::SetMaintenance, Data)
        .about("Turns maintenance mode on.")
        .with(APP_AND_SURE)
        .sets(&[("enable", true)])
        .asks("Turn maintenance mode on? Requests get a 404 until it is off."),
    own("open", Own::Open).about("Opens the app in the browser.").with(ONLY_APP),
    call("pg", Op::ListDatabases, Data).also(&["databases"]).with(ONLY_APP),
    call("pg:backups", Op::ListBackups, Data).also(&["backups"]).with(APP_AND_DATABASE),
    call("pg:backups:restore", Op::RestoreBackup, Data).also(&["restore_backup"]).with(&[
        APP,
        DATABASE,
        opt('b', "backup_id", "backup", "The id of the backup").required(),
    ]),
    own("pg:create", Own::CreateDatabase)
        .also(&["create_database"])
        .about("Creates a database.")
        .with(&[
            APP,
            opt('f', "free", "free", "The free database").flag(true),
            SURE,
            opt('s', "size", "size", "Memory in GB; 0.6 by default").number(),
            CLOUD,
            REGION,
            opt('v', "version", "version", "The version, such as POSTGRES_16"),
        ])
        .asks("A free database has 2 connections, 10,000 rows and no backups. Create it?"),
    call("pg:destroy", Op::DeleteDatabase, Nothing)
        .also(&["delete_database", "delete_free_database"])
        .with(DATABASE_AND_SURE)
        .asks("Delete the database and its backups for good?"),
    own("pg:psql", Own::Psql).also(&["psql"]).about("Opens a database's console.").with(ONLY_APP),
    call("pg:read_replicas", Op::ListReadReplicas, Data).with(APP_AND_DATABASE),
    call(
        "pg:read_replicas:create",
        Op::CreateReadReplica,
        Notice("The read replica is being created, which takes a few minutes."),
    )
    .with(&[APP, DATABASE, opt('s', "size", "size", "Memory in GB").number().or(0.6)]),
    call("pg:restart", Op::RestartDatabase, Nothing)
        .with(DATABASE_AND_SURE)
        .asks("Restart the database? It is unavailable for a moment."),
    call("pg:scale", Op::ScaleDatabase, Nothing).also(&["scale_database"]).with(&[
        APP,
        DATABASE,
        opt('s', "size", "size", "Memory in GB").number(),
        opt(' ', "high_availability", "high_availability", "enabled or disabled").long_only(),
    ]),
    call("pg:start", Op::StartDatabase, Nothing).with(APP_AND_DATABASE),
    call("pg:stop", Op::StopDatabase, Nothing)
        .with(DATABASE_AND_SURE)
        .asks("Stop the database? Apps cannot reach it until you start it."),
    call("pg:upgrade", Op::UpgradeDatabase, Data)
        .with(APP_AND_DATABASE)
        .takes(&[one("VERSION", "version")]),
    call("ps", Op::GetStatus, Data).also(&["status"]).with(ONLY_APP),
    own("ps:distillery", Own::Distillery)
        .also(&["distillery"])
        .about("Runs a command of the release in a running container.")
        .with(SSH)
        .takes(&[Argument { name: "COMMAND", field: "command", shape: Shape::RestOrNone }]),
    call("ps:kill", Op::KillPod, Data)
        .with(&[APP, opt('p', "pod", "pod", "The name of the pod").required(), SURE])
        .asks("Delete the pod? Another one takes its place."),
    own("ps:migrate", Own::Migrate)
        .also(&["migrate"])
        .about("Runs migrations in a running container.")
        .with(&[
            APP,
            opt('m', "migration_app_name", "migration_app", "The app with the migrations"),
            opt('o', "ssh_opts", "ssh_opts", "More options for ssh"),
            opt('c', "ssh_cmd", "ssh_cmd", "The ssh program"),
        ]),
    own("ps:observer", Own::Observer)
        .also(&["observer"])
        .about("Opens Erlang's observer on a running node.")
        .with(&[APP, opt(' ', "cookie", "cookie", "The node's cookie").long_only()]),
    own("ps:remote_console", Own::Interactive)
        .also(&["remote_console"])
        .about("Opens a console on a running node.")
        .with(SSH),
    call("ps:restart", Op::RestartApp, Data).also(&["restart"]).with(ONLY_APP),
    own("ps:run", Own::RemoteRun)
        .about("Runs a command in a running container.")
        .with(SSH)
        .takes(&[Argument { name: "COMMAND", field: "command", shape: Shape::Rest }]),
    call("ps:scale", Op::ScaleApp, Data).also(&["scale"]).with(&[
        APP,
        opt('r', "replicas", "replicas", "How many containers").integer(),
        opt('s', "size", "size", "Memory of each, in GB").number(),
    ]),
    own("ps:ssh", Own::Interactive)
        .also(&["ssh"])
        .about("Opens a shell in a running container.")
        .with(SSH),
    call("releases", Op::ListReleases, Data).with(ONLY_APP),
    own("releases:rollback", Own::Rollback)
        .also(&["rollback"])
        .about("Rolls back to a version, by default to the one before the newest.")
        .with(&[APP, opt('r', "version", "version", "The version")]),
    call(
        "run",
        Op::RunCommand,
        Shows::Text(
            "Starting a container that runs {command...}\n\
             Its output is in `gigalixir logs -a {app}`.\n\
             Its state is in `gigalixir ps -a {app}`.",
        ),
    )
    .also(&["job"])
    .with(ONLY_APP)
    .takes(&[Argument { name: "COMMAND", field: "command", shape: Shape::Rest }]),
    own("signup", Own::Signup).about("Creates an account, step by step."),
    own("signup:google", Own::Elsewhere).about("Creates an account with a Google account."),
    call("stack:set", Op::SetStack, Nothing)
        .also(&["set_stack"])
        .with(&[APP, opt('s', "stack", "stack", "The stack").required()]),
    own("version", Own::Version).about("Shows the client's own version."),
];

/// The command with this name or alias.
pub(crate) fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name || command.aliases.contains(&name))
}

/// All names and aliases.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS
        .iter()
        .flat_map(|command| [command.name].into_iter().chain(command.aliases.iter().copied()))
}

#[cfg(test)]
mod tests;
