//! Creating an app.

use backoffice_contract::app::CreateAppRequest;
use backoffice_contract::region::{CLOUDS, cloud};
use backoffice_contract::{op, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::components::{ErrorNote, OperationCommand, PageTitle};
use crate::nav::AppPage;
use crate::paths;
use backoffice_ui::{
    Button, ButtonType, ButtonVariant, Card, Choice, LinkButton, RadioCards, TextField, use_toasts,
};
use backoffice_web_client::use_mutation;

/// Name (or none), cloud and region. None of them can be changed later, and the page
/// says so.
#[component]
pub fn NewAppPage() -> impl IntoView {
    let create = use_mutation();
    let toasts = use_toasts();
    let name = RwSignal::new(String::new());
    let cloud_id =
        RwSignal::new(CLOUDS.first().map(|cloud| cloud.id.to_owned()).unwrap_or_default());
    let region = RwSignal::new(String::new());
    // Each cloud has regions of its own, so a change of the cloud starts anew.
    Effect::new(move |_| {
        let first = cloud(&cloud_id.get()).and_then(|cloud| cloud.regions.first());
        region.set(first.map(|region| region.id.to_owned()).unwrap_or_default());
    });
    let request = Signal::derive(move || {
        let name = name.get().trim().to_lowercase();
        let unique_name = Some(name).filter(|name| !name.is_empty());
        op::CreateApp {
            body: CreateAppRequest {
                unique_name,
                cloud: Some(cloud_id.get()),
                region: Some(region.get()),
                stack: None,
            },
        }
    });
    let name_fault = Signal::derive(move || {
        let name = name.get();
        let name = name.trim();
        (!name.is_empty()).then(|| rules::app_name(name).err()).flatten()
    });
    let from_api = create.field_error("unique_name");
    let name_error = Signal::derive(move || {
        name_fault.get().map(|rule| format!("The name {rule}")).or_else(|| from_api.get())
    });
    let navigate = use_navigate();
    let open = Callback::new(move |app: String| {
        toasts.ok(format!("{app} is created."));
        navigate(&paths::app(&app, AppPage::Overview), NavigateOptions::default());
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if name_fault.get_untracked().is_none() {
            create.run(request.get_untracked(), move |app| open.run(app.unique_name));
        }
    };
    let clouds =
        CLOUDS.iter().map(|cloud| Choice::new(cloud.id, cloud.name, cloud.id)).collect::<Vec<_>>();
    let regions = Signal::derive(move || {
        let regions = cloud(&cloud_id.get()).map(|cloud| cloud.regions).unwrap_or_default();
        regions
            .iter()
            .map(|region| Choice::new(region.id, region.place, region.id))
            .collect::<Vec<_>>()
    });
    view! {
        <PageTitle title="New app" purpose="A place to push your code to. Name, cloud and region stay as you choose them." />
        <form class="narrow" novalidate on:submit=submit>
            <Card
                title="App"
                foot=move || view! { <OperationCommand operation=request /> }.into_any()
            >
                <div class="form card__body">
                    <ErrorNote error=create.general_error(&["unique_name"]) />
                    <TextField
                        focus_on_error=true
                        label="Name"
                        value=name
                        mono=true
                        hint="Letters, digits and dashes. Left empty, the platform picks one."
                        error=name_error
                        autocomplete="off"
                        autofocus=true
                    />
                    <RadioCards legend="Cloud" name="cloud" value=cloud_id choices=clouds />
                    <RadioCards legend="Region" name="region" value=region choices=regions />
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=create.pending>
                            "Create app"
                        </Button>
                        <LinkButton href=paths::APPS variant=ButtonVariant::Quiet>"Cancel"</LinkButton>
                    </div>
                </div>
            </Card>
        </form>
    }
}
