//! Sessions: access tokens that end, and renewal tokens that are used once.

use std::collections::BTreeMap;

use backoffice_client::Millis;
use backoffice_contract::session::SessionTokens;

/// How long an access token lives, in milliseconds.
pub const ACCESS_LIFE: Millis = 30 * 60_000;

/// What happened to all sessions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Renewals that worked.
    pub renewals: u32,
    /// Renewal tokens that were used again, which ended their session.
    pub reuses: u32,
    /// Sessions that their user ended.
    pub sign_outs: u32,
}

/// A session from its sign-in on, however often it is renewed.
#[derive(Debug, Default)]
struct Family {
    /// When each access token ends, in the order of generations.
    access_ends: Vec<Millis>,
    over: bool,
}

/// All sessions of the user.
#[derive(Debug, Default)]
pub struct Sessions {
    families: BTreeMap<usize, Family>,
    count: Count,
}

/// A token's family and generation, as its text tells them.
fn parse(token: &str, kind: &str) -> Option<(usize, usize)> {
    let (family, generation) = token.strip_prefix(kind)?.strip_prefix('-')?.split_once('-')?;
    Some((family.parse().ok()?, generation.parse().ok()?))
}

impl Sessions {
    /// What happened so far.
    #[must_use]
    pub fn count(&self) -> Count {
        self.count
    }

    /// Begins a session.
    pub fn issue(&mut self, now: Millis) -> SessionTokens {
        let id = self.families.len();
        self.next(id, now)
    }

    fn next(&mut self, id: usize, now: Millis) -> SessionTokens {
        let family = self.families.entry(id).or_default();
        let generation = family.access_ends.len();
        family.access_ends.push(now + ACCESS_LIFE);
        SessionTokens {
            access_token: format!("access-{id}-{generation}").into(),
            renewal_token: format!("renewal-{id}-{generation}").into(),
        }
    }

    /// Whether an access token is good.
    #[must_use]
    pub fn accepts(&self, token: &str, now: Millis) -> bool {
        parse(token, "access").is_some_and(|(id, generation)| {
            let family = self.families.get(&id).filter(|family| !family.over);
            family
                .and_then(|family| family.access_ends.get(generation))
                .is_some_and(|end| now < *end)
        })
    }

    /// Whether a renewal token is good. One that was used before may have been
    /// stolen, and ends the session.
    pub fn may_renew(&mut self, token: &str) -> bool {
        let Some((id, generation)) = parse(token, "renewal") else { return false };
        let family = self.families.get_mut(&id).filter(|family| !family.over);
        let Some(family) = family else { return false };
        if generation + 1 < family.access_ends.len() {
            family.over = true;
            self.count.reuses += 1;
        }
        generation + 1 == family.access_ends.len()
    }

    /// Replaces the tokens of a session whose renewal token is good.
    pub fn renew(&mut self, token: &str, now: Millis) -> SessionTokens {
        let id = parse(token, "renewal").map_or(self.families.len(), |(id, _)| id);
        self.count.renewals += 1;
        self.next(id, now)
    }

    /// Ends the session of an access token.
    pub fn sign_out(&mut self, token: &str) {
        let family = parse(token, "access").and_then(|(id, _)| self.families.get_mut(&id));
        if let Some(family) = family {
            family.over = true;
            self.count.sign_outs += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renewal_token_is_used_once() {
        let mut sessions = Sessions::default();
        let first = sessions.issue(0);
        assert!(sessions.accepts(first.access_token.expose(), ACCESS_LIFE - 1));
        assert!(!sessions.accepts(first.access_token.expose(), ACCESS_LIFE));
        assert!(sessions.may_renew(first.renewal_token.expose()));
        let second = sessions.renew(first.renewal_token.expose(), ACCESS_LIFE);
        assert!(sessions.accepts(second.access_token.expose(), ACCESS_LIFE));
        assert!(!sessions.may_renew(first.renewal_token.expose()));
        assert!(!sessions.accepts(second.access_token.expose(), ACCESS_LIFE));
        assert!(!sessions.may_renew(second.renewal_token.expose()));
        assert_eq!(sessions.count(), Count { renewals: 1, reuses: 1, sign_outs: 0 });
    }
}
