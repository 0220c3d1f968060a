//! The API that the sequences run against: sessions, a window a user, and what was
//! executed.

use std::collections::BTreeMap;

use backoffice_client::Millis;

use crate::clock::START;
use crate::server::{Reply, Seen, ok, status, unreachable};
use crate::step::Mode;

/// How long an access token lives.
const ACCESS_LIFE: Millis = 30 * 60_000;
/// How long a window is.
pub(crate) const WINDOW: Millis = 60_000;
/// A client that sends more in one sequence does so without end; the run goes on without
/// any answer then, so that it ends.
const RUNAWAY: usize = 1_000;

/// A request, and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub(crate) at: Millis,
    /// Method and path.
    pub(crate) line: String,
    /// The session whose token it had, by number.
    pub(crate) family: Option<usize>,
    /// Whether it reached the server.
    pub(crate) reached: bool,
    /// Whether the server did what it asks for.
    pub(crate) executed: bool,
    /// The status that came back.
    pub(crate) answered: Option<u16>,
    /// Whether that answer told the limit.
    pub(crate) told: bool,
    /// The user and the number of the window that counted it.
    pub(crate) window: Option<(u32, u64)>,
}

#[derive(Debug)]
struct Family {
    user: u32,
    /// When each access token ends.
    ends: Vec<Millis>,
    over: bool,
}

pub(crate) struct Model {
    pub(crate) mode: Mode,
    pub(crate) limit: u32,
    /// Who signs in next.
    pub(crate) user: u32,
    pub(crate) arrivals: Vec<Arrival>,
    families: Vec<Family>,
    used: BTreeMap<(u32, u64), u32>,
}

/// The number of a session and of the token in it.
fn parse(token: &str) -> Option<(usize, usize)> {
    let (_, name) = token.split_once('-')?;
    let (family, generation) = name.split_once('.').unwrap_or((name, "0"));
    Some((family.parse().ok()?, generation.parse().ok()?))
}

impl Model {
    /// A server with the session of [`World`](crate::support::World).
    pub(crate) fn new(limit: u32) -> Self {
        let none = Family { user: 0, ends: Vec::new(), over: true };
        let first = Family { user: 0, ends: vec![START + ACCESS_LIFE], over: false };
        Self {
            mode: Mode::Up,
            limit,
            user: 0,
            arrivals: Vec::new(),
            families: vec![none, first],
            used: BTreeMap::new(),
        }
    }

    /// The newest session.
    pub(crate) fn newest_family(&self) -> usize {
        self.families.len() - 1
    }

    pub(crate) fn expire_tokens(&mut self) {
        self.families.iter_mut().flat_map(|family| &mut family.ends).for_each(|end| *end = 0);
    }

    pub(crate) fn end_sessions(&mut self) {
        self.families.iter_mut().for_each(|family| family.over = true);
    }

    pub(crate) fn handle(&mut self, seen: &Seen) -> Reply {
        let token = seen.token.as_deref().and_then(parse);
        let mut arrival = Arrival {
            at: seen.at,
            line: seen.line.clone(),
            family: token.map(|(family, _)| family),
            reached: self.mode != Mode::Down,
            executed: false,
            answered: None,
            told: false,
            window: None,
        };
        let reply = if self.arrivals.len() >= RUNAWAY {
            Reply::Hangs
        } else {
            self.reply(seen, token, &mut arrival)
        };
        if let Reply::Answer { status, headers, .. } = &reply {
            arrival.told = headers.iter().any(|(name, _)| *name == "x-ratelimit-limit");
            arrival.answered = Some(*status);
        }
        self.arrivals.push(arrival);
        reply
    }

    fn reply(
        &mut self,
        seen: &Seen,
        token: Option<(usize, usize)>,
        arrival: &mut Arrival,
    ) -> Reply {
        match self.mode {
            Mode::Down => unreachable(),
            Mode::Overloaded(seconds) => status(503, "").with("retry-after", seconds),
            Mode::Refuses(seconds) => {
                status(429, r#"{"success":false,"errors":"Rate Limit Error"}"#)
                    .with("retry-after", seconds)
            }
            Mode::Up => self.execute(seen, token, arrival),
            Mode::AnswersLost => {
                self.execute(seen, token, arrival);
                unreachable()
            }
            Mode::Hangs => {
                self.execute(seen, token, arrival);
                Reply::Hangs
            }
            Mode::BadGateway => {
                self.execute(seen, token, arrival);
                status(502, "")
            }
        }
    }

    fn execute(
        &mut self,
        seen: &Seen,
        token: Option<(usize, usize)>,
        arrival: &mut Arrival,
    ) -> Reply {
        let now = seen.at;
        if seen.line == "POST /api/session" {
            arrival.executed = true;
            return ok(&self.issue(now));
        }
        if seen.line.starts_with("GET /api/oauth/") {
            arrival.executed = true;
            return status(204, "");
        }
        let unknown = || status(401, r#"{"success":false,"errors":"Unauthorized"}"#);
        let Some((id, generation)) = token else { return unknown() };
        let Some(family) = self.families.get_mut(id) else { return unknown() };
        let renews = seen.line == "POST /api/session/renew";
        if renews && generation + 1 < family.ends.len() {
            // Used again, it may have been stolen.
            family.over = true;
        }
        if family.over || (!renews && family.ends.get(generation).is_none_or(|end| now >= *end)) {
            return unknown();
        }
        let window = (family.user, (now - START) / WINDOW);
        arrival.window = Some(window);
        let used = self.used.entry(window).or_default();
        *used += 1;
        let left = WINDOW - (now - START) % WINDOW;
        let told = |reply: Reply| {
            reply
                .with("x-ratelimit-limit", self.limit)
                .with("x-ratelimit-remaining", self.limit.saturating_sub(*used))
                .with("x-ratelimit-reset", left.div_ceil(1_000))
        };
        if *used > self.limit {
            return told(status(429, r#"{"success":false,"errors":"Rate Limit Error"}"#));
        }
        arrival.executed = true;
        if renews {
            family.ends.push(now + ACCESS_LIFE);
            return told(ok(&token_data(id, family.ends.len() - 1)));
        }
        if seen.line == "DELETE /api/session" {
            family.over = true;
        }
        told(ok("{}"))
    }

    fn issue(&mut self, now: Millis) -> String {
        self.families.push(Family { user: self.user, ends: vec![now + ACCESS_LIFE], over: false });
        token_data(self.newest_family(), 0)
    }
}

fn token_data(family: usize, generation: usize) -> String {
    let name = format!("{family}.{generation}");
    format!(r#"{{"access_token":"access-{name}","renewal_token":"renewal-{name}"}}"#)
}
