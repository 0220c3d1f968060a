//! The tries of one call, and the waits between them.

use std::rc::Rc;

use crate::backoff::{
    self, ASK_OVER, FAILURE_BASE, LIMITED_BASE, MAX_TOTAL, MAX_TRIES, full_jitter,
};
use crate::call::Call;
use crate::control::{Nudge, Verdict};
use crate::core::Core;
use crate::journal::{EntryState, Wait};
use crate::limits::Limits;
use crate::queue::Refusal;
use crate::runtime::Millis;
use crate::words;

/// How often a call was sent, and since when.
#[derive(Default)]
pub(crate) struct Tries {
    sent: u32,
    since: Option<Millis>,
    /// How often no answer came.
    pub(crate) unanswered: u32,
    limited: u32,
    failed: u32,
}

impl Tries {
    pub(crate) fn begin(&mut self, now: Millis) {
        self.sent += 1;
        self.since.get_or_insert(now);
    }

    /// Whether it was sent as often as it may be.
    pub(crate) fn are_used_up(&self) -> bool {
        self.sent >= MAX_TRIES
    }

    /// Whether a try after a wait that the client chose itself would come too late.
    fn too_late(&self, at: Millis) -> bool {
        self.since.is_some_and(|since| at > since + MAX_TOTAL)
    }

    /// The call was refused because of the rate limit: pauses its bucket. Says
    /// whether the call may go on and queue again.
    pub(crate) fn limited(
        &mut self,
        core: &Rc<Core>,
        call: &Call,
        limits: &Limits,
        body: &[u8],
    ) -> bool {
        let now = core.now();
        let monthly = is_monthly(body);
        let told = limits.hint();
        let (until, reason) = match told {
            Some(hint) => (Some(hint.at), hint.read_as.clone()),
            None if monthly => (None, String::new()),
            None => (
                Some(now + full_jitter(LIMITED_BASE, self.limited, core.random())),
                format!("the server refused try {} and did not say for how long", self.sent),
            ),
        };
        self.limited += 1;
        let class = call.prepared.endpoint.limit;
        let hidden = limits.is_hidden() && !monthly;
        let refusal = Refusal { until, reason, hidden, told: told.is_some(), monthly };
        core.queue(class).borrow_mut().refused(&refusal, now, core.random());
        core.wake_queue(class);
        let too_late = told.is_none() && until.is_some_and(|until| self.too_late(until));
        self.sent < MAX_TRIES && !too_late
    }

    /// Waits before the call is sent again, unless it was sent often enough. Says
    /// whether to send it.
    pub(crate) async fn back_off(
        &mut self,
        core: &Core,
        call: &Call,
        limits: &Limits,
        reason: &str,
    ) -> bool {
        let now = core.now();
        let hint = limits.retry_after.as_ref();
        let (told, until, reason) = match hint {
            Some(hint) => {
                let late = backoff::spread(hint.at.saturating_sub(now), core.random());
                (hint.at, hint.at + late, hint.read_as.clone())
            }
            None => {
                let until = now + full_jitter(FAILURE_BASE, self.failed, core.random());
                (until, until, reason.to_owned())
            }
        };
        self.failed += 1;
        if self.sent >= MAX_TRIES || (hint.is_none() && self.too_late(until)) {
            return false;
        }
        if !core.retries.borrow_mut().take() {
            return false;
        }
        let left = words::duration(until - now);
        let next = self.sent + 1;
        let why = format!("Waits {left} before try {next} of {MAX_TRIES}: {reason}.");
        let wait = Wait { since: now, until: told, why };
        let mut asks = told > now + ASK_OVER;
        let check = &mut |nudge: Option<Nudge>, now: Millis| {
            match nudge {
                Some(Nudge::Now) => return Verdict::Go,
                Some(Nudge::Agree) => asks = false,
                None if !asks && now >= until => return Verdict::Go,
                None => {}
            }
            let state = if asks { EntryState::Asking } else { EntryState::BackingOff };
            core.set(call.id, state(wait.clone()));
            if asks { Verdict::Wake } else { Verdict::Until(until) }
        };
        call.control.wait(&*core.options.runtime, check).await;
        true
    }
}

/// The monthly cap says so in words only.
fn is_monthly(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).to_ascii_lowercase().contains("monthly cap")
}
