//! Which calls have ended since they were last looked at.

use std::collections::BTreeSet;

/// Reports each call once, when it has ended. It remembers the calls that are under way and
/// the newest one, so it does not grow with the number of calls.
#[derive(Debug)]
pub(super) struct EndedCalls<Id> {
    /// Later calls have greater ids.
    newest: Option<Id>,
    open: BTreeSet<Id>,
}

impl<Id> Default for EndedCalls<Id> {
    fn default() -> Self {
        Self { newest: None, open: BTreeSet::new() }
    }
}

impl<Id: Ord + Copy> EndedCalls<Id> {
    /// Looks at a call that has changed. Returns true if it has ended and was not reported
    /// before. Calls have to be looked at first in the order in which they began.
    pub(super) fn look(&mut self, id: Id, ended: bool) -> bool {
        let new = self.newest.is_none_or(|newest| id > newest);
        if new {
            self.newest = Some(id);
        }
        if !ended {
            if new {
                self.open.insert(id);
            }
            return false;
        }
        new || self.open.remove(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_is_reported_once_when_it_ends() {
        let mut calls = EndedCalls::default();
        for (id, ended, expected) in [
            (1, false, false),
            (2, false, false),
            // Seen for the first time when it is over already.
            (3, true, true),
            (3, true, false),
            (2, true, true),
            (2, true, false),
            (1, false, false),
            (1, true, true),
            // What has ended does not begin again.
            (1, false, false),
            (1, true, false),
        ] {
            assert_eq!(calls.look(id, ended), expected, "{id} {ended}");
        }
    }

    #[test]
    fn only_calls_under_way_are_remembered() {
        let mut calls = EndedCalls::default();
        for id in 0..1_000 {
            calls.look(id, false);
            assert!(calls.look(id, true));
        }
        calls.look(1_000, false);
        assert_eq!(calls.open.len(), 1);
    }
}
