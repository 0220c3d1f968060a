//! Which reads are out of date after which write, written once.

use backoffice_contract::OperationId;
use backoffice_contract::OperationId::{
    AddDomain, AddDrain, AddPermission, AddSshKey, CopyConfigs, CreateApp, CreateDatabase, CreateFreeDatabase, DeleteApp, DeleteDatabase, GetApp, GetStatus, ListActivity, ListApps, ListCanaries, ListConfigs, ListDatabases, ListDomains, ListDrains, ListPermissions, ListReleases, ListSshKeys, RemoveDomain, RemoveDrain, RemovePermission, RemoveSshKey, RestartApp, RollbackRelease, RunCommand, ScaleApp, SetCanary, SetConfigs, UnsetCanary, UnsetConfig, CreateReadReplica, ListReadReplicas, RestartDatabase, RestoreBackup, ScaleDatabase, StartDatabase, StopDatabase, UpgradeDatabase,
};

/// The reads whose answers a successful `write` makes stale.
pub(super) fn stale_after(write: OperationId) -> &'static [OperationId] {
    match write {
        CreateApp | DeleteApp => &[ListApps],
        ScaleApp => &[ListApps, GetApp, GetStatus],
        RestartApp | RunCommand => &[GetStatus],
        SetConfigs | UnsetConfig | CopyConfigs => &[ListConfigs, ListReleases, GetStatus],
        RollbackRelease => &[ListReleases, ListConfigs, GetStatus],
        CreateFreeDatabase | CreateDatabase => {
            &[ListDatabases, ListConfigs, ListReleases, GetStatus]
        }
        // A read replica is deleted like a database.
        DeleteDatabase => &[ListDatabases, ListReadReplicas],
        ScaleDatabase | RestartDatabase | StopDatabase | StartDatabase | UpgradeDatabase
        | RestoreBackup => &[ListDatabases],
        CreateReadReplica => &[ListReadReplicas],
        AddSshKey | RemoveSshKey => &[ListSshKeys],
        AddDomain | RemoveDomain => &[ListDomains, ListActivity],
        AddDrain | RemoveDrain => &[ListDrains, ListActivity],
        AddPermission => &[ListPermissions, ListActivity],
        // It may have been one's own.
        RemovePermission => &[ListPermissions, ListActivity, ListApps],
        SetCanary | UnsetCanary => &[ListCanaries, ListActivity],
        _ => &[],
    }
}
