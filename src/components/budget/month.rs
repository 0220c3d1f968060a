//! The month's calls against the cap, which no header tells.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::budget::words;
use backoffice_ui::words::numbers::grouped;
use backoffice_ui::words::time;
use backoffice_ui::{Badge, Button, ButtonType, Meter, TextField, Tone, use_toasts};
use backoffice_web_client::{MonthLevel, MonthView, use_api};

/// What was used of the month, how long it lasts, and what can be done about it.
#[component]
pub fn BudgetMonth() -> impl IntoView {
    let api = use_api();
    let known = Memo::new(move |_| api.month.with(Option::is_some));
    view! { <Show when=move || known.get()><Month /></Show> }
}

#[component]
fn Month() -> impl IntoView {
    let api = use_api();
    let tell = move |tell: fn(&MonthView) -> Option<String>| {
        Memo::new(move |_| api.month.with(|month| month.as_ref().and_then(tell)))
    };
    let look = Memo::new(move |_| api.month.with(|month| month.as_ref().map(words::month_look)));
    let used = tell(|month| Some(grouped(month.ours)));
    let of = tell(|month| {
        Some(format!(" of {} calls this month, from this browser", grouped(month.cap)))
    });
    let others = tell(|month| {
        (month.others > 0).then(|| format!("Others used at least {} more.", grouped(month.others)))
    });
    let forecast = tell(|month| {
        let reached = month.reached_at.map(time::utc_day);
        Some(words::month_forecast(
            month.level,
            reached.as_deref(),
            &time::utc_day(month.resets_at),
        ))
    });
    let hold = tell(|month| {
        words::month_hold(month.level, month.overridden, &time::utc_day(month.resets_at))
    });
    let parts = Memo::new(move |_| {
        api.month.with(|month| {
            month.as_ref().map_or((0.0, 1.0), |month| {
                (f64::from(month.ours) + f64::from(month.others), f64::from(month.cap.max(1)))
            })
        })
    });
    // The button is about what is held, so it stays until nothing is.
    let overridden = Memo::new(move |_| {
        api.month.with(|month| {
            let month = month.as_ref().filter(|month| month.level >= MonthLevel::Reserved)?;
            Some(month.overridden)
        })
    });
    let tone = Signal::derive(move || look.get().map_or(Tone::Ok, |(tone, _)| tone));
    view! {
        <section class="budget-panel__part" aria-label="This month">
            <div class="budget-panel__head">
                <h3 class="budget-panel__title">"This month"</h3>
                {move || look.get().map(|(tone, word)| view! { <Badge tone>{word}</Badge> })}
            </div>
            <p><b>{used}</b> {of} "."</p>
            <Meter
                value=Signal::derive(move || parts.get().0)
                max=Signal::derive(move || parts.get().1)
                tone
                label="Calls used this month"
            />
            {move || others.get().map(|text| view! { <p>{text}</p> })}
            <p>{forecast}</p>
            {move || hold.get().map(|text| view! { <p class="budget-panel__hold">{text}</p> })}
            {move || overridden.get().map(|overridden| view! {
                <Button small=true on_click=Callback::new(move |()| api.override_month(!overridden))>
                    {if overridden { "Hold again" } else { "Go on anyway" }}
                </Button>
            })}
            <FirstDay />
        </section>
    }
}

/// The day on which the count begins anew.
#[component]
fn FirstDay() -> impl IntoView {
    let api = use_api();
    let toasts = use_toasts();
    let current = Memo::new(move |_| {
        api.month.with(|month| month.as_ref().map_or(1, |month| month.first_day))
    });
    let typed = RwSignal::new(current.get_untracked().to_string());
    let day = Memo::new(move |_| words::parse_first_day(&typed.get()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(day) = day.get_untracked() {
            api.set_first_day(day);
            toasts.ok(format!("The month is counted from day {day}."));
        }
    };
    view! {
        <details class="budget-panel__details">
            <summary>{move || format!("Counted from day {} of each month", current.get())}</summary>
            <form class="budget-panel__setting" novalidate on:submit=submit>
                <TextField
                    label="First day of the count"
                    value=typed
                    inputmode="numeric"
                    hint="1 to 28. On some accounts the count begins on the day of enrolment; the API does not tell it."
                    error=Signal::derive(move || day.get().err())
                />
                <Button small=true kind=ButtonType::Submit>"Save"</Button>
            </form>
        </details>
    }
}
