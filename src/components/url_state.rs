//! State of a page that is kept in its address, so that it can be linked and survives
//! a reload.

use std::fmt::Display;
use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;

/// A signal that follows a parameter of the query and is followed by it. The default
/// value is not written, and what cannot be read is the default. Changes do not add to
/// the history of the browser.
#[must_use]
pub fn url_state<T>(parameter: &'static str) -> RwSignal<T>
where
    T: Copy + Default + Display + FromStr + PartialEq + Send + Sync + 'static,
{
    let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let (written, write) = query_signal_with_options::<T>(parameter, options);
    let value = RwSignal::new(written.get_untracked().unwrap_or_default());
    Effect::new(move |_| {
        let written = written.get().unwrap_or_default();
        if value.get_untracked() != written {
            value.set(written);
        }
    });
    Effect::new(move |_| {
        let value = value.get();
        if written.get_untracked().unwrap_or_default() != value {
            write.set((value != T::default()).then_some(value));
        }
    });
    value
}
