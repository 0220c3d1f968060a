//! The state of one limit, and which of several is in force. The IETF draft calls it a
//! service limit (draft-ietf-httpapi-ratelimit-headers-11, section 4.1).

use std::cmp::Reverse;

use super::{Limits, Reset};
use crate::Millis;

/// What one set of fields says about one limit.
#[derive(Debug, Clone, Default)]
pub(super) struct ServiceLimit {
    pub(super) limit: Option<u32>,
    pub(super) remaining: Option<u32>,
    pub(super) window: Option<Millis>,
    pub(super) reset: Option<Reset>,
}

impl ServiceLimit {
    pub(super) fn is_empty(&self) -> bool {
        self.limit.is_none() && self.remaining.is_none() && self.reset.is_none()
    }

    /// The key to sort by, the tightest first: the least remaining, then the latest reset.
    /// The other fields only make the order deterministic, whatever order the headers came
    /// in. Limits without a number remaining keep the order of their names.
    pub(super) fn tightness(&self) -> impl Ord + use<> {
        let reset = self.reset.as_ref();
        let equals = self.remaining.map(|_| {
            (
                Reverse(reset.map(|reset| reset.at)),
                self.limit.unwrap_or(u32::MAX),
                self.window.unwrap_or(Millis::MAX),
                reset.map(|reset| reset.reading.clone()),
            )
        });
        (self.remaining.is_none(), self.remaining, equals)
    }

    /// Whether `other` may be the same limit in another spelling: the two contradict each
    /// other in no field, and where `other` has a window, they agree in a number.
    fn is_same(&self, other: &Self) -> bool {
        let contradicts = differ(self.remaining, other.remaining)
            || differ(self.limit, other.limit)
            || differ(self.window, other.window);
        let agrees = self.remaining.is_some() && self.remaining == other.remaining
            || self.limit.is_some() && self.limit == other.limit;
        !contradicts && (agrees || other.window.is_none())
    }
}

fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Makes one of many, of which the first is in force. Its gaps are filled from those that
/// may be the same limit. A missing reset is taken from any of them: when nothing is left,
/// any end is better than a guess.
pub(super) fn merge(mut all: impl Iterator<Item = ServiceLimit>) -> Limits {
    let Some(mut first) = all.next() else { return Limits::default() };
    for other in all {
        if first.is_same(&other) {
            first.remaining = first.remaining.or(other.remaining);
            first.window = first.window.or(other.window);
            first.limit = first.limit.or(other.limit);
        }
        first.reset = first.reset.or(other.reset);
    }
    // Whichever of the two is wrong, the smaller one is safe.
    let remaining = match (first.remaining, first.limit) {
        (Some(remaining), Some(limit)) => Some(remaining.min(limit)),
        (remaining, _) => remaining,
    };
    Limits {
        limit: first.limit,
        remaining,
        window: first.window,
        reset: first.reset,
        retry_after: None,
    }
}
