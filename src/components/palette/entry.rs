//! What the palette lists.

use leptos::prelude::Callback;

use crate::nav::{AppPage, Page, app_at};
use crate::paths;
use backoffice_ui::IconName;

/// Something to go to or to do.
#[derive(Clone)]
pub(super) struct Entry {
    /// What it is remembered by: the address of a page, or the name of an action.
    pub(super) id: String,
    pub(super) group: Group,
    pub(super) icon: IconName,
    pub(super) label: String,
    /// Beside the label, such as the app that a page is about.
    pub(super) detail: String,
    /// Other words to find it by.
    pub(super) also: &'static str,
    /// The shortcut that does the same; empty where there is none.
    pub(super) keys: &'static str,
    pub(super) target: Target,
}

/// What is shown together.
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
    /// Puts a command on the clipboard.
    Copy(String),
    /// What the open page offers.
    Offered(Callback<()>),
    /// Reads again what the page shows.
    Refresh,
    /// The next theme.
    Theme,
    /// The journal beside the page.
    Journal,
    /// The list of shortcuts.
    Help,
    /// Ends the session.
    SignOut,
}

/// The pages that are about no app.
pub(super) fn pages() -> impl Iterator<Item = Entry> {
    // A signed-in user has no business at the entrance.
    let offered =
        Page::ALL.iter().filter(|page| !page.keys().is_empty() || !page.words().is_empty());
    offered.map(|page| Entry {
        id: page.path().to_owned(),
        group: Group::Pages,
        icon: page.icon(),
        label: page.title().to_owned(),
        detail: String::new(),
        also: page.words(),
        keys: page.keys(),
        target: Target::Page(page.path().to_owned()),
    })
}

/// The pages of the app that is open.
pub(super) fn app_pages(app: &str) -> impl Iterator<Item = Entry> {
    AppPage::ALL.iter().map(|page| {
        let path = paths::app(app, *page);
        Entry {
            id: path.clone(),
            group: Group::ThisApp,
            icon: page.icon(),
            label: page.title().to_owned(),
            detail: app.to_owned(),
            also: page.words(),
            keys: page.keys(),
            target: Target::Page(path),
        }
    })
}

/// A page of any app, by the app's name.
pub(super) fn page_of_app(app: &str, page: AppPage, group: Group) -> Entry {
    let path = paths::app(app, page);
    let (label, icon) = match page {
        AppPage::Overview => (app.to_owned(), IconName::Apps),
        page => (format!("{app} › {}", page.title()), page.icon()),
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

/// The entry of an address that was visited; `None` for one that leads nowhere.
pub(super) fn of_address(path: &str) -> Option<Entry> {
    let entry = match app_at(path) {
        Some(app) => page_of_app(&app, AppPage::at(path)?, Group::Recent),
        None => pages().find(|entry| entry.id == path)?,
    };
    Some(Entry { group: Group::Recent, ..entry })
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
    }
}
