//! Typing a command and starting it.

use backoffice_contract::app::RunRequest;
use backoffice_contract::argv::{self, ShellUse, through_shell, uses_of_shell};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{ErrorNote, FormCard};
use crate::pages::app::jobs::{Jobs, RUN};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Button, ButtonType, ButtonVariant, IconName, Note, TextField, Tone};
use backoffice_web_client::{use_api, use_mutation};

/// Commands that are often wanted, with what they are for. The last one is for releases,
/// which have no mix; its module is called after the app.
const PRESETS: [(&str, &str); 4] = [
    ("Migrate", "mix ecto.migrate"),
    ("Roll back one migration", "mix ecto.rollback"),
    ("Seeds", "mix run priv/repo/seeds.exs"),
    ("Migrate (release)", "bin/app eval \"App.Release.migrate()\""),
];

#[component]
pub(super) fn RunForm(jobs: Jobs) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let api = use_api();
    let run = use_mutation();
    let line = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let started = RwSignal::new(false);
    let command = Memo::new(move |_| line.with(|line| argv::split(line)));
    let fault = Signal::derive(move || match command.get() {
        Err(fault) => Some(fault.to_string()),
        Ok(words) if words.is_empty() && checked.get() => Some("Type a command.".to_owned()),
        Ok(_) => None,
    });
    let operation = Signal::derive(move || op::RunCommand {
        app: name.get(),
        body: RunRequest { command: command.get().unwrap_or_default() },
    });
    let submit = move || {
        checked.set(true);
        let operation = operation.get_untracked();
        if command.with_untracked(Result::is_err) || operation.body.command.is_empty() {
            return;
        }
        let shown = line.get_untracked().trim().to_owned();
        let before = status.data();
        run.run(operation, move |_| {
            jobs.started(&shown, api.now.get_untracked(), before);
            started.set(true);
            checked.set(false);
        });
    };
    let size = move || {
        status.data().map_or_else(
            || "It is billed like a replica of the app's size while it runs.".to_owned(),
            |status| format!("It runs at the app's size, {}, and is billed like one more replica while it runs.", status.size),
        )
    };
    let fill = move |text: String| Callback::new(move |()| line.set(text.clone()));
    let recent = move || jobs.memory.with(|memory| memory.recent.clone());
    view! {
        <FormCard id=RUN title="Run a command" operation on_submit=submit>
            <div class="form card__body">
                <ErrorNote error=run.error />
                <TextField
                    focus_on_error=true
                    label="Command"
                    value=line
                    mono=true
                    error=fault
                    autocomplete="off"
                    hint="Quotes and backslashes work as in a shell. No shell runs, so nothing else of one does."
                />
                <Argv command />
                <ShellHint line />
                <div class="row" role="group" aria-label="Often wanted">
                    {PRESETS.into_iter().map(|(title, preset)| view! {
                        <Button small=true title=preset on_click=fill(preset.to_owned())>{title}</Button>
                    }).collect_view()}
                </div>
                {move || {
                    let recent = recent();
                    (!recent.is_empty()).then(|| view! {
                        <div class="row" role="group" aria-label="Run before in this tab">
                            {recent.into_iter().map(|text| {
                                let shown = text.clone();
                                view! { <Button small=true variant=ButtonVariant::Quiet on_click=fill(text)><code>{shown}</code></Button> }
                            }).collect_view()}
                        </div>
                    })
                }}
                <p class="stamp">{size}</p>
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary icon=IconName::Terminal kind=ButtonType::Submit pending=run.pending>
                        "Run"
                    </Button>
                </div>
                <div role="status">
                    {move || started.get().then(|| view! {
                        <Note tone=Tone::Ok title="The job has started">
                            <p>"Its progress and what it writes are in the list of jobs."</p>
                        </Note>
                    })}
                </div>
            </div>
        </FormCard>
    }
}

/// The words as the container gets them.
#[component]
fn Argv(command: Memo<Result<Vec<String>, argv::SplitError>>) -> impl IntoView {
    move || {
        let words = command.get().ok().filter(|words| words.len() > 1)?;
        // The array as the API gets it.
        let words = words.into_iter().map(|word| view! { <code>{format!("{word:?}")}</code> " " });
        Some(view! {
            <p class="small muted">"Program and arguments:"</p>
            <p class="tags">{words.collect_view()}</p>
        })
    }
}

/// What the line would need a shell for, and how to get one.
#[component]
fn ShellHint(line: RwSignal<String>) -> impl IntoView {
    let uses = Memo::new(move |_| line.with(|line| uses_of_shell(line)));
    move || {
        let uses = uses.get();
        (!uses.is_empty()).then(|| {
            let what = uses.into_iter().map(ShellUse::describe).collect::<Vec<_>>().join(", ");
            view! {
                <Note
                    tone=Tone::Wait
                    title="A shell would be needed for this"
                    actions=move || view! {
                        <Button small=true on_click=Callback::new(move |()| line.update(|line| *line = through_shell(line)))>
                            "Run it in a shell"
                        </Button>
                    }.into_any()
                >
                    <p>{format!("The program would get it as plain text: {what}.")}</p>
                </Note>
            }
        })
    }
}
