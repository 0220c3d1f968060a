//! Setting variables: one by name and value, or many as `.env` text.

use backoffice_contract::config::{Configs, INJECTED, SetConfigsRequest};
use backoffice_contract::{Secret, dotenv, op, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::layout::{AppContext, use_app};
use crate::api::{Query, use_mutation};
use crate::components::{ErrorNote, OperationCommand};
use crate::ui::{
    Button, ButtonType, ButtonVariant, Card, Checkbox, TextArea, TextField, use_toasts,
};

/// The form. What is typed stays while the list is read again and through signing
/// in again in place.
#[component]
pub fn AddVariables(
    /// What is set now, to say what would be overwritten.
    configs: Query<Configs>,
) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let toasts = use_toasts();
    let set = use_mutation();
    let many = RwSignal::new(false);
    let key = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let keep_running = RwSignal::new(false);
    let checked = RwSignal::new(false);

    let draft = Memo::new(move |_| -> Result<Vec<(String, Secret)>, String> {
        if many.get() {
            let read = text.with(|text| dotenv::parse(text));
            return match read {
                Ok(read) => Ok(read.into_iter().map(|line| (line.key, line.value)).collect()),
                Err(faults) => {
                    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
                    Err(lines.join("\n"))
                }
            };
        }
        let key = key.get().trim().to_owned();
        rules::config_key(&key).map_err(|rule| format!("The name {rule}"))?;
        Ok(vec![(key, value.get().into())])
    });
    let fault = Signal::derive(move || {
        let blank = key.with(String::is_empty);
        let typed = checked.get()
            || if many.get() { text.with(|text| text.contains('\n')) } else { !blank };
        typed.then(|| draft.get().err()).flatten()
    });
    let operation = Signal::derive(move || op::SetConfigs {
        app: name.get(),
        body: SetConfigsRequest {
            configs: draft.get().unwrap_or_default().into_iter().collect(),
            avoid_restart: keep_running.get(),
        },
    });
    let consequence = move || {
        let draft = draft.get().ok()?;
        let configs = configs.data().unwrap_or_default();
        let names = |wanted: &dyn Fn(&str) -> bool| {
            draft
                .iter()
                .map(|(key, _)| key.as_str())
                .filter(|key| wanted(key))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let replaced = names(&|key| configs.contains_key(key));
        let platform = names(&|key| INJECTED.contains(&key));
        let mut text = if keep_running.get() {
            "Makes one release; running containers keep their values.".to_owned()
        } else {
            "Makes one release and restarts the app.".to_owned()
        };
        if !replaced.is_empty() {
            text = format!("Overwrites {replaced}. {text}");
        }
        if !platform.is_empty() {
            text = format!("{platform} is otherwise set by the platform. {text}");
        }
        Some(text)
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        let operation = operation.get_untracked();
        if draft.with_untracked(Result::is_err) || operation.body.configs.is_empty() {
            return;
        }
        let fields = if many.get_untracked() { vec![text] } else { vec![key, value] };
        let sent: Vec<_> = fields.into_iter().map(|field| (field, field.get_untracked())).collect();
        let names = operation.body.configs.keys().cloned().collect::<Vec<_>>().join(", ");
        set.run(operation, move |_| {
            // Only what was sent: the other form may hold a draft, and so may this one
            // when somebody went on typing.
            for (field, was) in &sent {
                if field.with_untracked(|typed| typed == was) {
                    field.set(String::new());
                }
            }
            checked.set(false);
            toasts.ok(format!("{names} set."));
            status.refresh();
        });
    };
    view! {
        <form novalidate on:submit=submit>
            <Card
                title="Set variables"
                actions=move || view! {
                    <Button small=true variant=ButtonVariant::Quiet on_click=Callback::new(move |()| many.update(|many| *many = !*many))>
                        {move || if many.get() { "One by one" } else { "Paste .env" }}
                    </Button>
                }
                .into_any()
                foot=move || view! { <OperationCommand operation=operation /> }.into_any()
            >
                <div class="form card__body">
                    <ErrorNote error=set.error />
                    {move || if many.get() {
                        view! {
                            <TextArea
                                label="Contents of a .env file"
                                value=text
                                mono=true
                                rows=8
                                error=fault
                                hint="NAME=value, one a line; comments and quotes are understood."
                            />
                        }
                        .into_any()
                    } else {
                        view! {
                            <TextField label="Name" value=key mono=true error=fault autocomplete="off" />
                            <TextArea label="Value" value=value mono=true rows=1 />
                        }
                        .into_any()
                    }}
                    <Checkbox
                        label="Do not restart now"
                        value=keep_running
                        hint="Running containers see the change with their next restart."
                    />
                    <p class="stamp">{consequence}</p>
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=set.pending>
                            "Set"
                        </Button>
                    </div>
                </div>
            </Card>
        </form>
    }
}
