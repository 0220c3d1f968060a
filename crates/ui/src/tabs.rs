//! Links between the parts of one thing.

use leptos::html;
use leptos::prelude::*;

/// A row of links of which one is current. Where it does not fit, it scrolls sideways,
/// brings the current one into view, and fades out where there is more.
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
            show_more(&nav);
        });
    });
    let look = move || {
        if let Some(nav) = node.try_get_untracked().flatten() {
            show_more(&nav);
        }
    };
    let resized = window_event_listener(leptos::ev::resize, move |_| look());
    on_cleanup(move || resized.remove());
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
        <nav class="tabs" aria-label=label node_ref=node on:scroll=move |_| look()>
            {items.into_iter().map(link).collect_view()}
        </nav>
    }
}

/// Says on the row at which of its ends there is more than can be seen.
fn show_more(nav: &web_sys::Element) {
    let (left, hidden) = (nav.scroll_left(), nav.scroll_width() - nav.client_width());
    let more = match (left > 1, hidden - left > 1) {
        (true, true) => Some("both"),
        (true, false) => Some("start"),
        (false, true) => Some("end"),
        (false, false) => None,
    };
    // The name is a valid one, so neither fails.
    let _ = match more {
        Some(more) => nav.set_attribute("data-more", more),
        None => nav.remove_attribute("data-more"),
    };
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
