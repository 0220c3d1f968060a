//! The picture of a chart.

use std::sync::Arc;

use leptos::prelude::*;

use super::line::{Point, area, path, runs};
use super::picking::Picking;
use super::scale::Scale;
use super::{BOTTOM, HEIGHT, LEFT, RIGHT, TOP, Zone, columns, day, moment, ticks};

/// The room that a time on the axis takes, in pixels.
const TIME_ROOM: f64 = 84.0;

/// The picture: axes, line, limit, and what is looked at.
#[component]
pub fn Drawing(
    /// The points, in order.
    points: Signal<Arc<Vec<Point>>>,
    /// From when to when.
    range: Signal<(f64, f64)>,
    /// Whose time is shown.
    zone: Signal<Zone>,
    /// A value that matters, with its name.
    limit: Signal<Option<(f64, String)>>,
    /// A value in words.
    value_text: fn(f64) -> String,
    /// The numbers on the axis.
    levels: Memo<Vec<f64>>,
    /// Where a time is.
    x: Signal<Scale>,
    /// Where a value is.
    y: Signal<Scale>,
    /// The width of the picture in pixels.
    width: RwSignal<f64>,
    /// What is looked at and what is chosen.
    picking: Picking,
) -> impl IntoView {
    let drawn = Memo::new(move |_| {
        points.with(|points| runs(points, range.get(), columns(width.get() - LEFT - RIGHT)))
    });
    let end = move || width.get() - RIGHT;
    let level = move |value: f64| {
        let at = y.get().place(value);
        view! {
            <line class="chart__grid" x1=LEFT.to_string() x2=move || end().to_string() y1=at.to_string() y2=at.to_string()></line>
            <text class="chart__tick chart__tick--level" x=(LEFT - 8.0).to_string() y=(at + 4.0).to_string()>{value_text(value)}</text>
        }
    };
    let times = move || {
        let (from, to) = range.get();
        let zone = zone.get();
        ticks::times(from, to, zone.offset(from), columns((end() - LEFT) / TIME_ROOM))
            .into_iter()
            .map(|at| {
                let place = format!("{:.1}", x.get().place(at));
                let shown = at + zone.offset(at);
                let midnight = ticks::is_midnight(shown);
                let text = if midnight { day(shown) } else { ticks::clock(shown) };
                view! {
                    <line class="chart__grid" class=("chart__grid--day", midnight) x1=place.clone() x2=place.clone() y1=TOP.to_string() y2=(HEIGHT - BOTTOM).to_string()></line>
                    <text class="chart__tick chart__tick--time" x=place y=(HEIGHT - 6.0).to_string()>{text}</text>
                }
            })
            .collect_view()
    };
    let limit_line = move || {
        let (value, name) = limit.get()?;
        let top = levels.with(|levels| levels.last().copied().unwrap_or_default());
        (value <= top).then(|| {
            let at = y.get().place(value);
            // Under the line where what is looked at is written above it.
            let name_at = if at < TOP + 16.0 { at + 16.0 } else { at - 5.0 };
            view! {
                <line class="chart__limit" x1=LEFT.to_string() x2=move || end().to_string() y1=at.to_string() y2=at.to_string()></line>
                <text class="chart__limit-name" x=move || (end() - 4.0).to_string() y=name_at.to_string()>{name}</text>
            }
        })
    };
    let selected = move || {
        let (one, other) = picking.selection.get()?;
        let (one, other) = (x.get().place(one), x.get().place(other));
        Some(view! {
            <rect
                class="chart__selection"
                x=one.min(other).to_string()
                width=(one - other).abs().to_string()
                y=TOP.to_string()
                height=(HEIGHT - TOP - BOTTOM).to_string()
            ></rect>
        })
    };
    let looked_at = move || {
        let (at, value) = picking.point()?;
        let place = x.get().place(at);
        // Beside the line, on the side where there is room.
        let to_the_left = place > (LEFT + end()) / 2.0;
        let text = value.map_or_else(|| "nothing measured".to_owned(), value_text);
        Some(view! {
            <line class="chart__cursor" x1=place.to_string() x2=place.to_string() y1=(TOP - 14.0).to_string() y2=(HEIGHT - BOTTOM).to_string()></line>
            {value.map(|value| view! {
                <circle class="chart__dot" cx=place.to_string() cy=y.get().place(value).to_string() r="4"></circle>
            })}
            <text
                class="chart__readout"
                class=("chart__readout--left", to_the_left)
                x=(if to_the_left { place - 8.0 } else { place + 8.0 }).to_string()
                y=(TOP - 6.0).to_string()
            >
                <tspan class="chart__readout-value">{text}</tspan>
                " · "
                {moment(at, zone.get())}
            </text>
        })
    };
    view! {
        <svg class="chart__drawing" width=move || width.get().to_string() height=HEIGHT.to_string() aria-hidden="true">
            {move || levels.get().into_iter().map(level).collect_view()}
            {times}
            // A picture inside the picture cuts off what is beyond the axes.
            <svg
                x=LEFT.to_string()
                width=move || (end() - LEFT).max(0.0).to_string()
                height=HEIGHT.to_string()
                viewBox=move || format!("{LEFT} 0 {} {HEIGHT}", (end() - LEFT).max(1.0))
            >
                <path class="chart__area" d=move || drawn.with(|drawn| area(drawn, x.get(), y.get()))></path>
                <path class="chart__line" d=move || drawn.with(|drawn| path(drawn, x.get(), y.get()))></path>
                {selected}
            </svg>
            {limit_line}
            {looked_at}
        </svg>
    }
}
