//! Test cards and promotions: nothing is ever charged.

use backoffice_contract::Secret;

/// Tokens of cards that can be charged, named as Stripe's documentation of tests
/// names them.
const GOOD: [&str; 4] = ["tok_visa", "tok_visa_debit", "tok_mastercard", "tok_amex"];

/// Tokens of cards that cannot, with what the bank says.
const BAD: [(&str, &str); 3] = [
    ("tok_chargeDeclined", "Your card was declined."),
    ("tok_chargeDeclinedInsufficientFunds", "Your card has insufficient funds."),
    ("tok_chargeDeclinedExpiredCard", "Your card has expired."),
];

/// The one promotion, and its worth in cents.
const PROMOTION: (&str, i64) = ("WELCOME", 1_000);

/// What became of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Card {
    Accepted,
    Declined(&'static str),
    Unknown,
}

/// Tries a card.
pub(super) fn try_card(token: &Secret) -> Card {
    let token = token.expose();
    match BAD.iter().find(|(known, _)| *known == token) {
        Some((_, reason)) => Card::Declined(reason),
        None if GOOD.contains(&token) => Card::Accepted,
        None => Card::Unknown,
    }
}

/// What to say about a token that stands for no card.
pub(super) const UNKNOWN_CARD: &str =
    "is no test card: use tok_visa, or tok_chargeDeclined for a card that is declined.";

/// The credit that a promotion code gives, in cents.
pub(super) fn promotion(code: &str) -> Option<i64> {
    code.trim().eq_ignore_ascii_case(PROMOTION.0).then_some(PROMOTION.1)
}
