//! Scaling an app.

use backoffice_contract::app::ScaleRequest;
use backoffice_contract::{op, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::layout::AppContext;
use crate::api::use_mutation;
use crate::components::{ErrorNote, OperationCommand};
use crate::ui::{Button, ButtonType, ButtonVariant, Dialog, TextField, use_toasts};

/// US dollars a month for one replica of size 1: 10 dollars for each 200 MB.
const DOLLARS_PER_SIZE: f64 = 50.0;

/// Replicas and size, with what they cost on the standard tier.
#[component]
pub fn ScaleDialog(
    /// The app.
    context: AppContext,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let AppContext { name, status, .. } = context;
    let toasts = use_toasts();
    let scale = use_mutation();
    let replicas = RwSignal::new(String::new());
    let size = RwSignal::new(String::new());
    // The form starts from what is, each time it opens.
    Effect::new(move |_| {
        if open.get() {
            let current = untrack(|| status.data()).unwrap_or_default();
            replicas.set(current.replicas_desired.to_string());
            size.set(current.size.to_string());
            scale.error.set(None);
        }
    });
    let wanted_replicas = Memo::new(move |_| replicas.with(|text| parse_replicas(text)));
    let wanted_size = Memo::new(move |_| size.with(|text| parse_size(text)));
    let operation = Signal::derive(move || op::ScaleApp {
        app: name.get(),
        body: ScaleRequest { replicas: wanted_replicas.get().ok(), size: wanted_size.get().ok() },
    });
    let replicas_error = scale.field_error("replicas");
    let size_error = scale.field_error("size");
    let cost = move || {
        let (replicas, size) = (wanted_replicas.get().ok()?, wanted_size.get().ok()?);
        let dollars = f64::from(replicas) * size * DOLLARS_PER_SIZE;
        Some(format!(
            "{replicas} × {size} GB of memory: about ${dollars:.0} a month on the standard tier."
        ))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if wanted_replicas.get_untracked().is_ok() && wanted_size.get_untracked().is_ok() {
            scale.run(operation.get_untracked(), move |_| {
                open.set(false);
                toasts.ok("Scaled. Pods follow as they become healthy.");
                status.refresh();
            });
        }
    };
    view! {
        <Dialog title="Scale" open=open>
            <form class="form" novalidate on:submit=submit>
                <ErrorNote error=scale.general_error(&["replicas", "size"]) />
                <div class="form__row">
                    <TextField
                        focus_on_error=true
                        label="Replicas"
                        value=replicas
                        inputmode="numeric"
                        error=Signal::derive(move || replicas_error.get().or_else(|| wanted_replicas.get().err()))
                        hint="0 stops the app."
                        autofocus=true
                    />
                    <TextField
                        focus_on_error=true
                        label="Size"
                        value=size
                        inputmode="decimal"
                        error=Signal::derive(move || size_error.get().or_else(|| wanted_size.get().err()))
                        hint="1 is 1 GB of memory; steps of 0.1."
                    />
                </div>
                <p class="stamp">{cost}</p>
                <OperationCommand operation=operation />
                <div class="form__actions form__actions--end">
                    <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| open.set(false))>
                        "Cancel"
                    </Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=scale.pending>
                        "Scale"
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

fn parse_replicas(text: &str) -> Result<u32, String> {
    let replicas: u32 = text.trim().parse().map_err(|_| "Type a whole number.".to_owned())?;
    rules::replicas(replicas).map_err(|rule| format!("The number of replicas {rule}"))?;
    Ok(replicas)
}

/// Some keyboards write the decimal point as a comma.
fn parse_size(text: &str) -> Result<f64, String> {
    let text = text.trim().replace(',', ".");
    let size: f64 = text.parse().map_err(|_| "Type a number such as 0.5.".to_owned())?;
    rules::size(size).map_err(|rule| format!("The size {rule}"))?;
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_people_type_them() {
        assert_eq!(parse_replicas(" 2 "), Ok(2));
        assert!(parse_replicas("17").is_err() && parse_replicas("-1").is_err());
        assert_eq!(parse_size("0,5"), Ok(0.5));
        assert!(parse_size("0.25").is_err() && parse_size("big").is_err());
    }
}
