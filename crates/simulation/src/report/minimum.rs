//! The least time in which so many calls can be made at all.

use backoffice_client::Millis;

use crate::machine::line::MEDIAN;

/// How long an omniscient sender takes from the start to its last answer, in
/// milliseconds: it knows the boundaries of the windows, sends so that a whole
/// window's worth of calls arrives the moment that a window begins, has no more on
/// its way than the server will take, and every answer takes the median latency.
///
/// `needed` calls have to be counted by the server, `per_window` of them fit into a
/// window, and of the first window `left` milliseconds are left at the start.
#[must_use]
pub fn makespan(needed: u32, per_window: u32, left: Millis, window: Millis) -> Millis {
    let windows = needed.div_ceil(per_window.max(1));
    match windows {
        0 => 0,
        // Nothing to wait for but the way there and back.
        1 => MEDIAN,
        // The last calls arrive at the boundary; what is left is the way back.
        more => left + window * Millis::from(more - 2) + MEDIAN / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_window_is_partial_and_the_last_takes_no_time() {
        let of = |needed| makespan(needed, 60, 10_000, 60_000);
        assert_eq!(of(0), 0);
        assert_eq!(of(60), 80);
        assert_eq!(of(61), 10_040);
        assert_eq!(of(120), 10_040);
        assert_eq!(of(300), 190_040);
        assert_eq!(of(301), 250_040);
    }
}
