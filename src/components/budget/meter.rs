//! What is left of the rate limit, always in sight.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::budget::panel::BudgetPanel;
use crate::components::budget::words::{self as words, Standing};
use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::time;
use backoffice_ui::{Badge, Icon, IconName, Meter, Popover};
use backoffice_web_client::{Api, MonthLevel, sentences, use_api};

/// Limit, remaining and countdown; pressing it shows everything that is known.
#[component]
pub fn BudgetMeter(
    /// Opens the journal.
    on_journal: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let open = RwSignal::new(false);
    let numbers =
        Memo::new(move |_| api.budget.with(|budget| words::numbers(budget, api.now.get())));
    let reset_in = reset_in(api);
    let hidden = Memo::new(move |_| api.budget.with(|budget| budget.headers_hidden));
    let sent = sent_lately(api);
    let text = move || match numbers.get() {
        Some((remaining, limit)) => format!("{remaining} / {limit}"),
        None if hidden.get() => format!("limit hidden · {} in the last minute", sent.get()),
        None => "not known yet".to_owned(),
    };
    let month = Memo::new(move |_| {
        api.month.with(|month| {
            let month = month.as_ref().filter(|month| month.level > MonthLevel::Free)?;
            Some(format!("{} % of the month", words::percent(month).min(100)))
        })
    });
    let description = move || {
        let waiting = api.budget.with(|budget| budget.waiting);
        let read_as = api.budget.with(|budget| budget.source.as_ref().map(sentences::source));
        let read_as = read_as.map(|read| format!(" {read}.")).unwrap_or_default();
        let numbers = match numbers.get() {
            Some((remaining, limit)) => {
                format!("{remaining} of {limit} requests left in this window.")
            }
            None if hidden.get() => format!(
                "The API's answers hide its limit from this page. This browser sent {} in the last minute.",
                counted(usize::try_from(sent.get()).unwrap_or_default(), "request", "requests")
            ),
            None => "The API has not said its limit yet.".to_owned(),
        };
        let waiting = match waiting {
            0 => String::new(),
            1 => " 1 request waits.".to_owned(),
            waiting => format!(" {} wait.", counted(waiting, "request", "requests")),
        };
        let month = month.get().map(|month| format!(" {month} is used.")).unwrap_or_default();
        format!("Request budget: {numbers}{read_as}{waiting}{month}")
    };
    let look = look(api);
    let tone = Signal::derive(move || words::gauge(numbers.get()));
    let value =
        Signal::derive(move || numbers.get().map_or(0.0, |(remaining, _)| f64::from(remaining)));
    let max =
        Signal::derive(move || numbers.get().map_or(1.0, |(_, limit)| f64::from(limit.max(1))));
    let button = move || {
        view! {
            {move || numbers.get().is_some().then(|| view! { <Meter value max tone /> })}
            <span class="budget__numbers">{text}</span>
            <span class="budget__reset">{move || reset_in.get().map(|left| format!("resets in {left}"))}</span>
            <span class="budget__month">{move || month.get()}</span>
            <Icon name=IconName::ChevronDown />
        }
    };
    let status = move || {
        move || {
            let (tone, word) = look.get();
            view! { <Badge tone>{word}</Badge> }
        }
    };
    // A link in it leads to another page, which it would cover.
    let path = use_location().pathname;
    Effect::new(move |_| {
        let _ = path.get();
        open.set(false);
    });
    let to_journal = Callback::new(move |()| {
        // First, so that the journal gives the focus back to the meter.
        open.set(false);
        request_animation_frame(move || on_journal.run(()));
    });
    view! {
        <Popover
            title="Request budget"
            open
            button_class="budget"
            button_label=Signal::derive(description)
            button
            status
        >
            <BudgetPanel on_journal=to_journal />
        </Popover>
    }
}

/// The countdown to the end of the window.
pub(super) fn reset_in(api: Api) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let at = api.budget.with(|budget| budget.reset_at)?;
        let now = api.now.get();
        (at > now).then(|| time::left(at - now))
    })
}

/// How many requests this browser has sent in the last minute.
pub(super) fn sent_lately(api: Api) -> Memo<u32> {
    Memo::new(move |_| {
        // The minute goes on while nothing is sent.
        let _ = api.now.get();
        api.budget.with(words::last_minute)
    })
}

/// How the API can be used right now.
fn look(api: Api) -> Memo<(backoffice_ui::Tone, &'static str)> {
    Memo::new(move |_| {
        let now = api.now.get();
        api.budget.with(|budget| {
            Standing {
                numbers: words::numbers(budget, now),
                hidden: budget.headers_hidden,
                held: budget.hold.as_ref().is_some_and(|hold| hold.until > now),
                lost: api.connection.with(|connection| connection.lost_since.is_some()),
                month_used_up: api.month.with(|month| {
                    month
                        .as_ref()
                        .is_some_and(|month| month.level == MonthLevel::UsedUp && !month.overridden)
                }),
            }
            .look()
        })
    })
}
