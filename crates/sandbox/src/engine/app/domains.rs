//! Custom domains. No name is ever looked up: a record counts as found some time after its
//! domain was added.

use backoffice_contract::network::{self, DomainState, MAX_DOMAINS};
use backoffice_contract::{ApiError, fqdn, op};
use serde::{Deserialize, Serialize};

use crate::engine::app::activity;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid};
use crate::engine::time::MINUTE;
use crate::engine::{Millis, World, app};

/// How long after a domain was added its record is found, and its certificate exists.
const FOUND_AFTER: Millis = 2 * MINUTE;
const ACTIVE_AFTER: Millis = 5 * MINUTE;

/// The suffixes of the platform's own names.
const PLATFORM: [&str; 2] = ["gigalixirapp.com", "gigalixirdns.com"];

/// A custom domain. Its row has its name, since it is unique on the platform.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Domain {
    app: String,
    added_at: Millis,
}

impl Domain {
    fn wire(&self, fqdn: &str, now: Millis) -> network::Domain {
        let age = now.saturating_sub(self.added_at);
        let state = if age < FOUND_AFTER {
            DomainState::Pending
        } else if age < ACTIVE_AFTER {
            DomainState::Issuing
        } else {
            DomainState::Active
        };
        network::Domain {
            fqdn: fqdn.to_owned(),
            cname: Some(network::target_of(fqdn)),
            state: Some(state),
        }
    }
}

pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListDomains,
) -> Outcome<op::ListDomains> {
    let app = app::open(world, cx, &op.app)?;
    let domains = world.domains.iter().filter(|(_, domain)| domain.app == app.name);
    Ok(Reply::Data(domains.map(|(fqdn, domain)| domain.wire(fqdn, cx.now)).collect()))
}

pub(crate) fn add(
    world: &mut World,
    cx: &Context<'_>,
    op: op::AddDomain,
) -> Outcome<op::AddDomain> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let name = fqdn::normal(&op.body.fqdn);
    check("fqdn", fqdn::check(&name))?;
    if PLATFORM.iter().any(|own| name.strip_suffix(own).is_some_and(ends_a_label)) {
        return Err(invalid("fqdn", "belongs to the platform.").into());
    }
    if world.domains.contains(&name) {
        return Err(invalid("fqdn", "has already been taken").into());
    }
    let count = world.domains.iter().filter(|(_, domain)| domain.app == app.name).count();
    if count >= MAX_DOMAINS {
        return Err(invalid("fqdn", "is one too many: an app can have 100.").into());
    }
    let domain = Domain { app: app.name.clone(), added_at: cx.now };
    let answer = domain.wire(&name, cx.now);
    activity::note(world, &mut app, cx, &format!("Added domain {name}."));
    world.domains.insert(name, domain);
    app::save(world, app);
    Ok(Reply::Data(answer))
}

pub(crate) fn remove(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RemoveDomain,
) -> Outcome<op::RemoveDomain> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let name = fqdn::normal(&op.body.fqdn);
    if world.domains.get(&name).is_none_or(|domain| domain.app != app.name) {
        return Err(ApiError::new(404, format!("The app has no domain `{name}`.")).into());
    }
    world.domains.remove(&name);
    activity::note(world, &mut app, cx, &format!("Removed domain {name}."));
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

/// Removes the domains of an app; from then on, all users can add them.
pub(crate) fn forget(world: &mut World, app: &str) {
    world.domains.remove_where(|_, domain| domain.app == app);
}

/// Whether the text before a suffix of a name ends a label.
fn ends_a_label(before: &str) -> bool {
    before.is_empty() || before.ends_with('.')
}

#[cfg(test)]
mod tests;
