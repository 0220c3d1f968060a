//! A list, or a placeholder while it is empty.

use leptos::prelude::*;

/// Shows its children while the list has items, and `empty` otherwise. Neither is rendered
/// again while the list only changes.
#[component]
pub fn ListOrEmpty<T: Send + Sync + 'static>(
    /// The list.
    list: Signal<Vec<T>>,
    /// The placeholder, usually an [`EmptyState`](super::EmptyState).
    #[prop(into)]
    empty: ViewFn,
    /// Shows the list.
    children: ChildrenFn,
) -> impl IntoView {
    let none = Memo::new(move |_| list.with(Vec::is_empty));
    move || if none.get() { empty.run() } else { children() }
}
