//! The card on file, and replacing it.

use backoffice_contract::billing::{CardRequest, PaymentMethod};
use backoffice_contract::payment_token::payment_token;
use backoffice_contract::{Secret, op};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::{
    CallActions, ErrorNote, OperationCommand, QueryView, Stamp, tie_to_dialog,
};
use crate::pages::billing::expiry::{Validity, expiry, last_four, validity};
use crate::pages::billing::token_field::TokenField;
use backoffice_ui::words::time;
use backoffice_ui::{
    Badge, Button, ButtonVariant, Card, Dialog, EmptyState, IconName, KeyValueRow, Note, Tone,
    use_toasts,
};
use backoffice_web_client::{Mutation, Query, use_api, use_mutation};

/// The card, or that there is none, which the API says with a 404.
#[component]
pub fn PaymentCard(
    /// The read of it.
    card: Query<PaymentMethod>,
) -> impl IntoView {
    let replacing = RwSignal::new(false);
    let command = Signal::derive(|| op::GetPaymentMethod {});
    let none = Memo::new(move |_| {
        card.data().is_none() && card.error().is_some_and(|error| error.is_not_found())
    });
    let open = Callback::new(move |()| replacing.set(true));
    let show =
        Callback::new(move |card: Signal<PaymentMethod>| view! { <OnFile card open /> }.into_any());
    view! {
        <Card
            title="Card"
            actions=move || view! { <Stamp query=card /> }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            {move || if none.get() {
                view! {
                    <EmptyState icon=IconName::Card title="No card on file">
                        <p>"Without one, what is used cannot be paid."</p>
                        <Button variant=ButtonVariant::Primary icon=IconName::Plus on_click=open>"Add a card"</Button>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! { <QueryView query=card lines=2 show /> }.into_any()
            }}
        </Card>
        <ReplaceDialog open=replacing />
    }
}

#[component]
fn OnFile(card: Signal<PaymentMethod>, open: Callback<()>) -> impl IntoView {
    let now = use_api().now;
    let month = Memo::new(move |_| time::utc_year_month(now.get()));
    let state =
        Memo::new(move |_| card.with(|card| validity(card.exp_month, card.exp_year, month.get())));
    let number = move || {
        card.with(|card| {
            let brand = if card.brand.is_empty() { "Card" } else { &card.brand };
            format!("{brand} {}", last_four(card.last4))
        })
    };
    let until = move || match state.get() {
        Validity::Unknown => "not known".to_owned(),
        _ => card.with(|card| expiry(card.exp_month, card.exp_year)),
    };
    let badge = move || {
        let (tone, word) = match state.get() {
            Validity::Valid => (Tone::Ok, "Valid"),
            Validity::EndsSoon => (Tone::Wait, "Expires soon"),
            Validity::Expired => (Tone::Bad, "Expired"),
            Validity::Unknown => return None,
        };
        Some(view! { <Badge tone>{word}</Badge> })
    };
    let warning = move || match state.get() {
        Validity::EndsSoon => Some((
            Tone::Wait,
            "This card runs out soon",
            "Replace it before the month on it is over, or the next invoice cannot be paid.",
        )),
        Validity::Expired => Some((
            Tone::Bad,
            "This card has expired",
            "Replace it, so that the next invoice can be paid.",
        )),
        Validity::Valid | Validity::Unknown => None,
    };
    view! {
        <div class="card__body stack stack--close">
            {move || warning().map(|(tone, title, text)| view! { <Note tone title><p>{text}</p></Note> })}
            <dl class="kv">
                <KeyValueRow label="Card">{number}</KeyValueRow>
                <KeyValueRow label="Expires"><span class="row">{until} {badge}</span></KeyValueRow>
            </dl>
            <div class="row">
                <Button icon=IconName::Card on_click=open>"Replace card"</Button>
            </div>
        </div>
    }
}

#[component]
fn ReplaceDialog(open: RwSignal<bool>) -> impl IntoView {
    let set = use_mutation();
    tie_to_dialog(open, set);
    view! {
        <Dialog title="Card to pay with" open=open wide=true>
            <ReplaceForm open set />
        </Dialog>
    }
}

#[component]
fn ReplaceForm(open: RwSignal<bool>, set: Mutation) -> impl IntoView {
    let toasts = use_toasts();
    let token = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let operation = Signal::derive(move || op::SetPaymentMethod {
        body: CardRequest { stripe_token: Secret::new(token.get().trim()) },
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        if token.with_untracked(|token| payment_token(token).is_ok()) {
            set.run(operation.get_untracked(), move |_| {
                open.set(false);
                toasts.ok("The card is on file.");
            });
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorNote error=set.general_error(&["stripe_token"]) />
            <TokenField token group="card-token" checked from_api=set.field_error("stripe_token") />
            <OperationCommand operation=operation />
            <CallActions call=set label="Use this card" on_leave=Callback::new(move |()| open.set(false)) />
        </form>
    }
}
