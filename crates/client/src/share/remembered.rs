//! What is remembered beyond a reload: an account's month, its first day and its budget, and the
//! budget of sign-ins, which belongs to no account.
//!
//! Each has a name of its own, so that one that cannot be read costs nothing but itself. The
//! names of what has a form contain [`FORMAT`]: what a build with another format has written is
//! neither read nor overwritten, but for what the first builds wrote, which is read once.

use backoffice_contract::{LimitClass, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{FORMAT, lobby, session_group};
use crate::bucket::Bucket;
use crate::core::Core;
use crate::month::Month;

/// Takes up what is remembered of an account, if anybody is signed in, and of sign-ins.
pub(super) fn recall(core: &Core, account: Option<&str>) {
    if let Some(bucket) = read(core, &credentials(core)) {
        core.queue(LimitClass::Credentials).borrow_mut().recall(bucket);
    }
    let Some(account) = account else { return };
    // The first builds had one text for all, by the name of the group.
    let first: Value = read(core, &session_group(account)).unwrap_or_default();
    let bucket: Option<Bucket> = read(core, &bucket(account)).or_else(|| part(&first, "bucket"));
    let month: Option<Month> = read(core, &month(account)).or_else(|| part(&first, "month"));
    let first_day = core.options.memory.recall(&first_day(account));
    let first_day = first_day.and_then(|day| day.parse().ok());
    let mut queue = core.standard().borrow_mut();
    if let Some(bucket) = bucket {
        queue.recall(bucket);
    }
    queue.known.month.catch_up(month.unwrap_or_default(), first_day, core.now());
}

/// Remembers the budget and the month of an account.
pub(super) fn remember(core: &Core, account: &str) {
    let known = core.standard().borrow().known.clone();
    write(core, &bucket(account), &known.bucket);
    write(core, &month(account), &known.month);
}

/// Remembers the budget of sign-ins.
pub(super) fn remember_credentials(core: &Core) {
    let known = core.queue(LimitClass::Credentials).borrow().known.bucket.clone();
    write(core, &credentials(core), &known);
}

/// Remembers on which day the month of the account that is signed in begins.
pub(crate) fn remember_first_day(core: &Core, day: u8) {
    let account = core.session.borrow().account().map(str::to_owned);
    if let Some(account) = account {
        core.options.memory.remember(&first_day(&account), &day.to_string());
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

fn credentials(core: &Core) -> String {
    format!("sign-ins-{FORMAT}-{}", lobby(&core.options.base_url))
}

fn bucket(account: &str) -> String {
    format!("budget-{FORMAT}-{account}")
}

fn month(account: &str) -> String {
    format!("month-{FORMAT}-{account}")
}

fn first_day(account: &str) -> String {
    format!("first-day-{account}")
}
