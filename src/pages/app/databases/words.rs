//! Databases in words.

use backoffice_contract::database::{Database, DatabaseState, Plan, major};
use backoffice_contract::session::Tier;

use backoffice_ui::words::numbers::grouped;
use backoffice_ui::{IconName, Tone};

/// What it is, for a heading.
pub fn kind(database: &Database) -> &'static str {
    match database.tier {
        Tier::Free => "Free database",
        Tier::Standard => "Standard database",
        Tier::Other(_) => "Database",
    }
}

/// What a person calls it: the name that is typed before it is lost.
pub fn name(database: &Database) -> String {
    let names = [&database.database, &database.id];
    names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default()
}

/// A state in a word, with its colour and icon.
pub fn state(state: &DatabaseState) -> (Tone, IconName, String) {
    let word = match state {
        DatabaseState::Available => "Available",
        DatabaseState::Creating => "Being created",
        DatabaseState::Resizing => "Being scaled",
        DatabaseState::Restarting => "Restarting",
        DatabaseState::Stopped => "Stopped",
        DatabaseState::Starting => "Starting",
        DatabaseState::Upgrading => "Being upgraded",
        DatabaseState::Restoring => "Being restored",
        DatabaseState::Deleted => "Deleted",
        DatabaseState::Other(other) => {
            let text = other.to_lowercase().replace('_', " ");
            let (tone, icon) = look(state);
            return (tone, icon, if text.is_empty() { "Unknown".to_owned() } else { text });
        }
    };
    let (tone, icon) = look(state);
    (tone, icon, word.to_owned())
}

fn look(state: &DatabaseState) -> (Tone, IconName) {
    match state {
        DatabaseState::Available => (Tone::Ok, IconName::Check),
        DatabaseState::Stopped => (Tone::Neutral, IconName::Pause),
        state if state.in_transition() => (Tone::Wait, IconName::Clock),
        _ => (Tone::Neutral, IconName::Info),
    }
}

/// What to expect of a state that is none to stay in, or that needs a hand.
pub fn expectation(database: &Database) -> Option<String> {
    let text = match &database.state {
        DatabaseState::Available | DatabaseState::Deleted => return None,
        DatabaseState::Creating => {
            "It takes a few minutes. The app can be deployed meanwhile, but not connect yet."
        }
        DatabaseState::Resizing => {
            let plan = database.plan();
            let (least, most) = plan.map_or((4, 25), Plan::minutes_to_scale);
            return Some(format!(
                "It takes {least} to {most} minutes as a rule, longer from or to a size below 4. \
                 Connections break off in between; the app connects again by itself."
            ));
        }
        DatabaseState::Restarting => "It takes a minute or so. Open connections break off.",
        DatabaseState::Stopped => {
            "Nothing can connect, so the app fails wherever it needs it. Data and backups are kept."
        }
        DatabaseState::Starting => "It takes a few minutes until it takes connections.",
        DatabaseState::Upgrading => {
            "It takes minutes, more with more data. Nothing can connect until it is done."
        }
        DatabaseState::Restoring => {
            "It can take more than 10 minutes. What the app writes meanwhile is lost."
        }
        DatabaseState::Other(_) if database.state.in_transition() => {
            "The platform is working on it."
        }
        DatabaseState::Other(_) => {
            "The console does not know this state. If it lasts, ask the platform's support."
        }
    };
    Some(text.to_owned())
}

/// US dollars a month.
pub fn dollars(amount: u32) -> String {
    format!("${}", grouped(amount))
}

/// Gigabytes, in terabytes where that is shorter.
pub fn storage(gigabytes: u32) -> String {
    if gigabytes < 1_000 {
        format!("{gigabytes} GB")
    } else {
        format!("{} TB", f64::from(gigabytes) / 1_000.0)
    }
}

/// `PostgreSQL 16` for `POSTGRES_16`; anything else as it is.
pub fn version(version: &str) -> String {
    major(version).map_or_else(|| version.to_owned(), |major| format!("PostgreSQL {major}"))
}

/// What another plan changes in the bill.
pub fn difference(from: u32, to: u32) -> String {
    let both = format!("From {} to {} a month", dollars(from), dollars(to));
    match to.cmp(&from) {
        std::cmp::Ordering::Equal => format!("{} a month, as now.", dollars(to)),
        std::cmp::Ordering::Greater => format!("{both}: {} more.", dollars(to - from)),
        std::cmp::Ordering::Less => format!("{both}: {} less.", dollars(from - to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_that_is_not_rest_says_what_to_expect() {
        let with = |state: &str| Database { state: state.into(), ..Default::default() };
        for text in ["CREATING", "RESIZING", "RESTARTING", "STOPPED", "MOVING", "FAILED", ""] {
            assert!(expectation(&with(text)).is_some(), "{text}");
        }
        assert_eq!(expectation(&with("AVAILABLE")), None);
        assert_eq!(state(&"IN_REPAIR".into()).2, "in repair");
        assert_eq!(state(&"MOVING".into()).0, Tone::Wait);
    }

    #[test]
    fn numbers_as_people_say_them() {
        assert_eq!((storage(800), storage(1_200)), ("800 GB".into(), "1.2 TB".into()));
        assert_eq!(dollars(1_600), "$1,600");
        assert_eq!(difference(50, 200), "From $50 to $200 a month: $150 more.");
        assert_eq!(difference(50, 25), "From $50 to $25 a month: $25 less.");
        assert_eq!(difference(50, 50), "$50 a month, as now.");
        assert_eq!(version("POSTGRES_16"), "PostgreSQL 16");
        assert_eq!(version("something"), "something");
    }
}
