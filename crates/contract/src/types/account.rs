//! The account: profile, password, e-mail address, second factor, SSH keys.

use crate::Secret;
use crate::answer::lenient;
use crate::types::session::Tier;
use crate::types::wire::wire;

wire! {
    /// Who is signed in.
    pub struct Account {
        /// The address.
        #[serde(deserialize_with = "lenient::string")]
        pub email: String,
        /// What the account is entitled to.
        pub tier: Tier,
        /// Credit in cents of a US dollar.
        #[serde(deserialize_with = "lenient::integer")]
        pub credit_cents: i64,
        /// The API key, where the server shows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub api_key: Option<Secret>,
        /// Whether a second factor is on, where the server says so.
        #[serde(deserialize_with = "lenient::opt_boolean", skip_serializing_if = "Option::is_none")]
        pub mfa_enabled: Option<bool>,
        /// The address that waits to be confirmed, where there is one and the server
        /// says so.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub next_email: Option<String>,
    }

    /// A body that only names an address.
    pub struct EmailRequest {
        /// The address.
        #[serde(deserialize_with = "lenient::string")]
        pub email: String,
    }

    /// Body of `PATCH /api/users/change_password`.
    pub struct ChangePasswordRequest {
        /// The password until now.
        pub current_password: Secret,
        /// The password from now on.
        pub new_password: Secret,
    }

    /// Body of `POST /api/users/reset_password`.
    pub struct ResetPasswordRequest {
        /// The token from the mail.
        pub token: Secret,
        /// The password from now on.
        pub password: Secret,
    }

    /// Body of `POST /api/users/email`.
    pub struct ChangeEmailRequest {
        /// The address from now on, once it is confirmed.
        #[serde(deserialize_with = "lenient::string")]
        pub next_email: String,
        /// The password.
        pub current_password: Secret,
    }

    /// Body of `DELETE /api/users/destroy`.
    pub struct DestroyAccountRequest {
        /// The address, as a confirmation.
        #[serde(deserialize_with = "lenient::string")]
        pub email: String,
        /// The password.
        pub current_password: Secret,
    }

    /// A body that only proves the password. The platform's command-line client
    /// sends it in the query, where it ends up in logs; servers of this family
    /// merge query and body, so it goes into the body here.
    pub struct CurrentPasswordRequest {
        /// The password.
        pub current_password: Secret,
    }

    /// What an authenticator needs to know.
    pub struct MfaStart {
        /// A sentence for the user.
        #[serde(deserialize_with = "lenient::string")]
        pub message: String,
        /// The `otpauth:` address to show as a QR code.
        pub url: Secret,
    }

    /// A token of the second factor.
    pub struct MfaToken {
        /// The token.
        pub mfa_token: Secret,
    }

    /// Recovery codes, shown once.
    pub struct MfaVerified {
        /// A sentence for the user.
        #[serde(deserialize_with = "lenient::string")]
        pub message: String,
        /// The codes.
        #[serde(deserialize_with = "lenient::list")]
        pub recovery_codes: Vec<Secret>,
    }

    /// A public SSH key on the account.
    pub struct SshKey {
        /// Its number.
        #[serde(deserialize_with = "lenient::string")]
        pub id: String,
        /// The line as in an `authorized_keys` file.
        #[serde(deserialize_with = "lenient::string")]
        pub key: String,
    }

    /// Body of `POST /api/ssh_keys`.
    pub struct AddSshKeyRequest {
        /// The key itself, not the name of a file.
        #[serde(deserialize_with = "lenient::string")]
        pub ssh_key: String,
    }

    /// Body of `DELETE /api/ssh_keys`.
    pub struct RemoveSshKeyRequest {
        /// The number of the key, as text.
        #[serde(deserialize_with = "lenient::string")]
        pub id: String,
    }
}
