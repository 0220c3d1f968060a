//! What needs a terminal: each command ready to copy, with what it needs.

mod by_hand;
mod tasks;

use backoffice_contract::account::SshKey;
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{ErrorNote, Stamp};
use crate::nav::AppPage;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::deploy::SimulatePush;
use crate::pages::app::shared::rollout::expected_release::expect_release;
use crate::paths;
use backoffice_ui::{
    Badge, Button, Card, CommandStrip, Icon, IconName, Segments, Tone, platform, use_toasts,
};
use backoffice_web_client::remembered::{name_for, recall, remember};
use backoffice_web_client::{Query, use_api, use_query};
use by_hand::ByHand;
use tasks::{Facts, Kind, Met, Need, Part, Task, tasks};

/// What the page knows, and what it was told.
#[derive(Clone, Copy)]
struct Known {
    keys: Query<Vec<SshKey>>,
    kind: RwSignal<Kind>,
    facts: Memo<Facts>,
}

/// Tasks by where they happen, beside what they need.
#[component]
pub fn TerminalPage() -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let keys = use_query(|| Some(op::ListSshKeys {}));
    let kind = remembered_kind(name);
    let windows = platform().starts_with("Win");
    let facts = Memo::new(move |_| Facts {
        keys: keys.data().map(|keys| keys.len()),
        running: status.data().map(|status| (status.replicas_running, status.size)),
        kind: kind.get(),
        windows,
    });
    let known = Known { keys, kind, facts };
    view! {
        <p class="muted">
            "A browser cannot open SSH connections or push code. These commands can; run them in a terminal on your machine, in the folder of the app where git is involved."
        </p>
        <div class="grid">
            <div class="stack">
                <Card title="On the running app">
                    <TaskList part=Part::Pod known />
                    <p class="card__note">
                        "Instead of connecting, "
                        <A href=move || paths::app(&name.get(), AppPage::Jobs) attr:class="link">"run a job"</A>
                        ": it needs no key and no running app, and its output goes to the logs."
                    </p>
                </Card>
                <Card title="With a push" actions=|| view! { <BuildState /> }.into_any()>
                    <TaskList part=Part::Push known />
                    <div class="card__body"><Watch /></div>
                </Card>
            </div>
            <div class="stack">
                <Requirements known />
                <Card title="On the database">
                    <TaskList part=Part::Database known />
                    <p class="card__note">
                        <A href=move || paths::app(&name.get(), AppPage::Databases) attr:class="link">"See the databases"</A>
                    </p>
                </Card>
                <ByHand />
            </div>
        </div>
    }
}

/// How the app is built, kept for the next visit.
fn remembered_kind(app: Memo<String>) -> RwSignal<Kind> {
    let api = use_api();
    let name = move |app: &str| {
        let email =
            api.session.with_untracked(|session| session.email().unwrap_or_default().to_owned());
        name_for("built", &format!("{email}/{app}"))
    };
    let kind = RwSignal::new(Kind::default());
    Effect::new(move |_| {
        let word: Option<String> = app.with(|app| recall(&name(app)));
        kind.set(word.map(|word| Kind::of_word(&word)).unwrap_or_default());
    });
    Effect::new(move |before: Option<Kind>| {
        let kind = kind.get();
        if before.is_some_and(|before| before != kind) {
            app.with_untracked(|app| remember(&name(app), &kind.word()));
        }
        kind
    });
    kind
}

#[component]
fn Requirements(known: Known) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let Known { keys, kind, facts } = known;
    let need = move |need: Need| facts.with(|facts| need.met(facts));
    view! {
        <Card title="What they need" actions=move || view! { <Stamp query=keys /> }.into_any()>
            <div class="card__body stack stack--close">
                <ErrorNote error=Signal::derive(move || keys.error()) />
                <ul class="needs needs--list">
                    <li class="row">
                        {move || view! { <NeedChip met=need(Need::SshKey) /> }}
                        <A href=paths::SSH_KEYS attr:class="link">"SSH keys"</A>
                    </li>
                    <li class="row">
                        {move || view! { <NeedChip met=need(Need::Running) /> }}
                        {move || status.data().filter(|status| status.replicas_running == 0).map(|_| view! {
                            <A href=paths::app(&name.get(), AppPage::Overview) attr:class="link">"Deploy or scale it"</A>
                        })}
                    </li>
                </ul>
                <p class="stamp">
                    "The console sees the keys of the account, not whether their private halves are on this machine. A new key takes a few minutes to reach running containers."
                </p>
                <div class="field">
                    <span class="field__label">"The app is built as"</span>
                    <Segments label="The app is built as" value=kind items=Kind::ALL.to_vec() />
                    <span class="field__hint">"The API does not tell. What you choose marks the commands that do not apply; this browser remembers it."</span>
                </div>
            </div>
        </Card>
    }
}

#[component]
fn TaskList(part: Part, known: Known) -> impl IntoView {
    let name = use_app().name;
    let of_part =
        move || name.with(|name| tasks(name)).into_iter().filter(move |task| task.part == part);
    view! {
        <ul class="tasks">
            {move || of_part().map(|task| view! { <TaskItem task facts=known.facts /> }).collect_view()}
        </ul>
    }
}

#[component]
fn TaskItem(task: Task, facts: Memo<Facts>) -> impl IntoView {
    let needs = task.needs;
    let chips = move || {
        let met = facts.with(|facts| needs.iter().map(|need| need.met(facts)).collect::<Vec<_>>());
        met.into_iter().map(|met| view! { <li><NeedChip met /></li> }).collect_view()
    };
    view! {
        <li class="task">
            <h3>{task.title}</h3>
            <p class="muted">{task.about}</p>
            <CommandStrip command=Signal::stored(task.command) framed=true />
            {(!needs.is_empty()).then(|| view! { <ul class="needs" aria-label="Needs">{chips}</ul> })}
        </li>
    }
}

#[component]
fn NeedChip(met: Met) -> impl IntoView {
    let (class, icon, text) = match met {
        Met::Yes(text) => ("need need--yes", IconName::Check, text),
        Met::No(text) => ("need need--no", IconName::Alert, text),
        Met::Unseen(text) => ("need", IconName::Eye, format!("{text} (check yourself)")),
    };
    view! { <span class=class><Icon name=icon />{text}</span> }
}

#[component]
fn BuildState() -> impl IntoView {
    let expected = use_app().expected;
    move || {
        expected
            .get()
            .map(|_| view! { <Badge tone=Tone::Wait icon=IconName::Clock>"Building"</Badge> })
    }
}

/// Looks for what a push does, or stands in for one.
#[component]
fn Watch() -> impl IntoView {
    let context = use_app();
    let api = use_api();
    let waits = Signal::derive(move || context.expected.get().is_some());
    let toasts = use_toasts();
    let expect = Callback::new(move |()| expect_release(context, api, toasts));
    if api.choice().is_sandbox() {
        view! { <SimulatePush on_pushed=expect /> }.into_any()
    } else {
        view! {
            <p class="row">
                <Button icon=IconName::Eye pending=waits on_click=expect>"Watch for my push"</Button>
                <span class="stamp">"Looks for a new release for 10 minutes."</span>
            </p>
        }
        .into_any()
    }
}
