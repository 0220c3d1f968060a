//! The guide shell: what a page of the documentation offers to run, the transcript, and
//! the line below it.

mod block;
mod call_line;
mod offered;
mod prompt;
mod question;
mod session;
mod tools;
mod transcript;
mod typing;

use leptos::prelude::*;

use super::frame::{Playground, needs_sign_in, use_playground};
use super::messages;
use offered::Offered;
use prompt::Prompt;
use question::QuestionForm;
use session::ShellSession;
use tools::Tools;
use transcript::Transcript;

/// The shell in the world, or at the API, of the frame.
#[component]
pub fn ShellView() -> impl IntoView {
    let Playground { settings, api, .. } = use_playground();
    let settings = settings.get_untracked().for_content();
    let session = ShellSession::new(api, settings.replays);
    // Nobody signs in before there is somebody to act for, but the page may be read.
    let usable = Memo::new(move |_| !needs_sign_in(api));
    let asks = Memo::new(move |_| session.question.with(Option::is_some));
    // Who has answered a question goes on in the line that it stood in for.
    let was_asked = StoredValue::new(false);
    let alone = messages::parent().is_some() && session.is_alone();
    view! {
        <div class="sh" hidden=move || !usable.get()>
            <Offered session settings=settings.clone() />
            <div class="sh__terminal">
                <Transcript session starts_empty=settings.offered.is_empty() />
                {alone.then(|| view! {
                    <p class="sh__aside">"Your browser keeps nothing for this frame, so this block goes on alone: it knows nothing of what other blocks do."</p>
                })}
                {move || session.waits.get().then(|| view! {
                    <p class="sh__aside" role="status">"Another block of this page runs. This one is next."</p>
                })}
                {move || {
                    if asks.get() {
                        was_asked.set_value(true);
                        view! { <QuestionForm session /> }.into_any()
                    } else {
                        view! { <Prompt session takes_focus=was_asked.get_value() /> }.into_any()
                    }
                }}
            </div>
            <Tools session settings />
        </div>
    }
}
