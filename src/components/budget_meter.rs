//! What is left of the rate limit, always in sight.

use leptos::prelude::*;

use crate::api::{BudgetView, use_api};
use crate::time;
use crate::ui::{Icon, IconName, Meter, Tone};

/// Limit, remaining and countdown; pressing it opens the journal.
#[component]
pub fn BudgetMeter(
    /// Opens or closes the journal.
    on_journal: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let over = Memo::new(move |_| {
        let reset_at = api.budget.with(|budget| budget.reset_at);
        reset_at.is_some_and(|at| at <= api.now.get())
    });
    // Nobody tells that a window has ended; all of the limit is free then.
    let numbers = Memo::new(move |_| {
        let numbers = api.budget.with(numbers);
        numbers.map(|(remaining, limit)| (if over.get() { limit } else { remaining }, limit))
    });
    let reset_in = Memo::new(move |_| {
        let at = api.budget.with(|budget| budget.reset_at)?;
        let now = api.now.get();
        (at > now).then(|| time::left(at - now))
    });
    let text = move || match numbers.get() {
        Some((remaining, limit)) => format!("{remaining} / {limit}"),
        None => "not known yet".to_owned(),
    };
    let countdown = move || reset_in.get().map(|left| format!("resets in {left}"));
    let description = move || {
        let waiting = api.budget.with(|budget| budget.waiting);
        let read_as = api.budget.with(|budget| budget.sentence.clone()).unwrap_or_default();
        let numbers = match numbers.get() {
            Some((remaining, limit)) => {
                format!("{remaining} of {limit} requests left in this window.")
            }
            None => "The API has not told its limit yet.".to_owned(),
        };
        let waiting = match waiting {
            0 => String::new(),
            1 => " 1 request waits.".to_owned(),
            waiting => format!(" {waiting} requests wait."),
        };
        format!("{numbers} {read_as}{waiting} Open the journal.")
    };
    let tone = Signal::derive(move || match numbers.get() {
        Some((0, _)) => Tone::Limit,
        Some((remaining, limit)) if remaining * 5 <= limit => Tone::Wait,
        _ => Tone::Ok,
    });
    let value =
        Signal::derive(move || numbers.get().map_or(0.0, |(remaining, _)| f64::from(remaining)));
    let max =
        Signal::derive(move || numbers.get().map_or(1.0, |(_, limit)| f64::from(limit.max(1))));
    view! {
        <button
            class="budget"
            type="button"
            title=description
            aria-label=move || format!("Request budget: {}", description())
            on:click=move |_| on_journal.run(())
        >
            <Meter value max tone />
            <span class="budget__numbers">{text}</span>
            <span class="budget__reset">{countdown}</span>
            <Icon name=IconName::Requests />
        </button>
    }
}

/// Remaining and limit, once an answer has told them.
fn numbers(budget: &BudgetView) -> Option<(u32, u32)> {
    let limit = budget.limit?;
    Some((budget.remaining.unwrap_or(limit).min(limit), limit))
}
