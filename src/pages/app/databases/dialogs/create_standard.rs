//! Creating the standard database.

use backoffice_contract::database::{CreateDatabaseRequest, VERSIONS, major};
use backoffice_contract::op;
use backoffice_contract::region::CLOUDS;
use backoffice_contract::session::Tier;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::FormDialog;
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::plan_rows::PlanRows;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::{Checkbox, Choice, Note, RadioCards, Segments, Tone, use_toasts};
use backoffice_web_client::{use_account, use_mutation};

/// Size, version and, if it is not to be the app's, region.
#[component]
pub fn CreateStandard() -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let open = use_dialogs().create_standard;
    let toasts = use_toasts();
    let create = use_mutation();
    let size = RwSignal::new(0.6);
    let newest = VERSIONS.last().copied().unwrap_or_default();
    let version = RwSignal::new(newest);
    let elsewhere = RwSignal::new(false);
    let region = RwSignal::new(String::new());
    // What is chosen stays while a refusal is read, and is there again the next time.
    Effect::new(move |_| {
        open.track();
        create.error.set(None);
    });
    // Whether the account may have one is asked only of those who want one.
    let account = use_account(move || open.get());
    let free_tier =
        Memo::new(move |_| account.data().is_some_and(|account| account.tier == Tier::Free));
    let body = Signal::derive(move || {
        let region = Some(region.get()).filter(|region| elsewhere.get() && !region.is_empty());
        let cloud = region.as_deref().and_then(backoffice_contract::region::cloud_of_region);
        CreateDatabaseRequest {
            size: size.get(),
            cloud: cloud.map(|cloud| cloud.id.to_owned()),
            region,
            version: Some(version.get().to_owned()).filter(|version| version != newest),
        }
    });
    let operation =
        Signal::derive(move || op::CreateDatabase { app: name.get(), body: body.get() });
    let here = Signal::derive(move || {
        let place = status.data().map(|status| format!("{} {}", status.cloud, status.region));
        format!("Otherwise it is where the app is: {}.", place.unwrap_or_else(|| "…".to_owned()))
    });
    let reason =
        Signal::derive(move || free_tier.get().then(|| "Needs the standard tier.".to_owned()));
    let versions = VERSIONS
        .into_iter()
        .filter_map(|version| Some((version, number(version)?)))
        .collect::<Vec<_>>();
    let regions = CLOUDS
        .iter()
        .flat_map(|cloud| cloud.regions.iter().map(move |region| (cloud, region)))
        .map(|(cloud, region)| {
            Choice::new(region.id, region.place, format!("{} {}", cloud.id, region.id))
        })
        .collect::<Vec<_>>();
    let versions = StoredValue::new(versions);
    let regions = StoredValue::new(regions);
    view! {
        <FormDialog
            open
            title="Create a standard database"
            operation
            call=create
            submit_label="Create"
            reason
            on_done=move |_| toasts.ok("The database is being created, which takes a few minutes.")
        >
            {move || free_tier.get().then(|| view! {
                <Note tone=Tone::Limit title="Your account is on the free tier">
                    <p>
                        "Standard databases belong to the standard tier. "
                        <A href=paths::BILLING attr:class="link">"Upgrade under Billing"</A>
                        ", then come back."
                    </p>
                </Note>
            })}
            <PlanRows legend="Size" name="database-size" value=size />
            <div class="field">
                <span class="field__label">"Version of PostgreSQL"</span>
                <span><Segments label="Version of PostgreSQL" value=version items=versions.get_value() /></span>
            </div>
            <Checkbox label="Another region than the app's" value=elsewhere hint=here />
            {move || elsewhere.get().then(|| view! {
                <RadioCards
                    legend="Region"
                    name="database-region"
                    value=region
                    choices=regions.get_value()
                    hint="Each query travels between the regions."
                />
            })}
            <p class="muted">
                "It sets " <code>"DATABASE_URL"</code> " and " <code>"POOL_SIZE"</code>
                " where they are missing, which makes a release. Where "
                <code>"DATABASE_URL"</code> " points at another database, it stays so."
            </p>
        </FormDialog>
    }
}

/// The number of a version, as it is written on a button.
fn number(version: &'static str) -> Option<&'static str> {
    major(version)?;
    version.rsplit('_').next()
}
