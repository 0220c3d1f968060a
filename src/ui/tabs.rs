//! Links between the parts of one thing.

use leptos::html;
use leptos::prelude::*;

/// A row of links of which one is current. On a narrow screen it scrolls sideways, and
/// brings the current one into view.
#[component]
pub fn Tabs(
    /// What the parts belong to.
    #[prop(into)]
    label: Signal<String>,
    /// The links.
    items: Vec<TabItem>,
) -> impl IntoView {
    let node = NodeRef::<html::Nav>::new();
    let watched = StoredValue::new(items.iter().map(|item| item.current).collect::<Vec<_>>());
    Effect::new(move |_| {
        let Some(nav) = node.get() else { return };
        watched.with_value(|watched| watched.iter().for_each(Track::track));
        // After the attributes have been written.
        request_animation_frame(move || {
            let current = nav.query_selector("[aria-current]").ok().flatten();
            if let Some(current) = current {
                let (tab, row) =
                    (current.get_bounding_client_rect(), nav.get_bounding_client_rect());
                let off = (tab.left() + tab.right() - row.left() - row.right()) / 2.0;
                nav.scroll_by_with_x_and_y(off, 0.0);
            }
        });
    });
    let link = |item: TabItem| {
        view! {
            <a
                class="tabs__tab"
                href=item.href
                aria-current=move || item.current.get().then_some("page")
            >
                {item.label}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=label node_ref=node>
            {items.into_iter().map(link).collect_view()}
        </nav>
    }
}

/// One link.
#[derive(Clone)]
pub struct TabItem {
    href: Signal<String>,
    label: &'static str,
    current: Signal<bool>,
}

impl TabItem {
    /// A link with its address, its name, and whether it leads to where one is.
    #[must_use]
    pub fn new(
        href: impl Into<Signal<String>>,
        label: &'static str,
        current: impl Into<Signal<bool>>,
    ) -> Self {
        Self { href: href.into(), label, current: current.into() }
    }
}
