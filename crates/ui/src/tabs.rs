//! Links between parts of a page.

use leptos::html;
use leptos::prelude::*;

/// A row of links of which one is current. If it does not fit, it scrolls sideways, scrolls
/// the current link into view, and fades out on the sides where there is more.
#[component]
pub fn Tabs(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The links.
    items: Vec<TabItem>,
    /// Whether it is a row below another one.
    #[prop(optional)]
    minor: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Nav>::new();
    let watched = StoredValue::new(items.iter().map(|item| item.current).collect::<Vec<_>>());
    Effect::new(move |_| {
        let Some(nav) = node.get() else { return };
        watched.with_value(|watched| watched.iter().for_each(Track::track));
        // Wait a frame, until the attributes have been set.
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
        <nav class="tabs" class=("tabs--minor", minor) aria-label=label node_ref=node on:scroll=move |_| look()>
            {items.into_iter().map(link).collect_view()}
        </nav>
    }
}

/// Marks the ends of the row where there are more links than are visible.
fn show_more(nav: &web_sys::Element) {
    let (left, hidden) = (nav.scroll_left(), nav.scroll_width() - nav.client_width());
    let more = match (left > 1, hidden - left > 1) {
        (true, true) => Some("both"),
        (true, false) => Some("start"),
        (false, true) => Some("end"),
        (false, false) => None,
    };
    // The name is valid, so neither call fails.
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
    /// A link with its address, its name, and whether it is the current one.
    #[must_use]
    pub fn new(
        href: impl Into<Signal<String>>,
        label: &'static str,
        current: impl Into<Signal<bool>>,
    ) -> Self {
        Self { href: href.into(), label, current: current.into() }
    }
}
