//! Virtual time: a clock that is moved from timer to timer.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use backoffice_client::{LocalBoxFuture, Millis, Runtime};
use futures_channel::oneshot;
use futures_util::FutureExt as _;

use crate::machine::chance::Chance;

enum Timer {
    Wake(oneshot::Sender<()>),
    Run(Box<dyn FnOnce()>),
}

/// The time of the server, which is the true one.
pub struct Clock {
    now: Cell<Millis>,
    /// By time, and in the order in which they were set.
    timers: RefCell<BTreeMap<(Millis, u64), Timer>>,
    set: Cell<u64>,
}

impl Clock {
    /// A clock that shows `now`, in milliseconds since the epoch.
    #[must_use]
    pub fn new(now: Millis) -> Self {
        Self { now: Cell::new(now), timers: RefCell::default(), set: Cell::new(0) }
    }

    /// The time, in milliseconds since the epoch.
    pub fn now(&self) -> Millis {
        self.now.get()
    }

    /// Resolves after `ms`. Dropped, it does not keep the clock going.
    pub fn sleep(&self, ms: Millis) -> LocalBoxFuture<'static, ()> {
        let (sender, receiver) = oneshot::channel();
        self.set(self.now().saturating_add(ms), Timer::Wake(sender));
        receiver.map(|_| ()).boxed_local()
    }

    /// Does something after `ms`, whatever happens to the caller.
    pub fn after(&self, ms: Millis, run: impl FnOnce() + 'static) {
        self.set(self.now().saturating_add(ms), Timer::Run(Box::new(run)));
    }

    fn set(&self, at: Millis, timer: Timer) {
        self.set.set(self.set.get() + 1);
        self.timers.borrow_mut().insert((at, self.set.get()), timer);
    }

    /// Moves on to the next timer and lets it fire; false when there is none up to
    /// `until`, and the clock shows `until` then.
    pub(crate) fn step(&self, until: Millis) -> bool {
        loop {
            let next = {
                let mut timers = self.timers.borrow_mut();
                let due = timers.first_key_value().is_some_and(|((at, _), _)| *at <= until);
                if due { timers.pop_first() } else { None }
            };
            match next {
                None => {
                    self.now.set(self.now().max(until));
                    return false;
                }
                // Nobody sleeps there any more.
                Some((_, Timer::Wake(sender))) if sender.is_canceled() => {}
                Some(((at, _), timer)) => {
                    self.now.set(at);
                    match timer {
                        // The sleeper may be gone by now, and that is fine.
                        Timer::Wake(sender) => drop(sender.send(())),
                        Timer::Run(run) => run(),
                    }
                    return true;
                }
            }
        }
    }
}

/// The clock of one tab, which may be wrong, and its chance.
pub struct TabClock {
    clock: Rc<Clock>,
    skew: i64,
    chance: Chance,
}

impl TabClock {
    /// A clock that shows `skew` milliseconds more than the true one, or less.
    #[must_use]
    pub fn new(clock: Rc<Clock>, skew: i64, chance: Chance) -> Self {
        Self { clock, skew, chance }
    }
}

impl Runtime for TabClock {
    fn now(&self) -> Millis {
        self.clock.now().saturating_add_signed(self.skew)
    }

    fn sleep(&self, ms: Millis) -> LocalBoxFuture<'static, ()> {
        self.clock.sleep(ms)
    }

    fn random(&self) -> f64 {
        self.chance.uniform()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_shows_another_time_and_sleeps_as_long() {
        let clock = Rc::new(Clock::new(1_000_000));
        let tab = |skew| TabClock::new(Rc::clone(&clock), skew, Chance::new(1));
        let (fast, slow) = (tab(600_000), tab(-600_000));
        assert_eq!((fast.now(), slow.now()), (1_600_000, 400_000));
        let mut sleep = slow.sleep(50);
        assert!(clock.step(2_000_000));
        assert_eq!((clock.now(), slow.now()), (1_000_050, 400_050));
        assert!((&mut sleep).now_or_never().is_some());
    }

    #[test]
    fn whoever_sleeps_no_more_does_not_move_the_clock() {
        let clock = Clock::new(0);
        drop(clock.sleep(50));
        let _last = clock.sleep(70);
        assert!(clock.step(1_000));
        assert_eq!(clock.now(), 70);
        assert!(!clock.step(1_000));
        assert_eq!(clock.now(), 1_000);
    }
}
