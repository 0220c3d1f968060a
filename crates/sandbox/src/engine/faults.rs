//! Failures on demand: the header `x-sandbox-fault` on any call of the API makes it
//! fail before it is executed.

use backoffice_contract::ApiError;

use super::limits::{self, Window};
use super::reply::Answer;
use super::{Body, Delivery, Millis, Request};

/// The header that asks for a failure.
pub(super) const HEADER: &str = "x-sandbox-fault";

/// What an error page of a proxy in front of the platform looks like.
const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// The failure that the request asks for, with the headers it comes with.
/// None for what happens to an answer only on its way, see [`Delivery`].
pub(super) fn asked_for(request: &Request, window: Window, now: Millis) -> Option<Answer> {
    let fault = request.header(HEADER)?.trim();
    let described = |status, sentence: &str| window.stamp(ApiError::new(status, sentence).into());
    Some(match fault {
        "401" => described(401, "The access token is invalid or has expired."),
        "429" => window.exhausted().stamp(limits::window_refusal(window.reset())),
        "429-month" => window.stamp(limits::month_refusal(now)),
        "500" => described(500, "Something went wrong."),
        "502" => described(502, "Bad gateway."),
        "503" => described(503, "The service is being maintained."),
        // It comes from in front of the platform, so it knows of no limits.
        "html" => Answer {
            status: 502,
            headers: vec![("content-type", "text/html".to_owned())],
            body: Body::Bytes(PAGE.into()),
        },
        _ if Delivery::parse(fault).is_some() => return None,
        _ => described(
            400,
            "The header x-sandbox-fault knows 401, 429, 429-month, 500, 502, 503, html, drop, timeout and slow.",
        ),
    })
}
