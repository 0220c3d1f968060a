//! English for what the client knows: the one place where its facts become sentences, for the
//! console, the shell and the explorer.

use crate::host::runtime::Millis;
use crate::journal::Note;
use crate::why::{Failure, Source, Why};
use backoffice_limits::{Reading, Unit};

/// Why something waits and, if known, for how much longer: `Waits 41 s: x-ratelimit-reset: 41,
/// read as seconds left.`
#[must_use]
pub fn wait(why: &Why, left: Option<Millis>) -> String {
    let (middle, reason) = parts(why);
    let length = left.map(|left| format!(" {}", duration(left))).unwrap_or_default();
    match reason {
        Some(reason) => format!("Waits{length}{middle}: {reason}."),
        None => format!("Waits{length}{middle}."),
    }
}

/// The reason alone, for where a countdown stands beside it.
#[must_use]
pub fn reason(why: &Why) -> String {
    match parts(why) {
        ("", Some(reason)) => format!("{}.", upper_first(&reason)),
        _ => wait(why, None),
    }
}

/// The reason without the names of headers, for a dialog.
#[must_use]
pub fn plain(why: &Why) -> String {
    match why {
        Why::WindowUsedUp(_) | Why::Paused(_) => limit_used_up(None),
        why => reason(why),
    }
}

/// The notice of a used-up rate limit, with the time of its reset if that is known.
#[must_use]
pub fn limit_used_up(until: Option<&str>) -> String {
    match until {
        Some(until) => format!("The rate limit is used up until {until}."),
        None => "The rate limit is used up.".to_owned(),
    }
}

/// A wait that is over, and how long it took: `Waited 12 s for a new access token.`
#[must_use]
pub fn waited(why: &Why, took: &str) -> String {
    let (middle, reason) = parts(why);
    match reason {
        Some(reason) => format!("Waited {took}{middle}: {reason}."),
        None => format!("Waited {took}{middle}."),
    }
}

/// What follows the length of a wait, and what follows the colon after that.
fn parts(why: &Why) -> (&'static str, Option<String>) {
    let told = |source: &Source| Some(crate::sentences::source(source));
    match why {
        Why::WindowUsedUp(source) | Why::Paused(source) => ("", told(source)),
        Why::KeptForInteractive(source) => {
            (" and leaves the rest of this window to you", told(source))
        }
        Why::Paced { others: 0 } => (" to leave room for your command line and CI", None),
        Why::Paced { others } => (
            " to leave room for your command line and CI",
            Some(format!("they have used {others} of this window")),
        ),
        Why::HiddenLimit { allowed } => (
            "",
            Some(format!("the limit is hidden, and about {allowed} requests a minute go through")),
        ),
        Why::InFlight => (" for requests that are on their way", None),
        Why::EarlierCalls => (" for earlier requests", None),
        Why::JoiningTabs => (" for the other tabs, which share the limit", None),
        Why::TurnAmongTabs => (" for its turn among all tabs", None),
        Why::MonthUsedUp(None) => ("", Some(MONTH_USED_UP.to_owned())),
        Why::MonthUsedUp(Some(reading)) => {
            ("", Some(format!("{MONTH_USED_UP} ({})", crate::sentences::reading(reading))))
        }
        Why::MonthReserved { percent } => (
            " for the next month",
            Some(format!("{percent} % of this one are used, and the rest is kept for you")),
        ),
        Why::Connection => (" for a connection", Some("the API can't be reached".to_owned())),
        Why::Backoff { attempt, of, failure } => {
            let middle = if attempt < of { " before the next try" } else { " before the last try" };
            (middle, Some(crate::sentences::failure(failure)))
        }
        Why::Renewal => (" for a new access token", None),
        Why::SignIn => (" for you to sign in again", None),
        Why::Consent => (" for you", Some("it was not sent for over a minute".to_owned())),
    }
}

const MONTH_USED_UP: &str = "this month's requests are used up";

/// How a moment became known, as it follows a colon.
#[must_use]
pub fn source(source: &Source) -> String {
    match source {
        Source::Header(reading) => crate::sentences::reading(reading),
        Source::NotTold => "the API did not say when the limit resets".to_owned(),
        Source::CountedHere => "the limit is hidden, so it is counted here".to_owned(),
        Source::Refusal { attempt } => {
            format!("the API refused attempt {attempt} and did not say for how long")
        }
    }
}

fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Status(_, Some(reading)) => crate::sentences::reading(reading),
        Failure::Status(status, None) => format!("the API answered {status}"),
        Failure::Transport(text) => text.trim_end_matches('.').to_owned(),
    }
}

/// How a header was read: "x-ratelimit-reset: 41, read as seconds left", and what was done
/// about a clock or a window that did not fit. It follows a colon.
#[must_use]
pub fn reading(reading: &Reading) -> String {
    let unit = match reading.unit {
        Unit::Seconds => "seconds left",
        Unit::Millis => "milliseconds left",
        Unit::EpochSeconds => "a UNIX timestamp in seconds",
        Unit::EpochMillis => "a UNIX timestamp in milliseconds",
        Unit::Date => "a date",
        Unit::Duration => "a duration",
    };
    let mut text = format!("{}: {}, read as {unit}", reading.header, reading.value);
    if let Some(ahead) = reading.clock_ahead {
        let side = if ahead > 0 { "ahead of" } else { "behind" };
        let apart = duration(rounded(ahead.unsigned_abs()));
        text += &format!(", with the server's clock {apart} {side} this one");
    }
    if let Some(window) = reading.cut_to {
        text += &format!(", cut to a window of {}", duration(window));
    }
    text
}

/// Rounded to the unit that it is shown in: 599.4 s are 10 minutes.
fn rounded(ms: Millis) -> Millis {
    let step = match ms {
        0..=119_999 => 1_000,
        120_000..=7_199_999 => 60_000,
        7_200_000..=172_799_999 => 3_600_000,
        _ => 86_400_000,
    };
    (ms.saturating_add(step / 2) / step).saturating_mul(step)
}

/// What is special about an attempt.
#[must_use]
pub fn note(note: Note) -> &'static str {
    match note {
        Note::NewToken => "The access token was refused; sent again with a new one.",
    }
}

fn upper_first(text: &str) -> String {
    // The name of a header keeps its spelling.
    if text.split(' ').next().is_some_and(|word| word.ends_with(':')) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
}

/// The duration in the one unit that says enough, rounded up.
pub fn duration(ms: Millis) -> String {
    let seconds = ms.div_ceil(1_000);
    match seconds {
        0..=120 => format!("{seconds} s"),
        121..=7_200 => format!("{} min", seconds.div_ceil(60)),
        7_201..=172_800 => format!("{} h", seconds.div_ceil(3_600)),
        _ => format!("{} days", seconds.div_ceil(86_400)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short() {
        for (ms, text) in [
            (0, "0 s"),
            (40_001, "41 s"),
            (120_000, "120 s"),
            (120_001, "3 min"),
            (7_200_001, "3 h"),
            (6 * 86_400_000, "6 days"),
        ] {
            assert_eq!(duration(ms), text);
        }
    }
}
