//! An entry of the palette.

use backoffice_contract::percent_decode;
use leptos::prelude::Callback;

use crate::components::shortcuts::{keys_of_app_page, keys_of_page};
use crate::paths::{self, AppPage};
use crate::ui::IconName;

/// A page to go to, or an action to run.
#[derive(Clone)]
pub(super) struct Entry {
    /// The id under which it is remembered: the address of a page, or the name of an
    /// action.
    pub(super) id: String,
    pub(super) group: Group,
    pub(super) icon: IconName,
    pub(super) label: String,
    /// Text beside the label, such as the app that a page is about.
    pub(super) detail: String,
    /// Other words to find it by.
    pub(super) also: &'static str,
    /// The equivalent shortcut; empty if there is none.
    pub(super) keys: &'static str,
    pub(super) target: Target,
}

/// A group of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Recent,
    ThisApp,
    ThisPage,
    Apps,
    Pages,
    Actions,
}

impl Group {
    /// Its heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Recent => "Recent",
            Self::ThisApp => "This app",
            Self::ThisPage => "This page",
            Self::Apps => "Apps",
            Self::Pages => "Pages",
            Self::Actions => "Actions",
        }
    }
}

/// What choosing an entry does.
#[derive(Clone)]
pub(super) enum Target {
    /// Goes to an address of the console.
    Page(String),
    /// Copies a command to the clipboard.
    Copy(String),
    /// Runs an action of the open page.
    Offered(Callback<()>),
    /// Refreshes the data that the page shows.
    Refresh,
    /// Switches to the next theme.
    Theme,
    /// Shows or hides the journal.
    Journal,
    /// Opens the list of shortcuts.
    Help,
    /// Ends the session.
    SignOut,
}

/// The pages that belong to no app, with other words to find them by.
const PAGES: &[(&str, &str, IconName, &str)] = &[
    (paths::APPS, "Apps", IconName::Apps, "list"),
    (paths::NEW_APP, "New app", IconName::Plus, "create apps:create"),
    (paths::GUIDE, "Guide", IconName::Book, "getting started help deploy"),
    (paths::VERSIONS, "Versions", IconName::Config, "elixir erlang otp node buildpack"),
    (paths::PLAYGROUND, "Playground", IconName::Terminal, "shell sandbox http api explorer try"),
    (paths::REQUESTS, "Requests", IconName::Requests, "journal rate limit budget"),
    (paths::ACCOUNT, "Profile", IconName::User, "account email tier"),
    (paths::SECURITY, "Security", IconName::Shield, "password mfa api key sessions"),
    (paths::SSH_KEYS, "SSH keys", IconName::Key, "account:ssh_keys"),
    (paths::BILLING, "Billing", IconName::Card, "invoices payment card usage upgrade"),
];

/// The pages that are about no app.
pub(super) fn pages() -> impl Iterator<Item = Entry> {
    PAGES.iter().map(|(path, label, icon, also)| Entry {
        id: (*path).to_owned(),
        group: Group::Pages,
        icon: *icon,
        label: (*label).to_owned(),
        detail: String::new(),
        also,
        keys: keys_of_page(path),
        target: Target::Page((*path).to_owned()),
    })
}

/// The pages of the open app.
pub(super) fn app_pages(app: &str) -> impl Iterator<Item = Entry> {
    AppPage::ALL.into_iter().map(|page| {
        let path = paths::app(app, page);
        Entry {
            id: path.clone(),
            group: Group::ThisApp,
            icon: icon(page),
            label: page.title().to_owned(),
            detail: app.to_owned(),
            also: other_words(page),
            keys: keys_of_app_page(page),
            target: Target::Page(path),
        }
    })
}

/// The entry of a page of any app, by the app's name.
pub(super) fn page_of_app(app: &str, page: AppPage, group: Group) -> Entry {
    let path = paths::app(app, page);
    let (label, icon) = match page {
        AppPage::Overview => (app.to_owned(), IconName::Apps),
        page => (format!("{app} › {}", page.title()), icon(page)),
    };
    Entry {
        id: path.clone(),
        group,
        icon,
        label,
        detail: String::new(),
        also: "",
        keys: "",
        target: Target::Page(path),
    }
}

/// The entry of a visited address; `None` if no page has this address.
pub(super) fn of_address(path: &str) -> Option<Entry> {
    let entry = match app_of_path(path) {
        Some(app) => page_of_app(&app, AppPage::of_path(path), Group::Recent),
        None => pages().find(|entry| entry.id == path)?,
    };
    Some(Entry { group: Group::Recent, ..entry })
}

/// The app that an address is about.
pub(in crate::components) fn app_of_path(path: &str) -> Option<String> {
    let rest = path.strip_prefix(paths::APPS)?.strip_prefix('/')?;
    let name = rest.split('/').next().filter(|name| !name.is_empty())?;
    Some(percent_decode(name))
}

fn icon(page: AppPage) -> IconName {
    match page {
        AppPage::Overview => IconName::Apps,
        AppPage::Logs => IconName::Logs,
        AppPage::Metrics | AppPage::Activity => IconName::Requests,
        AppPage::Releases => IconName::Release,
        AppPage::Config | AppPage::Settings => IconName::Config,
        AppPage::Databases => IconName::Database,
        AppPage::Jobs | AppPage::Terminal => IconName::Terminal,
        AppPage::Domains => IconName::Globe,
        AppPage::Drains => IconName::ArrowRight,
        AppPage::Access => IconName::User,
        AppPage::Canaries => IconName::Git,
    }
}

fn other_words(page: AppPage) -> &'static str {
    match page {
        AppPage::Overview => "status ps pods deploy",
        AppPage::Logs => "tail",
        AppPage::Metrics => "memory cpu stats",
        AppPage::Releases => "rollback deploys history",
        AppPage::Config => "env environment variables configs secrets",
        AppPage::Databases => "postgres pg db backups",
        AppPage::Jobs => "run migrate mix",
        AppPage::Terminal => "ssh remote console observer hot upgrade psql",
        AppPage::Domains => "dns cname certificate",
        AppPage::Drains => "syslog",
        AppPage::Access => "collaborators permissions team",
        AppPage::Canaries => "traffic weight blue green",
        AppPage::Activity => "audit who",
        AppPage::Settings => "maintenance stack delete destroy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_entries() {
        let label = |path: &str| of_address(path).map(|entry| entry.label);
        assert_eq!(label("/apps").as_deref(), Some("Apps"));
        assert_eq!(label("/apps/quiet-heron").as_deref(), Some("quiet-heron"));
        assert_eq!(label("/apps/a%20b/logs").as_deref(), Some("a b › Logs"));
        assert_eq!(label("/account/ssh-keys").as_deref(), Some("SSH keys"));
        assert_eq!(label("/nowhere"), None);
        assert_eq!(app_of_path("/apps"), None);
        assert_eq!(app_of_path("/apps/x/config").as_deref(), Some("x"));
    }
}
