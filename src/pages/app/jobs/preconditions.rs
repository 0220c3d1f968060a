//! What a job needs, as far as it is known without asking.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::nav::AppPage;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::{Card, Icon, IconName};

#[component]
pub(super) fn Preconditions() -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let release = Memo::new(move |_| {
        status.data().map(|status| {
            status.pods.iter().map(|pod| pod.version.parse::<u64>().unwrap_or_default()).max()
        })
    });
    let words = move || match release.get() {
        None => (IconName::Clock, "Whether the app has a release is not known yet.".to_owned()),
        Some(Some(version)) => {
            (IconName::Check, format!("The newest release that runs is v{version}."))
        }
        Some(None) => (
            IconName::Info,
            "No pod runs now. A job works without one, but the app has to have been deployed."
                .to_owned(),
        ),
    };
    let config = move || paths::config(&name.get(), "DATABASE_URL");
    let databases = move || paths::app(&name.get(), AppPage::Databases);
    view! {
        <Card title="Before you run">
            <ul class="list">
                <li>
                    {move || view! { <Icon name=words().0 /> <span class="list__text">{words().1}</span> }}
                </li>
                <li>
                    <Icon name=IconName::Database />
                    <span class="list__text">
                        "Migrations need " <A href=config attr:class="link">"DATABASE_URL"</A>
                        ", which creating a " <A href=databases attr:class="link">"database"</A> " sets."
                    </span>
                </li>
                <li>
                    <Icon name=IconName::Clock />
                    <span class="list__text">"After 5 minutes the platform ends a job. What it did until then stays done."</span>
                </li>
            </ul>
        </Card>
    }
}
