//! Where in the console a person does what an operation of the API does, and sees what
//! it has done. `docs/cli.md` is made from the same.

use backoffice_contract::{OperationId, percent_decode};

use crate::api::Entry;
use crate::paths::{AppPage, Page};

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
/// Where an operation is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a page.
    On(Page),
    /// Beside every page.
    Everywhere,
    /// The console does it by itself when it is needed.
    ByItself,
    /// Nowhere: it is for the command-line client.
    Nowhere,
}

/// The address of the page that shows what a call has changed; `None` where no page does.
    let page = match entry.operation {
        // Where they are asked for is not where one sees what came of it.
        OperationId::CreateApp | OperationId::DeleteApp => Page::Apps,
        operation => match place_of(operation) {
            Place::On(page) => page,
            Place::Everywhere | Place::ByItself | Place::Nowhere => return None,
        },
    };
    let Page::App(_) = page else { return Some(page.address("")) };
    let name = entry.target.strip_prefix("/api/apps/")?.split(['/', '?']).next()?;
    Some(page.address(&percent_decode(name)))
}

/// Where a person does what an operation does, or reads what it reads.
pub(crate) fn place_of(operation: OperationId) -> Place {
    Place::On(match operation {
        Op::DeleteSession => return Place::Everywhere,
        Op::RenewSession => return Place::ByItself,
        Op::StartOauth | Op::PollOauth => return Place::Nowhere,
        Op::CreateSession => Page::SignIn,
        Op::Signup | Op::ResendConfirmation => Page::SignUp,
        Op::RequestPasswordReset | Op::ResetPassword => Page::ResetPassword,
        Op::ListApps => Page::Apps,
        Op::CreateApp => Page::NewApp,
        Op::GetAccount | Op::ChangeEmail | Op::DestroyAccount => Page::Account,
        Op::Login
        | Op::ChangePassword
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
        | Op::RegenerateRecoveryCodes => Page::Security,
        Op::ListSshKeys | Op::AddSshKey | Op::RemoveSshKey => Page::SshKeys,
        Op::UpgradeAccount
        | Op::GetPaymentMethod
        | Op::SetPaymentMethod
        | Op::ListInvoices
        | Op::GetUsage
        | Op::GetRunRate => Page::Billing,
        Op::GetApp | Op::GetStatus | Op::KillPod | Op::ScaleApp | Op::RestartApp => {
            Page::App(AppPage::Overview)
        }
        Op::StreamLogs => Page::App(AppPage::Logs),
        Op::GetStats => Page::App(AppPage::Metrics),
        Op::ListReleases | Op::RollbackRelease => Page::App(AppPage::Releases),
        Op::ListConfigs | Op::SetConfigs | Op::UnsetConfig | Op::CopyConfigs => {
            Page::App(AppPage::Config)
        }
        Op::ListDatabases
        | Op::CreateFreeDatabase
        | Op::ListReadReplicas
        | Op::ListBackups
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
        | Op::UpgradeDatabase => Page::App(AppPage::Databases),
        Op::RunCommand => Page::App(AppPage::Jobs),
        Op::GetSshIp | Op::GetObserverCommands | Op::GetLatestRelease => {
            Page::App(AppPage::Terminal)
        }
        Op::ListDomains | Op::AddDomain | Op::RemoveDomain => Page::App(AppPage::Domains),
        Op::ListDrains | Op::AddDrain | Op::RemoveDrain => Page::App(AppPage::Drains),
        Op::ListPermissions | Op::AddPermission | Op::RemovePermission => {
            Page::App(AppPage::Access)
        }
        Op::ListCanaries | Op::SetCanary | Op::UnsetCanary => Page::App(AppPage::Canaries),
        Op::ListActivity => Page::App(AppPage::Activity),
        Op::SetStack | Op::SetMaintenance | Op::DeleteApp => Page::App(AppPage::Settings),
    })
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
