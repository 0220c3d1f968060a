//! Faults on the way of an answer. The engine answers as ever; what carries the
//! answers does to them what the header `x-sandbox-fault` asks for.

use super::faults::HEADER;
use super::{Millis, Request};

/// How long `slow` takes when it does not say.
const SLOW: Millis = 3_000;

/// The longest that `slow` can take.
const MAX_SLOW: Millis = 10 * 60_000;

/// What happens to an answer on its way. The request was executed in any case,
/// which is what makes a lost answer worth trying out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// It arrives.
    AtOnce,
    /// It arrives this much later: `slow`, or `slow=MILLISECONDS`.
    After(Millis),
    /// It never arrives, and the connection stays: `timeout`.
    Never,
    /// The connection breaks before it arrives: `drop`.
    Broken,
}

impl Delivery {
    /// What the request asks for.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let fault = request.header(HEADER).filter(|_| request.path.starts_with("/api/"));
        fault.and_then(Self::parse).unwrap_or(Self::AtOnce)
    }

    /// Reads the header; `None` when it asks for something else.
    pub(super) fn parse(fault: &str) -> Option<Self> {
        match fault.trim() {
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

    #[track_caller]
    fn check(path: &str, fault: &str, expected: Delivery) {
        let headers = vec![(HEADER.to_owned(), fault.to_owned())];
        let request = Request { path: path.into(), headers, ..Request::default() };
        assert_eq!(Delivery::of(&request), expected);
    }

    #[test]
    fn reads_what_is_asked_for() {
        check("/api/apps", "drop", Delivery::Broken);
        check("/api/apps", " timeout ", Delivery::Never);
        check("/api/apps", "slow", Delivery::After(3_000));
        check("/api/apps", "slow=250", Delivery::After(250));
        check("/api/apps", "slow=99999999999", Delivery::After(MAX_SLOW));
        check("/api/apps", "slow=x", Delivery::AtOnce);
        check("/api/apps", "429", Delivery::AtOnce);
    }

    #[test]
    fn control_endpoints_do_not_fail() {
        check("/sandbox/mailbox", "drop", Delivery::AtOnce);
    }
}
