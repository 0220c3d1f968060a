//! Announces each change in how the API can be used, once: a pause and its end, a lost and
//! a restored connection, and the usage of the month.

use leptos::prelude::*;

use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::time;
use backoffice_ui::{Tone, use_toasts};
use backoffice_web_client::{EntryState, Hold, MonthLevel, sentences, use_api};

/// Shorter pauses are not announced: they would be over before the user reads about them.
const WORTH_TELLING: u64 = 2_000;

/// Shows nothing itself: its messages are toasts, which screen readers announce.
#[component]
pub fn Notices() -> impl IntoView {
    let api = use_api();
    let toasts = use_toasts();
    let told = StoredValue::new(None::<Told>);
    Effect::new(move |_| {
        let now = api.now.get();
        let month = api.month.get();
        // When the month is used up, announce that rather than the pause it causes.
        let used_up = month.as_ref().is_some_and(|month| month.level == MonthLevel::UsedUp);
        let state = State {
            now,
            hold: api.budget.with(|budget| budget.hold.clone()).filter(|_| !used_up),
            lost: api.connection.with(|connection| connection.lost_since.is_some()),
            month: month.map(|month| (month.level, time::utc_day(month.resets_at))),
        };
        // Untracked: read only when the text needs it, so that changes to the journal do
        // not run this effect.
        let waiting = move || {
            let waits = |state: &EntryState| {
                !matches!(state, EntryState::Sending | EntryState::Streaming) && !state.is_final()
            };
            untrack(move || {
                api.with_journal(|entries| entries.filter(|entry| waits(&entry.state)).count())
            })
        };
        let news = told.try_update_value(|told| news(told, &state)).unwrap_or_default();
        for item in news {
            let (tone, text, detail) = words(&item, |at| time::when(at, now), waiting);
            toasts.push(tone, text, detail);
        }
    });
}

/// The state to report on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    now: u64,
    hold: Option<Hold>,
    lost: bool,
    month: Option<(MonthLevel, String)>,
}

/// What has been announced already.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    paused: bool,
    lost: bool,
    level: Option<MonthLevel>,
}

/// Something to announce.
#[derive(Debug, Clone, PartialEq, Eq)]
enum News {
    Paused(Hold),
    GoesOn,
    Lost,
    Found,
    Month { level: MonthLevel, resets: String },
}

/// The changes to announce. The initial state is not one: the page shows it.
fn news(told: &mut Option<Told>, state: &State) -> Vec<News> {
    let level = state.month.as_ref().map(|(level, _)| *level);
    let told = told.get_or_insert(Told { paused: false, lost: state.lost, level });
    let mut news = Vec::new();
    match &state.hold {
        Some(hold) if !told.paused && hold.until >= state.now + WORTH_TELLING => {
            told.paused = true;
            news.push(News::Paused(hold.clone()));
        }
        Some(hold) if hold.until > state.now => {}
        _ if told.paused => {
            told.paused = false;
            news.push(News::GoesOn);
        }
        _ => {}
    }
    if told.lost != state.lost {
        told.lost = state.lost;
        news.push(if state.lost { News::Lost } else { News::Found });
    }
    if let Some((level, resets)) = &state.month {
        let before = told.level.replace(*level);
        if before.is_some_and(|before| *level > before) {
            news.push(News::Month { level: *level, resets: resets.clone() });
        }
    }
    news
}

/// A message: its tone, its text and its detail. `when` formats a time, and `waiting`
/// counts the waiting calls.
fn words(
    news: &News,
    when: impl Fn(u64) -> String,
    waiting: impl Fn() -> usize,
) -> (Tone, String, Option<String>) {
    let kept = || match waiting() {
        0 => "New requests wait".to_owned(),
        1 => "1 request is waiting".to_owned(),
        count => format!("{} are waiting", counted(count, "request", "requests")),
    };
    match news {
        News::Paused(hold) => (
            Tone::Limit,
            sentences::limit_used_up(Some(&when(hold.until))),
            Some(format!(
                "{} until then. Sending resumes automatically. Keep this tab open.",
                kept()
            )),
        ),
        News::GoesOn => (Tone::Ok, "The pause is over. Requests are sent again.".to_owned(), None),
        News::Lost => (
            Tone::Wait,
            "The API can't be reached.".to_owned(),
            Some(format!("{} until it answers. The console keeps trying.", kept())),
        ),
        News::Found => (Tone::Ok, "The API can be reached again.".to_owned(), None),
        News::Month { level, resets } => match level {
            MonthLevel::Free | MonthLevel::Warning => (
                Tone::Wait,
                "80 % of this month's requests are used.".to_owned(),
                Some(format!("The count resets on {resets}.")),
            ),
            MonthLevel::Reserved => (
                Tone::Limit,
                "95 % of this month's requests are used.".to_owned(),
                Some(format!(
                    "Background updates are paused until {resets}; your own actions are still \
                     sent. You can resume the updates from the meter."
                )),
            ),
            MonthLevel::UsedUp => (
                Tone::Limit,
                format!("This month's requests are used up until {resets}."),
                Some(
                    "Your own actions wait, and the console asks before it sends them. You can \
                     try anyway from the meter."
                        .to_owned(),
                ),
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backoffice_web_client::Why;

    fn state(now: u64) -> State {
        State { now, hold: None, lost: false, month: None }
    }

    fn hold(until: u64) -> Hold {
        Hold { until, why: Why::MonthUsedUp(None) }
    }

    fn held(now: u64, until: u64) -> State {
        State { hold: Some(hold(until)), ..state(now) }
    }

    fn month(level: MonthLevel) -> State {
        State { month: Some((level, "1 Dec".to_owned())), ..state(0) }
    }

    /// The announcements while one state follows another.
    fn told(states: &[State]) -> Vec<News> {
        let mut told = None;
        states.iter().flat_map(|state| news(&mut told, state)).collect()
    }

    #[test]
    fn a_pause_and_its_end_are_told_once() {
        let pause = News::Paused(hold(40_000));
        assert_eq!(
            told(&[
                state(0),
                held(0, 40_000),
                held(1_000, 40_500),
                held(39_900, 40_500),
                state(41_000)
            ]),
            [pause.clone(), News::GoesOn]
        );
        // No event reports the end of a pause; only the time does.
        assert_eq!(told(&[held(0, 40_000), held(41_000, 40_000)]), [pause, News::GoesOn]);
    }

    #[test]
    fn a_short_pause_is_not_told() {
        assert_eq!(told(&[held(0, 1_900), held(1_000, 1_900), state(2_000)]), []);
    }

    #[test]
    fn a_connection_lost_and_found_is_told_once() {
        let lost = State { lost: true, ..state(0) };
        assert_eq!(
            told(&[state(0), lost.clone(), lost.clone(), state(1)]),
            [News::Lost, News::Found]
        );
        assert_eq!(told(&[lost, state(1)]), [News::Found]);
    }

    #[test]
    fn the_month_is_told_as_it_fills() {
        let levels = |levels: &[MonthLevel]| -> Vec<MonthLevel> {
            let states: Vec<State> = levels.iter().copied().map(month).collect();
            let told = told(&states);
            told.into_iter()
                .filter_map(|news| match news {
                    News::Month { level, .. } => Some(level),
                    _ => None,
                })
                .collect()
        };
        use MonthLevel::{Free, Reserved, UsedUp, Warning};
        assert_eq!(
            levels(&[Free, Warning, Warning, Reserved, UsedUp, Free, Warning]),
            [Warning, Reserved, UsedUp, Warning]
        );
        assert_eq!(levels(&[Warning, Warning]), []);
    }

    #[test]
    fn the_messages_say_until_when_and_what_happens_to_requests() {
        let text = |news: News, waiting: usize| {
            let (_, text, detail) = words(&news, |_| "12:31:05".to_owned(), || waiting);
            format!("{text} {}", detail.unwrap_or_default())
        };
        assert_eq!(
            text(News::Paused(hold(0)), 0),
            "The rate limit is used up until 12:31:05. New requests wait until then. Sending resumes automatically. Keep this tab open."
        );
        assert_eq!(
            text(News::Lost, 3),
            "The API can't be reached. 3 requests are waiting until it answers. The console keeps trying."
        );
        let used_up = News::Month { level: MonthLevel::UsedUp, resets: "1 Dec".into() };
        assert!(text(used_up, 0).contains("used up until 1 Dec"));
    }
}
