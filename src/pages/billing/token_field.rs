//! Asks for a token of the payment provider, and for nothing that is a card.

use backoffice_contract::payment_token::payment_token;
use leptos::prelude::*;

use backoffice_ui::{Choice, RadioCards, TextField};
use backoffice_web_client::use_api;

/// The choice that opens the text field.
const OTHER: &str = "other";

/// The sandbox's test cards: token, name, and what becomes of them.
const TEST_CARDS: [(&str, &str, &str); 7] = [
    ("tok_visa", "Visa 4242", "Accepted"),
    ("tok_visa_debit", "Visa debit 5556", "Accepted"),
    ("tok_mastercard", "Mastercard 4444", "Accepted"),
    ("tok_amex", "American Express 0005", "Accepted"),
    ("tok_chargeDeclined", "Declined", "Refused by the bank"),
    ("tok_chargeDeclinedInsufficientFunds", "No funds", "Refused: insufficient funds"),
    ("tok_chargeDeclinedExpiredCard", "Expired", "Refused: the card has expired"),
];

/// The field, with an explanation of what a token is. In the sandbox its test cards
/// can be chosen.
#[component]
pub fn TokenField(
    /// The token.
    token: RwSignal<String>,
    /// The name that the choices of this form share.
    group: &'static str,
    /// Whether the form has been sent before.
    checked: RwSignal<bool>,
    /// What the API says about it.
    #[prop(into)]
    from_api: Signal<Option<String>>,
) -> impl IntoView {
    let sandbox = use_api().choice().is_sandbox();
    let error = Signal::derive(move || {
        let fault = token.with(|token| payment_token(token).err());
        let typed = token.with(|token| !token.trim().is_empty());
        // A card number is refused while it is typed; a field that is empty only later.
        let fault = fault.filter(|_| checked.get() || typed);
        fault.map(|fault| format!("The token {fault}")).or_else(|| from_api.get())
    });
    if !sandbox {
        return view! {
            <Explanation />
            <TokenText value=token error />
        }
        .into_any();
    }
    let choice = RwSignal::new(TEST_CARDS.first().map_or(OTHER, |(token, ..)| token).to_owned());
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        let chosen = choice.get();
        token.set(if chosen == OTHER { typed.get() } else { chosen });
    });
    let is_other = Memo::new(move |_| choice.with(|choice| choice == OTHER));
    let mut choices: Vec<Choice> =
        TEST_CARDS.iter().map(|(token, name, fate)| Choice::new(*token, *name, *fate)).collect();
    choices.push(Choice::new(OTHER, "Another token", "Typed below"));
    let error_here = Signal::derive(move || error.get().filter(|_| !is_other.get()));
    view! {
        <RadioCards
            legend="Test card"
            name=group
            value=choice
            choices=choices
            error=error_here
            hint="This is the sandbox: each card is a token that Stripe gives to tests. Nothing is charged."
        />
        {move || is_other.get().then(|| view! { <TokenText value=typed error /> })}
    }
    .into_any()
}

#[component]
fn TokenText(value: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <TextField
            label="Payment token"
            value=value
            mono=true
            autocomplete="off"
            placeholder="tok_…"
            required=true
            error=error
            hint="Never the number of a card."
        />
    }
}

#[component]
fn Explanation() -> impl IntoView {
    view! {
        <p class="muted">
            "A token stands for a card. Stripe, the payment provider, makes it, so that the number of the card reaches nobody else. "
            "The command-line client asks for the card, has the token made and sends it in one go: run the command below. "
            "This console cannot make one, since it talks to no server but the API; it takes one that you have."
        </p>
    }
}
