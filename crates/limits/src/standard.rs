//! The fields `RateLimit` and `RateLimit-Policy` of the IETF draft "RateLimit header
//! fields for HTTP" (draft-ietf-httpapi-ratelimit-headers-11), and what they were in
//! earlier drafts.
//!
//! The draft wants malformed fields to be ignored (section 7): a field that does not
//! parse is ignored as a whole, a member without its required parameters alone.

use super::FAR;
use super::clock::Clock;
use super::service_limit::ServiceLimit;
use super::structured::{self, Bare, Item};
use super::text::fields;
use crate::Millis;

/// A quota policy (section 3.1).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Policy {
    /// Up to draft 07 a policy had no name but its quota.
    name: Option<String>,
    quota: u32,
    pub(super) window: Option<Millis>,
    /// Other policies count bytes, or calls at the same time (section 3.1.2).
    counts_requests: bool,
}

impl Policy {
    /// How many calls it allows.
    pub(super) fn limit(&self) -> Option<u32> {
        (self.counts_requests && self.quota > 0).then_some(self.quota)
    }
}

/// The policies that apply.
pub(super) fn policies(headers: &[(String, String)]) -> Vec<Policy> {
    let fields = fields(headers, "ratelimit-policy");
    fields.filter_map(structured::list).flatten().filter_map(|item| policy(&item)).collect()
}

fn policy(item: &Item<'_>) -> Option<Policy> {
    let (name, quota) = match &item.value {
        Bare::Text(name) => (Some(name.clone()), count(item.parameter("q")?)?),
        value => (None, count(value)?),
    };
    let window = match item.parameter("w") {
        Some(seconds) => window(seconds)?,
        None => None,
    };
    let counts_requests = match item.parameter("qu") {
        // The text of the draft and its registry differ in the plural.
        Some(Bare::Text(unit)) => unit == "requests" || unit == "request",
        Some(_) => return None,
        None => true,
    };
    Some(Policy { name, quota, window, counts_requests })
}

/// The length of a window. One that is longer than [`FAR`] is well-formed, but counts as
/// unknown.
pub(super) fn window(seconds: &Bare) -> Option<Option<Millis>> {
    match seconds {
        Bare::Integer(seconds @ 1..) => {
            let window = Millis::try_from(*seconds).ok()?.checked_mul(1_000)?;
            Some(Some(window).filter(|window| *window <= FAR))
        }
        _ => None,
    }
}

/// The limits that apply, in no order.
pub(super) fn limits(
    headers: &[(String, String)],
    policies: &[Policy],
    clock: &Clock,
) -> Vec<ServiceLimit> {
    let mut limits = Vec::new();
    for field in fields(headers, "ratelimit") {
        if let Some(items) = structured::list(field) {
            limits.extend(items.iter().filter_map(|item| service_limit(item, policies, clock)));
        } else if let Some(members) = structured::dictionary(field) {
            limits.extend(groups(members).iter().filter_map(|group| earlier(group, clock)));
        }
    }
    limits
}

/// A service limit (section 4.1).
fn service_limit(item: &Item<'_>, policies: &[Policy], clock: &Clock) -> Option<ServiceLimit> {
    let Bare::Text(name) = &item.value else { return None };
    let remaining = count(item.parameter("r")?)?;
    let reset = match item.parameter("t") {
        Some(seconds) => clock.effective_window("ratelimit", item.raw, whole(seconds)?),
        None => None,
    };
    let named = || policies.iter().filter(|policy| policy.name.as_ref() == Some(name));
    if named().next().is_some() && !named().any(|policy| policy.counts_requests) {
        return None;
    }
    let policy = named()
        .filter(|policy| policy.counts_requests)
        .min_by_key(|policy| (policy.quota, policy.window));
    Some(ServiceLimit {
        limit: policy.and_then(Policy::limit),
        remaining: Some(remaining),
        window: policy.and_then(|policy| policy.window),
        reset,
    })
}

/// One limit as a Dictionary, up to draft 07.
type Group<'a> = Vec<(&'a str, Item<'a>)>;

/// Where a key repeats, the next field begins: a browser joined them.
fn groups<'a>(members: Group<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (key, item) in members {
        match groups.last_mut() {
            Some(group) if group.iter().all(|(known, _)| *known != key) => group.push((key, item)),
            _ => groups.push(vec![(key, item)]),
        }
    }
    groups
}

fn earlier(group: &[(&str, Item<'_>)], clock: &Clock) -> Option<ServiceLimit> {
    let member = |name| group.iter().find(|(key, _)| *key == name).map(|(_, item)| &item.value);
    let remaining = count(member("remaining")?)?;
    let limit = match member("limit") {
        Some(limit) => Some(count(limit)?).filter(|limit| *limit > 0),
        None => None,
    };
    let reset = match member("reset") {
        Some(seconds) => {
            let members = group.iter().map(|(key, item)| format!("{key}={}", item.raw));
            let raw = members.collect::<Vec<_>>().join(", ");
            clock.effective_window("ratelimit", &raw, whole(seconds)?)
        }
        None => None,
    };
    Some(ServiceLimit { limit, remaining: Some(remaining), window: None, reset })
}

fn whole(value: &Bare) -> Option<i64> {
    match value {
        Bare::Integer(number @ 0..) => Some(*number),
        _ => None,
    }
}

fn count(value: &Bare) -> Option<u32> {
    u32::try_from(whole(value)?).ok()
}
