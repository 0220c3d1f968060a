//! Says that calls wait, and for what, above the page that they belong to.

use leptos::prelude::*;

use super::wait_words::why;
use crate::api::use_api;
use crate::numbers::counted;
use crate::time;
use crate::ui::{Button, ButtonVariant, Note, Tone};

/// How many calls wait, why and for how long; nothing while none does and the API can
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
    // A blink of a wait is not worth moving the page for.
    let shown = Memo::new(move |_| {
        waiting
            .get()
            .filter(|all| all.asks || lost.get() || all.until > api.now.get().saturating_add(1_000))
    });
    let count = Memo::new(move |_| shown.with(|shown| shown.as_ref().map_or(0, |all| all.count)));
    let waits = move || match count.get() {
        0 => String::new(),
        1 => "1 request waits.".to_owned(),
        count => format!("{} wait.", counted(count, "request", "requests")),
    };
    let title = Signal::derive(move || match (lost.get(), count.get()) {
        (false, _) => waits(),
        (true, 0) => "The API can't be reached.".to_owned(),
        (true, _) => format!("The API can't be reached. {}", waits()),
    });
    let detail = move || {
        let now = api.now.get();
        if let Some(retry_at) = connection.get() {
            let when = match retry_at {
                Some(at) if at > now => format!("in {} by itself", time::left(at - now)),
                _ => "now".to_owned(),
            };
            return Some(format!("It is tried again {when}. Nothing is lost."));
        }
        shown.get().map(|all| {
            let left = time::left(all.until.saturating_sub(now));
            let reason = if all.limited { "The API takes no more requests for now. " } else { "" };
            if all.asks {
                format!("The API asks to wait {left}. Nothing is lost; you decide whether to wait.")
            } else {
                format!("{reason}Sending goes on in {left} by itself. Nothing is lost.")
            }
        })
    };
    let reason =
        Memo::new(move |_| shown.get().filter(|_| !lost.get()).map(|all| why(&all.why).to_owned()));
    let any = Memo::new(move |_| lost.get() || count.get() > 0);
    let look = Memo::new(move |_| if lost.get() { Tone::Bad } else { Tone::Limit });
    let actions = move || {
        view! {
            {move || lost.get().then(|| view! {
                <Button small=true on_click=Callback::new(move |()| api.try_connection())>"Try now"</Button>
            })}
            {move || (count.get() > 0).then(|| view! {
                <Button small=true variant=ButtonVariant::Quiet on_click=on_show>"Show them"</Button>
            })}
        }
    };
    view! {
        <div class="waiting">
            // The countdown is not said every second; the number of calls is.
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
