//! A list, or what stands for it while there is nothing in it.

use leptos::prelude::*;

/// Shows its children while the list holds something, and `empty` otherwise. Both stay as
/// they are while the list only changes.
#[component]
pub fn ListOrEmpty<T: Send + Sync + 'static>(
    /// The list.
    list: Signal<Vec<T>>,
    /// What stands for it, most often an [`EmptyState`](super::EmptyState).
    #[prop(into)]
    empty: ViewFn,
    /// Shows the list.
    children: ChildrenFn,
) -> impl IntoView {
    let none = Memo::new(move |_| list.with(Vec::is_empty));
    move || if none.get() { empty.run() } else { children() }
}
