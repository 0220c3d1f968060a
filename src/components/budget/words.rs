//! What the budget and the month mean, in words and tones.

use backoffice_ui::Tone;
use backoffice_ui::words::numbers::{counted, grouped};
use backoffice_ui::words::time;
use backoffice_web_client::{BudgetView, MonthLevel, MonthView, Priority, QueuedCall, Usage};

/// How the API can be used right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The numbers of the window: what is left, and of how many.
    pub numbers: Option<(u32, u32)>,
    /// Nothing is sent for now.
    pub held: bool,
    /// Answers came, and hid their limit from this page.
    pub hidden: bool,
    /// The API cannot be reached.
    pub lost: bool,
    /// The month is used up, and the user did not say to go on.
    pub month_used_up: bool,
}

impl Standing {
    /// A tone, and the word that goes with it.
    pub fn look(self) -> (Tone, &'static str) {
        match self {
            Self { lost: true, .. } => (Tone::Bad, "No connection"),
            Self { month_used_up: true, .. } => (Tone::Limit, "Month used up"),
            Self { held: true, .. } => (Tone::Limit, "Paused"),
            Self { numbers: None, hidden: true, .. } => (Tone::Wait, "Limit hidden"),
            Self { numbers: None, .. } => (Tone::Neutral, "Not known yet"),
            Self { numbers: Some((0, _)), .. } => (Tone::Limit, "Used up"),
            Self { numbers: Some((remaining, limit)), .. } if is_low(remaining, limit) => {
                (Tone::Wait, "Low")
            }
            Self { .. } => (Tone::Ok, "Free"),
        }
    }
}

/// The tone of a gauge that shows what is left.
pub fn gauge(numbers: Option<(u32, u32)>) -> Tone {
    match numbers {
        Some((0, _)) => Tone::Limit,
        Some((remaining, limit)) if is_low(remaining, limit) => Tone::Wait,
        _ => Tone::Ok,
    }
}

fn is_low(remaining: u32, limit: u32) -> bool {
    u64::from(remaining) * 5 <= u64::from(limit)
}

/// Remaining and limit at `now`, once an answer has told them. Nobody tells that a
/// window has ended; all of the limit is free then.
pub fn numbers(budget: &BudgetView, now: u64) -> Option<(u32, u32)> {
    let limit = budget.limit?;
    let is_over = budget.reset_at.is_some_and(|at| at <= now);
    let remaining = if is_over { limit } else { budget.remaining.unwrap_or(limit) };
    Some((remaining.min(limit), limit))
}

/// How many requests this browser has sent in the last minute.
pub fn last_minute(budget: &BudgetView) -> u32 {
    let steps = usize::try_from(60_000 / Usage::STEP).unwrap_or(usize::MAX);
    budget.usage.iter().rev().take(steps).map(|step| step.ours).sum()
}

/// Whether the rest of the window will do.
pub fn forecast(budget: &BudgetView, now: u64) -> Option<String> {
    let (remaining, _) = numbers(budget, now)?;
    budget.reset_at.filter(|at| *at > now)?;
    // Then there is no pace.
    if budget.hold.as_ref().is_some_and(|hold| hold.until > now) {
        return None;
    }
    Some(match budget.runs_out_at {
        _ if remaining == 0 => "Nothing is left until the reset.".to_owned(),
        Some(at) if at > now => {
            format!("At this pace nothing is left in {}.", time::left(at - now))
        }
        _ => "Lasts until the reset.".to_owned(),
    })
}

/// Who else uses the budget.
pub fn sharing(budget: &BudgetView) -> Option<String> {
    let others = (budget.others > 0).then(|| {
        format!("Your command line or CI used {} of this window.", grouped(budget.others))
    });
    let pages = (budget.pages > 1).then(|| format!("{} tabs share this budget.", budget.pages));
    let both: Vec<String> = others.into_iter().chain(pages).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

/// The use of the last minutes, for people who do not see the bars.
pub fn usage(usage: &[Usage]) -> String {
    let ours: u32 = usage.iter().map(|step| step.ours).sum();
    let others: u32 = usage.iter().map(|step| step.others).sum();
    let most = usage.iter().map(|step| step.ours + step.others).max().unwrap_or_default();
    let calls = |count: u32| counted(usize::try_from(count).unwrap_or(usize::MAX), "call", "calls");
    format!(
        "Last {} minutes: {} from this browser, {} from elsewhere; peak {} per {} s.",
        minutes(),
        calls(ours),
        grouped(others),
        grouped(most),
        Usage::STEP / 1_000
    )
}

/// How many minutes the bars cover.
pub fn minutes() -> u64 {
    Usage::STEP * u64::try_from(Usage::STEPS).unwrap_or_default() / 60_000
}

/// Whose a waiting call is, and for how long it has waited.
pub fn waiting(call: &QueuedCall, now: u64) -> String {
    let who = match call.priority {
        Priority::Interactive => "You asked",
        Priority::Background => "In the background",
    };
    let place = if call.id.is_none() { ", another tab" } else { "" };
    format!("{who}{place} · waits for {}", time::left(now.saturating_sub(call.since).max(1)))
}

/// How full the month is: a tone, and the words that go with it.
pub fn month_look(month: &MonthView) -> (Tone, String) {
    match month.level {
        MonthLevel::Free => (Tone::Ok, "Enough left".to_owned()),
        _ if month.overridden => (Tone::Wait, "Going on anyway".to_owned()),
        MonthLevel::Warning => (Tone::Wait, format!("{} % used", percent(month))),
        MonthLevel::Reserved => (Tone::Limit, "Nearly used up".to_owned()),
        MonthLevel::UsedUp => (Tone::Limit, "Used up".to_owned()),
    }
}

/// How many percent of the month are used, as far as is known.
pub fn percent(month: &MonthView) -> u64 {
    (u64::from(month.ours) + u64::from(month.others)) * 100 / u64::from(month.cap.max(1))
}

/// How long the month lasts; the days are already in words.
pub fn month_forecast(level: MonthLevel, reached: Option<&str>, resets: &str) -> String {
    match (level, reached) {
        (MonthLevel::UsedUp, _) => format!("It resets on {resets}."),
        (_, Some(day)) => {
            format!("At this pace the cap is reached on {day}. It resets on {resets}.")
        }
        (_, None) => format!("At this pace it lasts until it resets on {resets}."),
    }
}

/// What is held because of the month, if anything is.
pub fn month_hold(level: MonthLevel, overridden: bool, resets: &str) -> Option<String> {
    match (level, overridden) {
        (MonthLevel::Reserved, false) => Some(format!(
            "Less than 5 % are left, so background updates are paused until {resets}. What you press is still sent."
        )),
        (MonthLevel::UsedUp, false) => Some(format!(
            "The API says that the month is used up. What you press waits until {resets} and asks you before it is sent."
        )),
        (MonthLevel::Reserved | MonthLevel::UsedUp, true) => {
            Some("You chose to go on. The API may refuse requests.".to_owned())
        }
        _ => None,
    }
}

/// The day on which months begin, as it was typed.
pub fn parse_first_day(text: &str) -> Result<u8, String> {
    let day: u8 = text.trim().parse().map_err(|_| "Type a day from 1 to 28.".to_owned())?;
    if (1..=28).contains(&day) { Ok(day) } else { Err("Type a day from 1 to 28.".to_owned()) }
}

#[cfg(test)]
mod tests {
    use backoffice_contract::LimitClass;

    use super::*;
    use backoffice_web_client::{Hold, Why};

    fn budget() -> BudgetView {
        BudgetView {
            bucket: LimitClass::Standard,
            limit: Some(120),
            remaining: Some(82),
            reset_at: Some(41_000),
            window: None,
            seen_at: Some(0),
            source: None,
            in_flight: 0,
            waiting: 0,
            queue: Vec::new(),
            hold: None,
            headers_hidden: false,
            others: 0,
            runs_out_at: None,
            usage: Vec::new(),
            pages: 1,
        }
    }

    #[test]
    fn a_window_that_is_over_is_free_again() {
        assert_eq!(numbers(&budget(), 0), Some((82, 120)));
        assert_eq!(numbers(&budget(), 41_000), Some((120, 120)));
        assert_eq!(numbers(&BudgetView { limit: None, ..budget() }, 0), None);
    }

    #[test]
    fn the_forecast_says_when_nothing_is_left() {
        let at = |runs_out_at| BudgetView { runs_out_at, ..budget() };
        assert_eq!(forecast(&at(None), 0).unwrap(), "Lasts until the reset.");
        assert_eq!(
            forecast(&at(Some(20_000)), 0).unwrap(),
            "At this pace nothing is left in 20 s."
        );
        let empty = BudgetView { remaining: Some(0), ..budget() };
        assert_eq!(forecast(&empty, 0).unwrap(), "Nothing is left until the reset.");
        assert_eq!(forecast(&empty, 41_000), None);
        let hold = Some(Hold { why: Why::InFlight, until: 41_000 });
        assert_eq!(forecast(&BudgetView { hold, ..budget() }, 0), None);
    }

    #[test]
    fn others_are_named_only_when_there_are_some() {
        assert_eq!(sharing(&budget()), None);
        assert_eq!(
            sharing(&BudgetView { others: 14, pages: 3, ..budget() }).unwrap(),
            "Your command line or CI used 14 of this window. 3 tabs share this budget."
        );
    }

    #[test]
    fn the_worst_news_gives_the_word() {
        let calm = Standing {
            numbers: Some((82, 120)),
            held: false,
            hidden: false,
            lost: false,
            month_used_up: false,
        };
        let word = |standing: Standing| standing.look().1;
        assert_eq!(word(calm), "Free");
        assert_eq!(word(Standing { numbers: None, ..calm }), "Not known yet");
        assert_eq!(word(Standing { numbers: None, hidden: true, ..calm }), "Limit hidden");
        assert_eq!(word(Standing { numbers: Some((24, 120)), ..calm }), "Low");
        assert_eq!(word(Standing { numbers: Some((0, 120)), ..calm }), "Used up");
        assert_eq!(word(Standing { held: true, ..calm }), "Paused");
        assert_eq!(word(Standing { held: true, month_used_up: true, ..calm }), "Month used up");
        assert_eq!(word(Standing { held: true, lost: true, ..calm }), "No connection");
    }

    #[test]
    fn the_last_minute_is_what_this_browser_sent_in_it() {
        let step = |ours| Usage { ours, others: 9 };
        let usage = vec![step(50), step(1), step(2), step(3), step(0), step(0), step(4)];
        assert_eq!(last_minute(&BudgetView { usage, ..budget() }), 10);
    }

    #[test]
    fn usage_is_told_without_a_picture() {
        let steps = [Usage { ours: 3, others: 1 }, Usage { ours: 1, others: 0 }];
        assert_eq!(
            usage(&steps),
            "Last 5 minutes: 4 calls from this browser, 1 from elsewhere; peak 4 per 10 s."
        );
    }

    #[test]
    fn the_month_says_how_long_it_lasts_and_what_it_holds() {
        assert_eq!(
            month_forecast(MonthLevel::Warning, Some("27 Nov"), "1 Dec"),
            "At this pace the cap is reached on 27 Nov. It resets on 1 Dec."
        );
        assert_eq!(
            month_forecast(MonthLevel::Free, None, "1 Dec"),
            "At this pace it lasts until it resets on 1 Dec."
        );
        assert_eq!(month_hold(MonthLevel::Warning, false, "1 Dec"), None);
        assert!(month_hold(MonthLevel::UsedUp, false, "1 Dec").unwrap().contains("until 1 Dec"));
        assert!(month_hold(MonthLevel::Reserved, true, "1 Dec").unwrap().contains("go on"));
    }

    #[test]
    fn months_begin_on_a_day_that_every_month_has() {
        assert_eq!(parse_first_day(" 28 "), Ok(28));
        for text in ["", "0", "29", "1.5", "first"] {
            assert!(parse_first_day(text).is_err(), "{text}");
        }
    }
}
