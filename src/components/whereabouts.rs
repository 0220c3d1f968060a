//! Where in the console one sees what a call has done.

use backoffice_contract::{OperationId, percent_decode};

use crate::api::Entry;
use crate::paths::{self, AppPage};

/// The address of the page that shows what a call changes; `None` where no page does.
pub fn page_of(entry: &Entry) -> Option<String> {
    page_of_operation(entry.operation, &entry.target)
}

fn page_of_operation(operation: OperationId, target: &str) -> Option<String> {
    use OperationId as Op;
    let page = match operation {
        Op::CreateApp | Op::DeleteApp => return Some(paths::APPS.to_owned()),
        Op::ChangeEmail => return Some(paths::ACCOUNT.to_owned()),
        Op::ChangePassword
        | Op::RegenerateApiKey
        | Op::StartMfa
        | Op::VerifyMfa
        | Op::DeleteMfa
        | Op::RegenerateRecoveryCodes => return Some(paths::SECURITY.to_owned()),
        Op::AddSshKey | Op::RemoveSshKey => return Some(paths::SSH_KEYS.to_owned()),
        Op::ChangeEmail | Op::DestroyAccount => return Some(paths::ACCOUNT.to_owned()),
        Op::ChangePassword
        | Op::RegenerateApiKey
        | Op::StartMfa
        | Op::VerifyMfa
        | Op::DeleteMfa
        | Op::RegenerateRecoveryCodes => return Some(paths::SECURITY.to_owned()),
        Op::UpgradeAccount | Op::SetPaymentMethod => return Some(paths::BILLING.to_owned()),
        Op::ScaleApp | Op::RestartApp | Op::KillPod => AppPage::Overview,
        Op::RunCommand => AppPage::Jobs,
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
        Op::AddDomain | Op::RemoveDomain => AppPage::Domains,
        Op::AddDrain | Op::RemoveDrain => AppPage::Drains,
        Op::AddPermission | Op::RemovePermission => AppPage::Access,
        Op::SetCanary | Op::UnsetCanary => AppPage::Canaries,
        Op::SetStack | Op::SetMaintenance => AppPage::Settings,
        _ => return None,
    };
    let name = target.strip_prefix("/api/apps/")?.split(['/', '?']).next()?;
    Some(paths::app(&percent_decode(name), page))
}

#[cfg(test)]
mod tests {
    use backoffice_contract::Effect;

    use super::*;

    #[test]
    fn whatever_changes_something_has_a_page() {
        // These are about no account that is signed in, or about the session itself.
        use OperationId as Op;
        let elsewhere = [
            Op::CreateSession,
            Op::RenewSession,
            Op::DeleteSession,
            Op::StartOauth,
            Op::Signup,
            Op::RequestPasswordReset,
            Op::ResetPassword,
            Op::ResendConfirmation,
        ];
        for id in OperationId::ALL {
            let changes = id.endpoint().effect != Effect::Reads;
            let page = page_of_operation(*id, "/api/apps/a%20b/x");
            assert_eq!(page.is_some(), changes && !elsewhere.contains(id), "{id}");
        }
        let page = page_of_operation(Op::AddDomain, "/api/apps/a%20b/domains");
        assert_eq!(page.as_deref(), Some("/apps/a%20b/domains"));
    }
}
