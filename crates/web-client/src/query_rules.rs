//! When a read is made, how urgently, and when it is made again or given up.

use backoffice_client::{EntryState, Millis, Priority};

/// A read that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InFlight {
    /// Whether somebody waits for it.
    pub(super) priority: Priority,
    /// How many writes had made the target stale when it was asked for.
    pub(super) generation: u32,
}

/// What is known of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// The read that is under way.
    pub(super) in_flight: Option<InFlight>,
    /// How many writes have made the target stale so far.
    pub(super) generation: u32,
    /// How many had when the last answer was asked for.
    pub(super) answered: Option<u32>,
    /// When the last answer came.
    pub(super) fetched_at: Option<Millis>,
}

/// Why a target should be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// A page shows it.
    Show {
        /// How old an answer it is content with, in milliseconds.
        age: Millis,
    },
    /// The user asks for it.
    Refresh,
    /// A page looks whether something in transition has arrived.
    Poll {
        /// The client would not send it now.
        held: bool,
    },
}

/// What to do about a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The answer at hand will do, or the one that is under way.
    Nothing,
    /// Read.
    Read(Priority),
    /// Make the read under way as urgent as what the user asks for.
    Lift,
    /// Give up the read under way, which was asked for before a write, and read at once.
    Replace,
}

/// What to do about a wish. A poll neither queues nor joins; everything else is waited for
/// by somebody, so it is never left to a read that nobody waits for.
pub(super) fn step(known: &Known, wish: Wish, now: Millis) -> Step {
    let wanted = match wish {
        Wish::Show { age } => {
            let old = known.fetched_at.is_none_or(|at| at.saturating_add(age) < now);
            old || known.answered != Some(known.generation)
        }
        Wish::Refresh => true,
        Wish::Poll { held } => !held && known.in_flight.is_none(),
    };
    if !wanted {
        return Step::Nothing;
    }
    match (known.in_flight, wish) {
        (None, Wish::Poll { .. }) => Step::Read(Priority::Background),
        (None, _) => Step::Read(Priority::Interactive),
        // Its answer comes soon, and is asked for again if a write came in between.
        (Some(InFlight { priority: Priority::Interactive, .. }), _) => Step::Nothing,
        (Some(InFlight { generation, .. }), _) if generation != known.generation => Step::Replace,
        (Some(_), _) => Step::Lift,
    }
}

/// Whether an answer that was asked for at the generation `asked` has to be asked for again.
/// A target that no page shows is read when one shows it.
pub(super) fn read_again(asked: u32, generation: u32, shown: bool) -> bool {
    shown && asked != generation
}

/// Whether to give up a read whose page was left. What has been sent is paid for, so its
/// answer is kept for when somebody comes back. `state` is that of the call, if it began.
pub(super) fn give_up_when_left(state: Option<&EntryState>) -> bool {
    !matches!(state, Some(EntryState::Sending))
}

#[cfg(test)]
mod tests {
    use backoffice_client::{Wait, Why};

    use super::*;
    use Priority::{Background, Interactive};

    const NOW: Millis = 100_000;
    const SHOW: Wish = Wish::Show { age: 30_000 };
    const POLL: Wish = Wish::Poll { held: false };

    /// Read at generation 3, ten seconds ago.
    const FRESH: Known =
        Known { in_flight: None, generation: 3, answered: Some(3), fetched_at: Some(NOW - 10_000) };
    const OLD: Known = Known { fetched_at: Some(NOW - 30_001), ..FRESH };
    const STALE: Known = Known { answered: Some(2), ..FRESH };
    const NEVER: Known = Known { answered: None, fetched_at: None, ..FRESH };

    fn reading(known: Known, priority: Priority, generation: u32) -> Known {
        Known { in_flight: Some(InFlight { priority, generation }), ..known }
    }

    #[test]
    fn what_to_do_about_a_wish() {
        let held = Wish::Poll { held: true };
        for (known, wish, expected) in [
            // Nothing is under way.
            (FRESH, SHOW, Step::Nothing),
            (OLD, SHOW, Step::Read(Interactive)),
            (STALE, SHOW, Step::Read(Interactive)),
            (NEVER, SHOW, Step::Read(Interactive)),
            (FRESH, Wish::Refresh, Step::Read(Interactive)),
            (FRESH, POLL, Step::Read(Background)),
            (FRESH, held, Step::Nothing),
            (STALE, held, Step::Nothing),
            // A poll is under way, perhaps held.
            (reading(FRESH, Background, 3), SHOW, Step::Nothing),
            (reading(OLD, Background, 3), SHOW, Step::Lift),
            (reading(FRESH, Background, 3), Wish::Refresh, Step::Lift),
            (reading(FRESH, Background, 3), POLL, Step::Nothing),
            (reading(STALE, Background, 2), SHOW, Step::Replace),
            (reading(STALE, Background, 2), Wish::Refresh, Step::Replace),
            (reading(STALE, Background, 2), POLL, Step::Nothing),
            (reading(STALE, Background, 3), SHOW, Step::Lift),
            // Somebody waits already.
            (reading(OLD, Interactive, 3), SHOW, Step::Nothing),
            (reading(FRESH, Interactive, 3), Wish::Refresh, Step::Nothing),
            (reading(STALE, Interactive, 2), SHOW, Step::Nothing),
            (reading(STALE, Interactive, 2), Wish::Refresh, Step::Nothing),
            (reading(FRESH, Interactive, 3), POLL, Step::Nothing),
        ] {
            assert_eq!(step(&known, wish, NOW), expected, "{known:?} {wish:?}");
        }
    }

    #[test]
    fn an_answer_from_before_a_write_is_asked_for_again_while_it_is_shown() {
        assert!(!read_again(3, 3, true));
        assert!(read_again(3, 4, true));
        assert!(!read_again(3, 4, false));
        assert!(!read_again(3, 3, false));
    }

    #[test]
    fn a_read_whose_page_was_left_is_given_up_unless_it_was_sent() {
        assert!(give_up_when_left(None));
        let waiting = EntryState::Waiting(Wait { until: None, why: Why::SignIn });
        assert!(give_up_when_left(Some(&waiting)));
        assert!(!give_up_when_left(Some(&EntryState::Sending)));
    }
}
