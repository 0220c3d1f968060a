//! The guide shell: the commands that a page of the documentation offers, the transcript,
//! and the command line.

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

/// The shell for the frame's world or API.
#[component]
pub fn ShellView() -> impl IntoView {
    let Playground { settings, api, .. } = use_playground();
    let settings = settings.get_untracked().for_content();
    let session = ShellSession::new(api, settings.replays);
    // Commands need a signed-in user, but the page can be read without one.
    let usable = Memo::new(move |_| !needs_sign_in(api));
    let asks = Memo::new(move |_| session.question.with(Option::is_some));
    // After a question, the command line that it replaced takes the focus.
    let was_asked = StoredValue::new(false);
    let alone = messages::parent().is_some() && session.is_alone();
    view! {
        <div class="sh" hidden=move || !usable.get()>
            <Offered session settings=settings.clone() />
            <div class="sh__terminal">
                <Transcript session starts_empty=settings.offered.is_empty() />
                {alone.then(|| view! {
                    <p class="sh__aside">"Your browser blocks storage here, so this block runs on its own."</p>
                })}
                {move || session.waits.get().then(|| view! {
                    <p class="sh__aside" role="status">"Another block on this page is running. This one is next."</p>
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
