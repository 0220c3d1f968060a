//! Which function answers which operation: the sandbox's table of contents.

use backoffice_contract::op;

use crate::engine::account::{
    billing, email_change, mfa, oauth, password, payment, session, signup, ssh_keys,
};
use crate::engine::app::{
    access, activity, apps, canaries, config_vars, database, domains, drains, observer, release,
    scale, stats, status,
};
use crate::engine::protocol::handlers::{Context, Handlers};
use crate::engine::protocol::reply::Outcome;
use crate::engine::running::{logs, run};
use crate::engine::{World, account};

macro_rules! answer_operations {
    ($($id:ident $Op:ident => $handler:path,)+) => {
        impl Handlers for World {
            $(
                fn $id(&mut self, cx: &Context<'_>, op: op::$Op) -> Outcome<op::$Op> {
                    $handler(self, cx, op)
                }
            )+
        }
    };
}

answer_operations! {
    create_session CreateSession => session::create,
    renew_session RenewSession => session::renew,
    delete_session DeleteSession => session::delete,
    login Login => session::login,
    start_oauth StartOauth => oauth::start,
    poll_oauth PollOauth => oauth::poll,
    signup Signup => signup::step,
    get_account GetAccount => account::show,
    change_password ChangePassword => password::change,
    request_password_reset RequestPasswordReset => password::request_reset,
    reset_password ResetPassword => password::reset,
    resend_confirmation ResendConfirmation => signup::resend,
    change_email ChangeEmail => email_change::start,
    destroy_account DestroyAccount => account::destroy,
    upgrade_account UpgradeAccount => account::upgrade,
    regenerate_api_key RegenerateApiKey => account::regenerate_api_key,
    start_mfa StartMfa => mfa::start,
    verify_mfa VerifyMfa => mfa::verify,
    delete_mfa DeleteMfa => mfa::delete,
    regenerate_recovery_codes RegenerateRecoveryCodes => mfa::regenerate_codes,
    list_ssh_keys ListSshKeys => ssh_keys::list,
    add_ssh_key AddSshKey => ssh_keys::add,
    remove_ssh_key RemoveSshKey => ssh_keys::remove,
    get_payment_method GetPaymentMethod => payment::show,
    set_payment_method SetPaymentMethod => payment::set,
    list_invoices ListInvoices => billing::invoices,
    get_usage GetUsage => billing::usage,
    get_run_rate GetRunRate => billing::run_rate,
    list_apps ListApps => apps::list,
    create_app CreateApp => apps::create,
    get_app GetApp => apps::show,
    delete_app DeleteApp => apps::delete,
    get_status GetStatus => status::show,
    kill_pod KillPod => status::kill,
    scale_app ScaleApp => scale::scale,
    restart_app RestartApp => scale::restart,
    run_command RunCommand => run::run,
    stream_logs StreamLogs => logs::open,
    set_stack SetStack => apps::set_stack,
    set_maintenance SetMaintenance => apps::set_maintenance,
    list_activity ListActivity => activity::list,
    get_stats GetStats => stats::show,
    get_ssh_ip GetSshIp => apps::ssh_ip,
    get_observer_commands GetObserverCommands => observer::commands,
    list_releases ListReleases => release::list,
    get_latest_release GetLatestRelease => release::show_latest,
    rollback_release RollbackRelease => release::rollback,
    list_configs ListConfigs => config_vars::list,
    set_configs SetConfigs => config_vars::set,
    unset_config UnsetConfig => config_vars::unset,
    copy_configs CopyConfigs => config_vars::copy,
    list_databases ListDatabases => database::list,
    create_free_database CreateFreeDatabase => database::create_free,
    create_database CreateDatabase => database::create,
    scale_database ScaleDatabase => database::scale,
    delete_database DeleteDatabase => database::delete,
    list_read_replicas ListReadReplicas => database::list_replicas,
    create_read_replica CreateReadReplica => database::create_replica,
    list_backups ListBackups => database::list_backups,
    restore_backup RestoreBackup => database::restore,
    restart_database RestartDatabase => database::restart,
    stop_database StopDatabase => database::stop,
    start_database StartDatabase => database::start,
    upgrade_database UpgradeDatabase => database::upgrade,
    list_domains ListDomains => domains::list,
    add_domain AddDomain => domains::add,
    remove_domain RemoveDomain => domains::remove,
    list_drains ListDrains => drains::list,
    add_drain AddDrain => drains::add,
    remove_drain RemoveDrain => drains::remove,
    list_permissions ListPermissions => access::list,
    add_permission AddPermission => access::add,
    remove_permission RemovePermission => access::remove,
    list_canaries ListCanaries => canaries::list,
    set_canary SetCanary => canaries::set,
    unset_canary UnsetCanary => canaries::unset,
}
