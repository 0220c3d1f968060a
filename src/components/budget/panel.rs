//! Everything that is known about the rate limit, under the meter.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::budget::meter::{reset_in, sent_lately};
use crate::components::budget::month::BudgetMonth;
use crate::components::budget::queue::BudgetQueue;
use crate::components::budget::words;
use crate::paths;
use backoffice_ui::words::numbers::{counted, grouped};
use backoffice_ui::words::time;
use backoffice_ui::{Button, CodeBlock, IconName, Meter, Note, Sparkline, Tone};
use backoffice_web_client::{Api, Usage, sentences, use_api};

/// What an API must send so that a page of another origin can read its limits.
const HEADER: &str = "Access-Control-Expose-Headers: x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, retry-after, date, x-request-id";

/// The window, who waits, the month, and what cannot be known.
#[component]
pub fn BudgetPanel(
    /// Opens the journal.
    on_journal: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let hidden = Memo::new(move |_| api.budget.with(|budget| budget.headers_hidden));
    view! {
        <div class="budget-panel">
            <Obstacles />
            <Window />
            <BudgetQueue />
            <BudgetMonth />
            <Show when=move || hidden.get()><HiddenHeaders /></Show>
            <footer class="budget-panel__foot">
                <Button small=true icon=IconName::Requests on_click=on_journal>"Open the journal"</Button>
                <A href=paths::REQUESTS attr:class="link small">"All requests"</A>
            </footer>
        </div>
    }
}

/// Why nothing is sent right now, and until when.
#[component]
fn Obstacles() -> impl IntoView {
    let api = use_api();
    let hold = Memo::new(move |_| {
        let hold = api.budget.with(|budget| budget.hold.clone());
        hold.filter(|hold| hold.until > api.now.get())
    });
    let lost = Memo::new(move |_| api.connection.get().lost_since.map(|_| api.connection.get()));
    view! {
        {move || lost.get().map(|connection| {
            let next = move || match connection.retry_at {
                Some(at) if at > api.now.get() => {
                    format!("The console tries again in {}. What you press waits until then.", time::left(at - api.now.get()))
                }
                _ => "The console is trying again. What you press waits until then.".to_owned(),
            };
            view! {
                <Note tone=Tone::Bad title="The API can't be reached">
                    <p>{next}</p>
                    <Button small=true on_click=Callback::new(move |()| api.try_connection())>"Try now"</Button>
                </Note>
            }
        })}
        {move || hold.get().map(|hold| {
            let left = move || time::left(hold.until.saturating_sub(api.now.get()));
            view! {
                <Note tone=Tone::Limit title="Paused">
                    <p>{sentences::reason(&hold.why)}</p>
                    <p>"Goes on in " <b>{left}</b> "."</p>
                </Note>
            }
        })}
    }
}

#[component]
fn Window() -> impl IntoView {
    let api = use_api();
    let numbers =
        Memo::new(move |_| api.budget.with(|budget| words::numbers(budget, api.now.get())));
    let reset_in = reset_in(api);
    let known = Memo::new(move |_| numbers.get().is_some());
    let value = Signal::derive(move || numbers.get().map_or(0.0, |(left, _)| f64::from(left)));
    let max = Signal::derive(move || numbers.get().map_or(1.0, |(_, all)| f64::from(all.max(1))));
    let tone = Signal::derive(move || words::gauge(numbers.get()));
    let forecast =
        Memo::new(move |_| api.budget.with(|budget| words::forecast(budget, api.now.get())));
    let sharing = Memo::new(move |_| api.budget.with(words::sharing));
    let seen = Memo::new(move |_| seen(api));
    let hidden = Memo::new(move |_| api.budget.with(|budget| budget.headers_hidden));
    let sent = sent_lately(api);
    view! {
        <section class="budget-panel__part" aria-label="This window">
            {move || if known.get() {
                view! {
                    <p class="budget-panel__figures">
                        <span>
                            <b class="figure">{move || numbers.get().map(|(left, _)| grouped(left))}</b>
                            {move || numbers.get().map(|(_, limit)| format!(" of {} left", grouped(limit)))}
                        </span>
                        <span class="muted">
                            {move || reset_in.get().map(|left| format!("resets in {left}"))}
                        </span>
                    </p>
                    <Meter value max tone label="Requests left in this window" />
                }.into_any()
            } else {
                view! {
                    {move || if hidden.get() {
                        let sent = counted(usize::try_from(sent.get()).unwrap_or_default(), "request", "requests");
                        view! {
                            <p class="budget-panel__figures"><b class="figure">"Limit hidden"</b></p>
                            <p>{format!("This browser sent {sent} in the last minute. The API's answers hide the limit from this page; see below how its operator can show it.")}</p>
                        }.into_any()
                    } else {
                        view! { <p>"The API has not said its limit yet. Its first answer usually does."</p> }.into_any()
                    }}
                }.into_any()
            }}
            {move || forecast.get().map(|text| view! { <p>{text}</p> })}
            {move || sharing.get().map(|text| view! { <p>{text}</p> })}
            {move || seen.get().map(|text| view! { <p class="budget-panel__note">{text}</p> })}
            <Chart />
        </section>
    }
}

/// What was seen, how it was read, and when.
fn seen(api: Api) -> Option<String> {
    let now = api.now.get();
    api.budget.with(|budget| {
        let at = budget.seen_at?;
        let read = budget.source.as_ref().map(|source| format!("{}.", sentences::source(source)));
        let age = format!("Seen {}.", time::ago(now.saturating_sub(at)));
        let flying = match budget.in_flight {
            0 => None,
            1 => Some("1 request is on its way.".to_owned()),
            count => Some(format!("{count} requests are on their way.")),
        };
        Some(read.into_iter().chain([age]).chain(flying).collect::<Vec<_>>().join(" "))
    })
}

#[component]
fn Chart() -> impl IntoView {
    let api = use_api();
    let usage = Memo::new(move |_| api.budget.with(|budget| budget.usage.clone()));
    let any = Memo::new(move |_| usage.with(|usage| !usage.is_empty()));
    let others = Memo::new(move |_| usage.with(|usage| usage.iter().any(|step| step.others > 0)));
    let label = Signal::derive(move || usage.with(|usage| words::usage(usage)));
    let bars = Signal::derive(move || {
        usage.with(|usage| usage.iter().map(|step| (step.ours, step.others)).collect::<Vec<_>>())
    });
    let total = move |part: fn(&Usage) -> u32| {
        usage.with(|usage| usage.iter().map(part).map(u64::from).sum::<u64>())
    };
    let ours = move || {
        counted(usize::try_from(total(|step| step.ours)).unwrap_or_default(), "call", "calls")
    };
    view! {
        <Show when=move || any.get()>
            <figure class="budget-panel__chart">
                <Sparkline label bars room=Usage::STEPS />
                <figcaption class="budget-panel__legend" aria-hidden="true">
                    <span>{format!("Last {} minutes", words::minutes())}</span>
                    <span class="budget-panel__key budget-panel__key--first">
                        {move || format!("this browser: {}", ours())}
                    </span>
                    {move || others.get().then(|| view! {
                        <span class="budget-panel__key budget-panel__key--second">
                            {move || format!("others: {}", total(|step| step.others))}
                        </span>
                    })}
                </figcaption>
            </figure>
        </Show>
    }
}

/// Why the numbers are counted here, and what would change that.
#[component]
fn HiddenHeaders() -> impl IntoView {
    view! {
        <section class="budget-panel__part" aria-label="Counted here">
            <Note title="The API hides its limit from this page">
                <p>
                    "Browsers show a page only the headers that an API of another origin exposes. Until it does, the console counts its own requests and learns the limit from refusals. "
                    "The API's operator can fix this with one header:"
                </p>
            </Note>
            <CodeBlock code=HEADER.to_owned() label="Header to add" wrap=true />
        </section>
    }
}
