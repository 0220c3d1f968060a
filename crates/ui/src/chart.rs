//! A line over time.

mod drawing;
mod line;
mod picking;
mod scale;
mod ticks;
mod width;
mod zone;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use self::drawing::Drawing;
pub use self::line::{Point, between};
use self::picking::Picking;
use self::scale::Scale;
use self::width::use_width;
pub use self::zone::Zone;
use super::dom::unique_id;
use crate::words::time;

/// The drawing in pixels: its height, and the room for the axes around the line.
const HEIGHT: f64 = 208.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 24.0;

/// About how many numbers the axis has.
const NUMBERS: usize = 4;

/// A limit that is further above all values is not drawn: they would lie on the ground.
const FAR_LIMIT: f64 = 4.0;

/// Points in a row as a line, with gaps where nothing was measured. A point can be
/// looked at with the mouse, a finger or the arrow keys; dragging, or Shift with the
/// arrow keys and then Enter, chooses a part.
#[component]
pub fn LineChart(
    /// What is shown, for who does not see it.
    #[prop(into)]
    label: Signal<String>,
    /// The points, in order.
    #[prop(into)]
    points: Signal<Arc<Vec<Point>>>,
    /// From when to when, in epoch milliseconds.
    #[prop(into)]
    range: Signal<(f64, f64)>,
    /// Whose time is shown.
    #[prop(into)]
    zone: Signal<Zone>,
    /// A value that matters, with its name.
    #[prop(into)]
    limit: Signal<Option<(f64, String)>>,
    /// A value in words.
    value_text: fn(f64) -> String,
    /// The time that is looked at, which charts beside one another share.
    cursor: RwSignal<Option<f64>>,
    /// A part was chosen.
    on_zoom: Callback<(f64, f64)>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node);
    let highest = Memo::new(move |_| {
        let highest = points.with(|points| {
            let inside = points.get(between(points, range.get())).unwrap_or_default();
            inside.iter().filter_map(|(_, value)| *value).fold(0.0, f64::max)
        });
        let near = |limit: &f64| *limit <= highest * FAR_LIMIT;
        limit
            .with(|limit| limit.as_ref().map(|(limit, _)| *limit))
            .filter(near)
            .unwrap_or(0.0)
            .max(highest)
    });
    let levels = Memo::new(move |_| ticks::numbers(highest.get(), NUMBERS));
    let x =
        Signal::derive(move || Scale::new(range.get(), (LEFT, (width.get() - RIGHT).max(LEFT))));
    let y = Signal::derive(move || {
        let top = levels.with(|levels| levels.last().copied().unwrap_or(1.0));
        Scale::new((0.0, top), (HEIGHT - BOTTOM, TOP))
    });
    let picking = Picking { points, range, x, cursor, selection: RwSignal::new(None), on_zoom };
    let told = move || match picking.point() {
        Some((at, value)) => {
            let value = value.map_or_else(|| "nothing measured".to_owned(), value_text);
            format!("{}, {value}", moment(at, zone.get()))
        }
        None => "No time chosen".to_owned(),
    };
    let help = unique_id("chart-help");
    let described_by = help.clone();
    let count = move || points.with(|points| between(points, range.get()).len());
    view! {
        <div
            class="chart"
            node_ref=node
            role="slider"
            tabindex="0"
            aria-label=label
            aria-describedby=described_by
            aria-valuemin="0"
            aria-valuemax=move || count().saturating_sub(1).to_string()
            aria-valuenow=move || picking.index().unwrap_or_default().to_string()
            aria-valuetext=told
            on:pointerdown=move |event| picking.press(&event, node)
            on:pointermove=move |event| picking.turn(&event, node)
            on:pointerup=move |event| picking.release(&event, node)
            on:pointercancel=move |_| picking.clear()
            on:pointerleave=move |_| if picking.selection.get_untracked().is_none() { picking.clear() }
            on:keydown=move |event| picking.key(&event)
            on:blur=move |_| picking.clear()
        >
            {move || (width.get() > LEFT + RIGHT).then(|| view! {
                <Drawing points range zone limit value_text levels x y width picking />
            })}
            <span class="visually-hidden" id=help>
                "Arrow keys move through the measurements, Page Up and Page Down by a tenth. "
                "With Shift they choose a part; Enter shows only that part, Escape lets go of it."
            </span>
        </div>
    }
}

/// A day and time in words.
#[must_use]
pub fn moment(at: f64, zone: Zone) -> String {
    let shown = at + zone.offset(at);
    format!("{}, {}", day(shown), ticks::clock(shown))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "times since 1970")]
fn day(shown: f64) -> String {
    time::utc_day(shown.max(0.0) as u64)
}

/// Whole columns in some pixels, at least one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen is small")]
fn columns(pixels: f64) -> usize {
    pixels.max(1.0) as usize
}
