//! The account of the signed-in user.

use backoffice_contract::account::Account;
use backoffice_contract::op;
use leptos::prelude::*;

use crate::context::use_api;
use crate::read::query::{Query, use_query};

/// Reads the account while `wanted`. The session is stored under the address that the user
/// signed in with. It may have changed since, so the session takes over the address that
/// the API reports.
pub fn use_account(wanted: impl Fn() -> bool + Send + Sync + 'static) -> Query<Account> {
    let api = use_api();
    let account = use_query(move || wanted().then_some(op::GetAccount {}));
    Effect::new(move |_| {
        account.with_data(|account| api.rename(&account.email));
    });
    account
}
