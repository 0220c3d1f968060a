//! The activity as a file.

use backoffice_contract::app::ActivityEntry;
use serde_json::json;

use crate::pages::app::activity::kind::kind_of;

/// As comma-separated values (RFC 4180) with a head.
#[must_use]
pub fn csv<'a>(entries: impl IntoIterator<Item = &'a ActivityEntry>) -> String {
    let mut text = "when,who,kind,what\r\n".to_owned();
    for entry in entries {
        let kind = kind_of(&entry.summary).id();
        let fields = [&entry.created_at, &entry.email, kind, &entry.summary].map(field);
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

/// As a list of objects.
#[must_use]
pub fn json<'a>(entries: impl IntoIterator<Item = &'a ActivityEntry>) -> String {
    let list: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            json!({
                "created_at": entry.created_at,
                "email": entry.email,
                "kind": kind_of(&entry.summary).id(),
                "summary": entry.summary,
            })
        })
        .collect();
    // Plain texts always become JSON.
    serde_json::to_string_pretty(&list).unwrap_or_default()
}

/// Quoted where it must be. What a spreadsheet would take for a formula gets a quote
/// mark before it, since anybody with access can put words into the activity.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(email: &str, summary: &str) -> ActivityEntry {
        ActivityEntry {
            created_at: "2026-11-24T18:08:18.000Z".into(),
            email: email.into(),
            summary: summary.into(),
        }
    }

    #[test]
    fn quotes_what_it_must_and_defuses_formulas() {
        let entries = [
            entry("ada@example.com", "Set `A`, `B` config vars."),
            entry("@SUM(1)", "said \"hi\""),
        ];
        let text = csv(&entries);
        let lines: Vec<_> = text.split("\r\n").collect();
        assert_eq!(lines[0], "when,who,kind,what");
        let first = "2026-11-24T18:08:18.000Z,ada@example.com,config,\"Set `A`, `B` config vars.\"";
        assert_eq!(lines[1], first);
        assert_eq!(lines[2], "2026-11-24T18:08:18.000Z,'@SUM(1),other,\"said \"\"hi\"\"\"");
    }

    #[test]
    fn json_names_the_kind() {
        let text = json(&[entry("ada@example.com", "Restarted the app.")]);
        assert!(text.contains(r#""kind": "restart""#), "{text}");
    }
}
