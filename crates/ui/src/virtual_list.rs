//! The rows of a long table, of which only those that can be seen are in the document.
//!
//! It scrolls with the page, so that there is no scroller inside of a scroller, and the
//! browser brings back where one was. A short list is there as a whole, and can be
//! searched with the browser's own search.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::dom::{find_all, focus};

/// Up to how many rows are all there.
const WHOLE: usize = 100;
/// How many rows beyond what can be seen are there: the focus can move to them, and
/// fast scrolling shows no gap.
const AROUND: usize = 10;
/// How many rows are there before the first measurement, which comes before they are
/// painted.
const AT_FIRST: usize = 8;
/// What can take the focus in a row.
const CONTROLS: &str = "a[href], button, input, select, textarea, [tabindex='0']";
/// Where arrow keys have a meaning of their own.
const OWN_ARROWS: &str = "input, select, textarea, [role='menu'], [popover]";

/// Rows of one height, which the sheet of `class` gives in the custom property `--row`;
/// it may depend on the width of the window. Up and down arrows move the focus to the
/// same control of the next row. The row that has, or had last, the focus stays in the
/// document when it is scrolled away.
#[component]
pub fn VirtualList(
    /// The rows by key, in order. No key comes twice.
    #[prop(into)]
    keys: Signal<Arc<Vec<String>>>,
    /// The class of the list. The caller's element around it has the role `table`, the heads of
    /// the columns and, in `aria-rowcount`, the number of rows with the head; the children of a
    /// row have the role `cell`.
    class: &'static str,
    /// Shows the row of a key. It is called once for a key while its row is there, so what
    /// the row shows of changing data has to be reactive.
    #[prop(into)]
    row: Callback<String, AnyView>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let ruler = NodeRef::<html::Div>::new();
    let seen = RwSignal::new(0..AT_FIRST);
    // The keys of which the rows that cannot be seen are there too.
    let complete = RwSignal::new(None::<Arc<Vec<String>>>);
    let touched = RwSignal::new(None::<String>);
    let measure = move || {
        let nodes = (list.try_get_untracked().flatten(), ruler.try_get_untracked().flatten());
        let (Some(list), Some(ruler)) = nodes else { return };
        let height = f64::from(ruler.offset_height()).max(1.0);
        let top = list.get_bounding_client_rect().top();
        let now = rows_between(-top, window_height() - top, height);
        if seen.with_untracked(|seen| *seen != now) {
            seen.set(now);
        }
    };
    Effect::new(move |_| {
        keys.track();
        // After the page has been laid out. What cannot be seen comes after what can be
        // has been painted, since a keystroke in a filter may change every row.
        request_animation_frame(move || {
            measure();
            let fill = move || {
                let _ = complete.try_set(keys.try_get_untracked());
            };
            set_timeout(fill, Duration::ZERO);
        });
    });
    let scrolled = window_event_listener(ev::scroll, move |_| measure());
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
    let shown = Memo::new(move |before: Option<&Vec<(usize, String)>>| {
        let seen = seen.get();
        let touched = touched.get();
        keys.with(|keys| {
            let mut rows = rows_to_show(keys, &seen, touched.as_deref());
            let all = complete.with(|of| of.as_ref().is_some_and(|of| Arc::ptr_eq(of, keys)));
            if !all {
                let there: HashSet<&str> =
                    before.into_iter().flatten().map(|(_, key)| key.as_str()).collect();
                rows.retain(|(index, key)| seen.contains(index) || there.contains(key.as_str()));
            }
            rows
        })
    });
    let count = Memo::new(move |_| keys.with(|keys| keys.len()));
    let show = move |at: ReadSignal<usize>, (first, key): (usize, String)| {
        let index = Memo::new(move |_| {
            shown.with(|shown| shown.get(at.get()).map_or(first, |(index, _)| *index))
        });
        let content = row.run(key.clone());
        view! {
            <div
                class="virtual__row"
                role="row"
                data-row=move || index.get().to_string()
                // The head of the table is the first row.
                aria-rowindex=move || (index.get() + 2).to_string()
                style:top=move || format!("calc(var(--row) * {})", index.get())
                on:focusin=move |_| touched.set(Some(key.clone()))
            >
                {content}
            </div>
        }
    };
    view! {
        <div
            class=format!("virtual {class}")
            role="rowgroup"
            node_ref=list
            style:height=move || format!("calc(var(--row) * {})", count.get())
            on:keydown=move |event| {
                if let Some(list) = list.get_untracked() {
                    move_focus(&list, &event);
                }
            }
        >
            <ForEnumerate each=move || shown.get() key=|(_, key)| key.clone() children=show />
        </div>
        <div class=format!("virtual__ruler {class}") aria-hidden="true" node_ref=ruler></div>
    }
}

fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// The rows that lie between two distances from the top of the list.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
fn rows_between(from: f64, to: f64, height: f64) -> Range<usize> {
    let at = |distance: f64| (distance.max(0.0) / height) as usize;
    at(from)..at(to) + 1
}

/// What is in the document, with each row's place: everything when that is not much,
/// else what is seen, what is around it, and the row that was touched last.
fn rows_to_show(
    keys: &[String],
    seen: &Range<usize>,
    touched: Option<&str>,
) -> Vec<(usize, String)> {
    let all = keys.iter().enumerate().map(|(index, key)| (index, key.clone()));
    if keys.len() <= WHOLE {
        return all.collect();
    }
    let around = seen.start.saturating_sub(AROUND)..seen.end.saturating_add(AROUND);
    let pinned = touched
        .and_then(|touched| keys.iter().position(|key| key == touched))
        .filter(|at| !around.contains(at));
    let mut rows: Vec<_> = all.skip(around.start).take(around.end - around.start).collect();
    if let Some((at, key)) = pinned.and_then(|at| Some((at, keys.get(at)?))) {
        // In order, since that is the order of the Tab key.
        let before = at < around.start;
        rows.insert(if before { 0 } else { rows.len() }, (at, key.clone()));
    }
    rows
}

/// Moves the focus to the same control of the row above or below.
fn move_focus(list: &Element, event: &ev::KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target.filter(|_| !event.default_prevented()) else { return };
    let closest = |selector: &str| target.closest(selector).ok().flatten();
    let Some(row) = closest("[data-row]").filter(|_| closest(OWN_ARROWS).is_none()) else { return };
    let index = row.get_attribute("data-row").and_then(|index| index.parse::<usize>().ok());
    let next =
        index.and_then(|index| if down { index.checked_add(1) } else { index.checked_sub(1) });
    let next =
        next.and_then(|next| list.query_selector(&format!("[data-row='{next}']")).ok().flatten());
    let Some(next) = next else { return };
    let place = find_all(&row, CONTROLS).iter().position(|control| **control == target);
    let controls = find_all(&next, CONTROLS);
    if let Some(control) = place.and_then(|place| controls.get(place)).or(controls.last()) {
        event.prevent_default();
        focus(control);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: usize) -> Vec<String> {
        (0..count).map(|index| index.to_string()).collect()
    }

    fn places(count: usize, seen: Range<usize>, touched: Option<&str>) -> Vec<usize> {
        rows_to_show(&keys(count), &seen, touched).into_iter().map(|(index, _)| index).collect()
    }

    #[test]
    fn a_row_half_in_sight_is_in_sight() {
        assert_eq!(rows_between(-200.0, 300.0, 50.0), 0..7);
        assert_eq!(rows_between(75.0, 575.0, 50.0), 1..12);
    }

    #[test]
    fn only_a_long_list_is_cut() {
        assert_eq!(places(WHOLE, 0..5, None).len(), WHOLE);
        assert_eq!(places(10_000, 0..5, None), (0..15).collect::<Vec<_>>());
        assert_eq!(places(10_000, 500..510, None), (490..520).collect::<Vec<_>>());
        assert_eq!(places(10_000, 9_995..10_020, None), (9_985..10_000).collect::<Vec<_>>());
        // Scrolled to where a longer list was.
        assert!(places(1_000, 5_000..5_010, None).is_empty());
    }

    #[test]
    fn what_was_touched_stays_in_its_order() {
        assert_eq!(places(10_000, 500..501, Some("3")).first(), Some(&3));
        assert_eq!(places(10_000, 500..501, Some("900")).last(), Some(&900));
        assert_eq!(places(10_000, 500..501, Some("505")).len(), 21);
        assert_eq!(places(10_000, 500..501, Some("gone")).len(), 21);
    }
}
