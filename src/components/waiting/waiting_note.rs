//! Says that calls are waiting, and for what, above the page that they belong to.

use leptos::prelude::*;

use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::time;
use backoffice_ui::{Button, ButtonVariant, Note, Tone};
use backoffice_web_client::{Waiting, sentences, use_api};

/// How many calls are waiting, why and for how long; nothing while none is and the API can
/// be reached.
#[component]
pub fn WaitingNote(
    /// Shows the calls.
    on_show: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let waiting = Memo::new(move |_| api.waiting());
    let connection = Memo::new(move |_| {
        let connection = api.connection.get();
        connection.lost_since.map(|_| connection.retry_at)
    });
    let lost = Memo::new(move |_| connection.get().is_some());
    // Very short waits are not worth moving the page for.
    let shown = Memo::new(move |_| {
        waiting.get().filter(|all| {
            all.asks
                || lost.get()
                || all.until.is_some_and(|until| until > api.now.get().saturating_add(1_000))
        })
    });
    let count = Memo::new(move |_| shown.with(|shown| shown.as_ref().map_or(0, |all| all.count)));
    let waits = move || match count.get() {
        0 => String::new(),
        1 => "1 request is waiting.".to_owned(),
        count => format!("{} are waiting.", counted(count, "request", "requests")),
    };
    let title = Signal::derive(move || match (lost.get(), count.get()) {
        (false, _) => waits(),
        (true, 0) => LOST.to_owned(),
        (true, _) => format!("{LOST} {}", waits()),
    });
    let detail = move || {
        let now = api.now.get();
        if let Some(retry_at) = connection.get() {
            let any = count.get() > 0;
            return Some(while_lost(retry_at.filter(|at| *at > now).map(|at| at - now), any));
        }
        shown.get().map(|all| while_held(&all, now))
    };
    let reason = Memo::new(move |_| {
        shown.get().filter(|_| !lost.get()).map(|all| sentences::reason(&all.why))
    });
    let any = Memo::new(move |_| lost.get() || count.get() > 0);
    let look = Memo::new(move |_| if lost.get() { Tone::Bad } else { Tone::Limit });
    let actions = move || {
        view! {
            {move || lost.get().then(|| view! {
                <Button small=true on_click=Callback::new(move |()| api.try_connection())>"Try now"</Button>
            })}
            {move || (count.get() > 0).then(|| view! {
                <Button small=true variant=ButtonVariant::Quiet on_click=on_show>"Show requests"</Button>
            })}
        }
    };
    view! {
        <div class="waiting">
            // Screen readers announce the number of calls, not the countdown, which changes
            // every second.
            <p class="visually-hidden" role="status">{title}</p>
            {move || any.get().then(|| {
                let tone = look.get();
                view! {
                    <Note tone title actions>
                        <p>{detail}</p>
                        {move || reason.get().map(|why| view! { <p class="small">{why}</p> })}
                    </Note>
                }
            })}
        </div>
    }
}

const LOST: &str = "The API can't be reached.";

/// What happens to requests while the API cannot be reached, and what the user can do.
/// `left` is the time until the next try, in milliseconds.
fn while_lost(left: Option<u64>, any: bool) -> String {
    let next = match left {
        Some(left) => format!("The console tries again in {}.", time::left(left)),
        None => "The console is trying again.".to_owned(),
    };
    if any {
        format!(
            "{next} Then it sends what is waiting, and asks you first about changes older than a \
             minute. Keep this tab open."
        )
    } else {
        next
    }
}

/// What happens to waiting requests, and what the user can do.
fn while_held(all: &Waiting, now: u64) -> String {
    let left = all.until.filter(|until| *until > now).map(|until| time::left(until - now));
    match (all.asks, left) {
        (true, Some(left)) => format!(
            "This takes over a minute ({left}). Changes are sent only if you say so: open the \
             requests to wait for them, send them now or cancel them."
        ),
        (true, None) => "Changes that waited for over a minute are sent only if you say so: open \
                         the requests to send or cancel them."
            .to_owned(),
        (false, Some(left)) if all.limited => format!(
            "{} They are sent in {left}. Keep this tab open.",
            sentences::limit_used_up(None)
        ),
        (false, Some(left)) => format!("Sent again in {left}. Keep this tab open."),
        (false, None) => "Sent as soon as possible. Keep this tab open.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backoffice_web_client::Why;

    fn waiting(until: Option<u64>, asks: bool, limited: bool) -> Waiting {
        Waiting { count: 1, until, why: Why::MonthUsedUp(None), asks, limited }
    }

    #[test]
    fn a_pause_says_when_requests_are_sent_and_what_to_do() {
        assert_eq!(
            while_held(&waiting(Some(12_000), false, true), 0),
            "The rate limit is used up. They are sent in 12 s. Keep this tab open."
        );
        assert!(while_held(&waiting(Some(120_000), true, true), 0).contains("only if you say so"));
        assert!(while_held(&waiting(None, true, false), 0).contains("only if you say so"));
    }

    #[test]
    fn a_lost_connection_says_what_happens_to_what_was_pressed() {
        assert_eq!(while_lost(Some(3_000), false), "The console tries again in 3 s.");
        let text = while_lost(None, true);
        assert!(text.contains("asks you first") && text.contains("Keep this tab open"), "{text}");
    }
}
