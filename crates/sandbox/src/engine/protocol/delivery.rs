//! Faults that affect an answer on its way. The engine answers as always, and says what
//! should happen to the answer; the adapter that sends the answers does it.

use crate::engine::Millis;

/// How long `slow` takes without a value.
const SLOW: Millis = 3_000;

/// The longest that `slow` can take.
const MAX_SLOW: Millis = 10 * 60_000;

/// What happens to an answer on its way. The request was executed in any case, which makes
/// a lost answer worth testing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Delivery {
    /// It arrives.
    #[default]
    AtOnce,
    /// It arrives this much later: `slow`, or `slow=MILLISECONDS`.
    After(Millis),
    /// It never arrives, and the connection stays: `timeout`.
    Never,
    /// The connection breaks before it arrives: `drop`.
    Broken,
}

impl Delivery {
    /// Reads the name of a fault; `None` for faults of other kinds.
    pub(crate) fn parse(fault: &str) -> Option<Self> {
        match fault {
            "drop" => Some(Self::Broken),
            "timeout" => Some(Self::Never),
            "slow" => Some(Self::After(SLOW)),
            other => {
                let ms: Millis = other.strip_prefix("slow=")?.parse().ok()?;
                Some(Self::After(ms.min(MAX_SLOW)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_asked_for() {
        let check = |fault: &str, expected| assert_eq!(Delivery::parse(fault), expected, "{fault}");
        check("drop", Some(Delivery::Broken));
        check("timeout", Some(Delivery::Never));
        check("slow", Some(Delivery::After(3_000)));
        check("slow=250", Some(Delivery::After(250)));
        check("slow=99999999999", Some(Delivery::After(MAX_SLOW)));
        check("slow=x", None);
        check("429", None);
    }
}
