//! What was run and what came of it.

use leptos::html;
use leptos::prelude::*;

use super::block::{Block, Piece, may_be_opened};
use super::call_line::CallLine;
use super::session::{Activity, ShellSession};
use crate::api::PlaygroundApi;
use backoffice_ui::words::time::left;
use backoffice_ui::{Button, CopyButton, Icon, IconName};

/// What to try first.
const TRIES: [(&str, &str); 3] = [
    ("gigalixir login", "Sign in; the sandbox has a demo user"),
    ("gigalixir apps", "See the apps there are"),
    ("help", "List the programs of this shell"),
];

/// How far from its end a transcript may be to stay with it, in pixels.
const NEAR: i32 = 48;

/// All that was run, read out as it comes.
#[component]
pub fn Transcript(
    /// The shell.
    session: ShellSession,
    /// Whether to say what could be tried.
    starts_empty: bool,
) -> impl IntoView {
    let log = NodeRef::<html::Div>::new();
    let at_end = StoredValue::new(true);
    let note_place = move |_| {
        if let Some(log) = log.get_untracked() {
            let below = log.scroll_height() - log.scroll_top() - log.client_height();
            at_end.set_value(below < NEAR);
        }
    };
    Effect::new(move |_| {
        session.changes.track();
        request_animation_frame(move || {
            if let (Some(true), Some(Some(log))) = (at_end.try_get_value(), log.try_get_untracked())
            {
                log.set_scroll_top(log.scroll_height());
            }
        });
    });
    let is_empty = Memo::new(move |_| session.blocks.with(Vec::is_empty));
    view! {
        {move || (starts_empty && is_empty.get()).then(|| view! { <Tries session /> })}
        <div
            class="sh__log"
            role="log"
            aria-label="Transcript"
            tabindex=move || if is_empty.get() { "-1" } else { "0" }
            node_ref=log
            on:scroll=note_place
        >
            <For each=move || session.blocks.get() key=|block| block.id let(block)>
                <BlockView session block />
            </For>
        </div>
    }
}

#[component]
fn Tries(session: ShellSession) -> impl IntoView {
    let tries: Vec<AnyView> = TRIES
        .into_iter()
        .map(|(command, about)| {
            let run = Callback::new(move |()| session.run(vec![command.to_owned()]));
            view! {
                <li class="sh__try">
                    <Button small=true icon=IconName::Terminal on_click=run><code>{command}</code></Button>
                    <span>{about}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="sh__empty">
            <p>"The platform’s command line, with git and curl, in a sandbox. Type below, or try:"</p>
            <ul>{tries}</ul>
        </div>
    }
}

#[component]
fn BlockView(session: ShellSession, block: Block) -> impl IntoView {
    let api = session.api;
    let Block { prompt, text, pieces, status, .. } = block.clone();
    let shown = pieces.clone();
    let (lacks, prints, printed) = (block.clone(), block.clone(), block);
    let has_output = Memo::new(move |_| {
        prints.pieces.with(|pieces| pieces.iter().any(|(_, piece)| !piece.printed().is_empty()))
    });
    let code = move || {
        status.get().filter(|status| *status != 0).map(|status| view! {
            <p class="block__exit"><Icon name=IconName::Alert />{format!("Exit code {status}")}</p>
        })
    };
    view! {
        <div class="block" role="group" aria-label=format!("Command {text}")>
            <div class="block__head">
                <code class="block__text"><span class="block__prompt">{prompt}</span>{text.clone()}</code>
                <CopyButton text=Signal::stored(text.clone()) what="the command" />
                {move || {
                    let printed = printed.clone();
                    has_output.get().then(move || view! {
                        <CopyButton text=Signal::derive(move || printed.printed()) what="the output" />
                    })
                }}
            </div>
            {move || lacks.lacks_its_beginning().then(|| view! {
                <p class="block__note">"The beginning is no longer shown."</p>
            })}
            <div class="block__out">
                <For each=move || shown.get() key=|(at, _)| *at let((_, piece))>
                    {piece_view(api, piece)}
                </For>
            </div>
            {code}
        </div>
    }
}

fn piece_view(api: PlaygroundApi, piece: Piece) -> AnyView {
    match piece {
        Piece::Out(text) => view! { <span>{text.to_string()}</span> }.into_any(),
        Piece::Answered(text) => {
            view! { <span class="block__asked">{text.to_string()}</span> }.into_any()
        }
        Piece::Err(text) => view! { <span class="block__err">{text.to_string()}</span> }.into_any(),
        Piece::Note(text) => {
            view! { <p class="block__note"><Icon name=IconName::Info />{text.to_string()}</p> }
                .into_any()
        }
        Piece::Call(call) => view! { <CallLine api call /> }.into_any(),
        Piece::Wait { why, until } => {
            let rest = move || {
                let rest = until.saturating_sub(api.now.get());
                (rest > 0).then(|| format!(" {} left", left(rest)))
            };
            view! {
                <p class="block__wait">
                    <Icon name=IconName::Clock />
                    <span>{why.to_string()}<span aria-hidden="true">{rest}</span></span>
                </p>
            }
            .into_any()
        }
        Piece::Open(address) if may_be_opened(&address) => view! {
            <p class="block__note">
                <Icon name=IconName::External />
                <a class="link" href=address.to_string() target="_blank" rel="noopener noreferrer">
                    {format!("Open {address}")}
                </a>
            </p>
        }
        .into_any(),
        Piece::Open(address) => {
            view! { <p class="block__note">{format!("Not opened: {address}")}</p> }.into_any()
        }
    }
}

/// Says that something runs, and ends it.
#[component]
pub fn Running(
    /// The shell.
    session: ShellSession,
) -> impl IntoView {
    move || {
        let words = match session.activity.get() {
            Activity::Idle => return None,
            Activity::Runs => "Running…",
            Activity::Follows => "Goes on until it is stopped",
        };
        let stop = Callback::new(move |()| session.interrupt());
        Some(view! {
            <span class="sh__running">
                <span class="muted">{words}</span>
                <Button small=true icon=IconName::Close on_click=stop>"Stop"</Button>
            </span>
        })
    }
}
