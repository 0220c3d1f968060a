//! How code gets to an app: the git remote, and in the sandbox a simulated push.

use backoffice_contract::release::Release;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::rollout::Health;
use crate::pages::app::shared::rollout::expected_release::{ExpectedRelease, newest_version};
use backoffice_ui::{
    Badge, Button, ButtonVariant, Card, CodeBlock, CommandStrip, IconName, KeyValue, Menu,
    MenuItem, Note, Tone,
};
use backoffice_web_client::{PushOutcome, PushRequest, Query, use_api};

/// The remote, the commands, and what is under way.
#[component]
pub fn DeployCard(
    /// The releases.
    releases: Query<Vec<Release>>,
) -> impl IntoView {
    let AppContext { name, health, expected, .. } = use_app();
    let api = use_api();
    let waits = Signal::derive(move || expected.get().is_some());
    let expect = move || {
        let after = untrack(|| releases.data()).map_or(0, |releases| newest_version(&releases));
        expected.set(Some(ExpectedRelease { after, since: api.now.get_untracked() }));
    };
    let state = move || {
        if waits.get() {
            return Some(
                view! { <Badge tone=Tone::Wait icon=IconName::Clock>"Building"</Badge> }.into_any(),
            );
        }
        match health.get()? {
            Health::RollingOut { version } => Some(
                view! { <Badge tone=Tone::Wait icon=IconName::Clock>{format!("Rolling out v{version}")}</Badge> }
                    .into_any(),
            ),
            _ => None,
        }
    };
    let add_remote = Signal::derive(move || {
        format!("gigalixir git:remote {name}\ngit push gigalixir", name = name.get())
    });
    view! {
        <Card
            title="Deploy"
            actions=move || view! { {state} }.into_any()
            foot=move || view! { <CommandStrip command=Signal::stored("git push gigalixir".to_owned()) /> }.into_any()
        >
            <div class="card__body stack stack--close">
                <KeyValue rows=Signal::derive(move || vec![
                    ("Branch".to_owned(), "main or master; others are ignored".to_owned()),
                ]) />
                <CodeBlock code=add_remote label="Commands to deploy" />
                {if api.choice().is_sandbox() {
                    view! { <SimulatePush on_pushed=Callback::new(move |()| expect()) /> }.into_any()
                } else {
                    view! {
                        <p class="row">
                            <Button icon=IconName::Eye pending=waits on_click=Callback::new(move |()| expect())>
                                "Watch for my push"
                            </Button>
                            <span class="stamp">"Looks for a new release for 10 minutes."</span>
                        </p>
                    }
                    .into_any()
                }}
            </div>
        </Card>
    }
}

/// Stands in for a push where there is no git server.
#[component]
pub fn SimulatePush(
    /// The sandbox has taken it.
    on_pushed: Callback<()>,
) -> impl IntoView {
    let AppContext { name, expected, .. } = use_app();
    let api = use_api();
    let pending = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let push = move |outcome: PushOutcome| {
        pending.set(true);
        problem.set(None);
        let app = name.get_untracked();
        spawn_local(async move {
            let answer = api.push(&app, &PushRequest { outcome }).await;
            if pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => on_pushed.run(()),
                Err(reason) => problem.set(Some(reason)),
            }
        });
    };
    let busy = Signal::derive(move || pending.get() || expected.get().is_some());
    let failures = Signal::derive(move || {
        let reason = || busy.get().then(|| "A build is under way.".to_owned());
        [
            ("Push what does not build", PushOutcome::BuildFails),
            ("Push what never becomes healthy", PushOutcome::Unhealthy),
        ]
        .map(|(label, outcome)| {
            MenuItem::new(label, Callback::new(move |()| push(outcome)))
                .icon(IconName::Alert)
                .disabled(reason())
        })
        .to_vec()
    });
    view! {
        <div class="stack stack--close">
            <p class="row">
                <Button
                    variant=ButtonVariant::Primary
                    icon=IconName::Git
                    pending=busy
                    on_click=Callback::new(move |()| push(PushOutcome::Ok))
                >
                    "Simulate push"
                </Button>
                <Menu label="A push that fails" items=failures />
            </p>
            <p class="stamp">"A sandbox has no git server, so this stands in for the push."</p>
            {move || problem.get().map(|problem| view! {
                <Note tone=Tone::Bad title="The push was refused"><p role="alert">{problem}</p></Note>
            })}
        </div>
    }
}
