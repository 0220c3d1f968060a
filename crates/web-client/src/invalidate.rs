//! Which reads are out of date after which write, written once.

use backoffice_contract::OperationId;
use backoffice_contract::OperationId::{
    AddDomain, AddDrain, AddPermission, AddSshKey, ChangeEmail, CopyConfigs, CreateApp,
    CreateDatabase, CreateFreeDatabase, CreateReadReplica, DeleteApp, DeleteDatabase, DeleteMfa,
    GetAccount, GetApp, GetPaymentMethod, GetRunRate, GetStatus, GetUsage, KillPod, ListActivity,
    ListApps, ListCanaries, ListConfigs, ListDatabases, ListDomains, ListDrains, ListPermissions,
    ListReadReplicas, ListReleases, ListSshKeys, RemoveDomain, RemoveDrain, RemovePermission,
    RemoveSshKey, RestartApp, RestartDatabase, RestoreBackup, RollbackRelease, RunCommand,
    ScaleApp, ScaleDatabase, SetCanary, SetConfigs, SetMaintenance, SetPaymentMethod, SetStack,
    StartDatabase, StopDatabase, UnsetCanary, UnsetConfig, UpgradeAccount, UpgradeDatabase,
};

/// The reads whose answers a successful `write` makes stale.
pub(super) fn stale_after(write: OperationId) -> &'static [OperationId] {
    match write {
        CreateApp => &[ListApps],
        DeleteApp => &[ListApps, GetUsage, GetRunRate],
        ScaleApp => &[ListApps, GetApp, GetStatus, GetUsage, GetRunRate, ListActivity],
        SetStack => &[ListApps, GetApp, GetStatus, ListActivity],
        SetMaintenance => &[ListActivity],
        RestartApp | RunCommand | KillPod => &[GetStatus, ListActivity],
        SetConfigs | UnsetConfig | CopyConfigs => {
            &[ListConfigs, ListReleases, GetStatus, ListActivity]
        }
        RollbackRelease => &[ListReleases, ListConfigs, GetStatus, ListActivity],
        CreateFreeDatabase | CreateDatabase => {
            &[ListDatabases, ListConfigs, ListReleases, GetStatus, GetRunRate, ListActivity]
        }
        // A read replica is deleted like a database.
        DeleteDatabase => &[ListDatabases, ListReadReplicas, GetUsage, GetRunRate, ListActivity],
        ScaleDatabase | RestartDatabase | StopDatabase | StartDatabase | UpgradeDatabase
        | RestoreBackup => &[ListDatabases, GetUsage, GetRunRate, ListActivity],
        CreateReadReplica => &[ListReadReplicas, GetRunRate, ListActivity],
        AddSshKey | RemoveSshKey => &[ListSshKeys],
        AddDomain | RemoveDomain => &[ListDomains, ListActivity],
        AddDrain | RemoveDrain => &[ListDrains, ListActivity],
        AddPermission => &[ListPermissions, ListActivity],
        // It may have been one's own.
        RemovePermission => &[ListPermissions, ListActivity, ListApps],
        SetCanary | UnsetCanary => &[ListCanaries, ListActivity],
        // Not VerifyMfa: it ends the session, and nothing may ask for the next one
        // while its recovery codes are on the screen.
        ChangeEmail | DeleteMfa => &[GetAccount],
        UpgradeAccount => &[GetAccount, GetPaymentMethod, GetUsage, GetRunRate],
        SetPaymentMethod => &[GetPaymentMethod],
        _ => &[],
    }
}
