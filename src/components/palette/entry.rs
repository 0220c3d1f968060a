//! An entry of the palette.

use leptos::prelude::Callback;

use crate::nav::{AppPage, Page, app_at};
use crate::paths;
use backoffice_ui::IconName;

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

/// The pages that belong to no app.
pub(super) fn pages() -> impl Iterator<Item = Entry> {
    // A signed-in user does not need the entrance.
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

/// The pages of the open app.
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

/// The entry of a page of any app, by the app's name.
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

/// The entry of a visited address; `None` if no page has this address.
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
