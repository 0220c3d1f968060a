//! What the page of the documentation, or a link, offers to run.

use leptos::prelude::*;

use super::session::{Activity, ShellSession};
use crate::frame::use_playground;
use crate::settings::Settings;
use backoffice_ui::{Button, ButtonVariant, CopyButton, IconName};

/// The lines, each with a button that runs it.
#[component]
pub fn Offered(
    /// The shell.
    session: ShellSession,
    /// What the address asks for.
    settings: Settings,
) -> impl IntoView {
    let Settings { offered, replays, live, run, .. } = settings;
    if offered.is_empty() {
        return ().into_any();
    }
    let all = offered.clone();
    let run_all = Callback::new(move |()| session.run(all.clone()));
    let asked = use_playground().asked_to_run;
    Effect::new(move |before: Option<u32>| {
        let count = asked.get();
        let at_once = before.is_none() && run;
        // Another page must not do anything to real apps: that takes a press.
        if !live && (at_once || before.is_some_and(|before| before != count)) {
            run_all.run(());
        }
        count
    });
    let busy = Signal::derive(move || session.activity.get() != Activity::Idle);
    let several = offered.len() > 1;
    let lines: Vec<AnyView> = offered
        .into_iter()
        .map(|text| {
            let this = text.clone();
            let run = Callback::new(move |()| session.run(vec![this.clone()]));
            view! {
                <li class="offer">
                    <span class="offer__prompt" aria-hidden="true">"$"</span>
                    <code class="offer__text">{text.clone()}</code>
                    <CopyButton text=Signal::stored(text.clone()) what=format!("“{text}”") />
                    <Button
                        small=true
                        variant=if several { ButtonVariant::Default } else { ButtonVariant::Primary }
                        icon=IconName::ArrowRight
                        label=format!("Run “{text}”")
                        disabled=busy
                        on_click=run
                    >
                        "Run"
                    </Button>
                </li>
            }
            .into_any()
        })
        .collect();
    let count = lines.len();
    view! {
        <section class="sh__offered" aria-label="Offered to run">
            {replays.then(|| view! {
                <p class="offer__about">{format!("A link to {} in a world of its own.", words(count))}</p>
            })}
            <ol class="offers">{lines}</ol>
            {several.then(|| view! {
                <p class="offer__all">
                    <Button small=true variant=ButtonVariant::Primary icon=IconName::ArrowRight disabled=busy on_click=run_all>
                        "Run all"
                    </Button>
                </p>
            })}
            {(live && run).then(|| view! {
                <p class="offer__about">"In live mode nothing runs by itself: press Run."</p>
            })}
        </section>
    }
    .into_any()
}

fn words(count: usize) -> String {
    match count {
        1 => "a command".to_owned(),
        count => format!("{count} commands"),
    }
}
