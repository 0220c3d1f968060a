//! What is said about a call to the user who made it and waits for it.

use backoffice_contract::Effect;

use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::time;
use backoffice_web_client::{Held, Stage, WaitKind, sentences};

/// A shorter wait is over before it is read, in milliseconds.
const WORTH_SAYING: u64 = 1_000;

/// Where a call stands, as far as that is worth saying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The main thing.
    pub title: String,
    /// More about it.
    pub detail: String,
    /// When it goes on, in epoch milliseconds, where that is known.
    pub goes_on: Option<u64>,
    /// What the user can do about it beside taking it back.
    pub action: Option<Action>,
}

/// What a user can do about a call that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Have it sent at once.
    SendNow,
    /// Have the connection tried at once.
    TryConnection,
}

impl Standing {
    fn new(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { title: title.into(), detail: detail.into(), goes_on: None, action: None }
    }
}

/// Where a call stands that was made with the button `label`. `offline` says that the browser
/// has no network; `now` is the time in epoch milliseconds.
#[must_use]
pub fn standing(stage: &Stage, label: &str, offline: bool, now: u64) -> Option<Standing> {
    let held = match stage {
        Stage::Over => return None,
        Stage::OnItsWay { since } => {
            return (now >= since + WORTH_SAYING).then(|| {
                Standing::new("Sent; waiting for the answer", "It goes on when you close this.")
            });
        }
        Stage::Held(held) => held,
    };
    if held.asks {
        let ago = time::ago(now.saturating_sub(held.asked_at));
        let pressed = format!("You pressed {label} {ago} and it has not been sent.");
        let left = held.until.filter(|until| *until > now + WORTH_SAYING);
        let question = match left {
            Some(until) => {
                let why = held.why.as_ref().map(sentences::plain).unwrap_or_default();
                format!("{why} Send it in {}?", time::left(until - now))
            }
            None => "Send it now?".to_owned(),
        };
        return Some(Standing::new(pressed, question));
    }
    let waited = now >= held.asked_at + WORTH_SAYING;
    let waits = held.until.is_some_and(|until| until > now + WORTH_SAYING);
    match held.kind? {
        WaitKind::Connection => Some(lost(held, offline)),
        WaitKind::SignIn => {
            Some(Standing::new("Not sent yet", "It is sent when you have signed in again."))
        }
        _ if !waited && !waits => None,
        WaitKind::Renewal => {
            Some(Standing::new("Not sent yet", "It waits for a new access token."))
        }
        WaitKind::Backoff if offline => Some(lost(held, offline)),
        WaitKind::Backoff => Some(until("The last try failed", "", held)),
        _ => {
            let why = held.why.as_ref().map(sentences::plain).unwrap_or_default();
            Some(until("Not sent yet", why, held))
        }
    }
}

/// A wait that goes on by itself.
fn until(title: &str, detail: impl Into<String>, held: &Held) -> Standing {
    let action = Some(Action::SendNow);
    Standing { goes_on: held.until, action, ..Standing::new(title, detail) }
}

fn lost(held: &Held, offline: bool) -> Standing {
    let title = if offline { "You are offline" } else { "The API can't be reached" };
    let detail = if held.operation.endpoint().effect == Effect::Destroys {
        "Nothing has been sent yet. This is sent only if you are back within 10 s."
    } else {
        "Nothing has been sent yet. It is sent when you are back. Keep this tab open."
    };
    let action = (!offline).then_some(Action::TryConnection);
    Standing { action, ..Standing::new(title, detail) }
}

/// What the button says that leaves a dialog whose call is at `stage`.
#[must_use]
pub fn leave_label(stage: Option<&Stage>) -> &'static str {
    match stage {
        Some(Stage::OnItsWay { .. }) => "Close",
        _ => "Cancel",
    }
}

/// How many changes have not been sent.
#[must_use]
pub fn unsent(count: usize) -> String {
    let verb = if count == 1 { "has" } else { "have" };
    format!("{} {verb} not been sent yet", counted(count, "change", "changes"))
}

#[cfg(test)]
mod tests {
    use backoffice_contract::OperationId;

    use super::*;
    use backoffice_web_client::Why;

    fn held(operation: OperationId, kind: Option<WaitKind>, until: Option<u64>) -> Held {
        let why = Some(Why::MonthUsedUp(None));
        Held { operation, asked_at: 10_000, kind, why, until, asks: false }
    }

    fn said(stage: &Stage, offline: bool, now: u64) -> Option<String> {
        standing(stage, "Delete the app", offline, now)
            .map(|standing| format!("{} | {}", standing.title, standing.detail))
    }

    #[test]
    fn a_blink_of_a_wait_is_not_said() {
        let restart = OperationId::RestartApp;
        let blink = Stage::Held(held(restart, Some(WaitKind::Budget), Some(10_900)));
        assert_eq!(said(&blink, false, 10_000), None);
        assert_eq!(said(&Stage::OnItsWay { since: 10_000 }, false, 10_900), None);
        assert!(said(&Stage::OnItsWay { since: 10_000 }, false, 11_000).is_some());
        assert_eq!(said(&Stage::Over, false, 90_000), None);
        assert_eq!(said(&Stage::Held(held(restart, None, None)), false, 90_000), None);
    }

    #[test]
    fn a_wait_says_why_and_until_when() {
        let limited = held(OperationId::RestartApp, Some(WaitKind::Budget), Some(22_000));
        let standing = standing(&Stage::Held(limited), "Restart", false, 10_000).unwrap();
        assert_eq!(standing.title, "Not sent yet");
        assert_eq!(standing.detail, "This month's requests are used up.");
        assert_eq!((standing.goes_on, standing.action), (Some(22_000), Some(Action::SendNow)));
    }

    #[test]
    fn without_a_connection_it_says_whether_it_is_kept() {
        let lost = |operation| Stage::Held(held(operation, Some(WaitKind::Connection), None));
        assert_eq!(
            said(&lost(OperationId::DeleteApp), true, 10_000).unwrap(),
            "You are offline | Nothing has been sent yet. This is sent only if you are back within \
             10 s."
        );
        assert_eq!(
            said(&lost(OperationId::RestartApp), false, 10_000).unwrap(),
            "The API can't be reached | Nothing has been sent yet. It is sent when you are back. \
             Keep this tab open."
        );
    }

    #[test]
    fn what_waited_for_long_asks_in_the_words_of_its_button() {
        let held = held(OperationId::DeleteApp, Some(WaitKind::Budget), None);
        let asking = Stage::Held(Held { asks: true, ..held });
        assert_eq!(
            said(&asking, false, 80_000).unwrap(),
            "You pressed Delete the app 1 min ago and it has not been sent. | Send it now?"
        );
        let Stage::Held(held) = asking else { panic!() };
        let held = Stage::Held(Held { until: Some(120_000), ..held });
        assert_eq!(
            said(&held, false, 80_000).unwrap(),
            "You pressed Delete the app 1 min ago and it has not been sent. | This month's requests \
             are used up. Send it in 40 s?"
        );
    }

    #[test]
    fn only_what_has_left_cannot_be_cancelled() {
        let held = held(OperationId::DeleteApp, Some(WaitKind::Backoff), None);
        assert_eq!(leave_label(None), "Cancel");
        assert_eq!(leave_label(Some(&Stage::Held(held))), "Cancel");
        assert_eq!(leave_label(Some(&Stage::OnItsWay { since: 0 })), "Close");
    }

    #[test]
    fn changes_are_counted() {
        assert_eq!(unsent(1), "1 change has not been sent yet");
        assert_eq!(unsent(3), "3 changes have not been sent yet");
    }
}
