//! Failures on demand and at random. Every fault has one of the names of the header
//! `x-sandbox-fault`, wherever it comes from.

use backoffice_contract::{ApiError, OperationId};

use crate::engine::protocol::limits::{self, Window};
use crate::engine::protocol::reply::Answer;
use crate::engine::{Body, Config, Delivery, Millis, Request, World};

/// The header that demands a failure.
const HEADER: &str = "x-sandbox-fault";

/// What precedes the fault in the names of apps whose calls fail.
const IN_NAME: &str = "-fault-";

/// The faults to choose from at random, except those that last: an answer that never comes,
/// and the monthly cap.
const BY_CHANCE: [&str; 8] = ["401", "429", "500", "502", "503", "html", "drop", "slow"];

/// A typical error page of a proxy in front of the platform.
const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// The fault of an API call: the one in its header, or in the name of its app, or a random
/// one. `number` is the number of the request.
pub(crate) fn met_by(
    request: &Request,
    about: Option<(OperationId, &str)>,
    world: &World,
    config: &Config,
    number: u64,
) -> Option<String> {
    let asked = request.header(HEADER).map(|fault| fault.trim().to_owned());
    asked.or_else(|| in_name(about?)).or_else(|| by_chance(world, config, number))
}

/// The fault in the name of an app, such as `shop-fault-500` or `shop-fault-slow-900`,
/// since names have no equals sign. Deleting the app works, or it would exist forever.
fn in_name((operation, app): (OperationId, &str)) -> Option<String> {
    let (_, fault) = app.split_once(IN_NAME)?;
    let fault = match fault.strip_prefix("slow-") {
        Some(ms) => format!("slow={ms}"),
        None => fault.to_owned(),
    };
    (operation != OperationId::DeleteApp && is_known(&fault)).then_some(fault)
}

/// Whether the operator's share of calls includes this one, and its fault. The same seed
/// and the same requests give the same faults.
fn by_chance(world: &World, config: &Config, number: u64) -> Option<String> {
    let draw = |what: &str, end: u64| {
        let digest = world.keyed_digest(&["chaos", what, &number.to_string()]);
        let digits: String = digest.chars().take(15).collect();
        u64::from_str_radix(&digits, 16).ok()?.checked_rem(end)
    };
    if config.chaos_percent == 0 || draw("whether", 100)? >= u64::from(config.chaos_percent) {
        return None;
    }
    let which = usize::try_from(draw("which", BY_CHANCE.len() as u64)?).ok()?;
    BY_CHANCE.get(which).map(|fault| (*fault).to_owned())
}

fn is_known(fault: &str) -> bool {
    let refusal = ["401", "404", "429", "429-month", "500", "502", "503", "html"].contains(&fault);
    refusal || Delivery::parse(fault).is_some()
}

/// A fault's answer instead of the call's, with its headers. `None` for faults that only
/// affect an answer on its way, see [`Delivery`].
pub(crate) fn refusal(fault: &str, window: Window, now: Millis) -> Option<Answer> {
    let described = |status, sentence: &str| window.stamp(ApiError::new(status, sentence).into());
    Some(match fault {
        "401" => described(401, "The access token is invalid or has expired."),
        "404" => described(404, "There is no such thing."),
        "429" => window.exhausted().stamp(limits::window_refusal(window.reset())),
        "429-month" => window.stamp(limits::month_refusal(now)),
        "500" => described(500, "Something went wrong."),
        "502" => described(502, "Bad gateway."),
        "503" => described(503, "The service is being maintained."),
        // A proxy in front of the platform sends this one, so it has no rate-limit headers.
        "html" => Answer {
            status: 502,
            headers: vec![("content-type", "text/html".to_owned())],
            body: Body::Bytes(PAGE.into()),
            delivery: Delivery::AtOnce,
        },
        _ if Delivery::parse(fault).is_some() => return None,
        _ => described(
            400,
            "The header x-sandbox-fault supports 401, 404, 429, 429-month, 500, 502, 503, html, drop, timeout and slow.",
        ),
    })
}

#[cfg(test)]
mod tests;
