//! The canary: another app that gets a share of this app's traffic.

mod draft;
mod form;

use backoffice_contract::network::{Canary, CanaryRequest};
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{OperationDialog, QueryCard, UndoRemoval, on_answer, open_while_some};
use crate::nav::AppPage;
use crate::pages::app::canaries::form::CanaryForm;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::{Button, ButtonVariant, Card, EmptyState, IconName};
use backoffice_web_client::use_query;

/// How the traffic is split, and the form that changes it.
#[component]
pub fn CanariesPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let canaries = use_query(move || Some(op::ListCanaries { app: name.get() }));
    let command = Signal::derive(move || op::ListCanaries { app: name.get() });
    let removing = RwSignal::new(None::<Canary>);
    let removed = RwSignal::new(None::<Canary>);
    Effect::new(move |_| {
        name.track();
        removed.set(None);
    });
    let show = Callback::new(move |list: Signal<Vec<Canary>>| {
        view! { <Split list removing /> }.into_any()
    });
    view! {
        <Removed removed />
        <div class="grid">
            <div class="stack">
                <QueryCard
                    title="Traffic"
                    lead="A canary is another app of yours that answers a share of this app's requests, those to its custom domains included."
                    query=canaries
                    operation=command
                    show
                />
                <BlueGreen />
            </div>
            <CanaryForm canaries />
        </div>
        <RemoveDialog removing removed />
    }
}

/// What is left to the app itself, in percent.
fn own_share(list: &[Canary]) -> u32 {
    100_u32.saturating_sub(list.iter().map(|canary| canary.weight).sum())
}

#[component]
fn Split(list: Signal<Vec<Canary>>, removing: RwSignal<Option<Canary>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    move || {
        let list = list.get();
        if list.is_empty() {
            return view! {
                <EmptyState icon=IconName::Rollback title="No canary">
                    <p>"All requests go to this app. Choose another app and a share to try a new version on a few of them."</p>
                </EmptyState>
            }
            .into_any();
        }
        let own = own_share(&list);
        let canary = |canary: Canary| {
            let name = canary.canary.clone();
            let label = format!("Remove the canary {name}");
            let href = paths::app(&name, AppPage::Overview);
            view! {
                <li>
                    <span class="list__text split__key split__key--other">
                        <A href=href attr:class="link mono">{name}</A>
                        <b>{format!("{} %", canary.weight)}</b>
                    </span>
                    <Button
                        small=true
                        variant=ButtonVariant::Quiet
                        label=label
                        on_click=Callback::new(move |()| removing.set(Some(canary.clone())))
                    >
                        "Remove"
                    </Button>
                </li>
            }
        };
        view! {
            <div class="split">
                <svg class="split__bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="split__other" x=own.to_string() y="0" width=(100 - own).to_string() height="1"></rect>
                </svg>
            </div>
            <ul class="list">
                <li>
                    <span class="list__text split__key">
                        <span class="mono">{name.get()}</span>
                        <b>{format!("{own} %")}</b>
                        <span class="subtle">"this app"</span>
                    </span>
                </li>
                {list.into_iter().map(canary).collect_view()}
            </ul>
        }
        .into_any()
    }
}

#[component]
fn BlueGreen() -> impl IntoView {
    view! {
        <Card title="Blue-green deploys">
            <div class="card__body">
                <ol class="steps">
                    <li>"Deploy the new version to a second app, with the config of this one."</li>
                    <li>"Make it the canary with 0 %, then raise the share while you watch its logs. At 100 % it answers everything."</li>
                    <li>"If something is wrong, set 0 %: this app still runs and takes all requests at once."</li>
                    <li>"Once all is well, deploy the version here and set 0 %, or keep the two and change places next time."</li>
                </ol>
            </div>
        </Card>
    }
}

#[component]
fn RemoveDialog(
    removing: RwSignal<Option<Canary>>,
    removed: RwSignal<Option<Canary>>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let open = open_while_some(removing);
    let canary = move || removing.get().unwrap_or_default();
    let operation =
        Signal::derive(move || op::UnsetCanary { app: name.get(), canary: canary().canary });
    view! {
        <OperationDialog
            open
            title=Signal::derive(move || format!("Remove the canary {}?", canary().canary))
            confirm_label="Remove"
            danger=true
            operation
            then=on_answer(move || {
                let canary = removing.get_untracked();
                move |_| {
                    removed.set(canary);
                }
            })
        >
            <p>
                {move || format!("{} answers all requests again, ", name.get())}
                {move || format!("the {} % of {} included. That app itself is not changed.", canary().weight, canary().canary)}
            </p>
        </OperationDialog>
    }
}

#[component]
fn Removed(removed: RwSignal<Option<Canary>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let restore = Callback::new(move |Canary { canary, weight }| {
        let text = format!("{canary} gets {weight} % again.");
        let body = CanaryRequest { canary: Some(canary), weight: Some(weight) };
        (op::SetCanary { app: name.get_untracked(), body }, text)
    });
    view! {
        <UndoRemoval
            removed
            said=|canary| format!("{} is no canary any more.", canary.canary)
            consequence=|canary| format!("Undo gives it {} % again.", canary.weight)
            restore
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_canaries_leave_is_the_apps_own() {
        let canary = |weight| Canary { canary: "green".into(), weight };
        assert_eq!(own_share(&[]), 100);
        assert_eq!(own_share(&[canary(25), canary(5)]), 70);
        assert_eq!(own_share(&[canary(100), canary(5)]), 0);
    }
}
