//! The heading, actions and tabs of all pages about an app.

use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

use crate::components::{Offer, OperationDialog, PageTitle, offer, on_answer};
use crate::nav::{AppPage, Tab};
use crate::pages::NotFoundPage;
use crate::pages::app;
use crate::pages::app::shared::context::AppContext;
use crate::pages::app::shared::maintenance::{self, Maintenance};
use crate::pages::app::shared::rollout::expected_release::{ExpectedRelease, watch_for_release};
use crate::pages::app::shared::rollout::{Health, health};
use crate::pages::app::shared::scale::dialog::ScaleDialog;
use crate::pages::app::shared::scale::form::ScaleDraft;
use crate::paths;
use backoffice_ui::{Button, EmptyState, IconName, LinkButton, TabItem, Tabs, use_toasts};
use backoffice_web_client::{use_api, use_mutation, use_poll, use_query};

/// Heading, tabs and the page below them.
#[component]
pub fn AppLayout() -> impl IntoView {
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("app").unwrap_or_default()));
    let status = use_query(move || Some(op::GetStatus { app: name.get() }));
    let health = Memo::new(move |_| status.data().as_ref().map(health));
    let expected = RwSignal::new(None::<ExpectedRelease>);
    let scaling = RwSignal::new(false);
    let maintenance = RwSignal::new(None::<Maintenance>);
    let context = AppContext { name, status, health, expected, scaling, maintenance };
    provide_context(context);
    Effect::new(move |_| {
        maintenance.set(name.with(|name| maintenance::last_done(name)));
        expected.set(None);
    });
    let in_transition = Signal::derive(move || {
        expected.get().is_some()
            || health.with(|health| health.as_ref().is_some_and(Health::in_transition))
    });
    use_poll(status, in_transition);
    watch_for_release(context);

    let missing = Memo::new(move |_| {
        status.data().is_none()
            && status.error().is_some_and(|error| matches!(error.status(), Some(404 | 401 | 403)))
    });
    let page = page_of_address();
    let elsewhere = Memo::new(move |_| page.get().is_none());
    move || {
        if elsewhere.get() {
            view! { <NotFoundPage /> }.into_any()
        } else if missing.get() {
            view! { <NoSuchApp name=name.get() /> }.into_any()
        } else {
            view! { <AppFrame context page /> }.into_any()
        }
    }
}

#[component]
fn NoSuchApp(name: String) -> impl IntoView {
    let tab = format!("App not found: {name}");
    view! {
        <PageTitle title=name.clone() purpose="Not one of your apps" tab />
        <EmptyState icon=IconName::Alert title="App not found">
            <p>"There is no app with the name " <b class="mono">{name}</b> ", or your account has no access to it."</p>
            <LinkButton href=paths::APPS>"All apps"</LinkButton>
        </EmptyState>
    }
}

#[component]
fn AppFrame(context: AppContext, page: Memo<Option<AppPage>>) -> impl IntoView {
    let AppContext { name, status, .. } = context;
    let purpose = Signal::derive(move || {
        status
            .data()
            .map(|status| [status.cloud, status.region, status.stack].join(" · "))
            .unwrap_or_else(|| "…".to_owned())
    });
    let tab = Signal::derive(move || match page.get() {
        None | Some(AppPage::Overview) => name.get(),
        Some(page) => format!("{} · {}", page.title(), name.get()),
    });
    let open_tab = Memo::new(move |_| page.get().map(AppPage::tab));
    let tabs = Tab::ALL
        .iter()
        .filter_map(|this| {
            let first = this.pages().next()?;
            let href = Signal::derive(move || paths::app(&name.get(), first));
            let current = Signal::derive(move || open_tab.get() == Some(*this));
            Some(TabItem::new(href, this.title(), current))
        })
        .collect();
    let pages_of_tab = move || {
        let tab = open_tab.get().filter(|tab| tab.pages().count() > 1)?;
        let items = tab
            .pages()
            .map(|this| {
                let href = Signal::derive(move || paths::app(&name.get(), this));
                let label = if this.title() == tab.title() { "General" } else { this.title() };
                TabItem::new(href, label, Signal::derive(move || page.get() == Some(this)))
            })
            .collect();
        Some(view! { <Tabs label=tab.title() items minor=true /> })
    };
    view! {
        <PageTitle title=name purpose=purpose tab=tab>
            <Actions context />
        </PageTitle>
        <Tabs label="App" items=tabs />
        {pages_of_tab}
        {move || page.get().map(app::view)}
    }
}

fn page_of_address() -> Memo<Option<AppPage>> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| AppPage::at(path)))
}

#[component]
fn Actions(context: AppContext) -> impl IntoView {
    let AppContext { name, status, scaling, .. } = context;
    let draft = ScaleDraft::new(context);
    let api = use_api();
    let toasts = use_toasts();
    let restart = use_mutation();
    let restarting = RwSignal::new(false);
    let stopped = Signal::derive(move || match status.data() {
        Some(status) if status.replicas_desired > 0 => None,
        Some(_) => Some("The app has no running replicas.".to_owned()),
        None => Some("The app's status is not loaded yet.".to_owned()),
    });
    offer(Offer::Action {
        label: "Restart the app…",
        also: "ps:restart",
        icon: IconName::Restart,
        run: Callback::new(move |()| match stopped.get_untracked() {
            Some(reason) => toasts.info(reason),
            None => restarting.set(true),
        }),
    });
    offer(Offer::Action {
        label: "Scale the app…",
        also: "ps:scale replicas size",
        icon: IconName::Scale,
        run: Callback::new(move |()| {
            if status.data().is_some() {
                scaling.set(true);
            }
        }),
    });
    let command = Signal::derive(move || op::RestartApp { app: name.get() });
    let address = Signal::derive(move || paths::web_address(&name.get()));
    view! {
        <Button
            icon=IconName::Restart
            pending=restart.pending
            disabled_reason=stopped
            on_click=Callback::new(move |()| restarting.set(true))
        >
            "Restart"
        </Button>
        <Button
            icon=IconName::Scale
            pending=draft.scale.pending
            disabled=Signal::derive(move || status.with_data(|_| ()).is_none())
            on_click=Callback::new(move |()| scaling.set(true))
        >
            "Scale"
        </Button>
        {(!api.choice().is_sandbox()).then(|| view! {
            <LinkButton href=address icon=IconName::External external=true>"Open app"</LinkButton>
        })}
        <OperationDialog
            open=restarting
            title="Restart the app?"
            confirm_label="Restart"
            operation=command
            call=restart
            then=on_answer(move || move |_| {
                toasts.ok("Restarting: new pods take over as they become healthy.");
                status.refresh();
            })
        >
            <p>"Pods are replaced one by one. Old pods serve until the new ones are healthy."</p>
        </OperationDialog>
        <ScaleDialog draft open=scaling />
    }
}
