//! What is remembered beyond a reload: an account's month, its first day and its budget, and the
//! budget of sign-ins, which belongs to no account.
//!
//! Each has a name of its own, so that one that cannot be read costs nothing but itself. Fields
//! that a text lacks have defaults, and those that it has too many are ignored.

use backoffice_contract::{LimitClass, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::core::Core;
use crate::share::{lobby, session_group};

/// The form of what is remembered, as a part of its name, so that no build overwrites what it
/// cannot read. Where it is raised, because defaults do not help, the name with the form before
/// has to be read too.
const FORMAT: &str = "v2";

/// Takes up what is remembered of an account.
pub(super) fn recall(core: &Core, account: &str) {
    // In the first form, one text held both, under the name of the group.
    let first: Value = read(core, &session_group(account)).unwrap_or_default();
    let bucket = read(core, &name("budget", account)).or_else(|| part(&first, "bucket"));
    let month = read(core, &name("month", account)).or_else(|| part(&first, "month"));
    let first_day = read(core, &first_day(account));
    let mut queue = core.standard().borrow_mut();
    queue.recall(bucket.unwrap_or_default());
    queue.known.month.catch_up(month.unwrap_or_default(), first_day, core.now());
}

/// Remembers the budget and the month of an account.
pub(super) fn remember(core: &Core, account: &str) {
    let mut known = core.standard().borrow().known.clone();
    known.bucket.drop_hidden_limit();
    write(core, &name("budget", account), &known.bucket);
    write(core, &name("month", account), &known.month);
}

/// Takes up what is remembered of the budget of sign-ins.
pub(crate) fn recall_sign_ins(core: &Core) {
    let known = read(core, &sign_ins(core));
    core.queue(LimitClass::Credentials).borrow_mut().recall(known.unwrap_or_default());
}

/// Remembers the budget of sign-ins.
pub(crate) fn remember_sign_ins(core: &Core) {
    let known = core.queue(LimitClass::Credentials).borrow().known.bucket.clone();
    write(core, &sign_ins(core), &known);
}

/// Remembers on which day the month of the account that is signed in begins.
pub(crate) fn remember_first_day(core: &Core, day: u8) {
    let account = core.session.borrow().account().map(str::to_owned);
    if let Some(account) = account {
        write(core, &first_day(&account), &day);
    }
}

fn read<T: DeserializeOwned>(core: &Core, name: &str) -> Option<T> {
    json::read(&core.options.memory.recall(name)?).ok()
}

fn write<T: Serialize>(core: &Core, name: &str, known: &T) {
    if let Some(text) = json::write(known) {
        core.options.memory.remember(name, &text);
    }
}

fn part<T: DeserializeOwned>(whole: &Value, name: &str) -> Option<T> {
    serde_json::from_value(whole.get(name)?.clone()).ok()
}

fn name(what: &str, of: &str) -> String {
    format!("{what}-{FORMAT}-{of}")
}

fn sign_ins(core: &Core) -> String {
    name("sign-ins", &lobby(&core.options.base_url))
}

fn first_day(account: &str) -> String {
    format!("first-day-{account}")
}
