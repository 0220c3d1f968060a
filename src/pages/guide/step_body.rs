//! What each step is for, and what of it can be done right here.

use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::ErrorNote;
use crate::nav::AppPage;
use crate::pages::app::shared::rollout::Health;
use crate::pages::app::{ExpectedRelease, SimulatePush, newest_version};
use crate::pages::guide::app_choice::AppChoice;
use crate::pages::guide::context::use_guide;
use crate::pages::guide::migrate::MigrateStep;
use crate::pages::guide::progress::Step;
use crate::paths;
use backoffice_ui::{Button, ButtonVariant, IconName, LinkButton, Note, Tone};
use backoffice_web_client::{use_api, use_mutation};

/// The text of a step and its own controls.
#[component]
pub(super) fn StepBody(step: Step) -> impl IntoView {
    match step {
        Step::Install => view! {
            <p>"It creates apps, sets the git remote and connects to running code. The console does the rest, so you need it for little."</p>
        }
        .into_any(),
        Step::Account => view! { <AccountStep /> }.into_any(),
        Step::Login => view! {
            <p>"It asks for your address and password and keeps an API key in " <code>".netrc"</code> " in your home folder. git takes the key from there when you push."</p>
        }
        .into_any(),
        Step::Prepare => view! {
            <p>"Most Phoenix apps run as they are. Yours has to be in a git repository, with everything committed."</p>
        }
        .into_any(),
        Step::Create => view! { <AppChoice /> }.into_any(),
        Step::Remote => view! {
            <p>"So that git knows where to push. If you created the app on the command line in that folder, it is there already."</p>
        }
        .into_any(),
        Step::Versions => view! {
            <p>"Without these files, a build takes the old versions that the buildpack has as its defaults. Use those that you develop with, and commit the files."</p>
            <p class="row"><LinkButton href=paths::VERSIONS icon=IconName::Config>"Make the files"</LinkButton></p>
        }
        .into_any(),
        Step::Database => view! { <DatabaseStep /> }.into_any(),
        Step::Config => view! { <ConfigStep /> }.into_any(),
        Step::Deploy => view! { <DeployStep /> }.into_any(),
        Step::Verify => view! { <VerifyStep /> }.into_any(),
        Step::Migrate => view! { <MigrateStep /> }.into_any(),
    }
}

#[component]
fn AccountStep() -> impl IntoView {
    let api = use_api();
    view! {
        <p>"You are signed in as " <b>{move || api.email()}</b> ". On the free tier that is enough for one app with one replica and a database of 10,000 rows, without a card."</p>
    }
}

#[component]
fn DatabaseStep() -> impl IntoView {
    let guide = use_guide();
    let create = use_mutation();
    let state = move || guide.facts.with(|facts| (facts.exists == Some(true), facts.database));
    let app = move || guide.app.get_untracked();
    view! {
        <p>"Phoenix wants a " <code>"DATABASE_URL"</code> " while it compiles, so the database comes before the first deploy. The free one is there at once and has 10,000 rows, 2 connections and no backups."</p>
        <ErrorNote error=create.error />
        {move || (matches!(state(), (true, Some((false, _))))).then(|| view! {
            <p class="row">
                <Button
                    variant=ButtonVariant::Primary
                    icon=IconName::Database
                    pending=create.pending
                    on_click=Callback::new(move |()| create.run(op::CreateFreeDatabase { app: app() }, |_| ()))
                >
                    "Create the free database"
                </Button>
                <A href=paths::app(&app(), AppPage::Databases) attr:class="link">"Or a standard one"</A>
            </p>
        })}
    }
}

#[component]
fn ConfigStep() -> impl IntoView {
    let guide = use_guide();
    view! {
        <p>"A database sets " <code>"DATABASE_URL"</code> " and " <code>"POOL_SIZE"</code> " in the config of its app, unless they are set already."</p>
        {move || match guide.facts.with(|facts| (facts.exists, facts.database_url)) {
            (Some(true), Some(false)) => view! {
                <Note tone=Tone::Wait title="DATABASE_URL is not set">
                    <p><A href=paths::app(&guide.app.get(), AppPage::Config) attr:class="link">"Set it in the config"</A>" to the URL of the database."</p>
                </Note>
            }.into_any(),
            (Some(true), Some(true)) => view! {
                <p><A href=paths::app(&guide.app.get(), AppPage::Config) attr:class="link">"See the config"</A></p>
            }.into_any(),
            _ => view! { <p class="stamp">"Checked once there is a database."</p> }.into_any(),
        }}
    }
}

#[component]
fn DeployStep() -> impl IntoView {
    let guide = use_guide();
    let api = use_api();
    let expected = guide.context.expected;
    let waits = Signal::derive(move || expected.get().is_some());
    let watch = Callback::new(move |()| {
        let after =
            untrack(|| guide.releases.data()).map_or(0, |releases| newest_version(&releases));
        expected.set(Some(ExpectedRelease { after, since: api.now.get_untracked() }));
    });
    let has_app = Memo::new(move |_| guide.facts.with(|facts| facts.exists == Some(true)));
    view! {
        <p>"A push to " <code>"main"</code> " or " <code>"master"</code> " builds the app and makes a release. Other branches are ignored. If the build fails, git shows why and the release before stays."</p>
        <Show when=move || has_app.get()>
            {if api.choice().is_sandbox() {
                view! { <SimulatePush on_pushed=watch /> }.into_any()
            } else {
                view! {
                    <p class="row">
                        <Button icon=IconName::Eye pending=waits on_click=watch>"Watch for my push"</Button>
                        <span class="stamp">"Looks for a new release for 10 minutes, less and less often."</span>
                    </p>
                }
                .into_any()
            }}
        </Show>
        {move || waits.get().then(|| view! {
            <div role="status">
                <Note
                    tone=Tone::Wait
                    title="Waiting for the release"
                    actions=move || view! {
                        <Button small=true on_click=Callback::new(move |()| expected.set(None))>"Stop waiting"</Button>
                    }.into_any()
                >
                    <p>"A build takes a minute or two. The guide goes on by itself when the release is there."</p>
                </Note>
            </div>
        })}
    }
}

#[component]
fn VerifyStep() -> impl IntoView {
    let guide = use_guide();
    let api = use_api();
    let health = guide.context.health;
    let app = move || guide.app.get();
    let address = Signal::derive(move || format!("https://{}.gigalixirapp.com/", guide.app.get()));
    view! {
        <p>"New pods get traffic once something answers on " <code>"$PORT"</code> ". That takes a minute or two; until then the old ones serve."</p>
        <div role="status">
            {move || match health.get() {
                Some(Health::RollingOut { version }) => view! {
                    <Note tone=Tone::Wait title=format!("v{version} is coming up") />
                }.into_any(),
                Some(Health::Failing { reason, .. }) => view! {
                    <Note tone=Tone::Bad title="It does not become healthy">
                        <p>{reason} " " <A href=paths::app(&app(), AppPage::Logs) attr:class="link">"Read the logs"</A></p>
                    </Note>
                }.into_any(),
                Some(Health::Healthy) => view! { <Note tone=Tone::Ok title="It is healthy" /> }.into_any(),
                Some(Health::Stopped) | None => ().into_any(),
            }}
        </div>
        {move || guide.facts.with(|facts| facts.exists == Some(true)).then(|| view! {
            <p class="row">
                {(!api.choice().is_sandbox()).then(|| view! {
                    <LinkButton href=address icon=IconName::External external=true>"Open app"</LinkButton>
                })}
                <A href=paths::app(&app(), AppPage::Overview) attr:class="link">"Pods and status"</A>
            </p>
        })}
    }
}
