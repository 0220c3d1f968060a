//! Time, waiting and chance, as the browser has them.

use backoffice_client::{LocalBoxFuture, Millis, Runtime};
use futures_util::FutureExt as _;
use gloo_timers::future::TimeoutFuture;

/// The browser's clock, timers and random numbers.
pub struct BrowserRuntime;

impl Runtime for BrowserRuntime {
    fn now(&self) -> Millis {
        now()
    }

    fn sleep(&self, ms: Millis) -> LocalBoxFuture<'static, ()> {
        let mut sleep = Sleep::new(ms, now());
        async move {
            loop {
                TimeoutFuture::new(sleep.next_piece()).await;
                if sleep.is_over(now()) {
                    return;
                }
            }
        }
        .boxed_local()
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}

/// The longest that one timer runs, in milliseconds.
const PIECE: u32 = 60_000;

/// A sleep in pieces. Timers stand still while the machine sleeps, so a long one would go
/// on for what was left of it; this one looks at the clock after each piece. It also ends
/// when all pieces have run, so a clock that is set back does not prolong it.
#[derive(Debug)]
struct Sleep {
    ends_at: Millis,
    left: Millis,
}

impl Sleep {
    fn new(ms: Millis, now: Millis) -> Self {
        Self { ends_at: now.saturating_add(ms), left: ms }
    }

    /// How long the next timer runs.
    fn next_piece(&mut self) -> u32 {
        let piece = u32::try_from(self.left).map_or(PIECE, |left| left.min(PIECE));
        self.left -= Millis::from(piece);
        piece
    }

    /// Whether it is over when a piece has run.
    fn is_over(&self, now: Millis) -> bool {
        self.left == 0 || now >= self.ends_at
    }
}

/// Milliseconds since the epoch.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is a date of today"
)]
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// Whether the browser has a network at all; that the API can be reached is another question.
pub(super) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a sleep, after each of which the clock shows another time.
    fn pieces(ms: Millis, clock: &[Millis]) -> Vec<u32> {
        let mut sleep = Sleep::new(ms, 1_000);
        let mut pieces = Vec::new();
        for now in clock {
            pieces.push(sleep.next_piece());
            if sleep.is_over(*now) {
                return pieces;
            }
        }
        panic!("still asleep after {pieces:?}");
    }

    #[test]
    fn a_long_sleep_is_made_of_minutes() {
        assert_eq!(pieces(0, &[1_000]), [0]);
        assert_eq!(pieces(59_000, &[60_000]), [59_000]);
        assert_eq!(pieces(60_000, &[61_000]), [60_000]);
        assert_eq!(pieces(130_000, &[61_000, 121_000, 131_000]), [60_000, 60_000, 10_000]);
        assert_eq!(pieces(Millis::MAX, &[61_000, Millis::MAX]), [60_000, 60_000]);
    }

    #[test]
    fn a_sleep_ends_by_the_clock_after_the_machine_slept() {
        assert_eq!(pieces(3_600_000, &[61_000, 9_000_000]), [60_000, 60_000]);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_prolong_a_sleep() {
        assert_eq!(pieces(100_000, &[0, 0]), [60_000, 40_000]);
    }
}
