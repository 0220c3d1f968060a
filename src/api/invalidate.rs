//! Which reads are out of date after which write, written once.

use backoffice_contract::OperationId;
use backoffice_contract::OperationId::{
    AddSshKey, CopyConfigs, CreateApp, CreateDatabase, CreateFreeDatabase, DeleteApp,
    DeleteDatabase, GetApp, GetStatus, ListApps, ListConfigs, ListDatabases, ListReleases,
    ListSshKeys, RemoveSshKey, RestartApp, RollbackRelease, RunCommand, ScaleApp, SetConfigs,
    UnsetConfig,
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
        DeleteDatabase => &[ListDatabases],
        AddSshKey | RemoveSshKey => &[ListSshKeys],
        _ => &[],
    }
}
