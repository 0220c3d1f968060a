//! The end of the account.

use backoffice_contract::account::DestroyAccountRequest;
use backoffice_contract::app::App;
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

use crate::components::{CallDialog, ErrorNote, OperationCommand, QueryView};
use crate::nav::AppPage;
use crate::pages::account::password_field::CurrentPasswordField;
use crate::paths;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{Button, ButtonVariant, Card, Dialog, Note, Tone, use_toasts};
use backoffice_web_client::{Query, use_api, use_mutation, use_query};

/// How many apps are named; the list of apps shows all.
const NAMED: usize = 5;

/// Apart from the rest, at the end. What stands in the way is looked up only when
/// somebody asks for it.
#[component]
pub fn CloseAccount() -> impl IntoView {
    let asked = RwSignal::new(false);
    let looking = RwSignal::new(false);
    let confirming = RwSignal::new(false);
    let apps = use_query(move || asked.get().then_some(op::ListApps {}));
    let command = Signal::derive(|| op::DestroyAccount { body: DestroyAccountRequest::default() });
    let open = Callback::new(move |()| {
        if asked.get_untracked() {
            apps.refresh();
        }
        asked.set(true);
        looking.set(true);
    });
    // Without apps there is nothing to read first.
    Effect::new(move |_| {
        let clear = looking.get()
            && !apps.loading()
            && apps.error().is_none()
            && apps.data().is_some_and(|apps| apps.is_empty());
        if clear {
            looking.set(false);
            confirming.set(true);
        }
    });
    view! {
        <Card
            title="Close the account"
            danger=true
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <div class="card__body stack stack--close">
                <p>
                    "It ends the account for good: its address, SSH keys, API key and sessions. "
                    "Apps and databases have to be deleted before. A last invoice may follow."
                </p>
                <p>
                    <Button variant=ButtonVariant::Danger on_click=open>"Close the account…"</Button>
                </p>
            </div>
        </Card>
        <Blocked apps open=looking />
        <ConfirmClose open=confirming />
    }
}

/// What has to go first.
#[component]
fn Blocked(apps: Query<Vec<App>>, open: RwSignal<bool>) -> impl IntoView {
    let show =
        Callback::new(move |apps: Signal<Vec<App>>| view! { <AppsInTheWay apps /> }.into_any());
    view! {
        <Dialog
            title="Close the account"
            open
            foot=move || view! {
                <Button variant=ButtonVariant::Quiet on_click=move || open.set(false)>"Close this dialog"</Button>
            }.into_any()
        >
            <QueryView query=apps show />
        </Dialog>
    }
}

#[component]
fn AppsInTheWay(apps: Signal<Vec<App>>) -> impl IntoView {
    let count = move || apps.with(Vec::len);
    move || {
        (count() > 0).then(|| {
            let title = format!("Delete {} first", counted(count(), "app", "apps"));
            let named = apps.with(|apps| {
                apps.iter().take(NAMED).map(|app| app.unique_name.clone()).collect::<Vec<_>>()
            });
            let more = count().saturating_sub(named.len());
            view! {
                <Note tone=Tone::Wait title=title>
                    <p>"An account can be closed only when it has no apps. Deleting an app deletes its databases too."</p>
                </Note>
                <ul class="links">
                    {named.into_iter().map(|name| view! {
                        <li><A href=paths::app(&name, AppPage::Settings) attr:class="link">{name}</A></li>
                    }).collect_view()}
                    {(more > 0).then(|| view! {
                        <li><A href=paths::APPS attr:class="link">{format!("and {more} more")}</A></li>
                    })}
                </ul>
            }
        })
    }
}

#[component]
fn ConfirmClose(open: RwSignal<bool>) -> impl IntoView {
    let api = use_api();
    let toasts = use_toasts();
    let destroy = use_mutation();
    let password = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    Effect::new(move |_| {
        open.track();
        password.set(String::new());
        checked.set(false);
    });
    let email = Signal::derive(move || api.email().unwrap_or_default());
    let operation = Signal::derive(move || op::DestroyAccount {
        body: DestroyAccountRequest { email: email.get(), current_password: password.get().into() },
    });
    let confirm = Callback::new(move |()| {
        checked.set(true);
        if password.with_untracked(String::is_empty) {
            return;
        }
        destroy.run(operation.get_untracked(), move |_| {
            open.set(false);
            toasts.ok("The account is closed.");
            spawn_local(async move { api.sign_out().await });
        });
    });
    view! {
        <CallDialog
            open
            title="Close the account for good?"
            confirm_label="Close the account"
            danger=true
            phrase=email
            call=destroy
            command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default())
            on_confirm=confirm
        >
            <p>"This cannot be undone. You lose:"</p>
            <ul class="bullets">
                <li>"the address, which somebody else may then sign up with"</li>
                <li>"all SSH keys and the API key: the command-line client and git stop working everywhere"</li>
                <li>"credit that is left, and access to what others shared with you"</li>
            </ul>
            <ErrorNote error=destroy.general_error(&["current_password"]) />
            <CurrentPasswordField value=password checked call=destroy />
        </CallDialog>
    }
}
