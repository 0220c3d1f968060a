//! Migrations: as a job from here, or over SSH.

use backoffice_contract::app::RunRequest;
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::ErrorNote;
use crate::nav::AppPage;
use crate::pages::app::shared::rollout::is_job;
use crate::pages::guide::commands::migrate_by_ssh;
use crate::pages::guide::context::{MigrateBy, use_guide};
use crate::paths;
use backoffice_ui::{
    Button, ButtonVariant, CodeBlock, CommandStrip, IconName, Note, Segments, Tone,
};
use backoffice_web_client::use_mutation;

const COMMAND: [&str; 2] = ["mix", "ecto.migrate"];

/// The choice, and what follows from it.
#[component]
pub(super) fn MigrateStep() -> impl IntoView {
    let guide = use_guide();
    view! {
        <p>"They bring the database to what the code expects. How depends on whether the app is built as a release."</p>
        <div class="field">
            <span class="field__label">"The app runs"</span>
            <Segments
                label="The app runs"
                value=guide.migrate_by
                items=vec![(MigrateBy::Job, "With Mix"), (MigrateBy::Ssh, "As a release")]
            />
        </div>
        {move || match guide.migrate_by.get() {
            MigrateBy::Job => view! { <Job /> }.into_any(),
            MigrateBy::Ssh => view! { <BySsh /> }.into_any(),
        }}
    }
}

#[component]
fn Job() -> impl IntoView {
    let guide = use_guide();
    let run = use_mutation();
    let status = guide.context.status;
    let operation = Signal::derive(move || op::RunCommand {
        app: guide.app.get(),
        body: RunRequest { command: COMMAND.map(str::to_owned).to_vec() },
    });
    let start = Callback::new(move |()| {
        let pods = untrack(|| status.data()).map(|status| status.pods).unwrap_or_default();
        let before: Vec<String> = pods.into_iter().filter(is_job).map(|pod| pod.name).collect();
        guide.migration_failed.set(false);
        run.run(operation.get_untracked(), move |_| guide.migrating.set(Some(before)));
    });
    let running =
        Signal::derive(move || run.pending.get() || guide.migrating.with(Option::is_some));
    let unready = Signal::derive(move || {
        let deployed = guide.facts.with(|facts| facts.deployed == Some(true));
        (!deployed).then(|| "Deploy the app first.".to_owned())
    });
    let logs = move || paths::app(&guide.app.get(), AppPage::Logs);
    view! {
        <p>"A job runs the command in a container of its own, next to the app. Its output goes to " <A href=logs attr:class="link">"the logs"</A> "."</p>
        <ErrorNote error=run.error />
        <p class="row">
            <Button
                variant=ButtonVariant::Primary
                icon=IconName::Terminal
                pending=running
                disabled_reason=unready
                on_click=start
            >
                "Run mix ecto.migrate"
            </Button>
        </p>
        <div role="status">
            {move || guide.migration_failed.get().then(|| view! {
                <Note tone=Tone::Bad title="The job did not end well">
                    <p><A href=logs attr:class="link">"Its output"</A>" says why."</p>
                </Note>
            })}
        </div>
        <CommandStrip command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default()) framed=true />
    }
}

#[component]
fn BySsh() -> impl IntoView {
    let guide = use_guide();
    let has_key = Memo::new(move |_| guide.keys.data().is_some_and(|keys| !keys.is_empty()));
    let lines = Signal::derive(move || {
        migrate_by_ssh(guide.platform.get(), &guide.app.get(), has_key.get())
    });
    view! {
        <p>"A release has no Mix, so migrations run on the node itself, over SSH. The app must be running, and a key of yours must be on it."</p>
        <ErrorNote error=Signal::derive(move || guide.keys.error()) />
        {move || guide.keys.data().map(|keys| if keys.is_empty() {
            view! {
                <Note tone=Tone::Wait title="No SSH key yet">
                    <p><A href=paths::SSH_KEYS attr:class="link">"Add one here"</A>", or with the first command. It takes a few minutes to reach the app."</p>
                </Note>
            }.into_any()
        } else {
            view! { <Note tone=Tone::Ok title="Your account has an SSH key" /> }.into_any()
        })}
        <CodeBlock code=lines label="Commands to migrate over SSH" />
    }
}
