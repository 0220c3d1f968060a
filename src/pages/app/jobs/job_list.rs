//! Jobs that run and that have ended lately.

use backoffice_contract::app::{AppStatus, Pod};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationDialog, on_answer, open_while_some};
use crate::pages::app::jobs::job_output::JobOutput;
use crate::pages::app::jobs::memory::{JobState, LIMIT, Started, state};
use crate::pages::app::jobs::{Jobs, RUN};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::rollout::is_job;
use backoffice_ui::words::time;
use backoffice_ui::{
    Badge, Button, ButtonVariant, EmptyState, IconName, Meter, ToForm, Tone, use_toasts,
};
use backoffice_web_client::use_api;

#[component]
pub(super) fn JobList(jobs: Jobs, status: Signal<AppStatus>) -> impl IntoView {
    let ending = RwSignal::new(None::<String>);
    let pods = Memo::new(move |_| {
        status.with(|status| {
            status.pods.iter().filter(|pod| is_job(pod)).cloned().collect::<Vec<Pod>>()
        })
    });
    let awaited = Memo::new(move |_| jobs.expected.with(Option::is_some));
    view! {
        {move || {
            if pods.with(Vec::is_empty) && !awaited.get() {
                return view! {
                    <EmptyState icon=IconName::Terminal title="No jobs now">
                        <p>"A job is listed while it runs and for a while after."</p>
                        <ToForm form=RUN>"Type a command"</ToForm>
                    </EmptyState>
                }
                .into_any();
            }
            // The newest first, as the platform lists them last.
            let rows = move || pods.get().into_iter().rev().collect::<Vec<_>>();
            view! {
                <ul class="list">
                    {move || awaited.get().then(|| view! {
                        <li><Badge tone=Tone::Wait icon=IconName::Clock>"Starting"</Badge> "Waiting for the job to be listed."</li>
                    })}
                    <For
                        each=rows
                        key=|pod| (pod.name.clone(), pod.status.to_string())
                        children=move |pod| view! { <JobRow jobs pod ending /> }
                    />
                </ul>
            }
            .into_any()
        }}
        <EndDialog ending />
    }
}

#[component]
fn JobRow(jobs: Jobs, pod: Pod, ending: RwSignal<Option<String>>) -> impl IntoView {
    let state = state(&pod);
    let running = state == JobState::Running;
    let (tone, icon, word) = match &state {
        JobState::Running => (Tone::Wait, IconName::Clock, "Running"),
        JobState::Completed => (Tone::Ok, IconName::Check, "Completed"),
        JobState::Failed(_) => (Tone::Bad, IconName::Alert, "Failed"),
    };
    let reason = match state {
        JobState::Failed(reason) => Some(reason),
        _ => None,
    };
    let pod = StoredValue::new(pod.name);
    let started = Memo::new(move |_| {
        jobs.memory.with(|memory| pod.with_value(|pod| memory.started.get(pod).cloned()))
    });
    let is_shown = Memo::new(move |_| {
        jobs.shown.with(|shown| pod.with_value(|pod| shown.as_ref() == Some(pod)))
    });
    view! {
        <li class="job">
            <div class="list__text">
                {move || started.get().and_then(|started| started.command).map(|command| view! {
                    <code class="job__command">{command}</code>
                })}
                <span class="small muted wrap-anywhere">{pod.get_value()}</span>
                {reason.map(|reason| view! { <p class="small">{reason}</p> })}
                {running.then(|| view! { <TimeLeft started /> })}
            </div>
            <span class="row">
                <Badge tone icon>{word}</Badge>
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    label=Signal::derive(move || format!("{} {}", if is_shown.get() { "Hide the output of" } else { "Show the output of" }, pod.get_value()))
                    on_click=Callback::new(move |()| {
                        let name = pod.get_value();
                        jobs.shown.update(|shown| *shown = (shown.as_ref() != Some(&name)).then_some(name));
                    })
                >
                    {move || if is_shown.get() { "Hide output" } else { "Output" }}
                </Button>
                {running.then(|| view! {
                    <Button
                        small=true
                        variant=ButtonVariant::Quiet
                        label=format!("End {}", pod.get_value())
                        on_click=Callback::new(move |()| ending.set(Some(pod.get_value())))
                    >
                        "End"
                    </Button>
                })}
            </span>
            {move || is_shown.get().then(|| view! { <JobOutput pod=pod.get_value() /> })}
        </li>
    }
}

/// What is left of the five minutes, known for jobs that were started here.
#[component]
fn TimeLeft(started: Memo<Option<Started>>) -> impl IntoView {
    let now = use_api().now;
    #[expect(clippy::cast_precision_loss, reason = "a few minutes")]
    let float = |ms: u64| ms as f64;
    move || {
        let at = started.get().map(|started| started.at);
        let Some(at) = at else {
            return view! { <p class="small muted">"Not started in this tab, so its time is not known."</p> }.into_any();
        };
        let spent = Signal::derive(move || now.get().saturating_sub(at).min(LIMIT));
        let words = move || match LIMIT - spent.get() {
            0 => "The five minutes are over".to_owned(),
            left => format!("{} left of 5 min", time::left(left)),
        };
        view! {
            <p class="row small muted">
                <Meter
                    value=Signal::derive(move || float(spent.get()))
                    max=Signal::stored(float(LIMIT))
                    tone=Signal::derive(move || if spent.get() * 5 > LIMIT * 4 { Tone::Bad } else { Tone::Wait })
                />
                {words}
            </p>
        }
        .into_any()
    }
}

#[component]
fn EndDialog(ending: RwSignal<Option<String>>) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let toasts = use_toasts();
    let open = open_while_some(ending);
    let pod = move || ending.get().unwrap_or_default();
    let operation = Signal::derive(move || op::KillPod { app: name.get(), pod: pod() });
    view! {
        <OperationDialog
            open
            title=Signal::derive(move || format!("End {}?", pod()))
            confirm_label="End the job"
            danger=true
            operation
            then=on_answer(move || move |_| {
                toasts.ok("The job is being ended.");
                status.refresh();
            })
        >
            <p>"Its container is stopped where it is. What it did until then stays done: a migration may be half way."</p>
        </OperationDialog>
    }
}
