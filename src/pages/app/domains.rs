//! Custom domains: what to create in DNS, and how far each of them is.

mod add;
mod dns_record;

use backoffice_contract::network::{Domain, DomainRequest, DomainState, MAX_DOMAINS};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationDialog, QueryCard, UndoRemoval, on_answer, open_while_some};
use crate::pages::app::domains::add::{ADD, AddDomain};
use crate::pages::app::domains::dns_record::{is_apex, record_of};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{
    Badge, Button, ButtonVariant, CommandStrip, CopyButton, EmptyState, IconName, LinkButton,
    ListOrEmpty, ToForm, Tone,
};
use backoffice_web_client::{use_api, use_poll, use_query};

/// The list, and the form that adds one.
#[component]
pub fn DomainsPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let domains = use_query(move || Some(op::ListDomains { app: name.get() }));
    let command = Signal::derive(move || op::ListDomains { app: name.get() });
    let removing = RwSignal::new(None::<Domain>);
    let removed = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        name.track();
        removed.set(None);
    });
    let pending =
        Signal::derive(move || domains.data().is_some_and(|list| list.iter().any(in_transition)));
    use_poll(domains, pending);
    let show = Callback::new(move |list: Signal<Vec<Domain>>| {
        view! { <DomainList list removing /> }.into_any()
    });
    view! {
        <Removed removed />
        <div class="grid">
            <QueryCard
                title="Domains"
                lead="Names of your own that lead to this app, each with a certificate for HTTPS."
                query=domains
                operation=command
                lines=4
                show
            />
            <AddDomain domains />
        </div>
        <RemoveDialog removing removed />
    }
}

/// Whether it will change by itself.
fn in_transition(domain: &Domain) -> bool {
    matches!(domain.state, Some(DomainState::Pending | DomainState::Issuing))
}

#[component]
fn DomainList(list: Signal<Vec<Domain>>, removing: RwSignal<Option<Domain>>) -> impl IntoView {
    let count = Memo::new(move |_| list.with(Vec::len));
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Globe title="No domains yet">
                <p>"Add a name of yours, then create the DNS record that is shown here for it."</p>
                <ToForm form=ADD>"Add the first one"</ToForm>
            </EmptyState>
        }
    };
    view! {
        <ListOrEmpty list empty>
            <ul class="item-list">
                <For
                    each=move || list.get()
                    key=|domain| (domain.fqdn.clone(), domain.cname.clone(), domain.state.clone())
                    children=move |domain| view! { <DomainEntry domain removing /> }
                />
            </ul>
            <p class="card__note">
                {move || format!("{} of {MAX_DOMAINS} domains.", count.get())}
            </p>
        </ListOrEmpty>
    }
}

#[component]
fn DomainEntry(domain: Domain, removing: RwSignal<Option<Domain>>) -> impl IntoView {
    let live = domain.state == Some(DomainState::Active);
    let sandbox = use_api().choice().is_sandbox();
    let Progress { tone, icon, word, next } = progress(domain.state.as_ref());
    let fqdn = domain.fqdn.clone();
    let address = format!("https://{fqdn}/");
    let record = if live {
        view! {
            <details class="item-list__more">
                <summary>"DNS record"</summary>
                <RecordView domain=domain.clone() />
            </details>
        }
        .into_any()
    } else {
        let check = if is_apex(&fqdn) {
            format!("dig +short {fqdn}")
        } else {
            format!("dig +short {fqdn} CNAME")
        };
        view! {
            <RecordView domain=domain.clone() />
            <div class="stack stack--close">
                <p class="small subtle">"To see what DNS says about it now:"</p>
                <CommandStrip command=check framed=true />
            </div>
        }
        .into_any()
    };
    view! {
        <li class="item-list__item">
            <div class="item-list__head">
                <h3 class="item-list__name mono">{fqdn.clone()}</h3>
                <Badge tone icon>{word}</Badge>
                <span class="item-list__actions">
                    {(live && !sandbox).then(|| view! {
                        <LinkButton href=address variant=ButtonVariant::Quiet icon=IconName::External external=true>"Open"</LinkButton>
                    })}
                    <Button
                        small=true
                        variant=ButtonVariant::Quiet
                        label=format!("Remove {fqdn}")
                        on_click=Callback::new(move |()| removing.set(Some(domain.clone())))
                    >
                        "Remove"
                    </Button>
                </span>
            </div>
            <p class="muted">{next}</p>
            {record}
        </li>
    }
}

/// A state in words, with what to do next.
struct Progress {
    tone: Tone,
    icon: IconName,
    word: String,
    next: &'static str,
}

fn progress(state: Option<&DomainState>) -> Progress {
    let (tone, icon, word, next) = match state {
        Some(DomainState::Pending) => (
            Tone::Wait,
            IconName::Clock,
            "Waiting for DNS".to_owned(),
            "Create this record at your DNS provider. It is found by itself, minutes to hours later.",
        ),
        Some(DomainState::Issuing) => (
            Tone::Wait,
            IconName::Clock,
            "Gets its certificate".to_owned(),
            "The record is found. The certificate follows within minutes; there is nothing to do.",
        ),
        Some(DomainState::Active) => (
            Tone::Ok,
            IconName::Check,
            "Active".to_owned(),
            "It serves over HTTPS. Leave the record in place: the certificate is renewed through it.",
        ),
        Some(DomainState::Other(text)) => (
            Tone::Neutral,
            IconName::Info,
            text.to_lowercase().replace('_', " "),
            "It needs this record to lead here.",
        ),
        None => (
            Tone::Neutral,
            IconName::Info,
            "Added".to_owned(),
            "It needs this record to lead here. The API does not say whether it has been found.",
        ),
    };
    Progress { tone, icon, word, next }
}

#[component]
fn RecordView(domain: Domain) -> impl IntoView {
    let record = record_of(&domain);
    let fqdn = domain.fqdn;
    let rows = [("Type", record.kind.to_owned()), ("Name", record.name), ("Value", record.value)];
    let row = |(label, value): (&'static str, String)| {
        let what = format!("the {} for {fqdn}", label.to_lowercase());
        view! {
            <div class="record__part">
                <dt>{label}</dt>
                <dd><span class="record__text mono">{value.clone()}</span> <CopyButton text=value what /></dd>
            </div>
        }
    };
    view! {
        <dl class="record">{rows.into_iter().map(row).collect_view()}</dl>
        {is_apex(&fqdn).then(|| view! {
            <p class="small subtle">
                "The top of a zone (apex) can have no CNAME. Providers call the record that does the same ALIAS, ANAME or flattened CNAME."
            </p>
        })}
    }
}

#[component]
fn RemoveDialog(
    removing: RwSignal<Option<Domain>>,
    removed: RwSignal<Option<String>>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let open = open_while_some(removing);
    let fqdn = move || removing.get().map(|domain| domain.fqdn).unwrap_or_default();
    let operation = Signal::derive(move || op::RemoveDomain {
        app: name.get(),
        body: DomainRequest { fqdn: fqdn() },
    });
    view! {
        <OperationDialog
            open
            title=Signal::derive(move || format!("Remove {}?", fqdn()))
            confirm_label="Remove"
            danger=true
            operation
            then=on_answer(move || {
                let operation = operation.get_untracked();
                let fqdn = operation.body.fqdn.clone();
                move |_| {
                    removed.set(Some(fqdn));
                }
            })
        >
            <p>"Requests to " <b class="mono">{fqdn}</b> " stop reaching this app, and its certificate is given up."</p>
            <p>"Delete its DNS record as well: as long as it points here, whoever adds the name next gets its visitors."</p>
        </OperationDialog>
    }
}

#[component]
fn Removed(removed: RwSignal<Option<String>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let restore = Callback::new(move |fqdn: String| {
        let text = format!("{fqdn} is back.");
        (op::AddDomain { app: name.get_untracked(), body: DomainRequest { fqdn } }, text)
    });
    view! {
        <UndoRemoval
            removed
            said=|fqdn| format!("{fqdn} is removed.")
            consequence=|_| "Undo adds it again with the same record; its certificate is issued anew, which takes minutes.".to_owned()
            restore
        />
    }
}
