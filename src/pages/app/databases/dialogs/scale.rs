//! Another size for a standard database.

use backoffice_contract::database::{Plan, ScaleDatabaseRequest};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{FormDialog, open_while_some};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::plan_rows::PlanRows;
use crate::pages::app::databases::words;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Note, Tone, use_toasts};
use backoffice_web_client::use_mutation;

/// The sizes with what changes in the bill, and what the change interrupts.
#[component]
pub fn ScaleDatabaseDialog() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let target = use_dialogs().scale;
    let toasts = use_toasts();
    let scale = use_mutation();
    let open = open_while_some(target);
    let size = RwSignal::new(0.6);
    let current = Memo::new(move |_| target.with(|target| target.as_ref()?.size));
    let available = Memo::new(move |_| {
        target.with(|target| target.as_ref()?.is_highly_available()).unwrap_or_default()
    });
    // The form starts from what is, each time it opens.
    Effect::new(move |_| {
        if let Some(current) = current.get() {
            size.set(current);
        }
        scale.error.set(None);
    });
    let operation = Signal::derive(move || op::ScaleDatabase {
        app: name.get(),
        database: target
            .with(|target| target.as_ref().map(|target| target.id.clone()))
            .unwrap_or_default(),
        body: ScaleDatabaseRequest { size: Some(size.get()), high_availability: None },
    });
    let plans = move || Some((Plan::of(current.get()?)?, Plan::of(size.get())?));
    let same = Memo::new(move |_| plans().is_some_and(|(from, to)| from == to));
    let cost = move || {
        let (from, to) = plans()?;
        let on = available.get();
        Some(words::difference(from.price(on), to.price(on)))
    };
    let downtime = move || {
        let (from, to) = plans()?;
        let slower = if from.size < to.size { from } else { to };
        let (least, most) = slower.minutes_to_scale();
        Some(format!(
            "It takes {least} to {most} minutes. Connections break off in between, and requests \
             that need the database fail meanwhile."
        ))
    };
    let shrinks = move || {
        let (from, to) = plans()?;
        (to.storage_gb < from.storage_gb).then(|| {
            format!(
                "The disk may then grow to {} only, and {} connections are taken at once.",
                words::storage(to.storage_gb),
                to.connections
            )
        })
    };
    let reason = Signal::derive(move || same.get().then(|| "Pick another size.".to_owned()));
    view! {
        <FormDialog
            open
            title="Scale the database"
            operation
            call=scale
            submit_label="Scale"
            reason
            on_done=move |_| toasts.ok("The database is being scaled.")
        >
            <PlanRows legend="Size" name="scale-database-size" value=size current=current high_availability=available />
            {move || if same.get() {
                view! { <p class="muted">{cost}</p> }.into_any()
            } else {
                view! {
                    <Note tone=Tone::Wait title=Signal::derive(move || cost().unwrap_or_default())>
                        <p>{downtime}</p>
                        {move || shrinks().map(|text| view! { <p>{text}</p> })}
                    </Note>
                }
                .into_any()
            }}
        </FormDialog>
    }
}
