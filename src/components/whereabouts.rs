//! Where in the console one sees what a call has done.

use backoffice_contract::{OperationId, percent_decode};

use crate::api::Entry;
use crate::paths::{self, AppPage};

/// The address of the page that shows what a call changes; `None` where no page does.
pub fn page_of(entry: &Entry) -> Option<String> {
    use OperationId as Op;
    let page = match entry.operation {
        Op::CreateApp | Op::DeleteApp => return Some(paths::APPS.to_owned()),
        Op::ChangeEmail => return Some(paths::ACCOUNT.to_owned()),
        Op::ChangePassword
        | Op::RegenerateApiKey
        | Op::StartMfa
        | Op::VerifyMfa
        | Op::DeleteMfa
        | Op::RegenerateRecoveryCodes => return Some(paths::SECURITY.to_owned()),
        Op::AddSshKey | Op::RemoveSshKey => return Some(paths::SSH_KEYS.to_owned()),
        Op::ScaleApp | Op::RestartApp | Op::RunCommand => AppPage::Overview,
        Op::SetConfigs | Op::UnsetConfig | Op::CopyConfigs => AppPage::Config,
        Op::RollbackRelease => AppPage::Releases,
        Op::CreateFreeDatabase | Op::CreateDatabase | Op::DeleteDatabase => AppPage::Databases,
        Op::AddDomain | Op::RemoveDomain => AppPage::Domains,
        Op::AddDrain | Op::RemoveDrain => AppPage::Drains,
        Op::AddPermission | Op::RemovePermission => AppPage::Access,
        Op::SetCanary | Op::UnsetCanary => AppPage::Canaries,
        Op::CreateFreeDatabase
        | Op::CreateDatabase
        | Op::DeleteDatabase
        | Op::ScaleDatabase
        | Op::CreateReadReplica
        | Op::RestoreBackup
        | Op::RestartDatabase
        | Op::StopDatabase
        | Op::StartDatabase
        | Op::UpgradeDatabase => AppPage::Databases,
        _ => return None,
    };
    let name = entry.target.strip_prefix("/api/apps/")?.split(['/', '?']).next()?;
    Some(paths::app(&percent_decode(name), page))
}
