//! The path of a request: the caller, the limits, the operation, and the additional headers
//! of the answer.

use backoffice_contract::route::{self, Route};
use backoffice_contract::{ApiError, Auth, LimitClass, Method, OperationId};

use crate::engine::protocol::auth::Identity;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::limits::Meter;
use crate::engine::protocol::reply::Answer;
use crate::engine::protocol::{auth, control, faults, handlers};
use crate::engine::running::logs;
use crate::engine::{
    Config, Delivery, LogChunk, LogCursor, Millis, Request, Response, World, time,
};

/// The largest body of a request, in bytes.
pub const MAX_BODY: usize = 1_000_000;

impl World {
    /// Answers a request that arrives at `now`.
    pub fn handle(&mut self, request: &Request, config: &Config, now: Millis) -> Response {
        let (now, number) = self.arrive(now);
        let answer = if request.path == "/api" || request.path.starts_with("/api/") {
            api(self, request, config, now, number)
        } else {
            control::answer(self, request, config, now).unwrap_or_else(|refusal| refusal)
        };
        let id = self.keyed_digest(&["request", &number.to_string()]);
        answer
            // Setting the clock forward has an immediate effect.
            .with("date", time::http_date(self.latest()))
            .with("x-request-id", id.chars().take(20).collect::<String>())
            .with("cache-control", "no-store")
            .into_response()
    }

    /// Continues to read from `cursor`: first the requested earlier lines, then everything
    /// that happened since the last read. Lines have the time at which they were created,
    /// so the time of the read does not change the lines.
    pub fn read_logs(&mut self, cursor: &mut LogCursor, now: Millis) -> LogChunk {
        let world_now = self.time(now);
        let text = logs::read(self, cursor, world_now);
        match text {
            Some(text) => LogChunk {
                text,
                next_at: cursor.follow.then_some(now.saturating_add(logs::POLL_INTERVAL)),
            },
            None => LogChunk { text: String::new(), next_at: None },
        }
    }
}

fn api(world: &mut World, request: &Request, config: &Config, now: Millis, number: u64) -> Answer {
    let route = route::find(Method::parse(&request.method), &request.path);
    let endpoint = match &route {
        Route::Found(id, _) => Some(id.endpoint()),
        Route::OtherMethods(_) | Route::Unknown => None,
    };
    let auth = endpoint.map_or(Auth::Access, |endpoint| endpoint.auth);
    let class = endpoint.map_or(LimitClass::Standard, |endpoint| endpoint.limit);
    let identity = auth::identify(world, request, auth, now);
    let counted =
        Meter::new(class, identity.user(), &request.peer, config).count(world, config, now);
    let fault = faults::met_by(request, app_of(&route), world, config, number);
    let fault = fault.as_deref();
    let mut answer = match counted {
        Ok(window) => {
            let refusal = fault.and_then(|fault| faults::refusal(fault, window, now));
            refusal.unwrap_or_else(|| {
                let executed = execute(world, request, config, now, &route, &identity);
                window.stamp(executed.unwrap_or_else(|refusal| refusal))
            })
        }
        Err(refusal) => refusal,
    };
    answer.delivery = fault.and_then(Delivery::parse).unwrap_or_default();
    let operation = endpoint.map_or("unknown", |endpoint| endpoint.id.as_str());
    *world.counts.entry((operation, answer.status)).or_default() += 1;
    answer
}

/// The operation and its app.
fn app_of(route: &Route) -> Option<(OperationId, &str)> {
    let Route::Found(id, params) = route else { return None };
    let values = id.endpoint().params.iter().zip(params);
    values.into_iter().find(|(name, _)| **name == "app").map(|(_, app)| (*id, app.as_str()))
}

fn execute(
    world: &mut World,
    request: &Request,
    config: &Config,
    now: Millis,
    route: &Route,
    identity: &Identity,
) -> Result<Answer, Answer> {
    let (id, params) = match route {
        Route::Found(id, params) => (*id, params),
        Route::OtherMethods(methods) => return Err(wrong_method(methods)),
        Route::Unknown => return Err(ApiError::new(404, "There is no such endpoint.").into()),
    };
    let authorization = request.header("authorization").unwrap_or_default().trim();
    let mut cx = Context { now, config, user: 0, session: None, authorization };
    match identity {
        Identity::User { id, session } => {
            cx.user = *id;
            cx.session = session.as_deref();
        }
        Identity::Nobody(_) if id.endpoint().auth == Auth::Public => {}
        // Ending a session that has ended already is a success.
        Identity::Nobody(_) if id == OperationId::DeleteSession && !authorization.is_empty() => {}
        Identity::Nobody(why) => return Err(ApiError::new(401, *why).into()),
    }
    check_body(request)?;
    let body = if id.endpoint().has_body { request.body.as_slice() } else { &[] };
    handlers::dispatch(world, &cx, id, params, &request.query, body)
}

/// The answer to a method that a path does not have (RFC 9110 section 15.5.6).
pub(crate) fn wrong_method(allowed: &[Method]) -> Answer {
    let allowed: Vec<&str> = allowed.iter().map(|method| method.as_str()).collect();
    Answer::from(ApiError::new(405, "The endpoint does not have this method."))
        .with("allow", allowed.join(", "))
}

/// Refuses bodies that are too large or not JSON.
pub(crate) fn check_body(request: &Request) -> Result<(), ApiError> {
    if request.body.len() > MAX_BODY {
        return Err(ApiError::new(413, "A body can have at most 1 MB."));
    }
    let media_type = request.header("content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if request.body.is_empty() || essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(ApiError::new(415, "A body must be JSON, with the content type application/json."))
    }
}
