//! When a call asks the user before it is sent.
//!
//! A change that goes out long after somebody pressed the button may not be wanted any more,
//! or may undo what was done elsewhere meanwhile. Twice is like once for an idempotent call
//! (RFC 9110 section 9.2.2), but late is not like now.

use crate::budget::priority::Rank;
use crate::host::runtime::Millis;

/// A longer wait asks: a minute, and what rounding and the way of an answer add to a window
/// of a minute.
pub(crate) const ASK_OVER: Millis = 62_000;

/// Whether to ask. `consented_until` is until when the call may go without; `end` is when
/// the hold that it is in ends, if that is known.
///
/// | call | asks |
/// | --- | --- |
/// | of the session itself | never: nobody could answer for it |
/// | a change | when it has waited for over a minute, or is going to |
/// | a read | when it is told to wait for over a minute; it goes by itself all the same |
pub(crate) fn asks(
    reads: bool,
    rank: Rank,
    consented_until: Millis,
    end: Option<Millis>,
    now: Millis,
) -> bool {
    let goes_at = end.unwrap_or(now).max(now);
    rank != Rank::Session
        && goes_at > consented_until
        && (!reads || goes_at.saturating_sub(now) > ASK_OVER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_by_effect_rank_and_time() {
        use Rank::{Background, Interactive, Session};
        let minute = ASK_OVER;
        for (reads, rank, waited, end, expected) in [
            // Whatever it waits for, a change asks after a minute, and not before.
            (false, Interactive, minute, None, false),
            (false, Interactive, minute + 1, None, true),
            (false, Background, minute + 1, None, true),
            // And before, if the end of the hold is known to be later.
            (false, Interactive, 0, Some(minute), false),
            (false, Interactive, 0, Some(minute + 1), true),
            (false, Interactive, 30_000, Some(40_000), true),
            // A read asks only about a long hold that lies ahead.
            (true, Interactive, 10 * minute, None, false),
            (true, Interactive, 0, Some(minute + 1), true),
            (true, Interactive, 30_000, Some(40_000), false),
            (true, Background, minute, Some(minute + 1), true),
            // The session never asks.
            (false, Session, 10 * minute, Some(10 * minute), false),
        ] {
            let (made_at, now) = (1_000_000, 1_000_000 + waited);
            let end = end.map(|ahead| now + ahead);
            let asked = asks(reads, rank, made_at + ASK_OVER, end, now);
            assert_eq!(asked, expected, "{reads} {rank:?} {waited} {end:?}");
        }
    }
}
