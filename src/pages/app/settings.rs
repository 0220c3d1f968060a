//! Size, stack, maintenance, and deleting the app.

use backoffice_contract::app::{AppStatus, StackRequest};
use backoffice_contract::op;
use backoffice_contract::region::{DEFAULT_STACK, STACKS};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use crate::components::{
    ErrorNote, OperationCommand, OperationDialog, QueryView, Stamp, on_answer,
};
use crate::nav::AppPage;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::maintenance::MaintenanceCard;
use crate::pages::app::shared::scale::form::{ScaleDraft, ScaleForm};
use crate::paths;
use backoffice_ui::{Button, ButtonVariant, Card, Choice, RadioCards, use_toasts};
use backoffice_web_client::use_mutation;

/// What belongs to the app as a whole. It shows what the frame around it has read, so it
/// costs no request.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let AppContext { status, .. } = use_app();
    let scale = Callback::new(|_: Signal<AppStatus>| view! { <ScaleSection /> }.into_any());
    let stack = Callback::new(|status| view! { <StackSection status /> }.into_any());
    view! {
        <div class="grid grid--even">
            <Card title="Scale" actions=move || view! { <Stamp query=status /> }.into_any()>
                <div class="card__body"><QueryView query=status lines=4 show=scale /></div>
            </Card>
            <div class="stack">
                <Card title="Stack">
                    <div class="card__body"><QueryView query=status lines=4 show=stack /></div>
                </Card>
            </div>
        </div>
        <MaintenanceCard />
        <DeleteCard />
    }
}

#[component]
fn ScaleSection() -> impl IntoView {
    let draft = ScaleDraft::new(use_app());
    draft.reset();
    view! { <ScaleForm draft /> }
}

#[component]
fn StackSection(status: Signal<AppStatus>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let change = use_mutation();
    let now = Memo::new(move |_| status.with(|status| status.stack.clone()));
    let stack = RwSignal::new(now.get_untracked());
    // One that is not known may be in use all the same.
    let choices = Signal::derive(move || {
        let current = now.get();
        let mut all: Vec<String> = STACKS.iter().map(|stack| (*stack).to_owned()).collect();
        if !current.is_empty() && !all.contains(&current) {
            all.insert(0, current.clone());
        }
        all.into_iter()
            .map(|stack| {
                let detail = match stack.as_str() {
                    in_use if in_use == current => "Chosen now",
                    DEFAULT_STACK => "What new apps get",
                    _ => "Older",
                };
                Choice::new(stack.clone(), stack, detail)
            })
            .collect::<Vec<_>>()
    });
    let operation = Signal::derive(move || op::SetStack {
        app: name.get(),
        body: StackRequest { stack: stack.get() },
    });
    let same = Signal::derive(move || {
        (stack.get() == now.get()).then(|| "That one is chosen already.".to_owned())
    });
    let error = change.field_error("stack");
    let set = Callback::new(move |()| {
        let wanted = stack.get_untracked();
        change.run(operation.get_untracked(), move |_| {
            toasts.ok(format!("The next deploy builds on {wanted}."));
        });
    });
    view! {
        <div class="form">
            <ErrorNote error=change.general_error(&["stack"]) />
            <p>
                "The operating system that the app is built on and runs on. A change takes effect with the next deploy: what runs now stays as it is. "
                <A href=move || paths::app(&name.get(), AppPage::Overview) attr:class="link">"Deploy"</A>
            </p>
            <RadioCards legend="Stack" name="stack" value=stack choices error />
            <OperationCommand operation />
            <div class="form__actions form__actions--end">
                <Button variant=ButtonVariant::Primary pending=change.pending disabled_reason=same on_click=set>
                    "Set the stack"
                </Button>
            </div>
        </div>
    }
}

#[component]
fn DeleteCard() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let operation = Signal::derive(move || op::DeleteApp { app: name.get() });
    let navigate = use_navigate();
    let leave = Callback::new(move |app: String| {
        toasts.ok(format!("{app} is deleted."));
        navigate(paths::APPS, NavigateOptions::default());
    });
    view! {
        <Card title="Delete this app" danger=true>
            <div class="card__body stack stack--close">
                <p>"Everything that belongs to it goes with it, and nothing brings it back. Only its owner can do this."</p>
                <Losses />
                <p class="row">
                    <Button variant=ButtonVariant::Danger on_click=Callback::new(move |()| open.set(true))>
                        "Delete the app"
                    </Button>
                </p>
            </div>
        </Card>
        <OperationDialog
            open
            title=Signal::derive(move || format!("Delete {}?", name.get()))
            confirm_label="Delete the app"
            danger=true
            phrase=name
            operation
            then=on_answer(move || {
                let app = name.get_untracked();
                move |_| {
                    leave.run(app);
                }
            })
        >
            <Losses />
        </OperationDialog>
    }
}

/// What is lost and what stays, each with the page where it can be looked at.
#[component]
fn Losses() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let look = move |page: AppPage, label: &'static str| {
        view! { <A href=move || paths::app(&name.get(), page) attr:class="link">{label}</A> }
    };
    view! {
        <dl class="kv">
            <dt>"Lost"</dt>
            <dd>
                <ul class="losses">
                    <li>{look(AppPage::Databases, "Databases")} " with all data and all backups"</li>
                    <li>{look(AppPage::Config, "Config variables")} " with their values"</li>
                    <li>{look(AppPage::Releases, "Releases")} ", " {look(AppPage::Activity, "activity")} " and " {look(AppPage::Logs, "logs")}</li>
                    <li>{look(AppPage::Domains, "Domains")} ", " {look(AppPage::Drains, "log drains")} " and " {look(AppPage::Access, "access")}</li>
                    <li>"The name: anybody can take it"</li>
                </ul>
            </dd>
            <dt>"Stays"</dt>
            <dd>"The code in your own git repository. The platform's copy of it goes."</dd>
        </dl>
    }
}
