//! Log drains: where log lines are sent on to.

mod add;

use backoffice_contract::drain_url::{self, DrainKind};
use backoffice_contract::network::{Drain, MAX_DRAINS, RemoveDrainRequest};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationDialog, QueryCard, on_answer, open_while_some};
use crate::pages::app::drains::add::{ADD, AddDrain};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{
    Badge, Button, ButtonVariant, EmptyState, IconName, KeyValueRow, ListOrEmpty, SecretValue,
    ToForm, Tone, use_toasts,
};
use backoffice_web_client::use_query;

/// The list, and the form that adds one.
#[component]
pub fn DrainsPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let drains = use_query(move || Some(op::ListDrains { app: name.get() }));
    let command = Signal::derive(move || op::ListDrains { app: name.get() });
    let removing = RwSignal::new(None::<Drain>);
    let show = Callback::new(move |list: Signal<Vec<Drain>>| {
        view! { <DrainList list removing /> }.into_any()
    });
    view! {
        <div class="grid">
            <QueryCard
                title="Log drains"
                lead="Services that get every log line of this app, to keep and search them for longer."
                query=drains
                operation=command
                lines=4
                show
            />
            <AddDrain drains />
        </div>
        <RemoveDialog removing />
    }
}

#[component]
fn DrainList(list: Signal<Vec<Drain>>, removing: RwSignal<Option<Drain>>) -> impl IntoView {
    let count = Memo::new(move |_| list.with(Vec::len));
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Logs title="No drains yet">
                <p>"Add the address that your log service gives you. The log page works without."</p>
                <ToForm form=ADD>"Add the first one"</ToForm>
            </EmptyState>
        }
    };
    view! {
        <ListOrEmpty list empty>
            <ul class="item-list">
                <For
                    each=move || list.get()
                    key=|drain| (drain.id.clone(), drain.url.clone(), drain.token.clone())
                    children=move |drain| view! { <DrainEntry drain removing /> }
                />
            </ul>
            <p class="card__note">
                {move || format!("{} of {MAX_DRAINS} drains.", count.get())}
            </p>
        </ListOrEmpty>
    }
}

/// What a drain is called where its address must not be shown.
fn host(drain: &Drain) -> String {
    match drain_url::parse(drain.url.expose()) {
        Ok(url) => url.host.to_owned(),
        Err(_) => format!("drain {}", drain.id),
    }
}

#[component]
fn DrainEntry(drain: Drain, removing: RwSignal<Option<Drain>>) -> impl IntoView {
    let host = host(&drain);
    let kind = drain_url::parse(drain.url.expose()).map(|url| url.kind).ok();
    let url = drain.url.expose().to_owned();
    let token = drain.token.expose().to_owned();
    let badge = kind.map(|kind| {
        let (tone, icon) = match kind {
            DrainKind::Syslog => (Tone::Wait, IconName::Alert),
            DrainKind::Https | DrainKind::SyslogTls => (Tone::Neutral, IconName::Lock),
        };
        view! { <Badge tone icon>{kind.to_string()}</Badge> }
    });
    let id = drain.id.clone();
    let (url_label, token_label) = (format!("URL of {host}"), format!("Token of {host}"));
    view! {
        <li class="item-list__item">
            <div class="item-list__head">
                <h3 class="item-list__name mono">{host.clone()}</h3>
                {badge}
                <span class="item-list__actions">
                    <Button
                        small=true
                        variant=ButtonVariant::Quiet
                        label=format!("Remove {host}")
                        on_click=Callback::new(move |()| removing.set(Some(drain.clone())))
                    >
                        "Remove"
                    </Button>
                </span>
            </div>
            {(kind == Some(DrainKind::Syslog)).then(|| view! {
                <p class="muted">"Lines travel in the clear. syslog+tls:// does the same encrypted, if the service takes it."</p>
            })}
            <dl class="kv">
                <KeyValueRow label="URL"><SecretValue value=url label=url_label /></KeyValueRow>
                {(!token.is_empty()).then(|| view! {
                    <KeyValueRow label="Token"><SecretValue value=token label=token_label /></KeyValueRow>
                })}
                <KeyValueRow label="Id"><span class="mono">{id}</span></KeyValueRow>
            </dl>
        </li>
    }
}

#[component]
fn RemoveDialog(removing: RwSignal<Option<Drain>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let open = open_while_some(removing);
    let host = move || removing.get().as_ref().map(host).unwrap_or_default();
    let operation = Signal::derive(move || op::RemoveDrain {
        app: name.get(),
        body: RemoveDrainRequest {
            drain_id: removing.get().map(|drain| drain.id).unwrap_or_default(),
        },
    });
    let url = Signal::derive(move || {
        removing.get().map(|drain| drain.url.expose().to_owned()).unwrap_or_default()
    });
    view! {
        <OperationDialog
            open
            title=Signal::derive(move || format!("Remove the drain to {}?", host()))
            confirm_label="Remove"
            danger=true
            operation
            then=on_answer(move || {
                let host = untrack(host);
                move |_| {
                    toasts.ok(format!("The drain to {host} is removed."));
                }
            })
        >
            <p>"It gets no more log lines. Those it has stay where they are."</p>
            <p>
                "This cannot be undone here: the console forgets the address with its credentials. "
                "Copy it now if you may want to add it again."
            </p>
            <SecretValue value=url label="URL" />
        </OperationDialog>
    }
}
