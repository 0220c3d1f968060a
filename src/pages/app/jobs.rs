//! Commands that run once, in a container of their own.

use backoffice_contract::app::{Pod, PodStatus, RunRequest};
use backoffice_contract::{argv, op};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::components::A;

use super::layout::{AppContext, use_app};
use crate::api::{use_mutation, use_poll};
use crate::components::{ErrorNote, OperationCommand, QueryView, Stamp};
use crate::paths::{self, AppPage};
use crate::rollout::is_job;
use crate::ui::{
    Badge, Button, ButtonType, ButtonVariant, Card, EmptyState, IconName, Note, TextField, Tone,
};

/// Commands that are often wanted.
const PRESETS: &[&str] = &["mix ecto.migrate", "mix ecto.rollback", "mix run priv/repo/seeds.exs"];

/// The command line, presets, and the jobs that are there.
#[component]
pub fn JobsPage() -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let run = use_mutation();
    let line = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let started = RwSignal::new(None::<String>);
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
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        let operation = operation.get_untracked();
        if command.with_untracked(Result::is_err) || operation.body.command.is_empty() {
            return;
        }
        let shown = line.get_untracked();
        run.run(operation, move |_| {
            started.set(Some(shown));
            checked.set(false);
            status.refresh();
        });
    };
    let running = Signal::derive(move || {
        status
            .data()
            .is_some_and(|status| status.pods.iter().any(|pod| pod.status == PodStatus::Running))
    });
    use_poll(status, running);
    let logs = move || paths::app(&name.get(), AppPage::Logs);
    view! {
        <div class="grid">
            <form novalidate on:submit=submit>
                <Card title="Run a command" foot=move || view! { <OperationCommand operation=operation /> }.into_any()>
                    <div class="form card__body">
                        <ErrorNote error=run.error />
                        <TextField
                            focus_on_error=true
                            label="Command"
                            value=line
                            mono=true
                            error=fault
                            autocomplete="off"
                            hint="Quotes work as in a shell. It is ended after 5 minutes and billed like a replica."
                        />
                        <p class="row">
                            {PRESETS.iter().map(|preset| view! {
                                <Button small=true variant=ButtonVariant::Quiet on_click=Callback::new(move |()| line.set((*preset).to_owned()))>
                                    {*preset}
                                </Button>
                            }).collect_view()}
                        </p>
                        <div class="form__actions">
                            <Button variant=ButtonVariant::Primary icon=IconName::Terminal kind=ButtonType::Submit pending=run.pending>
                                "Run"
                            </Button>
                        </div>
                        <div role="status">
                            {move || started.get().map(|started| view! {
                                <Note tone=Tone::Ok title="The job has started">
                                    <p>
                                        <code>{started}</code> " runs in a container of its own. Its output goes to "
                                        <A href=logs attr:class="link">"the logs"</A> "."
                                    </p>
                                </Note>
                            })}
                        </div>
                    </div>
                </Card>
            </form>
            <Card title="Jobs" actions=move || view! { <Stamp query=status /> }.into_any()>
                <QueryView query=status show=Callback::new(|status| view! { <JobList status /> }.into_any()) />
            </Card>
        </div>
    }
}

#[component]
fn JobList(status: Signal<backoffice_contract::app::AppStatus>) -> impl IntoView {
    let jobs = Memo::new(move |_| {
        status.with(|status| {
            status.pods.iter().filter(|pod| is_job(pod)).cloned().collect::<Vec<Pod>>()
        })
    });
    move || {
        let jobs = jobs.get();
        if jobs.is_empty() {
            return view! {
                <EmptyState icon=IconName::Terminal title="No jobs now">
                    <p>"A job is listed while it runs and for a while after."</p>
                </EmptyState>
            }
            .into_any();
        }
        let rows = jobs.into_iter().map(|job| {
            let (tone, icon) = match job.status {
                PodStatus::Completed => (Tone::Ok, IconName::Check),
                _ => (Tone::Wait, IconName::Clock),
            };
            view! {
                <li class="row">
                    <span class="mono">{job.name}</span>
                    <Badge tone icon>{job.status.to_string()}</Badge>
                </li>
            }
        });
        view! { <ul class="list">{rows.collect_view()}</ul> }.into_any()
    }
}
