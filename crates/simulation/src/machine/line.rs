//! The network between a tab and the server: latency with a tail.

use std::cell::Cell;
use std::rc::Rc;

use backoffice_client::{
    HttpRequest, HttpResponse, LocalBoxFuture, Millis, Transport, TransportError,
};
use futures_channel::oneshot;
use futures_util::{FutureExt as _, StreamExt as _, stream};

use crate::machine::chance::Chance;
use crate::machine::clock::Clock;
use crate::server::{Ask, Reply, Server, Source};

/// The origin that clients of the simulation talk to.
pub const ORIGIN: &str = "https://api.example.com";
/// Half of all answers come sooner, in milliseconds.
pub const MEDIAN: Millis = 80;
/// Of the logarithm of the latency, so that one answer of a hundred takes longer than
/// 1.5 s: `ln(1500 / 80) / 2.326`.
const DEVIATION: f64 = 1.26;
/// No answer takes longer.
const MAX: f64 = 30_000.0;

/// What becomes of requests and answers on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weather {
    /// They arrive.
    #[default]
    Clear,
    /// Requests do not arrive.
    Cut,
    /// Requests arrive, and their answers do not.
    AnswersLost,
}

/// The way to the server and back. A request that was sent arrives, whatever happens
/// to its sender.
pub struct Line {
    clock: Rc<Clock>,
    server: Rc<Server>,
    chance: Chance,
    weather: Cell<Weather>,
    sent: Cell<u32>,
}

impl Line {
    /// A line to `server`.
    #[must_use]
    pub fn new(clock: Rc<Clock>, server: Rc<Server>, chance: Chance) -> Self {
        Self { clock, server, chance, weather: Cell::default(), sent: Cell::new(0) }
    }

    /// What becomes of requests that are sent from now on, and of their answers.
    pub fn set_weather(&self, weather: Weather) {
        self.weather.set(weather);
    }

    /// How many requests were sent so far, whether they arrived or not.
    pub fn sent(&self) -> u32 {
        self.sent.get()
    }

    /// Sends a request at once; the future is its answer.
    pub fn exchange(&self, ask: Ask) -> impl Future<Output = Reply> + 'static {
        let (there, back) = self.latency();
        let (answer, answered) = oneshot::channel();
        let (clock, server) = (Rc::clone(&self.clock), Rc::clone(&self.server));
        self.sent.set(self.sent.get() + 1);
        let weather = self.weather.get();
        self.clock.after(there, move || {
            let reply = match weather {
                Weather::Clear => server.handle(&ask, clock.now()),
                Weather::Cut => Reply::Lost,
                Weather::AnswersLost => {
                    server.handle(&ask, clock.now());
                    Reply::Lost
                }
            };
            // Nobody may be waiting for it any more.
            clock.after(back, move || drop(answer.send(reply)));
        });
        answered.map(|reply| reply.unwrap_or(Reply::Lost))
    }

    /// The way there and the way back, in milliseconds.
    fn latency(&self) -> (Millis, Millis) {
        let whole = (MEDIAN as f64 * (DEVIATION * self.chance.normal()).exp()).min(MAX);
        let there = whole * (0.3 + 0.4 * self.chance.uniform());
        (there as Millis, (whole - there) as Millis)
    }
}

/// A client's end of a line.
pub struct Wire(pub Rc<Line>);

impl Transport for Wire {
    fn send(
        &self,
        request: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>> {
        let token = request.headers.iter().find(|(name, _)| *name == "authorization");
        let path = request.url.strip_prefix(ORIGIN).unwrap_or(&request.url);
        let ask = Ask {
            source: Source::Us,
            method: request.method.to_string(),
            path: path.to_owned(),
            token: token.map(|(_, value)| value.expose().to_owned()),
        };
        let line = Rc::clone(&self.0);
        async move {
            match line.exchange(ask).await {
                Reply::Answer { status, headers, body } => {
                    let body = stream::iter([Ok(body.into_bytes())]).boxed_local();
                    Ok(HttpResponse { status, headers, body })
                }
                Reply::Lost => Err(TransportError::Unreachable("the connection broke".into())),
            }
        }
        .boxed_local()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::ServerOptions;

    #[test]
    fn latency_has_its_median_and_its_tail() {
        let clock = Rc::new(Clock::new(0));
        let server = Rc::new(Server::new(ServerOptions::default(), 0, Chance::new(1)));
        let line = Line::new(clock, server, Chance::new(2));
        let mut all: Vec<Millis> =
            (0..10_000).map(|_| line.latency()).map(|(a, b)| a + b).collect();
        all.sort_unstable();
        assert!(all[5_000].abs_diff(MEDIAN) < 5, "{}", all[5_000]);
        assert!(all[9_900].abs_diff(1_500) < 300, "{}", all[9_900]);
    }
}
