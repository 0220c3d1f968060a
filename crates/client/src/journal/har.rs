//! The journal as a HAR 1.2 file, for a support ticket or a viewer of such files.
//!
//! Nothing can be in it that the journal does not show, and that holds no secret.

use backoffice_calendar::rfc3339;
use backoffice_contract::percent_decode;
use serde_json::{Value, json};

use crate::host::runtime::Millis;
use crate::journal::{Attempt, AttemptOutcome, Entry, PastWait};
use crate::sentences;

/// Writes the calls as HAR 1.2, one of its entries for each time that a call was sent,
/// oldest first.
///
/// `shown_url` is the origin that the calls are shown to go to, and `creator_version`
/// the version of the console. A wait shows as the time for which the attempt after it
/// was blocked, and as a comment that says why.
#[must_use]
pub fn export(entries: &[Entry], shown_url: &str, creator_version: &str) -> String {
    let mut rows: Vec<(Millis, Value)> = Vec::new();
    for entry in entries {
        let mut free_at = entry.started_at;
        for attempt in &entry.attempts {
            rows.push((free_at, row(entry, attempt, free_at, shown_url)));
            free_at = attempt.ended_at.unwrap_or(attempt.started_at);
        }
    }
    rows.sort_by_key(|(at, _)| *at);
    let rows: Vec<Value> = rows.into_iter().map(|(_, row)| row).collect();
    json!({
        "log": {
            "version": "1.2",
            "creator": { "name": "Backoffice Console", "version": creator_version },
            "entries": rows,
        }
    })
    .to_string()
}

/// An attempt, which could have been sent at `free_at` if nothing had held it.
fn row(entry: &Entry, attempt: &Attempt, free_at: Millis, shown_url: &str) -> Value {
    let blocked = attempt.started_at.saturating_sub(free_at);
    let answered = attempt.ended_at.map_or(0, |end| end.saturating_sub(attempt.started_at));
    let (status, failure) = match &attempt.outcome {
        Some(AttemptOutcome::Status(status)) => (*status, None),
        Some(AttemptOutcome::Failed(why)) => (0, Some(why.clone())),
        Some(AttemptOutcome::Aborted) => (0, Some("Given up.".to_owned())),
        None => (0, Some("The answer is not there yet.".to_owned())),
    };
    let during = |wait: &&PastWait| wait.since >= free_at && wait.since <= attempt.started_at;
    let comment: Vec<String> = entry
        .waits
        .iter()
        .filter(during)
        .map(|wait| {
            let took = sentences::duration(wait.ended_at.saturating_sub(wait.since));
            sentences::waited(&wait.why, &took)
        })
        .chain(attempt.note.map(|note| sentences::note(note).to_owned()))
        .chain(failure)
        .collect();
    let headers: Vec<Value> = attempt
        .headers
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    json!({
        "startedDateTime": rfc3339(free_at),
        "time": blocked + answered,
        "request": {
            "method": entry.method.as_str(),
            "url": format!("{shown_url}{}", entry.target),
            "httpVersion": "unknown",
            "cookies": [],
            "headers": [],
            "queryString": query(&entry.target),
            "headersSize": -1,
            "bodySize": -1,
        },
        "response": {
            "status": status,
            "statusText": "",
            "httpVersion": "unknown",
            "cookies": [],
            "headers": headers,
            "content": { "size": 0, "mimeType": "" },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": { "blocked": blocked, "send": 0, "wait": answered, "receive": 0 },
        "comment": comment.join(" "),
    })
}

/// The parameters of a target, decoded.
fn query(target: &str) -> Vec<Value> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            json!({ "name": percent_decode(name), "value": percent_decode(value) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use backoffice_contract::op;
    use backoffice_contract::session::LoginQuery;

    use super::*;
    use crate::budget::bucket::Rank;
    use crate::journal::log::Log;
    use crate::journal::{EntryState, Note, Wait};
    use crate::pipeline::prepared::Prepared;
    use crate::why::{Source, Why};
    use backoffice_limits::{Reading, Unit};

    const BASE: &str = "https://api.example.com";

    /// A call that was refused once, waited and was answered.
    fn entry() -> Entry {
        let list = Prepared::new(&op::ListApps {}, BASE);
        let mut log = Log::default();
        let id = log.open(&list, Rank::Interactive, 1_700_000_000_000);
        let entry = log.get_mut(id).unwrap();
        entry.begin_attempt(None, 1_700_000_000_000);
        entry.note_head(429, &[("x-ratelimit-reset".into(), "41".into())]);
        entry.end_attempt(AttemptOutcome::Status(429), 1_700_000_000_020);
        let reading = Reading {
            header: "x-ratelimit-reset".into(),
            value: "41".into(),
            unit: Unit::Seconds,
            clock_ahead: None,
            cut_to: None,
        };
        let wait = Wait {
            until: Some(1_700_000_041_000),
            why: Why::Paused(Source::Header(Box::new(reading))),
        };
        entry.set(EntryState::Waiting(wait), 1_700_000_000_020);
        entry.begin_attempt(Some(Note::NewToken), 1_700_000_041_020);
        entry.note_head(200, &[("set-cookie".into(), "token-123".into())]);
        entry.end_attempt(AttemptOutcome::Status(200), 1_700_000_041_050);
        entry.set(EntryState::Done { status: 200 }, 1_700_000_041_050);
        entry.clone()
    }

    fn read(entries: &[Entry]) -> Value {
        serde_json::from_str(&export(entries, BASE, "1.0.0")).unwrap()
    }

    #[test]
    fn each_attempt_is_an_entry_with_what_the_format_requires() {
        let har = read(&[entry()]);
        assert_eq!(har["log"]["version"], "1.2");
        assert_eq!(har["log"]["creator"]["version"], "1.0.0");
        let rows = har["log"]["entries"].as_array().unwrap();
        assert_eq!(rows.len(), 2);
        for row in rows {
            for name in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
                assert!(!row[name].is_null(), "{name}");
            }
            for name in
                ["method", "url", "httpVersion", "cookies", "headers", "queryString", "bodySize"]
            {
                assert!(!row["request"][name].is_null(), "request.{name}");
            }
            for name in ["status", "statusText", "cookies", "headers", "content", "redirectURL"] {
                assert!(!row["response"][name].is_null(), "response.{name}");
            }
        }
        assert_eq!(rows[0]["startedDateTime"], "2023-11-14T22:13:20.000Z");
        assert_eq!(rows[0]["request"]["url"], "https://api.example.com/api/apps");
        assert_eq!(rows[0]["response"]["status"], 429);
        assert_eq!(rows[0]["response"]["headers"][0]["value"], "41");
    }

    #[test]
    fn a_wait_blocks_the_attempt_after_it() {
        let har = read(&[entry()]);
        let row = &har["log"]["entries"][1];
        assert_eq!(
            row["timings"],
            json!({ "blocked": 41_000, "send": 0, "wait": 30, "receive": 0 })
        );
        assert_eq!(row["time"], 41_030);
        let comment = row["comment"].as_str().unwrap();
        assert!(comment.starts_with("Waited 41 s: x-ratelimit-reset"), "{comment}");
        assert!(comment.ends_with("sent again with a new one."), "{comment}");
        assert_eq!(har["log"]["entries"][0]["comment"], "");
    }

    #[test]
    fn calls_are_in_the_order_of_time_and_unanswered_ones_say_so() {
        let early = Entry { started_at: 1, ..entry() };
        let mut lost = entry();
        lost.attempts.truncate(1);
        lost.attempts[0].outcome = Some(AttemptOutcome::Failed("The connection broke.".into()));
        lost.started_at = 2;
        let har = read(&[lost, early]);
        let rows = har["log"]["entries"].as_array().unwrap();
        assert_eq!(rows[0]["response"]["status"], 429);
        assert_eq!(rows[1]["response"]["status"], 0);
        assert_eq!(rows[1]["comment"], "The connection broke.");
    }

    #[test]
    fn no_secret_is_in_it() {
        let login = op::Login { query: LoginQuery { mfa_token: Some("314159".into()) } };
        let mut log = Log::default();
        let id = log.open(&Prepared::new(&login, BASE), Rank::Interactive, 0);
        log.get_mut(id).unwrap().begin_attempt(None, 5);
        let entries: Vec<Entry> = log.all().cloned().chain([entry()]).collect();
        let text = export(&entries, BASE, "1.0.0");
        for secret in ["314159", "token-123", "set-cookie", "authorization"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.contains("mfa_token"), "the parameter itself is no secret: {text}");
    }

    #[test]
    fn moments_are_written_as_they_are_read() {
        for at in [0, 951_825_599_999, 1_709_208_000_000, 1_795_478_400_001, 4_102_444_800_000] {
            assert_eq!(
                backoffice_calendar::parse_rfc3339(&rfc3339(at)),
                Some(at),
                "{}",
                rfc3339(at)
            );
        }
    }

    #[test]
    fn queries_are_read() {
        assert_eq!(query("/api/apps"), Vec::<Value>::new());
        assert_eq!(
            query("/api/logs?app=a%20b&follow"),
            [json!({ "name": "app", "value": "a b" }), json!({ "name": "follow", "value": "" })]
        );
    }
}
