//! A row of small bars.

use leptos::prelude::*;

/// The width of a bar with the gap after it, and of the gap, in the units of the drawing.
const STEP: usize = 4;
const GAP: usize = 1;

/// The height of the drawing, and of the mark where there is nothing.
const HEIGHT: u32 = 32;
const NOTHING: u32 = 1;

/// Bars of two parts on top of one another, the newest at the right.
#[component]
pub fn Sparkline(
    /// What it shows, in words, for who does not see it.
    #[prop(into)]
    label: Signal<String>,
    /// The lower and the upper part of each bar, oldest first.
    #[prop(into)]
    bars: Signal<Vec<(u32, u32)>>,
    /// How many bars there is room for.
    room: usize,
) -> impl IntoView {
    let bar = move |at: usize, y: u32, height: u32, kind: &'static str| {
        view! {
            <rect
                class=format!("sparkline__bar sparkline__bar--{kind}")
                x=(at * STEP).to_string()
                y=y.to_string()
                width=(STEP - GAP).to_string()
                height=height.to_string()
            ></rect>
        }
    };
    let drawn = move || {
        bars.with(|bars| {
            let newest = bars.iter().skip(bars.len().saturating_sub(room));
            let highest = newest.clone().map(|(low, high)| low.saturating_add(*high)).max();
            let empty = room.saturating_sub(bars.len());
            let missing = std::iter::repeat_n((0, 0), empty);
            missing
                .chain(newest.copied())
                .enumerate()
                .flat_map(|(at, bar)| {
                    let [low, high] = heights(bar, highest.unwrap_or_default());
                    [(at, HEIGHT - low, low, "first"), (at, HEIGHT - low - high, high, "second")]
                })
                .filter(|(_, _, height, _)| *height > 0)
                .map(|(at, y, height, kind)| bar(at, y, height, kind))
                .collect_view()
        })
    };
    view! {
        <svg
            class="sparkline"
            viewBox=format!("0 0 {} {HEIGHT}", (room * STEP).saturating_sub(GAP))
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            {drawn}
        </svg>
    }
}

/// How high the parts of a bar are when `highest` fills the drawing. What is there is
/// never too low to be seen, and nothing is a mark.
fn heights((low, high): (u32, u32), highest: u32) -> [u32; 2] {
    if low == 0 && high == 0 {
        return [NOTHING, 0];
    }
    let height = |part: u32| {
        let height = u64::from(part) * u64::from(HEIGHT) / u64::from(highest.max(1));
        if part == 0 { 0 } else { u32::try_from(height).unwrap_or(HEIGHT).max(2) }
    };
    let low = height(low).min(HEIGHT);
    [low, height(high).min(HEIGHT - low)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_fills_the_drawing() {
        assert_eq!(heights((0, 0), 0), [1, 0]);
        assert_eq!(heights((0, 0), 9), [1, 0]);
        assert_eq!(heights((8, 0), 8), [32, 0]);
        assert_eq!(heights((4, 4), 8), [16, 16]);
        assert_eq!(heights((1, 1), 1_000), [2, 2]);
        assert_eq!(heights((1_000, 1), 1_001), [31, 1]);
    }
}
