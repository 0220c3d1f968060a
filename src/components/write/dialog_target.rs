//! A dialog about one item of a list.

use leptos::prelude::*;

/// A signal for `open` of a dialog about `target`: the dialog opens when there is a target,
/// and closing it by any means clears the target.
#[must_use]
pub fn open_while_some<T: Send + Sync + 'static>(target: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(target.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && target.with_untracked(Option::is_some) {
            target.set(None);
        }
    });
    open
}
