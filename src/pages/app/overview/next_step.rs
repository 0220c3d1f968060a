//! What to do next with an app, from how it is doing.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::nav::AppPage;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::rollout::Health;
use crate::paths;
use backoffice_ui::{Note, Tone};

/// One note with the next step and where it is done.
#[component]
pub fn NextStep(
    /// Whether the app has been released at all, once that is known.
    #[prop(into)]
    released: Signal<Option<bool>>,
) -> impl IntoView {
    let AppContext { name, health, expected, maintenance, .. } = use_app();
    let link = move |page: AppPage, label: &'static str| {
        view! { <A href=paths::app(&name.get_untracked(), page) attr:class="link">{label}</A> }
    };
    move || {
        let released = released.get()?;
        let note = match health.get()? {
            _ if expected.get().is_some() => view! {
                <Note tone=Tone::Wait title="A build is under way">
                    <p>"It takes a minute or two; this page follows it. " {link(AppPage::Logs, "Watch the logs")}</p>
                </Note>
            }
            .into_any(),
            _ if maintenance.get().is_some_and(|done| done.on) => view! {
                <Note tone=Tone::Limit title="Maintenance mode is on">
                    <p>"It was turned on from this tab: visitors get 404 while the app runs. " {link(AppPage::Settings, "Turn it off")}</p>
                </Note>
            }
            .into_any(),
            Health::Stopped if !released => view! {
                <Note tone=Tone::Info title="Next: give it a database, then push your code">
                    <p>
                        "Phoenix wants a " <code>"DATABASE_URL"</code> " while it compiles. "
                        {link(AppPage::Databases, "Create the database")}
                        ", then push as shown below."
                    </p>
                </Note>
            }
            .into_any(),
            Health::Stopped => view! {
                <Note tone=Tone::Info title="The app is stopped">
                    <p>"It has no replicas, costs nothing and answers nobody. Scale it to 1 to start it."</p>
                </Note>
            }
            .into_any(),
            Health::RollingOut { version } => view! {
                <Note tone=Tone::Wait title=format!("Release v{version} is rolling out")>
                    <p>"Old pods serve until the new ones pass their health check. This page follows it."</p>
                </Note>
            }
            .into_any(),
            Health::Failing { reason, serving } => {
                let serving = if serving { " Older pods still serve." } else { " Nothing serves requests." };
                view! {
                    <Note tone=Tone::Bad title="Pods fail">
                        <p>
                            {reason} {serving} " "
                            {link(AppPage::Logs, "Read the logs")}
                            ", look at "
                            {link(AppPage::Metrics, "memory and processor")}
                            ", "
                            {link(AppPage::Settings, "scale")}
                            " or "
                            {link(AppPage::Releases, "roll back")}
                            "."
                        </p>
                    </Note>
                }
                .into_any()
            }
            Health::Healthy => view! {
                <Note tone=Tone::Ok title="It runs">
                    <p>
                        "Next: "
                        {link(AppPage::Jobs, "run migrations")}
                        ", "
                        {link(AppPage::Config, "set config")}
                        " or "
                        {link(AppPage::Logs, "follow the logs")}
                        "."
                    </p>
                </Note>
            }
            .into_any(),
        };
        Some(note)
    }
}
