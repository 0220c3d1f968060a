//! The fields that no standard governs, `x-ratelimit-limit` and the like, in the
//! spellings that are in use, and those of the drafts of the IETF up to 06.

use super::clock::Clock;
use super::structured;
use super::text::{fields, number, values};
use super::told::Told;
use super::{latest, standard};
use crate::runtime::Millis;

/// How the names begin, the one to trust first in front.
const FAMILIES: [&str; 3] = ["x-ratelimit", "x-rate-limit", "ratelimit"];
/// How the names go on where a server tells of several windows, and how long those
/// are. Without a suffix that is not known.
const WINDOWS: [(&str, Option<Millis>); 5] = [
    ("", None),
    ("-second", Some(1_000)),
    ("-minute", Some(60_000)),
    ("-hour", Some(3_600_000)),
    ("-day", Some(86_400_000)),
];

/// The limits of each window, in no order.
pub(super) fn limits(headers: &[(String, String)], clock: &Clock) -> Vec<Told> {
    let limits = WINDOWS.iter().map(|(suffix, window)| limit(headers, suffix, *window, clock));
    limits.filter(|told| !told.is_empty()).collect()
}

fn limit(
    headers: &[(String, String)],
    suffix: &str,
    window: Option<Millis>,
    clock: &Clock,
) -> Told {
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
    Told { limit, remaining, window, reset }
}

/// The fields of one name, each with it. A suffix stands behind, seldom before.
fn named<'a>(
    headers: &'a [(String, String)],
    family: &str,
    field: &str,
    suffix: &str,
) -> Vec<(String, &'a str)> {
    let behind = format!("{family}-{field}{suffix}");
    let before = Some(format!("{family}{suffix}-{field}")).filter(|before| *before != behind);
    let mut sent = Vec::new();
    for name in [Some(behind), before].into_iter().flatten() {
        sent.extend(fields(headers, &name).map(|field| (name.clone(), field)));
    }
    sent
}

/// A number of calls.
struct Count {
    /// Rounded down: a part of a call is none.
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
