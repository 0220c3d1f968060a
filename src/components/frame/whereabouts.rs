//! Where in the console a person does what an operation of the API does, and sees what
//! it has done. `docs/cli.md` is made from the same.

use backoffice_contract::{OperationId, percent_decode};

use crate::nav::{AppPage, Page};
use crate::paths;
use backoffice_web_client::Entry;

/// Where an operation is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a page that is about no app.
    On(Page),
    /// On a page about the app.
    InApp(AppPage),
    /// Beside every page.
    Everywhere,
    /// The console does it by itself when it is needed.
    ByItself,
}

impl Place {
    /// Its address; `app` is the name of the app, for a page about one. `None` where it is on no
    /// page of its own.
    pub(crate) fn address(self, app: &str) -> Option<String> {
        match self {
            Self::On(page) => Some(page.path().to_owned()),
            Self::InApp(page) => Some(paths::app(app, page)),
            Self::Everywhere | Self::ByItself => None,
        }
    }
}

/// The address of the page that shows what a call has changed; `None` where no page does.
pub fn page_of(entry: &Entry) -> Option<String> {
    let place = match entry.operation {
        // Where they are asked for is not where one sees what came of it.
        OperationId::CreateApp | OperationId::DeleteApp => Place::On(Page::Apps),
        operation => place_of(operation),
    };
    let Place::InApp(_) = place else { return place.address("") };
    let name = entry.target.strip_prefix("/api/apps/")?.split(['/', '?']).next()?;
    place.address(&percent_decode(name))
}

/// Where a person does what an operation does, or reads what it reads.
pub(crate) fn place_of(operation: OperationId) -> Place {
    use OperationId as Op;
    match operation {
        Op::DeleteSession => Place::Everywhere,
        Op::RenewSession => Place::ByItself,
        Op::CreateSession | Op::StartOauth | Op::PollOauth => Place::On(Page::SignIn),
        Op::Signup | Op::ResendConfirmation => Place::On(Page::SignUp),
        Op::RequestPasswordReset | Op::ResetPassword => Place::On(Page::ResetPassword),
        Op::ListApps => Place::On(Page::Apps),
        Op::CreateApp => Place::On(Page::NewApp),
        Op::GetAccount | Op::ChangeEmail | Op::DestroyAccount => Place::On(Page::Account),
        Op::Login
        | Op::ChangePassword
        | Op::RegenerateApiKey
        | Op::StartMfa
        | Op::VerifyMfa
        | Op::DeleteMfa
        | Op::RegenerateRecoveryCodes => Place::On(Page::Security),
        Op::ListSshKeys | Op::AddSshKey | Op::RemoveSshKey => Place::On(Page::SshKeys),
        Op::UpgradeAccount
        | Op::GetPaymentMethod
        | Op::SetPaymentMethod
        | Op::ListInvoices
        | Op::GetUsage
        | Op::GetRunRate => Place::On(Page::Billing),
        Op::GetApp | Op::GetStatus | Op::KillPod | Op::ScaleApp | Op::RestartApp => {
            Place::InApp(AppPage::Overview)
        }
        Op::StreamLogs => Place::InApp(AppPage::Logs),
        Op::GetStats => Place::InApp(AppPage::Metrics),
        Op::ListReleases | Op::RollbackRelease => Place::InApp(AppPage::Releases),
        Op::ListConfigs | Op::SetConfigs | Op::UnsetConfig | Op::CopyConfigs => {
            Place::InApp(AppPage::Config)
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
        | Op::UpgradeDatabase => Place::InApp(AppPage::Databases),
        Op::RunCommand => Place::InApp(AppPage::Jobs),
        Op::GetSshIp | Op::GetObserverCommands | Op::GetLatestRelease => {
            Place::InApp(AppPage::Terminal)
        }
        Op::ListDomains | Op::AddDomain | Op::RemoveDomain => Place::InApp(AppPage::Domains),
        Op::ListDrains | Op::AddDrain | Op::RemoveDrain => Place::InApp(AppPage::Drains),
        Op::ListPermissions | Op::AddPermission | Op::RemovePermission => {
            Place::InApp(AppPage::Access)
        }
        Op::ListCanaries | Op::SetCanary | Op::UnsetCanary => Place::InApp(AppPage::Canaries),
        Op::ListActivity => Place::InApp(AppPage::Activity),
        Op::SetStack | Op::SetMaintenance | Op::DeleteApp => Place::InApp(AppPage::Settings),
    }
}
