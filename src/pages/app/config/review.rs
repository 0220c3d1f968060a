//! What is staged, what applying it costs, and applying it.

use backoffice_contract::config::{SetConfigsRequest, UnsetConfigRequest};
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{CallState, ErrorNote, OperationCommand, leave_label_of};
use crate::pages::app::config::apply::{Progress, apply};
use crate::pages::app::config::draft::{Change, Plan, Row};
use crate::pages::app::config::editor::Editor;
use crate::pages::app::config::rows::badge;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{
    Button, ButtonVariant, Checkbox, CodeBlock, ConfirmDialog, Dialog, Meter, SecretValue, Tone,
    use_toasts,
};
use backoffice_web_client::{use_api, use_mutation};

/// How many changes there are, at the bottom of the window while there are some.
#[component]
pub(super) fn StagedBar(editor: Editor, on_review: Callback<()>) -> impl IntoView {
    let discarding = RwSignal::new(false);
    let counts = Memo::new(move |_| {
        editor.stage.with(|stage| {
            let changes = [
                (Change::Added, "added"),
                (Change::Changed, "changed"),
                (Change::Removed, "removed"),
            ];
            let parts: Vec<String> = changes
                .into_iter()
                .map(|(change, word)| (stage.count(change), word))
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| format!("{count} {word}"))
                .collect();
            if parts.is_empty() {
                "Not applied".to_owned()
            } else {
                format!("Staged: {}", parts.join(", "))
            }
        })
    });
    let dirty = Memo::new(move |_| editor.is_dirty());
    let safe = move || {
        if editor.is_kept() {
            "Kept in this tab until you apply, discard or sign out. You can leave the page."
        } else {
            "This browser does not let it be kept: leaving or reloading the page loses it."
        }
    };
    view! {
        {move || dirty.get().then(|| view! {
            <div class="staged" role="region" aria-label="Staged changes">
                <p class="staged__text"><b>{counts}</b> <span class="stamp">{safe}</span></p>
                <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| discarding.set(true))>"Discard"</Button>
                <Button variant=ButtonVariant::Primary disabled_reason=editor.obstacle() on_click=on_review>
                    "Review and apply"
                </Button>
            </div>
        })}
        <ConfirmDialog
            open=discarding
            title="Discard what is staged?"
            confirm_label="Discard"
            danger=true
            on_confirm=Callback::new(move |()| {
                discarding.set(false);
                editor.discard();
            })
        >
            <p>"The draft goes back to what the server has. What you typed is gone; nothing changes on the server."</p>
        </ConfirmDialog>
    }
}

#[component]
pub(super) fn ReviewDialog(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let AppContext { status, .. } = use_app();
    let api = use_api();
    let toasts = use_toasts();
    let keep_running = RwSignal::new(false);
    let progress = RwSignal::new(Progress::default());
    // The request that is under way.
    let call = use_mutation();
    Effect::new(move |_| {
        if open.get() {
            progress.set(Progress::default());
        } else {
            call.take_back();
        }
    });
    on_cleanup(move || {
        call.take_back();
    });
    let plan = Memo::new(move |_| editor.stage.with(|stage| stage.plan()));
    let running = Signal::derive(move || progress.with(|progress| progress.running));
    // Nothing to apply is no reason when it has just been applied.
    let obstacle = editor.obstacle();
    let reason = Signal::derive(move || {
        let nothing = plan.with(|plan| plan.requests() == 0);
        obstacle.get().or_else(|| nothing.then(|| "There is nothing to apply.".to_owned()))
    });
    let run = move || {
        let (plan, avoid) = (plan.get_untracked(), keep_running.get_untracked());
        let count = plan.sets.len() + plan.removals.len();
        spawn_local(async move {
            if apply(api, call, editor, plan, avoid, progress).await
                && open.try_set(false).is_none()
            {
                toasts.ok(format!("Applied {}.", counted(count, "change", "changes")));
                status.refresh();
            }
        });
    };
    let asks = Memo::new(move |_| call.asks());
    let leave = leave_label_of(call);
    let leave = move || if running.get() { leave.get() } else { "Close".to_owned() };
    // What was applied before and what is still staged stays to be read.
    let go = move || {
        if !call.take_back() {
            open.set(false);
        }
    };
    let press = move || if asks.get_untracked() { call.consent() } else { run() };
    let foot = move || {
        view! {
            <Button variant=ButtonVariant::Quiet on_click=go>{leave}</Button>
            <Button
                variant=ButtonVariant::Primary
                pending=Signal::derive(move || running.get() && !asks.get())
                disabled_reason=reason
                on_click=press
            >
                {move || if asks.get() { "Send" } else { "Apply" }}
            </Button>
        }
    };
    view! {
        <Dialog title="Review and apply" open guarded=true wide=true foot>
            <div class="form">
                <Diff editor />
                {move || plan.with(|plan| !plan.sets.is_empty()).then(|| view! {
                    <Checkbox
                        label="Do not restart for what is set"
                        value=keep_running
                        disabled=running
                        hint="Running containers see it with their next restart. Removing a variable always restarts the app."
                    />
                })}
                <p>{move || plan.with(|plan| cost(plan, keep_running.get()))}</p>
                <CallState call label="Apply" />
                <Outcome progress />
                <Commands editor plan keep_running />
            </div>
        </Dialog>
    }
}

/// What applying takes, in whole sentences.
fn cost(plan: &Plan, avoid: bool) -> String {
    let requests = counted(plan.requests(), "request", "requests");
    let releases = counted(plan.requests(), "release", "releases");
    let restarts = match plan.restarts(avoid) {
        0 => "no restart".to_owned(),
        count => counted(count, "restart", "restarts"),
    };
    let order = match (plan.sets.len(), plan.removals.len()) {
        (0, _) => "One request for each removal.",
        (_, 0) => "All of it goes in one request.",
        _ => "First everything that is set, in one request, then one request for each removal.",
    };
    format!(
        "Costs {requests}, {releases} and {restarts}. {order} If one fails, the rest stays staged."
    )
}

#[component]
fn Diff(editor: Editor) -> impl IntoView {
    let unchanged = move || {
        let count = editor.stage.with(|stage| stage.count(Change::Unchanged));
        format!("{} unchanged", counted(count, "variable", "variables"))
    };
    let rows = move || {
        let rows: Vec<Row> = editor.stage.with(|stage| {
            stage.rows.values().filter(|row| row.change != Change::Unchanged).cloned().collect()
        });
        rows.into_iter().map(|row| view! { <DiffRow row /> }).collect_view()
    };
    view! {
        <ul class="diff">{rows}</ul>
        <p class="stamp">{unchanged}</p>
    }
}

#[component]
fn DiffRow(row: Row) -> impl IntoView {
    let Row { name, value, was, change } = row;
    let side = |what: &str, value: &str| {
        let label = format!("{what} value of {name}");
        view! { <span class="diff__side"><span class="stamp">{what.to_owned()}</span><SecretValue value=value.to_owned() label /></span> }
    };
    let old = was.as_ref().filter(|_| change != Change::Added).map(|was| side("Old", was.expose()));
    let new = (change != Change::Removed).then(|| side("New", value.expose()));
    view! {
        <li class="diff__row">
            <span class="diff__name mono">{name.clone()}</span>
            {badge(Some(change))}
            <span class="diff__values">{old}{new}</span>
        </li>
    }
}

#[component]
fn Outcome(progress: RwSignal<Progress>) -> impl IntoView {
    let error = Signal::derive(move || {
        progress.with(|progress| progress.failure.as_ref().map(|(_, error)| error.clone()))
    });
    #[expect(clippy::cast_precision_loss, reason = "a count of requests")]
    let float = |count: usize| count as f64;
    view! {
        <div role="status">
            {move || progress.with(|progress| progress.running).then(|| view! {
                <p class="row">
                    <Meter
                        tone=Tone::Ok
                        value=Signal::derive(move || progress.with(|progress| float(progress.done)))
                        max=Signal::derive(move || progress.with(|progress| float(progress.total)))
                    />
                    {move || progress.with(|progress| format!("{} of {} requests answered", progress.done, progress.total))}
                </p>
            })}
        </div>
        <ErrorNote error />
        {move || progress.with(|progress| progress.failure.clone()).map(|(failed, _)| {
            let (applied, not_sent) = progress.with(|progress| (progress.applied.clone(), progress.not_sent.clone()));
            let line = |what: &'static str, names: Vec<String>| (!names.is_empty()).then(|| view! {
                <dt>{what}</dt><dd class="mono">{names.join(", ")}</dd>
            });
            view! {
                <dl class="kv">
                    {line("Applied", applied)}
                    {line("Failed, still staged", failed)}
                    {line("Not sent, still staged", not_sent)}
                </dl>
            }
        })}
    }
}

#[component]
fn Commands(editor: Editor, plan: Memo<Plan>, keep_running: RwSignal<bool>) -> impl IntoView {
    let app = move || editor.app.get_value();
    let set = Signal::derive(move || op::SetConfigs {
        app: app(),
        body: SetConfigsRequest {
            configs: plan.with(|plan| plan.sets.clone()),
            avoid_restart: keep_running.get(),
        },
    });
    let unsets = move || {
        let commands: Vec<String> = plan.with(|plan| {
            let unset = |key: &String| op::UnsetConfig {
                app: app(),
                body: UnsetConfigRequest { key: key.clone() },
            };
            plan.removals.iter().filter_map(|key| unset(key).cli()).collect()
        });
        (!commands.is_empty())
            .then(|| view! { <CodeBlock label="Removals as commands" code=commands.join("\n") /> })
    };
    view! {
        {move || plan.with(|plan| !plan.sets.is_empty()).then(|| view! { <OperationCommand operation=set /> })}
        {unsets}
    }
}
