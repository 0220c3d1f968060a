//! What is said about an answer around its rows.

use backoffice_answer::{FOUND_AT_MOST, Status};

use super::work::{Facts, Transfer};
use backoffice_ui::Tone;
use backoffice_ui::words::numbers::counted;

impl Facts {
    /// Whether the indented form can be shown.
    pub fn may_be_json(&self) -> bool {
        matches!(self.status, Status::Json | Status::Empty)
    }
}

/// How much has come.
pub fn size_words(facts: &Facts) -> String {
    let size = size(facts.bytes);
    match facts.transfer {
        Transfer::Coming => format!("{size} so far"),
        _ => size,
    }
}

/// A size, in the units of storage: a MB is a million bytes.
fn size(bytes: usize) -> String {
    let of = |unit: usize| {
        let tenths = bytes.saturating_add(unit / 20) / (unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        ..1_000 => counted(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} kB", of(1_000)),
        _ => format!("{} MB", of(1_000_000)),
    }
}

/// How far a search is.
pub fn search_words(facts: &Facts) -> String {
    let count = counted(facts.found, "match", "matches");
    match (facts.position, facts.idle) {
        _ if !facts.found_all => {
            let at = facts.position.map(|at| format!("{at} of the first ")).unwrap_or_default();
            format!("{at}{}, more are not counted", counted(FOUND_AT_MOST, "match", "matches"))
        }
        (Some(at), true) => format!("{at} of {count}"),
        (Some(at), false) => format!("{at} of {count} so far"),
        (None, true) => count,
        (None, false) => format!("{count} so far"),
    }
}

/// What has to be said, most important first.
pub fn note(facts: &Facts) -> Option<(Tone, String)> {
    match &facts.transfer {
        Transfer::Failed(why) => {
            return Some((Tone::Bad, format!("The rest of the answer did not come: {why}")));
        }
        Transfer::Cancelled => {
            return Some((
                Tone::Info,
                "You have cancelled it: this is not the whole answer.".into(),
            ));
        }
        Transfer::Coming | Transfer::Complete => {}
    }
    match &facts.status {
        Status::Broken(broken) => return Some((Tone::Info, broken.to_string())),
        Status::Binary => {
            return Some((
                Tone::Info,
                "This is no text. Its bytes are shown as if it were.".into(),
            ));
        }
        Status::Empty if facts.transfer == Transfer::Complete && facts.idle => {
            return Some((Tone::Info, "The body is empty.".into()));
        }
        Status::Empty | Status::Json | Status::Text => {}
    }
    if facts.left_out > 0 {
        let left_out = size(facts.left_out);
        return Some((
            Tone::Limit,
            format!("The last {left_out} are not shown: 2 GiB are the most."),
        ));
    }
    facts.invalid_utf8.then(|| {
        let text = "Parts of it are not UTF-8. They are shown as \u{fffd}.";
        (Tone::Info, text.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            status: Status::Json,
            transfer: Transfer::Complete,
            bytes: 0,
            left_out: 0,
            invalid_utf8: false,
            idle: true,
            found: 0,
            found_all: true,
            position: None,
        }
    }

    #[test]
    fn sizes_have_their_unit() {
        for (bytes, text) in
            [(1, "1 byte"), (999, "999 bytes"), (1_500, "1.5 kB"), (52_428_800, "52.4 MB")]
        {
            assert_eq!(size_words(&Facts { bytes, ..facts() }), text);
        }
        let coming = Facts { transfer: Transfer::Coming, ..facts() };
        assert_eq!(size_words(&coming), "0 bytes so far");
    }

    #[test]
    fn a_search_says_how_far_it_is() {
        assert_eq!(search_words(&Facts { found: 1, ..facts() }), "1 match");
        let far = Facts { found: 1_234, position: Some(3), idle: false, ..facts() };
        assert_eq!(search_words(&far), "3 of 1,234 matches so far");
        let full = Facts { found: FOUND_AT_MOST, found_all: false, ..facts() };
        assert_eq!(search_words(&full), "1,000,000 matches, more are not counted");
    }

    #[test]
    fn what_is_lost_is_said() {
        assert_eq!(note(&facts()), None);
        let failed = Facts { transfer: Transfer::Failed("it broke.".into()), ..facts() };
        assert!(note(&failed).is_some_and(|(_, text)| text.ends_with("it broke.")));
        assert!(note(&Facts { invalid_utf8: true, ..facts() }).is_some());
        assert!(
            note(&Facts { left_out: 5, ..facts() })
                .is_some_and(|(_, text)| text.contains("5 bytes"))
        );
    }
}
