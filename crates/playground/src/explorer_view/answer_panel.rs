//! What has come back: status, time, headers, body, and how it came about.

use leptos::prelude::*;

use super::super::answer_view::AnswerView;
use super::super::frame::use_playground;
use super::super::timeline::timeline;
use super::exchange::{Answered, Exchange, Outcome};
use backoffice_ui::words::time::{left, took};
use backoffice_ui::{Button, Disclosure, Note, Tone};
use backoffice_web_client::{EntryState, sentences};

/// What a page may read of any answer from elsewhere (Fetch Standard, "CORS-safelisted
/// response-header name").
const SAFE: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// The answer, from the first sign of it.
#[component]
pub fn AnswerPanel(
    /// The request.
    exchange: Exchange,
) -> impl IntoView {
    let content = move || match exchange.outcome.get() {
        Some(Outcome::Answered(answered)) => Some(view! { <Shown answered /> }.into_any()),
        Some(Outcome::Failed(title, detail)) => {
            Some(view! { <Note tone=Tone::Bad title><p>{detail}</p></Note> }.into_any())
        }
        None if exchange.under_way.get() => {
            Some(view! { <p class="http__hint">"Waiting for the answer…"</p> }.into_any())
        }
        None => None,
    };
    let something = move || exchange.under_way.get() || exchange.outcome.with(Option::is_some);
    view! {
        <Show when=something>
            <section class="http__answer" aria-label="Answer">
                {content}
                <HowItCame exchange />
            </section>
        </Show>
    }
}

#[component]
fn Shown(answered: Answered) -> impl IntoView {
    let tone = match answered.status {
        200..=299 => "call__status call__status--ok",
        429 => "call__status call__status--limit",
        _ => "call__status call__status--bad",
    };
    let body = answered.take_body();
    let id = format!("answer-{}", answered.number);
    let count = answered.headers.len();
    let detail = if count == 1 { "1 header".to_owned() } else { format!("{count} headers") };
    let (headers, elsewhere) = (answered.headers.clone(), answered.elsewhere);
    view! {
        <p class="http__head" role="status">
            <span class=tone>{answered.status}</span>
            " "
            {reason(answered.status)}
            <span class="http__took">{took(answered.took)}</span>
        </p>
        <Disclosure title="Headers" detail=detail>
            <Headers headers=headers.clone() elsewhere />
        </Disclosure>
        {body.map(|body| view! { <AnswerView body id /> })}
    }
}

#[component]
fn Headers(headers: Vec<(String, String)>, elsewhere: bool) -> impl IntoView {
    let only_safe =
        headers.iter().all(|(name, _)| SAFE.contains(&name.to_ascii_lowercase().as_str()));
    let rows: Vec<AnyView> = headers
        .into_iter()
        .map(|(name, value)| {
            view! { <div class="http__header"><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
        })
        .collect();
    let note = elsewhere.then(|| {
        let rest = if only_safe {
            "This answer names none, so limits such as x-ratelimit-remaining or retry-after may be there and cannot be seen."
        } else {
            "This answer names some; others may be there and cannot be seen."
        };
        view! {
            <p class="field__hint">
                "A browser hands a page of another origin only "
                {SAFE.join(", ")}
                ", and whatever the server names in "
                <code>"Access-Control-Expose-Headers"</code>
                ". "
                {rest}
            </p>
        }
    });
    view! {
        <dl class="http__headers">{rows}</dl>
        {note}
    }
}

/// Waits and attempts of a call of the console's API.
#[component]
fn HowItCame(exchange: Exchange) -> impl IntoView {
    let api = use_playground().api;
    let entry = Memo::new(move |_| {
        let (operation, target) = exchange.call.get()?;
        api.watched_entry(operation, &target)
    });
    let waits = move || {
        let entry = entry.get()?;
        let wait = entry.state.wait()?.clone();
        let id = entry.id;
        let asks = matches!(entry.state, EntryState::Asking(_));
        let rest = move || {
            wait.until.map(|until| format!(" {}", left(until.saturating_sub(api.now.get()))))
        };
        let go_on = move |()| if asks { api.consent(id) } else { api.retry_now(id) };
        Some(view! {
            <div class="http__wait" role="status">
                <p>{sentences::reason(&wait.why)}{rest}</p>
                <Button small=true on_click=Callback::new(go_on)>{if asks { "Wait for it" } else { "Send now" }}</Button>
            </div>
        })
    };
    let happened = move || {
        let entry = entry.get()?;
        let attempts = entry.attempts.len();
        let detail =
            if attempts == 1 { "1 attempt".to_owned() } else { format!("{attempts} attempts") };
        let cli = entry.cli.clone();
        let items = StoredValue::new(entry);
        Some(view! {
            <Disclosure title="How it came about" detail>
                <ol class="call__body">{timeline(items.get_value())}</ol>
                {cli.clone().map(|command| view! { <p class="muted">"The command line does the same with "<code>{command}</code></p> })}
            </Disclosure>
        })
    };
    view! {
        {waits}
        {happened}
    }
}

/// What a status is called (RFC 9110, section 15, and RFC 6585).
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
