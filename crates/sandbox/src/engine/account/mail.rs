//! The mailbox: this platform's mails go only there.

use backoffice_contract::percent_encode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::engine::account::user;
use crate::engine::{Millis, World, time};

/// How many mails are kept.
const MAX_MAILS: usize = 200;

/// A sent mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mail {
    to: String,
    subject: String,
    /// A code to enter, or the token of the link.
    code: Option<String>,
    /// A page to open, relative to the console or to this server.
    link: Option<String>,
    sent_at: Millis,
}

/// Sends a mail with a code.
pub(crate) fn send_code(world: &mut World, to: &str, subject: &str, code: String, now: Millis) {
    send(
        world,
        Mail {
            to: user::normal(to),
            subject: subject.to_owned(),
            code: Some(code),
            link: None,
            sent_at: now,
        },
    );
}

/// Sends a mail with a link to `page` and a token.
pub(crate) fn send_link(
    world: &mut World,
    to: &str,
    subject: &str,
    page: &str,
    token: String,
    now: Millis,
) {
    send(
        world,
        Mail {
            to: user::normal(to),
            subject: subject.to_owned(),
            link: Some(format!("{page}?token={}", percent_encode(&token))),
            code: Some(token),
            sent_at: now,
        },
    );
}

fn send(world: &mut World, mail: Mail) {
    let key = format!("{:08}", world.next_id());
    world.mails.insert(key, mail);
    let surplus = world.mails.len().saturating_sub(MAX_MAILS);
    let oldest: Vec<String> =
        world.mails.iter().take(surplus).map(|(key, _)| key.to_owned()).collect();
    for key in oldest {
        world.mails.remove(&key);
    }
}

/// The mails to `to`, or all mails, newest first.
pub(crate) fn list(world: &World, to: Option<&str>) -> Value {
    let to = to.map(user::normal);
    let mails = world.mails.iter().rev().map(|(_, mail)| mail);
    mails
        .filter(|mail| to.as_ref().is_none_or(|to| *to == mail.to))
        .map(|mail| {
            json!({
                "to": mail.to,
                "subject": mail.subject,
                "code": mail.code,
                "link": mail.link,
                "sent_at": time::rfc3339(mail.sent_at),
            })
        })
        .collect()
}
