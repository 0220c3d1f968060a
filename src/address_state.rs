//! Filters and orders that the address keeps, so that a link, a reload and the way back
//! bring back what was shown.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

/// The text of one parameter of the query. Writing it changes the address in place,
/// without a step in the history; an empty text takes the parameter away.
#[must_use]
pub fn use_address_text(key: &'static str) -> RwSignal<String> {
    let query = use_query_map();
    let path = use_location().pathname;
    let navigate = use_navigate();
    let home = path.get_untracked();
    let in_address = Memo::new(move |_| query.with(|query| query.get(key).unwrap_or_default()));
    let text = RwSignal::new(in_address.get_untracked());
    Effect::new(move |before: Option<String>| {
        let now = in_address.get();
        // Only what somebody else changed: a link, or the way back.
        if before.is_some_and(|before| before != now) && text.with_untracked(|text| *text != now) {
            text.set(now.clone());
        }
        now
    });
    Effect::new(move |before: Option<String>| {
        let now = text.get();
        let changed = before.is_some_and(|before| before != now);
        let here = path.with_untracked(|path| *path == home);
        if changed && here && in_address.with_untracked(|there| *there != now) {
            let mut query = query.get_untracked();
            query.replace(key, now.clone());
            if now.is_empty() {
                query.remove(key);
            }
            let to = format!("{home}{}", query.to_query_string());
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
        }
        now
    });
    text
}
