//! The fields that no standard governs, `x-ratelimit-limit` and the like, in the
//! spellings that are in use, and those of the drafts of the IETF up to 06.

use super::clock::Clock;
use super::service_limit::ServiceLimit;
use super::structured;
use super::text::{fields, number, values};
use super::{latest, standard};
use crate::Millis;

/// How the names begin, the one to trust first in front.
const FAMILIES: [&str; 3] = ["x-ratelimit", "x-rate-limit", "ratelimit"];
/// The suffixes of the names where a server has several limits, and how long their windows
/// are, if the suffix says so. The limits of others, such as `-tokens`, do not count calls.
const SUFFIXES: [(&str, Option<Millis>); 6] = [
    ("", None),
    ("-requests", None),
    ("-second", Some(1_000)),
    ("-minute", Some(60_000)),
    ("-hour", Some(3_600_000)),
    ("-day", Some(86_400_000)),
];

/// The limits of each window, in no order.
pub(super) fn limits(headers: &[(String, String)], clock: &Clock) -> Vec<ServiceLimit> {
    let limits = SUFFIXES.iter().map(|(suffix, window)| limit(headers, suffix, *window, clock));
    limits.filter(|limit| !limit.is_empty()).collect()
}

fn limit(
    headers: &[(String, String)],
    suffix: &str,
    window: Option<Millis>,
    clock: &Clock,
) -> ServiceLimit {
    let counts = |field: &str| -> Vec<Count> {
        let sent = FAMILIES.iter().flat_map(|family| named(headers, family, field, suffix));
        sent.flat_map(|(_, field)| counts(field)).collect()
    };
    let remaining = counts("remaining").iter().map(|count| count.calls).min();
    let mut sent = counts("limit");
    // Servers that have no limit send 0.
    sent.retain(|count| count.calls > 0);
    // In "100, 100;w=60, 5000;w=86400" the first is in force, and the others are
    // policies that it may come from (draft 06, section 3.1).
    let in_force = sent.iter().min_by_key(|count| (count.window.is_some(), count.calls));
    let limit = in_force.map(|count| count.calls);
    let same = sent.iter().filter(|count| Some(count.calls) == limit);
    let window = window.or_else(|| same.filter_map(|count| count.window).max());
    let reset = FAMILIES.iter().find_map(|family| {
        let sent = named(headers, family, "reset", suffix);
        latest(sent.iter().flat_map(|(name, field)| {
            values(field).into_iter().filter_map(|value| clock.reset(name, &value, window))
        }))
    });
    ServiceLimit { limit, remaining, window, reset }
}

/// The fields of one name, in its two spellings, each with the name that it was sent by.
/// The suffix usually comes last.
fn named<'a>(
    headers: &'a [(String, String)],
    family: &str,
    field: &str,
    suffix: &str,
) -> Vec<(String, &'a str)> {
    let last = format!("{family}-{field}{suffix}");
    let first = Some(format!("{family}{suffix}-{field}")).filter(|first| *first != last);
    let mut sent = Vec::new();
    for name in [Some(last), first].into_iter().flatten() {
        sent.extend(fields(headers, &name).map(|field| (name.clone(), field)));
    }
    sent
}

/// A number of calls.
struct Count {
    /// Rounded down: a part of a call is no call.
    calls: u32,
    /// The window of the policy whose quota this is.
    window: Option<Millis>,
}

/// The counts in a field. What is not a count is skipped, and so is a negative number:
/// servers send -1 for "no limit" or "not known".
fn counts(field: &str) -> Vec<Count> {
    let count = |text: &str, window| {
        let calls = number(text.split(';').next()?.trim())?.floor();
        (calls <= f64::from(u32::MAX)).then_some(Count { calls: calls as u32, window })
    };
    match structured::list(field) {
        Some(items) => items
            .iter()
            .filter_map(|item| {
                let window = item.parameter("w").and_then(standard::window).flatten();
                count(item.raw, window)
            })
            .collect(),
        // These fields are not promised to be structured fields.
        None => field.split(',').filter_map(|part| count(part, None)).collect(),
    }
}
