//! Cards, invoices and usage.

use crate::Secret;
use crate::lenient;
use crate::wire::wire;

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
