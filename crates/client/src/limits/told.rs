//! What one set of fields told about one limit, and which of several counts.

use std::cmp::Reverse;

use super::{Limits, Reset};
use crate::runtime::Millis;

/// What one set of fields told about one limit.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub(super) limit: Option<u32>,
    pub(super) remaining: Option<u32>,
    pub(super) window: Option<Millis>,
    pub(super) reset: Option<Reset>,
}

impl Told {
    pub(super) fn is_empty(&self) -> bool {
        self.limit.is_none() && self.remaining.is_none() && self.reset.is_none()
    }

    /// The smallest comes first: the least left, for the longest. The rest only makes
    /// the order of equals the same, whatever order they were sent in. Those that tell
    /// no number left stay in the order of their names.
    pub(super) fn tightness(&self) -> impl Ord + use<> {
        let reset = self.reset.as_ref();
        let equals = self.remaining.map(|_| {
            (
                Reverse(reset.map(|reset| reset.at)),
                self.limit.unwrap_or(u32::MAX),
                self.window.unwrap_or(Millis::MAX),
                reset.map(|reset| reset.read_as.clone()),
            )
        });
        (self.remaining.is_none(), self.remaining, equals)
    }

    /// Whether `other` may be the same limit in another spelling: it contradicts in
    /// nothing, and one of a window that was not told here agrees in a number.
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

/// Makes one of many, of which the first counts. Its gaps are filled from those that
/// may be the same limit, and its missing end from any: when nothing is left, any end
/// is better than a guess.
pub(super) fn merge(mut all: impl Iterator<Item = Told>) -> Limits {
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
