//! The account of the signed-in user.

use backoffice_contract::account::Account;
use backoffice_contract::op;
use leptos::prelude::*;

use super::context::use_api;
use super::query::{Query, use_query};

/// Reads the account while `wanted`. The session is kept under the address that signed in,
/// which may have been changed since, so it takes over the one that the API tells.
pub fn use_account(wanted: impl Fn() -> bool + Send + Sync + 'static) -> Query<Account> {
    let api = use_api();
    let account = use_query(move || wanted().then_some(op::GetAccount {}));
    Effect::new(move |_| {
        account.with_data(|account| api.rename(&account.email));
    });
    account
}
