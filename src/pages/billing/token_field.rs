//! The field for the payment provider's token. It accepts no card numbers.

use backoffice_contract::payment_token::payment_token;
use leptos::prelude::*;

use backoffice_ui::{Choice, RadioCards, TextField};
use backoffice_web_client::use_api;

/// The value of the choice that opens the text field.
const OTHER: &str = "other";

/// The sandbox's test cards: token, name and outcome.
const TEST_CARDS: [(&str, &str, &str); 7] = [
    ("tok_visa", "Visa 4242", "Accepted"),
    ("tok_visa_debit", "Visa debit 5556", "Accepted"),
    ("tok_mastercard", "Mastercard 4444", "Accepted"),
    ("tok_amex", "American Express 0005", "Accepted"),
    ("tok_chargeDeclined", "Declined", "Refused by the bank"),
    ("tok_chargeDeclinedInsufficientFunds", "No funds", "Refused: insufficient funds"),
    ("tok_chargeDeclinedExpiredCard", "Expired", "Refused: the card has expired"),
];

/// The field, with an explanation of tokens. In the sandbox, the user can choose a test
/// card instead.
#[component]
pub fn TokenField(
    /// The token.
    token: RwSignal<String>,
    /// The name of the group of radio buttons.
    group: &'static str,
    /// Whether the form has been submitted before.
    checked: RwSignal<bool>,
    /// The API's error for the field.
    #[prop(into)]
    from_api: Signal<Option<String>>,
) -> impl IntoView {
    let sandbox = use_api().choice().is_sandbox();
    let error = Signal::derive(move || {
        let fault = token.with(|token| payment_token(token).err());
        let typed = token.with(|token| !token.trim().is_empty());
        // A typed card number is refused immediately, an empty field only after submitting.
        let fault = fault.filter(|_| checked.get() || typed);
        fault
            .map(|fault| format!("The token {fault}"))
            .or_else(|| from_api.get().map(|fault| format!("The token {fault}")))
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
    choices.push(Choice::new(OTHER, "Another token", "Enter it below"));
    let error_here = Signal::derive(move || error.get().filter(|_| !is_other.get()));
    view! {
        <RadioCards
            legend="Test card"
            name=group
            value=choice
            choices=choices
            error=error_here
            hint="The sandbox accepts Stripe's test tokens. Nothing is charged."
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
            hint="Never enter a card number here."
        />
    }
}

#[component]
fn Explanation() -> impl IntoView {
    view! {
        <p class="muted">
            "A token represents your card. Stripe, the payment provider, creates it, so that no one else gets the card number. "
            "Run the command below: the command-line client asks for your card, creates the token and sends it. "
            "This console connects only to the API, so it cannot create tokens. Enter a token if you already have one."
        </p>
    }
}
