//! A circuit breaker: whether the API can be reached, judged by what becomes of calls.
//!
//! A browser's own flag only says whether there is a network. Two calls in a row without any
//! answer say more: then the breaker opens, calls wait instead of failing one by one, and a
//! single read, the probe, shows from time to time whether the connection is back.

use crate::budget::view::Connection;
use crate::host::runtime::Millis;
use crate::journal::EntryId;
use crate::pipeline::backoff::offline_wait;

/// How many calls in a row end without an answer before the breaker opens.
const ENOUGH: u32 = 2;
/// How soon a probe follows one that ended without showing anything.
const SOON: Millis = 1_000;

/// Closed while the API answers, open while it does not, half-open while a probe is on its
/// way.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    failures: u32,
    open_since: Option<Millis>,
    probe_at: Millis,
    /// The read that is on its way to see whether the API answers.
    probe: Option<EntryId>,
}

impl Breaker {
    pub(crate) fn is_open(&self) -> bool {
        self.open_since.is_some()
    }

    /// When the next probe may go.
    pub(crate) fn probe_at(&self) -> Millis {
        self.probe_at
    }

    /// Whether a probe may go now.
    pub(crate) fn wants_probe(&self, now: Millis) -> bool {
        self.is_open() && self.probe.is_none() && now >= self.probe_at
    }

    /// A call is sent: while the breaker is open, as its probe.
    pub(crate) fn sent(&mut self, id: EntryId) {
        if self.is_open() {
            self.probe = Some(id);
        }
    }

    /// A call has ended. Returns true if it was the probe.
    pub(crate) fn ended(&mut self, id: EntryId) -> bool {
        self.probe.take_if(|probe| *probe == id).is_some()
    }

    /// No answer came; `certain` says that there is no network at all, which one failure
    /// shows. Returns true if the breaker is open now.
    pub(crate) fn failed(&mut self, certain: bool, now: Millis, random: f64) -> bool {
        self.failures = self.failures.saturating_add(1);
        if certain {
            self.failures = self.failures.max(ENOUGH);
        }
        self.probe = None;
        if self.failures < ENOUGH {
            return false;
        }
        self.open_since.get_or_insert(now);
        self.probe_at = now + offline_wait(self.failures - ENOUGH, random);
        true
    }

    /// An answer came, whatever it says. Returns true if the breaker had been open.
    pub(crate) fn answered(&mut self) -> bool {
        let was_open = self.is_open();
        *self = Self::default();
        was_open
    }

    /// Lets a probe go now.
    pub(crate) fn hurry(&mut self, now: Millis) {
        self.probe_at = self.probe_at.min(now);
    }

    /// A probe ended without showing anything.
    pub(crate) fn postpone(&mut self, now: Millis) {
        self.probe_at = self.probe_at.max(now + SOON);
    }

    pub(crate) fn view(&self) -> Connection {
        Connection { lost_since: self.open_since, retry_at: self.open_since.map(|_| self.probe_at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_calls_without_an_answer_open_it_and_one_answer_closes_it() {
        let mut breaker = Breaker::default();
        assert!(!breaker.failed(false, 1_000, 0.0));
        assert!(!breaker.is_open(), "one may be an accident");
        assert!(!breaker.answered());
        assert!(!breaker.failed(false, 2_000, 0.0));
        assert!(breaker.failed(false, 3_000, 0.0));
        assert_eq!(breaker.view(), Connection { lost_since: Some(3_000), retry_at: Some(3_500) });
        breaker.failed(false, 4_000, 0.0);
        assert_eq!(breaker.view().lost_since, Some(3_000));
        assert_eq!(breaker.view().retry_at, Some(5_000), "longer each time");
        breaker.hurry(4_100);
        assert_eq!(breaker.view().retry_at, Some(4_100));
        assert!(breaker.answered());
        assert_eq!(breaker.view(), Connection::default());
    }

    #[test]
    fn one_failure_without_any_network_opens_it() {
        let mut breaker = Breaker::default();
        assert!(breaker.failed(true, 1_000, 0.0));
        assert_eq!(breaker.view().retry_at, Some(1_500));
    }

    #[test]
    fn one_probe_at_a_time() {
        let mut breaker = Breaker::default();
        breaker.failed(true, 0, 0.0);
        assert!(!breaker.wants_probe(499));
        assert!(breaker.wants_probe(500));
        breaker.sent(EntryId(1));
        assert!(!breaker.wants_probe(10_000));
        assert!(!breaker.ended(EntryId(2)), "another call");
        assert!(breaker.ended(EntryId(1)));
        assert!(breaker.wants_probe(10_000));
        breaker.postpone(10_000);
        assert!(!breaker.wants_probe(10_999));
    }
}
