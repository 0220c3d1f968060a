//! State that a page keeps in its address, so that a link, a reload and the Back button
//! restore the view.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::location::Location;

use crate::paths;

/// Delay between a change and the address, in milliseconds: an update takes too long to
/// make at every keystroke, and browsers limit how many they allow per second.
const FOLLOWS_AFTER: u32 = 400;

/// What a change does to the browser's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing: for filters and sort orders, which no one wants to step back through.
    Replace,
    /// Adds an entry: the Back button undoes the change.
    Push,
}

/// A parameter to write: its text (empty removes it), and where its signal's last write is
/// recorded.
struct Change {
    text: String,
    written: StoredValue<Option<String>>,
}

thread_local! {
    /// Changes that come close together are written to the address as one.
    static CHANGES: RefCell<BTreeMap<&'static str, Change>> = RefCell::default();
    static TIMER: RefCell<Option<Timeout>> = RefCell::default();
}

/// A value and a query parameter that follow each other. The default value is not written;
/// a parameter that cannot be read counts as the default.
#[must_use]
pub fn use_address_state<T>(parameter: &'static str, step: Step) -> RwSignal<T>
where
    T: Clone + Default + Display + FromStr + PartialEq + Send + Sync + 'static,
{
    let query = use_query_map();
    let location = use_location();
    let navigate = use_navigate();
    let in_address =
        Memo::new(move |_| query.with(|query| query.get(parameter).unwrap_or_default()));
    let value = RwSignal::new(read::<T>(&in_address.get_untracked()));
    let written = StoredValue::new(None::<String>);
    Effect::new(move |before: Option<String>| {
        let now = in_address.get();
        let moved = before.is_some_and(|before| before != now);
        // Take over only changes from elsewhere (a link, the Back button): our own writes
        // may be older than what the user has typed since.
        if moved && written.try_update_value(Option::take).flatten().as_ref() != Some(&now) {
            let news = read::<T>(&now);
            if value.with_untracked(|value| *value != news) {
                value.set(news);
            }
        }
        now
    });
    Effect::new(move |before: Option<String>| {
        let now = value.with(write);
        if before.is_some_and(|before| before != now) {
            let change = Change { text: now.clone(), written };
            CHANGES.with_borrow_mut(|changes| changes.insert(parameter, change));
            let navigate = navigate.clone();
            let home = location.pathname.get_untracked();
            let follow = move || {
                let changes = CHANGES.with_borrow_mut(std::mem::take);
                // The page may have been left.
                if location.pathname.with_untracked(|path| *path != home) {
                    return;
                }
                // It may also have been left and entered again: that is another instance of
                // it.
                let Some(was) = query.try_get_untracked() else { return };
                let mut query = was.clone();
                for (parameter, Change { text, written }) in changes {
                    if was.get(parameter).unwrap_or_default() == text {
                        continue;
                    }
                    query.remove(parameter);
                    if !text.is_empty() {
                        query.insert(parameter, text.clone());
                    }
                    let _ = written.try_set_value(Some(text));
                }
                if query != was {
                    let hash = location.hash.get_untracked();
                    let to = format!("{home}{}{hash}", query.to_query_string());
                    let replace = step == Step::Replace;
                    navigate(&to, NavigateOptions { replace, scroll: false, ..Default::default() });
                }
            };
            // Dropping a timer stops it.
            let timer = match step {
                Step::Replace => Some(Timeout::new(FOLLOWS_AFTER, follow)),
                Step::Push => {
                    follow();
                    None
                }
            };
            TIMER.set(timer);
        }
        now
    });
    value
}

/// The same for text, such as a filter.
#[must_use]
pub fn use_address_text(parameter: &'static str) -> RwSignal<String> {
    use_address_state(parameter, Step::Replace)
}

/// The full address: path, query and fragment.
#[must_use]
pub fn whole_address(location: &Location) -> String {
    location.pathname.with_untracked(|path| {
        location.search.with_untracked(|search| {
            location.hash.with_untracked(|hash| paths::whole(path, search, hash))
        })
    })
}

fn read<T: Default + FromStr>(text: &str) -> T {
    text.parse().unwrap_or_default()
}

fn write<T: Default + Display + PartialEq>(value: &T) -> String {
    if *value == T::default() { String::new() } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_not_written_and_nonsense_is_the_default() {
        assert_eq!(write(&0_u8), "");
        assert_eq!(write(&7_u8), "7");
        assert_eq!(read::<u8>("7"), 7);
        assert_eq!(read::<u8>("seven"), 0);
        assert_eq!(read::<String>("a b"), "a b");
    }
}
