//! The keyboard shortcuts, from which they work and are listed: those of pages are in the table of
//! pages.

use crate::nav::{AppPage, Page};

/// What a shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Goes to a page that is about no app.
    Page(&'static str),
    /// Goes to a page of the app that is open.
    AppPage(AppPage),
    /// Moves the focus to the page's search field.
    Search,
    /// Reads again what the page shows.
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
const ANYWHERE: [Shortcut; 4] = [
    shortcut("/", "Focus the page's search", Does::Search),
    shortcut("r", "Refresh what the page shows", Does::Refresh),
    shortcut("j", "Journal of requests beside the page", Does::Journal),
    shortcut("?", "This list", Does::Help),
];

/// Those that work everywhere.
#[must_use]
pub fn anywhere() -> Vec<Shortcut> {
    ANYWHERE.to_vec()
}

/// Those that lead to pages about no app.
#[must_use]
pub fn pages() -> Vec<Shortcut> {
    let of = |page: &Page| shortcut(page.keys(), page.title(), Does::Page(page.path()));
    Page::ALL.iter().filter(|page| !page.keys().is_empty()).map(of).collect()
}

/// Those that lead to pages of the app that is open.
#[must_use]
pub fn app_pages() -> Vec<Shortcut> {
    let of = |page: &AppPage| shortcut(page.keys(), page.title(), Does::AppPage(*page));
    AppPage::ALL.iter().map(of).collect()
}

fn all() -> impl Iterator<Item = Shortcut> {
    anywhere().into_iter().chain(pages()).chain(app_pages())
}

/// How long the second key may take, in milliseconds.
const PATIENCE: f64 = 1_500.0;

/// Keys one after another.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    first: Option<(String, f64)>,
}

impl Sequence {
    /// Takes a key that was pressed at a time in milliseconds; answers with what it
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
        assert_eq!(keys.press("g", 4_100.0), Some(Does::Page(Page::Guide.path())));
    }

    #[test]
    fn a_first_key_that_leads_nowhere_is_forgotten() {
        let mut keys = Sequence::default();
        assert_eq!(keys.press("g", 0.0), None);
        assert_eq!(keys.press("/", 100.0), Some(Does::Search));
        assert_eq!(keys.press("l", 200.0), None);
        assert_eq!(keys.press("r", 300.0), Some(Does::Refresh));
    }
}
