//! The endpoint table: every fact about an endpoint, written once.
//!
//! [`for_each_endpoint`] hands the rows to a macro of the caller's. From them come
//! the typed operations and their metadata here, the sandbox's handler trait (a
//! missing handler does not compile), its routes, the command shown beside every
//! button, and the OpenAPI document.

pub mod cli;
pub mod endpoint;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod operation;
pub mod preview;
pub mod route;
pub mod untyped;

/// Everything that rows name as a query, body or response.
pub(crate) mod types {
    pub(crate) use crate::answer::envelope::{Message, Nothing};
    pub(crate) use crate::network::*;
    pub(crate) use crate::types::account::*;
    pub(crate) use crate::types::app::*;
    pub(crate) use crate::types::billing::*;
    pub(crate) use crate::types::config::*;
    pub(crate) use crate::types::database::*;
    pub(crate) use crate::types::release::*;
    pub(crate) use crate::types::session::*;
}

/// Calls the macro `$callback` once with all rows.
///
/// A row reads: documentation, `operation_id OperationType METHOD "path"`, then in
/// this order `path` (the parameters), `secret` (those at its end that must not be
/// shown), `query`, `body`, `response` (the shape of `data`), `success` (statuses), `rules` ([`Auth`](crate::Auth),
/// [`LimitClass`](crate::LimitClass), [`Retry`](crate::Retry),
/// [`Effect`](crate::Effect)), `streams` (a media type, for what is not enveloped)
/// and `cli` (the command that does the same).
///
/// In `cli`, `{name}` is filled from path, query or body (`{a.b}` descends), a
/// group in brackets is left out when one of its values is missing, `{name...}`
/// spreads a list of arguments or a map of assignments, and `{?name}` keeps its
/// group when the value is true, `{!name}` when it is false.
#[macro_export]
macro_rules! for_each_endpoint {
    ($callback:ident) => {
        $callback! {
            /// Signs in with e-mail address and password.
            create_session CreateSession POST "/api/session" {
                body: SessionRequest,
                response: SessionTokens,
                success: [200],
                rules: Public Credentials Once Changes,
                cli: "gigalixir login -e {user.email}",
            }
            /// Exchanges the renewal token for a new pair of tokens.
            renew_session RenewSession POST "/api/session/renew" {
                response: SessionTokens,
                success: [200],
                rules: Renewal Standard Once Changes,
            }
            /// Ends the session and both of its tokens.
            delete_session DeleteSession DELETE "/api/session" {
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir logout",
            }
            /// Exchanges e-mail address and password for the API key.
            login Login GET "/api/login" {
                query: LoginQuery,
                response: ApiKey,
                success: [200],
                rules: Password Credentials Idempotent Reads,
                cli: "gigalixir login",
            }
            /// Starts a sign-in or sign-up through another provider.
            start_oauth StartOauth POST "/api/oauth/{provider}" {
                path: (provider),
                response: OauthStart,
                success: [201],
                rules: Public Credentials Once Changes,
                cli: "gigalixir login:{provider}",
            }
            /// Asks whether the other provider has answered yet; 204 means that it has not.
            poll_oauth PollOauth GET "/api/oauth/{provider}/{session}" {
                path: (provider),
                secret: (session),
                response: OauthResult,
                success: [200, 204],
                rules: Public Credentials Idempotent Reads,
            }
            /// Takes one step of signing up.
            signup Signup POST "/api/signup" {
                body: SignupRequest,
                response: SignupProgress,
                success: [200, 202],
                rules: Public Credentials Once Creates,
                cli: "gigalixir signup",
            }
            /// Shows who is signed in, on which tier.
            get_account GetAccount GET "/api/users" {
                response: Account,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir account",
            }
            /// Replaces the password.
            change_password ChangePassword PATCH "/api/users/change_password" {
                body: ChangePasswordRequest,
                response: Message,
                success: [200],
                rules: Access Credentials Once Changes,
                cli: "gigalixir account:password:change",
            }
            /// Sends a mail with a link that resets the password.
            request_password_reset RequestPasswordReset PUT "/api/users/reset_password" {
                body: EmailRequest,
                response: Nothing,
                success: [200],
                rules: Public Credentials Once Changes,
                cli: "gigalixir account:password:reset -e {email}",
            }
            /// Sets a new password with the token from the mail.
            reset_password ResetPassword POST "/api/users/reset_password" {
                body: ResetPasswordRequest,
                response: Nothing,
                success: [200],
                rules: Public Credentials Once Changes,
                cli: "gigalixir account:password:set",
            }
            /// Sends the confirmation mail again.
            resend_confirmation ResendConfirmation PUT "/api/users/reconfirm_email" {
                body: EmailRequest,
                response: Nothing,
                success: [200],
                rules: Public Credentials Once Changes,
                cli: "gigalixir account:confirmation:resend -e {email}",
            }
            /// Starts changing the e-mail address.
            change_email ChangeEmail POST "/api/users/email" {
                body: ChangeEmailRequest,
                response: Nothing,
                success: [200],
                rules: Access Credentials Once Changes,
                cli: "gigalixir account:email:set -e {next_email}",
            }
            /// Closes the account.
            destroy_account DestroyAccount DELETE "/api/users/destroy" {
                body: DestroyAccountRequest,
                response: Nothing,
                success: [200],
                rules: Access Credentials Once Destroys,
                cli: "gigalixir account:destroy -e {email}",
            }
            /// Moves the account to the standard tier.
            upgrade_account UpgradeAccount POST "/api/upgrade" {
                body: UpgradeRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Once Creates,
                cli: "gigalixir account:upgrade[ -p {promo_code}]",
            }
            /// Replaces the API key; the old one stops working at once.
            regenerate_api_key RegenerateApiKey POST "/api/api_keys/regenerate" {
                body: CurrentPasswordRequest,
                response: ApiKey,
                success: [201],
                rules: Access Credentials Once Destroys,
                cli: "gigalixir account:api_key:reset",
            }
            /// Starts setting up a second factor.
            start_mfa StartMfa POST "/api/mfa/start" {
                response: MfaStart,
                success: [200],
                rules: Access Standard Once Changes,
                cli: "gigalixir account:mfa:activate",
            }
            /// Confirms the second factor with a first token.
            verify_mfa VerifyMfa POST "/api/mfa/verify" {
                body: MfaToken,
                response: MfaVerified,
                success: [200],
                rules: Access Credentials Once Changes,
                cli: "gigalixir account:mfa:activate",
            }
            /// Removes the second factor.
            delete_mfa DeleteMfa DELETE "/api/mfa" {
                response: Message,
                success: [200],
                rules: Access Standard Idempotent Destroys,
                cli: "gigalixir account:mfa:deactivate",
            }
            /// Replaces the recovery codes; the old ones stop working at once.
            regenerate_recovery_codes RegenerateRecoveryCodes POST "/api/mfa/recovery_codes" {
                response: MfaVerified,
                success: [200],
                rules: Access Standard Once Destroys,
                cli: "gigalixir account:mfa:recovery_codes:regenerate",
            }
            /// Lists the SSH keys of the account.
            list_ssh_keys ListSshKeys GET "/api/ssh_keys" {
                response: Vec<SshKey>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir account:ssh_keys",
            }
            /// Adds a public SSH key to the account.
            add_ssh_key AddSshKey POST "/api/ssh_keys" {
                body: AddSshKeyRequest,
                response: Nothing,
                success: [201],
                rules: Access Standard Once Changes,
                cli: "gigalixir account:ssh_keys:add {ssh_key}",
            }
            /// Removes an SSH key from the account.
            remove_ssh_key RemoveSshKey DELETE "/api/ssh_keys" {
                body: RemoveSshKeyRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir account:ssh_keys:remove {id}",
            }
            /// Shows the card on file; 404 means that there is none.
            get_payment_method GetPaymentMethod GET "/api/payment_methods" {
                response: PaymentMethod,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir account:payment_method",
            }
            /// Replaces the card on file.
            set_payment_method SetPaymentMethod PUT "/api/payment_methods" {
                body: CardRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir account:payment_method:set",
            }
            /// Lists the invoices.
            list_invoices ListInvoices GET "/api/invoices" {
                response: Vec<Invoice>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir account:invoices",
            }
            /// Shows what this period has cost so far, app by app.
            get_usage GetUsage GET "/api/usage" {
                response: Vec<UsageLine>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir account:usage",
            }
            /// Shows what a period costs if nothing changes.
            get_run_rate GetRunRate GET "/api/usage/run_rate" {
                response: RunRate,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir account:usage:running",
            }
            /// Lists the apps with their desired state.
            list_apps ListApps GET "/api/apps" {
                response: Vec<App>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir apps",
            }
            /// Creates an app; without a name, the platform picks one.
            create_app CreateApp POST "/api/apps" {
                body: CreateAppRequest,
                response: App,
                success: [201],
                rules: Access Standard Once Creates,
                cli: "gigalixir create[ -n {unique_name}][ --cloud {cloud}][ --region {region}][ --stack {stack}]",
            }
            /// Shows one app with its desired state.
            get_app GetApp GET "/api/apps/{app}" {
                path: (app),
                response: App,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir apps:info -a {app}",
            }
            /// Deletes an app.
            delete_app DeleteApp DELETE "/api/apps/{app}" {
                path: (app),
                response: Message,
                success: [200],
                rules: Access Standard Idempotent Destroys,
                cli: "gigalixir apps:destroy -a {app}",
            }
            /// Shows what is running now.
            get_status GetStatus GET "/api/apps/{app}/status" {
                path: (app),
                response: AppStatus,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir ps -a {app}",
            }
            /// Deletes one pod; another takes its place.
            kill_pod KillPod DELETE "/api/apps/{app}/pods/{pod}" {
                path: (app, pod),
                response: Message,
                success: [202],
                rules: Access Standard Idempotent Restarts,
                cli: "gigalixir ps:kill -a {app} -p {pod}",
            }
            /// Changes the number of replicas, their size, or both.
            scale_app ScaleApp PUT "/api/apps/{app}/scale" {
                path: (app),
                body: ScaleRequest,
                response: Scale,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir ps:scale -a {app}[ -r {replicas}][ -s {size}]",
            }
            /// Replaces the running pods one by one.
            restart_app RestartApp PUT "/api/apps/{app}/restart" {
                path: (app),
                response: Message,
                success: [200],
                rules: Access Standard Once Restarts,
                cli: "gigalixir ps:restart -a {app}",
            }
            /// Runs a command in a fresh container; its output goes to the logs.
            run_command RunCommand POST "/api/apps/{app}/run" {
                path: (app),
                body: RunRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Once Creates,
                cli: "gigalixir run -a {app} {command...}",
            }
            /// Streams the log lines of all containers.
            stream_logs StreamLogs GET "/api/apps/{app}/logs" {
                path: (app),
                query: LogsQuery,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Reads,
                streams: "text/plain; charset=utf-8",
                cli: "gigalixir logs -a {app}[ -n {num_lines}]",
            }
            /// Chooses the stack that later deploys build on.
            set_stack SetStack PUT "/api/apps/{app}/stack" {
                path: (app),
                body: StackRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir stack:set -a {app} -s {stack}",
            }
            /// Turns maintenance mode on or off.
            set_maintenance SetMaintenance PUT "/api/apps/{app}/maintenance" {
                path: (app),
                body: MaintenanceRequest,
                response: Message,
                success: [200],
                rules: Access Standard Idempotent Interrupts,
                cli: "gigalixir maintenance:[{?enable}on][{!enable}off] -a {app}",
            }
            /// Lists what was done to an app, and by whom.
            list_activity ListActivity GET "/api/apps/{app}/activity" {
                path: (app),
                response: Vec<ActivityEntry>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir apps:activity -a {app}",
            }
            /// Shows processor and memory use over time.
            get_stats GetStats GET "/api/apps/{app}/stats" {
                path: (app),
                response: Stats,
                success: [200],
                rules: Access Standard Idempotent Reads,
            }
            /// Shows the address that SSH connects to.
            get_ssh_ip GetSshIp GET "/api/apps/{app}/ssh_ip" {
                path: (app),
                response: SshIp,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir ps:ssh -a {app}",
            }
            /// Shows the code that a remote observer evaluates on the node.
            get_observer_commands GetObserverCommands GET "/api/apps/{app}/observer-commands" {
                path: (app),
                response: ObserverCommands,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir ps:observer -a {app}",
            }
            /// Lists the releases, newest first.
            list_releases ListReleases GET "/api/apps/{app}/releases" {
                path: (app),
                response: Vec<Release>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir releases -a {app}",
            }
            /// Shows the newest release.
            get_latest_release GetLatestRelease GET "/api/apps/{app}/releases/latest" {
                path: (app),
                response: LatestRelease,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir ps:distillery -a {app}",
            }
            /// Releases an older version again.
            rollback_release RollbackRelease POST "/api/apps/{app}/releases/{version}/rollback" {
                path: (app, version),
                response: Message,
                success: [200],
                rules: Access Standard Once Releases,
                cli: "gigalixir releases:rollback -a {app} -r {version}",
            }
            /// Shows the config variables that the user has set.
            list_configs ListConfigs GET "/api/apps/{app}/configs" {
                path: (app),
                response: Configs,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir config -a {app}",
            }
            /// Sets config variables; others keep their values.
            set_configs SetConfigs POST "/api/apps/{app}/configs" {
                path: (app),
                body: SetConfigsRequest,
                response: Value,
                success: [201],
                rules: Access Standard Once Releases,
                cli: "gigalixir config:set -a {app} {configs...}[{?avoid_restart} --no_restart]",
            }
            /// Removes one config variable.
            unset_config UnsetConfig DELETE "/api/apps/{app}/configs" {
                path: (app),
                body: UnsetConfigRequest,
                response: Message,
                success: [200],
                rules: Access Standard Idempotent Releases,
                cli: "gigalixir config:unset -a {app} {key}",
            }
            /// Copies the config of another app over this one's.
            copy_configs CopyConfigs POST "/api/apps/{app}/configs/copy" {
                path: (app),
                body: CopyConfigsRequest,
                response: Value,
                success: [200],
                rules: Access Standard Once Releases,
                cli: "gigalixir config:copy -s {from} -d {app}",
            }
            /// Lists the databases of an app, deleted ones included.
            list_databases ListDatabases GET "/api/apps/{app}/databases" {
                path: (app),
                response: Vec<Database>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir pg -a {app}",
            }
            /// Creates the free database.
            create_free_database CreateFreeDatabase POST "/api/apps/{app}/free_databases" {
                path: (app),
                response: Database,
                success: [201],
                rules: Access Standard Once Creates,
                cli: "gigalixir pg:create --free -a {app}",
            }
            /// Creates a standard database, which takes minutes.
            create_database CreateDatabase POST "/api/apps/{app}/databases" {
                path: (app),
                body: CreateDatabaseRequest,
                response: Database,
                success: [201],
                rules: Access Standard Once Creates,
                cli: "gigalixir pg:create -a {app} -s {size}[ --cloud {cloud}][ --region {region}][ -v {version}]",
            }
            /// Changes the size of a standard database, with downtime.
            scale_database ScaleDatabase PUT "/api/apps/{app}/databases/{database}" {
                path: (app, database),
                body: ScaleDatabaseRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Interrupts,
                cli: "gigalixir pg:scale -a {app} -d {database}[ -s {size}][ --high_availability {high_availability}]",
            }
            /// Deletes a database and its backups.
            delete_database DeleteDatabase DELETE "/api/apps/{app}/databases/{database}" {
                path: (app, database),
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Destroys,
                cli: "gigalixir pg:destroy -a {app} -d {database}",
            }
            /// Lists the read replicas of a database.
            list_read_replicas ListReadReplicas GET "/api/apps/{app}/databases/{database}/read_replicas" {
                path: (app, database),
                response: Vec<Database>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir pg:read_replicas -a {app} -d {database}",
            }
            /// Creates a read replica of a standard database.
            create_read_replica CreateReadReplica POST "/api/apps/{app}/databases/{database}/read_replicas" {
                path: (app, database),
                body: ReadReplicaRequest,
                response: Nothing,
                success: [201],
                rules: Access Standard Once Creates,
                cli: "gigalixir pg:read_replicas:create -a {app} -d {database}[ -s {size}]",
            }
            /// Lists the backups of a database.
            list_backups ListBackups GET "/api/apps/{app}/databases/{database}/backups" {
                path: (app, database),
                response: Vec<Backup>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir pg:backups -a {app} -d {database}",
            }
            /// Puts a backup in place of what the database holds now.
            restore_backup RestoreBackup POST "/api/apps/{app}/databases/{database}/backups/{backup}/restore" {
                path: (app, database, backup),
                response: Value,
                success: [200],
                rules: Access Standard Once Destroys,
                cli: "gigalixir pg:backups:restore -a {app} -d {database} -b {backup}",
            }
            /// Restarts a database.
            restart_database RestartDatabase PUT "/api/apps/{app}/databases/{database}/restart" {
                path: (app, database),
                response: Nothing,
                success: [200],
                rules: Access Standard Once Interrupts,
                cli: "gigalixir pg:restart -a {app} -d {database}",
            }
            /// Stops a database.
            stop_database StopDatabase PUT "/api/apps/{app}/databases/{database}/stop" {
                path: (app, database),
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Interrupts,
                cli: "gigalixir pg:stop -a {app} -d {database}",
            }
            /// Starts a stopped database.
            start_database StartDatabase PUT "/api/apps/{app}/databases/{database}/start" {
                path: (app, database),
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir pg:start -a {app} -d {database}",
            }
            /// Upgrades a database to another major version, with downtime.
            upgrade_database UpgradeDatabase POST "/api/apps/{app}/databases/{database}/upgrade" {
                path: (app, database),
                body: UpgradeDatabaseRequest,
                response: Value,
                success: [200],
                rules: Access Standard Once Interrupts,
                cli: "gigalixir pg:upgrade -a {app} -d {database} {version}",
            }
            /// Lists the custom domains of an app.
            list_domains ListDomains GET "/api/apps/{app}/domains" {
                path: (app),
                response: Vec<Domain>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir domains -a {app}",
            }
            /// Adds a custom domain; the answer says which record to create.
            add_domain AddDomain POST "/api/apps/{app}/domains" {
                path: (app),
                body: DomainRequest,
                response: Domain,
                success: [201],
                rules: Access Standard Once Changes,
                cli: "gigalixir domains:add -a {app} {fqdn}",
            }
            /// Removes a custom domain.
            remove_domain RemoveDomain DELETE "/api/apps/{app}/domains" {
                path: (app),
                body: DomainRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir domains:remove -a {app} {fqdn}",
            }
            /// Lists the log drains of an app.
            list_drains ListDrains GET "/api/apps/{app}/drains" {
                path: (app),
                response: Vec<Drain>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir drains -a {app}",
            }
            /// Adds a log drain.
            add_drain AddDrain POST "/api/apps/{app}/drains" {
                path: (app),
                body: AddDrainRequest,
                response: Nothing,
                success: [201],
                rules: Access Standard Once Changes,
                cli: "gigalixir drains:add -a {app} {url}",
            }
            /// Removes a log drain.
            remove_drain RemoveDrain DELETE "/api/apps/{app}/drains" {
                path: (app),
                body: RemoveDrainRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir drains:remove -a {app} {drain_id}",
            }
            /// Lists who has access to an app.
            list_permissions ListPermissions GET "/api/apps/{app}/permissions" {
                path: (app),
                response: Permissions,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir access -a {app}",
            }
            /// Gives somebody access to an app.
            add_permission AddPermission POST "/api/apps/{app}/permissions" {
                path: (app),
                body: AddPermissionRequest,
                response: Nothing,
                success: [201],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir access:add -a {app} {email}[ --role {role}]",
            }
            /// Takes away somebody's access to an app.
            remove_permission RemovePermission DELETE "/api/apps/{app}/permissions" {
                path: (app),
                body: EmailRequest,
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir access:remove -a {app} {email}",
            }
            /// Shows which app gets a share of this app's traffic.
            list_canaries ListCanaries GET "/api/apps/{app}/canaries" {
                path: (app),
                response: Vec<Canary>,
                success: [200],
                rules: Access Standard Idempotent Reads,
                cli: "gigalixir canary -a {app}",
            }
            /// Sends a share of this app's traffic to another app.
            set_canary SetCanary PUT "/api/apps/{app}/canaries" {
                path: (app),
                body: CanaryRequest,
                response: Value,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir canary:set -a {app}[ -c {canary}][ -w {weight}]",
            }
            /// Takes the canary away.
            unset_canary UnsetCanary DELETE "/api/apps/{app}/canaries/{canary}" {
                path: (app, canary),
                response: Nothing,
                success: [200],
                rules: Access Standard Idempotent Changes,
                cli: "gigalixir canary:unset -a {app} -c {canary}",
            }
        }
    };
}
