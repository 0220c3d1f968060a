//! The keyboard shortcuts: one table, which defines both how they work and how they are
//! listed.

use crate::paths::{self, AppPage};

/// What a shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Goes to a page that belongs to no app.
    Page(&'static str),
    /// Goes to a page of the open app.
    AppPage(AppPage),
    /// Moves the focus to the page's search field.
    Search,
    /// Refreshes the data that the page shows.
    Refresh,
    /// Opens or closes the journal beside the page.
    Journal,
    /// Opens the list of shortcuts.
    Help,
}

/// One or two keys, in the order they are pressed, separated by a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// The keys, as `KeyboardEvent.key` has them.
    pub keys: &'static str,
    /// What they do, in words.
    pub label: &'static str,
    /// What they do.
    pub does: Does,
}

const fn shortcut(keys: &'static str, label: &'static str, does: Does) -> Shortcut {
    Shortcut { keys, label, does }
}

/// Shortcuts that work everywhere.
const ANYWHERE: [Shortcut; 5] = [
    shortcut("/", "Focus the page's search", Does::Search),
    shortcut("r", "Refresh this page", Does::Refresh),
    shortcut("j", "Show or hide the request journal", Does::Journal),
    shortcut("?", "This list", Does::Help),
    shortcut("g n", "New app", Does::Page(paths::NEW_APP)),
];

/// Shortcuts to pages that belong to no app.
const PAGES: [Shortcut; 8] = [
    shortcut("g a", "Apps", Does::Page(paths::APPS)),
    shortcut("g g", "Guide", Does::Page(paths::GUIDE)),
    shortcut("g v", "Versions", Does::Page(paths::VERSIONS)),
    shortcut("g x", "Playground", Does::Page(paths::PLAYGROUND)),
    shortcut("g r", "Requests", Does::Page(paths::REQUESTS)),
    shortcut("g p", "Profile", Does::Page(paths::ACCOUNT)),
    shortcut("g k", "SSH keys", Does::Page(paths::SSH_KEYS)),
    shortcut("g b", "Billing", Does::Page(paths::BILLING)),
];

/// The keys of a page of the open app.
#[must_use]
pub const fn keys_of_app_page(page: AppPage) -> &'static str {
    match page {
        AppPage::Overview => "g o",
        AppPage::Logs => "g l",
        AppPage::Metrics => "g m",
        AppPage::Releases => "g e",
        AppPage::Config => "g c",
        AppPage::Databases => "g d",
        AppPage::Jobs => "g j",
        AppPage::Terminal => "g t",
        AppPage::Domains => "g w",
        AppPage::Drains => "g f",
        AppPage::Access => "g u",
        AppPage::Canaries => "g y",
        AppPage::Activity => "g h",
        AppPage::Settings => "g s",
    }
}

/// The keys of a page that belongs to no app; empty if it has none.
#[must_use]
pub fn keys_of_page(path: &str) -> &'static str {
    let found = anywhere()
        .into_iter()
        .chain(pages())
        .find(|shortcut| matches!(shortcut.does, Does::Page(other) if other == path));
    found.map_or("", |shortcut| shortcut.keys)
}

/// The shortcuts that work everywhere.
#[must_use]
pub fn anywhere() -> Vec<Shortcut> {
    ANYWHERE.to_vec()
}

/// The shortcuts to pages that belong to no app.
#[must_use]
pub fn pages() -> Vec<Shortcut> {
    PAGES.to_vec()
}

/// The shortcuts to pages of the open app.
#[must_use]
pub fn app_pages() -> Vec<Shortcut> {
    let of = |page| shortcut(keys_of_app_page(page), page.title(), Does::AppPage(page));
    AppPage::ALL.into_iter().map(of).collect()
}

fn all() -> impl Iterator<Item = Shortcut> {
    anywhere().into_iter().chain(pages()).chain(app_pages())
}

/// Time limit for the second key, in milliseconds.
const PATIENCE: f64 = 1_500.0;

/// The keys pressed so far in a sequence.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    first: Option<(String, f64)>,
}

impl Sequence {
    /// Handles a key pressed at `at`, in milliseconds; returns the action that it
    /// completes.
    pub(super) fn press(&mut self, key: &str, at: f64) -> Option<Does> {
        let first = self.first.take().filter(|(_, since)| at - since <= PATIENCE);
        let with_first = first.map(|(first, _)| format!("{first} {key}"));
        let found = |keys: &str| all().find(|shortcut| shortcut.keys == keys);
        if let Some(shortcut) = with_first.as_deref().and_then(found).or_else(|| found(key)) {
            return Some(shortcut.does);
        }
        let begins = |shortcut: Shortcut| {
            shortcut.keys.split_once(' ').is_some_and(|(first, _)| first == key)
        };
        if all().any(begins) {
            self.first = Some((key.to_owned(), at));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_shortcuts_are_alike_and_none_hides_another() {
        let keys: Vec<&str> = all().map(|shortcut| shortcut.keys).collect();
        for (at, one) in keys.iter().enumerate() {
            assert!(!keys[at + 1..].contains(one), "{one} is there twice");
            let hidden =
                keys.iter().find(|other| other.split(' ').next() == Some(one) && *other != one);
            assert_eq!(hidden, None, "{one} hides another");
        }
    }

    #[test]
    fn two_keys_work_one_after_the_other_but_not_much_later() {
        let mut keys = Sequence::default();
        assert_eq!(keys.press("g", 0.0), None);
        assert_eq!(keys.press("l", 400.0), Some(Does::AppPage(AppPage::Logs)));
        assert_eq!(keys.press("g", 1_000.0), None);
        assert_eq!(keys.press("l", 3_000.0), None, "too late, and no shortcut by itself");
        assert_eq!(keys.press("g", 4_000.0), None);
        assert_eq!(keys.press("g", 4_100.0), Some(Does::Page(paths::GUIDE)));
    }

    #[test]
    fn a_first_key_that_leads_nowhere_is_forgotten() {
        let mut keys = Sequence::default();
        assert_eq!(keys.press("g", 0.0), None);
        assert_eq!(keys.press("/", 100.0), Some(Does::Search));
        assert_eq!(keys.press("l", 200.0), None);
        assert_eq!(keys.press("r", 300.0), Some(Does::Refresh));
    }

    #[test]
    fn pages_know_their_keys() {
        assert_eq!(keys_of_page(paths::REQUESTS), "g r");
        assert_eq!(keys_of_page(paths::NEW_APP), "g n");
        assert_eq!(keys_of_page("/nowhere"), "");
    }
}
