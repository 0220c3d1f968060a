//! The fields that no standard governs, `x-ratelimit-limit` and the like, in the
//! spellings that are in use, and those of the drafts of the IETF up to 06.

use super::clock::Clock;
use super::structured::{self, Bare};
use super::text::{fields, values};
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
    let remaining = counts("remaining").iter().filter_map(Count::left).min();
    let told = counts("limit");
    // In "100, 100;w=60, 5000;w=86400" the first is in force, and the others are
    // policies that it may come from (draft 06, section 3.1).
    let in_force = told.iter().filter(|count| count.window.is_none());
    let limit = in_force
        .filter_map(Count::allowed)
        .min()
        .or_else(|| told.iter().filter_map(Count::allowed).min());
    let same = told.iter().filter(|count| count.allowed() == limit);
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
    number: i64,
    /// Of a policy.
    window: Option<Millis>,
}

impl Count {
    /// As a number left. Some servers count below zero.
    fn left(&self) -> Option<u32> {
        u32::try_from(self.number.max(0)).ok()
    }

    /// As a limit. None and fewer are what servers send that have none.
    fn allowed(&self) -> Option<u32> {
        u32::try_from(self.number).ok().filter(|number| *number > 0)
    }
}

/// The numbers in a field, less what is none.
fn counts(field: &str) -> Vec<Count> {
    if let Some(items) = structured::list(field) {
        return items
            .iter()
            .filter_map(|item| match item.value {
                Bare::Integer(number) => {
                    let window = item.parameter("w").and_then(standard::window).flatten();
                    Some(Count { number, window })
                }
                _ => None,
            })
            .collect();
    }
    // No structured field, as nobody promised one: what can be read is.
    field
        .split(',')
        .filter_map(|part| part.split(';').next()?.trim().parse().ok())
        .map(|number| Count { number, window: None })
        .collect()
}
