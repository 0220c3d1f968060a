//! Cards, invoices and usage.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::Secret;
use crate::answer::lenient;
use crate::types::wire::{open_enum, wire};

wire! {
    /// The card on file.
    pub struct PaymentMethod {
        /// For example `Visa`.
        #[serde(deserialize_with = "lenient::string")]
        pub brand: String,
        /// The last four digits as a number, so without leading zeros.
        #[serde(deserialize_with = "lenient::integer")]
        pub last4: u32,
        /// Month of expiry, 1 to 12.
        #[serde(deserialize_with = "lenient::integer")]
        pub exp_month: u32,
        /// Year of expiry, four digits.
        #[serde(deserialize_with = "lenient::integer")]
        pub exp_year: u32,
    }

    /// Body of `PUT /api/payment_methods`.
    pub struct CardRequest {
        /// A token of the payment provider.
        pub stripe_token: Secret,
    }

    /// Body of `POST /api/upgrade`.
    pub struct UpgradeRequest {
        /// A token of the payment provider.
        pub stripe_token: Secret,
        /// A promotion code.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub promo_code: Option<String>,
    }

    /// One line of what has been charged.
    pub struct Invoice {
        /// The app it is for.
        #[serde(deserialize_with = "lenient::string")]
        pub app_name: String,
        /// Start of the period, RFC 3339.
        #[serde(deserialize_with = "lenient::string")]
        pub period_start: String,
        /// End of the period, RFC 3339.
        #[serde(deserialize_with = "lenient::string")]
        pub period_end: String,
        /// Replicas times size times seconds.
        #[serde(deserialize_with = "lenient::float")]
        pub replica_size_seconds: f64,
        /// Amount in cents of a US dollar.
        #[serde(deserialize_with = "lenient::integer")]
        pub amount_cents: i64,
        /// Whether it has been paid.
        #[serde(deserialize_with = "lenient::boolean")]
        pub paid: bool,
    }

    /// What an app has cost in this period so far.
    pub struct UsageLine {
        /// The app.
        #[serde(deserialize_with = "lenient::string")]
        pub app: String,
        /// Amount in cents of a US dollar.
        #[serde(deserialize_with = "lenient::integer")]
        pub amount_cents: i64,
    }
}

wire! {
    /// What one thing costs in a month if nothing changes.
    pub struct RunRateLine {
        /// The app that it is or belongs to.
        #[serde(deserialize_with = "lenient::string", alias = "app_name")]
        pub app: String,
        /// What it is.
        pub kind: RunRateKind,
        /// Its own name, where it is not the app itself.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// How many replicas are paid for, where it has any.
        #[serde(deserialize_with = "lenient::opt_integer", skip_serializing_if = "Option::is_none")]
        pub replicas: Option<u32>,
        /// The size of each.
        #[serde(deserialize_with = "lenient::opt_float", skip_serializing_if = "Option::is_none")]
        pub size: Option<f64>,
        /// Amount in cents of a US dollar a month.
        #[serde(deserialize_with = "lenient::integer", alias = "cents", alias = "cents_per_month")]
        pub amount_cents: i64,
    }
}

open_enum! {
    /// What a line of the run rate is about.
    pub enum RunRateKind {
        /// The replicas of an app.
        App = "app",
        /// A standard database.
        Database = "database",
    }
}

/// What a month costs if nothing changes. No public source states the shape, so this
/// reads what a server of this family may well send: a list of lines as of the usage,
/// an object with `lines` and a total, or the total alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct RunRate {
    /// What it is made of.
    pub lines: Vec<RunRateLine>,
    /// The sum in cents of a US dollar a month.
    pub total_cents: i64,
}

impl<'de> Deserialize<'de> for RunRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let lines = value.get("lines").or_else(|| value.get("apps")).unwrap_or(&value);
        let lines: Vec<RunRateLine> = lenient::list(lines).unwrap_or_default();
        let told = ["total_cents", "amount_cents", "run_rate_cents"]
            .iter()
            .find_map(|name| value.get(*name))
            .unwrap_or(&value);
        let told: Option<i64> = lenient::opt_integer(told).unwrap_or_default();
        let sum = || lines.iter().fold(0, |sum: i64, line| sum.saturating_add(line.amount_cents));
        Ok(Self { total_cents: told.unwrap_or_else(sum), lines })
    }
}
