//! A dialog about one thing of a list.

use leptos::prelude::*;

/// A signal for `open` of a dialog that is about `target`: it opens when there is
/// one, and closing it by any means lets go of the target.
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
