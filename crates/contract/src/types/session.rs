//! Signing in, staying signed in, signing up.
//!
//! Paths and bodies of the session endpoints follow the token scheme of Pow's API
//! guide under the prefix `/api`: an access token of 30 minutes, a renewal token
//! of 30 days that is used once and replaced with each renewal.

use crate::Secret;
use crate::answer::lenient;
use crate::types::wire::{open_enum, wire};

wire! {
    /// Body of `POST /api/session`.
    pub struct SessionRequest {
        /// Who signs in.
        pub user: Credentials,
    }

    /// An e-mail address with what proves it.
    pub struct Credentials {
        /// The address.
        #[serde(deserialize_with = "lenient::string")]
        pub email: String,
        /// The password.
        pub password: Secret,
        /// A token of the second factor, for accounts that have one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub mfa_token: Option<Secret>,
    }

    /// Both tokens of a session, opaque to a client.
    pub struct SessionTokens {
        /// Goes into `Authorization`, raw, on every call.
        pub access_token: Secret,
        /// Goes into `Authorization` of the renewal, once.
        pub renewal_token: Secret,
    }

    /// Query of `GET /api/login`.
    pub struct LoginQuery {
        /// A token of the second factor.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub mfa_token: Option<Secret>,
    }

    /// The key that the command-line client and git use for Basic authentication.
    pub struct ApiKey {
        /// The key.
        pub key: Secret,
        /// When it ends, where the server says so.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub expires_at: Option<String>,
    }

    /// Where to go to sign in with another provider.
    pub struct OauthStart {
        /// The page to open.
        #[serde(deserialize_with = "lenient::string")]
        pub url: String,
        /// What to poll with.
        pub session: Secret,
    }

    /// What the other provider answered.
    pub struct OauthResult {
        /// The address.
        #[serde(deserialize_with = "lenient::string")]
        pub email: String,
        /// The API key, when signing in.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub key: Option<Secret>,
        /// With the renewal token a session, where the server gives one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub access_token: Option<Secret>,
        /// See the access token.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub renewal_token: Option<Secret>,
    }

    /// Body of `POST /api/signup`: one field a step, with the `uuid` of the first
    /// answer in every later one. The steps are email, confirmation code,
    /// password, optional promo code, card (standard tier only), tier.
    pub struct SignupRequest {
        /// First step: the address.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// First step, instead: a provider such as `google`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub oauth: Option<String>,
        /// Names the sign-up in every step but the first. Who knows it can finish the
        /// sign-up once the code is confirmed, so it is as good as a password.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub uuid: Option<Secret>,
        /// Why the address is used from behind a VPN.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub explanation: Option<String>,
        /// The code from the mail.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub confirmation_code: Option<Secret>,
        /// The password.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub password: Option<Secret>,
        /// A promotion code.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub promo_code: Option<String>,
        /// A card, as a token of the payment provider.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub stripe_token: Option<Secret>,
        /// Last step: the tier.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tier: Option<Tier>,
    }

    /// What a step of signing up answers.
    pub struct SignupProgress {
        /// Names the sign-up; first step only.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub uuid: Option<Secret>,
        /// Where to go, when signing up with another provider.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub url: Option<String>,
        /// What to poll with, when signing up with another provider.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub session: Option<Secret>,
        /// The promotion that was applied.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub promo: Option<String>,
        /// The address; last step only.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// The API key; last step only, absent while a review is pending.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub key: Option<Secret>,
    }
}

open_enum! {
    /// What an account is entitled to.
    pub enum Tier {
        /// One app, one replica of size 0.2, one free database, no collaborators.
        Free = "FREE",
        /// Billed by use.
        Standard = "STANDARD",
    }
}
