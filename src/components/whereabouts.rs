//! Where in the console a user runs an operation of the API and sees its result.
//! `docs/cli.md` is generated from the same table.

use backoffice_contract::{OperationId, percent_decode};

use crate::api::Entry;
use crate::paths::{AppPage, Page};

/// Where an operation is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a page.
    On(Page),
    /// Beside every page.
    Everywhere,
    /// The console does it automatically when needed.
    ByItself,
}

/// The address of the page that shows what a call has changed; `None` where no page does.
pub fn page_of(entry: &Entry) -> Option<String> {
    let page = match entry.operation {
        // The page that makes these calls is not the one that shows their result.
        OperationId::CreateApp | OperationId::DeleteApp => Page::Apps,
        operation => match place_of(operation) {
            Place::On(page) => page,
            Place::Everywhere | Place::ByItself => return None,
        },
    };
    let Page::App(_) = page else { return Some(page.address("")) };
    let name = entry.target.strip_prefix("/api/apps/")?.split(['/', '?']).next()?;
    Some(page.address(&percent_decode(name)))
}

/// Where a user runs an operation, or sees what it reads.
pub(crate) fn place_of(operation: OperationId) -> Place {
    use OperationId as Op;
    Place::On(match operation {
        Op::DeleteSession => return Place::Everywhere,
        Op::RenewSession => return Place::ByItself,
        Op::CreateSession | Op::StartOauth | Op::PollOauth => Page::SignIn,
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
        | Op::CreateDatabase
        | Op::ScaleDatabase
        | Op::DeleteDatabase
        | Op::ListReadReplicas
        | Op::CreateReadReplica
        | Op::ListBackups
        | Op::RestoreBackup
        | Op::RestartDatabase
        | Op::StopDatabase
        | Op::StartDatabase
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
