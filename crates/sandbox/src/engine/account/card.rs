//! Test cards and promotions: nothing is ever charged.

use backoffice_contract::{ApiError, Secret, billing};
use serde::{Deserialize, Serialize};

use crate::engine::protocol::reply::{invalid, refused};
use crate::engine::{Millis, time};

/// Tokens of cards that can be charged, with their names in Stripe's documentation of
/// tests, and their brands and last four digits.
const GOOD: [(&str, &str, u32); 4] = [
    ("tok_visa", "Visa", 4242),
    ("tok_visa_debit", "Visa", 5556),
    ("tok_mastercard", "MasterCard", 4444),
    ("tok_amex", "American Express", 5),
];

/// Tokens of cards that cannot be charged, with the bank's message.
const BAD: [(&str, &str); 3] = [
    ("tok_chargeDeclined", "Your card was declined."),
    ("tok_chargeDeclinedInsufficientFunds", "Your card has insufficient funds."),
    ("tok_chargeDeclinedExpiredCard", "Your card has expired."),
];

/// The only promotion, and its value in cents.
const PROMOTION: (&str, i64) = ("WELCOME", 1_000);

/// How many years a new card is valid after this year.
const VALID_YEARS: u64 = 2;

/// The message for an unknown token.
const UNKNOWN_CARD: &str =
    "is no test card: use tok_visa, or tok_chargeDeclined for a card that is declined.";

/// The card on file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    brand: String,
    last4: u32,
    exp_month: u64,
    exp_year: u64,
}

impl Card {
    /// The card as the API shows it.
    pub(crate) fn wire(&self) -> billing::PaymentMethod {
        billing::PaymentMethod {
            brand: self.brand.clone(),
            last4: self.last4,
            exp_month: u32::try_from(self.exp_month).unwrap_or_default(),
            exp_year: u32::try_from(self.exp_year).unwrap_or_default(),
        }
    }

    /// The same card, valid through the month of `until`.
    pub(crate) fn expiring(self, until: Millis) -> Self {
        let (exp_year, exp_month) = time::year_month(until);
        Self { exp_year, exp_month, ..self }
    }
}

/// Why a card is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The bank's message.
    Declined(&'static str),
    /// The token is unknown.
    Unknown,
}

impl From<Trouble> for ApiError {
    /// The bank's message is about the request as a whole.
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Declined(reason) => refused(reason),
            Trouble::Unknown => invalid("stripe_token", UNKNOWN_CARD),
        }
    }
}

/// Tries a card.
pub(crate) fn try_card(token: &Secret, now: Millis) -> Result<Card, Trouble> {
    let token = token.expose().trim();
    if let Some((_, reason)) = BAD.iter().find(|(known, _)| *known == token) {
        return Err(Trouble::Declined(reason));
    }
    let (_, brand, last4) =
        GOOD.iter().find(|(known, ..)| *known == token).ok_or(Trouble::Unknown)?;
    let (year, _) = time::year_month(now);
    let exp_year = year + VALID_YEARS;
    Ok(Card { brand: (*brand).to_owned(), last4: *last4, exp_month: 12, exp_year })
}

/// The credit that a promotion code gives, in cents.
pub(crate) fn promotion(code: &str) -> Option<i64> {
    code.trim().eq_ignore_ascii_case(PROMOTION.0).then_some(PROMOTION.1)
}
