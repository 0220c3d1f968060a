//! Three simpler ways to send many calls, to compare with.
//!
//! They know nothing of each other and read no headers. None of them gives up.

use std::rc::Rc;

use backoffice_client::Millis;
use futures_util::future::join_all;

use crate::machine::chance::Chance;
use crate::machine::clock::Clock;
use crate::machine::line::Line;
use crate::server::{Ask, Reply};

/// How long [`Baseline::Naive`] waits before it tries again.
const PAUSE: Millis = 1_000;
/// First bound of the waits of [`Baseline::Backoff`], and the last.
const BASE: Millis = 1_000;
const CAP: Millis = 120_000;
/// The window that [`Baseline::Windows`] assumes.
const WINDOW: Millis = 60_000;

/// A simpler way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// Everything at once, and each refused call again after a second.
    Naive,
    /// Everything at once, and each refused call again after a random wait whose bound
    /// doubles, from 1 s to 120 s.
    Backoff,
    /// As many calls as the limit allows, then the rest and what was refused a minute
    /// later.
    Windows,
}

impl Baseline {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Naive, Self::Backoff, Self::Windows];

    /// Its name in a table.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Naive => "retry after 1 s",
            Self::Backoff => "exponential backoff, full jitter",
            Self::Windows => "a window's worth each minute",
        }
    }
}

/// What one tab of a baseline sends, and over what.
pub struct Sender {
    /// Its time.
    pub clock: Rc<Clock>,
    /// Its way to the server.
    pub line: Rc<Line>,
    /// Its chance.
    pub chance: Chance,
    /// How many calls a window allows, for those who know.
    pub limit: u32,
}

impl Sender {
    /// Sends all calls until each has worked; reports each when it has.
    pub async fn send(&self, baseline: Baseline, calls: Vec<Ask>, worked: impl Fn()) {
        if baseline == Baseline::Windows {
            return self.by_windows(calls, worked).await;
        }
        join_all(calls.into_iter().map(|ask| self.until_it_works(baseline, ask, &worked))).await;
    }

    async fn until_it_works(&self, baseline: Baseline, ask: Ask, worked: &impl Fn()) {
        let mut failures = 0;
        while !self.works(&ask).await {
            let wait = match baseline {
                Baseline::Backoff => {
                    let bound = CAP.min(BASE << failures.min(7));
                    (bound as f64 * self.chance.uniform()) as Millis
                }
                Baseline::Naive | Baseline::Windows => PAUSE,
            };
            failures += 1;
            self.clock.sleep(wait).await;
        }
        worked();
    }

    async fn by_windows(&self, mut calls: Vec<Ask>, worked: impl Fn()) {
        while !calls.is_empty() {
            let end = self.clock.now() + WINDOW;
            let count = calls.len().min(usize::try_from(self.limit).unwrap_or(usize::MAX));
            let rest = calls.split_off(count);
            let tries = calls.into_iter().map(async |ask| {
                let worked_now = self.works(&ask).await;
                if worked_now {
                    worked();
                }
                (!worked_now).then_some(ask)
            });
            calls = join_all(tries).await.into_iter().flatten().chain(rest).collect();
            if !calls.is_empty() {
                self.clock.sleep(end.saturating_sub(self.clock.now())).await;
            }
        }
    }

    async fn works(&self, ask: &Ask) -> bool {
        let reply: Reply = self.line.exchange(ask.clone()).await;
        reply.is_success()
    }
}
