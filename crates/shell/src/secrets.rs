//! Finds the secrets in a typed line, which must not be kept, shared or shown again.
//!
//! Answers to hidden questions never get here. Openly typed text is checked word by word:
//! options that the client's table marks as secret, values of variables whose name or form
//! indicates a secret, passwords in addresses, and anything that looks like a token. When
//! in doubt, the word is replaced.

mod forms;
mod words;

use std::ops::Range;

use crate::programs::cli::{Takes, table};
use forms::{is_address, is_public, is_token, password_in_address};
use words::{Raw, raw_words};

/// The replacement for a secret. It is a plain word, so that the line can still be run.
pub const HIDDEN: &str = "HIDDEN";

/// The replacement for a person's e-mail address.
pub const ADDRESS: &str = "you@example.com";

/// Fields of the client that hold secrets.
const FIELDS: [&str; 7] = [
    "password",
    "current_password",
    "new_password",
    "token",
    "mfa_token",
    "stripe_token",
    "cookie",
];

/// Parts of names of variables that hold secrets.
const NAMES: [&str; 12] = [
    "SECRET",
    "TOKEN",
    "PASSWORD",
    "PASSWD",
    "PASS",
    "KEY",
    "SALT",
    "COOKIE",
    "CREDENTIAL",
    "PRIVATE",
    "DSN",
    "DATABASE_URL",
];

/// The text with its secrets replaced.
#[must_use]
pub fn shown(text: &str) -> String {
    if text.contains("PRIVATE KEY") {
        return "# a private key was typed here".to_owned();
    }
    let mut out = String::new();
    let mut end = 0;
    for (range, replacement) in findings(text) {
        out.push_str(text.get(end..range.start).unwrap_or_default());
        out.push_str(replacement);
        end = range.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

/// Whether a text has no secrets.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    shown(text) == text
}

/// The replacements, in order, without overlaps.
fn findings(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let words = raw_words(text);
    let mut findings = Vec::new();
    let mut command: Vec<&str> = Vec::new();
    // The commands that contain the current one.
    let mut outer: Vec<Vec<&str>> = Vec::new();
    for word in &words {
        let bare = word.text.trim_matches(['"', '\'']);
        match word.text {
            "|" | "&" | ";" | "\n" => {
                command.clear();
                continue;
            }
            "(" => {
                outer.push(std::mem::take(&mut command));
                continue;
            }
            ")" => {
                command = outer.pop().unwrap_or_default();
                continue;
            }
            _ => {}
        }
        let before = findings.len();
        judge(&command, word, &mut findings);
        if findings.len() == before {
            inside(word.at, word.text, &mut findings);
        }
        command.push(bare);
    }
    findings.sort_by_key(|(range, _)| range.start);
    findings
}

/// Checks a word by its position.
fn judge(command: &[&str], word: &Raw<'_>, findings: &mut Vec<(Range<usize>, &'static str)>) {
    let whole = word.at..word.at + word.text.len();
    let is_reference =
        |value: &str| value.trim_matches(['"', '\'']).starts_with('$') || value.is_empty();
    let tail = |skip: usize| whole.start + skip..whole.end;
    match command {
        ["gigalixir", name, rest @ ..] => {
            let Some(known) = table::find(name) else { return };
            for option in known.options.iter().filter(|option| FIELDS.contains(&option.field)) {
                if matches!(option.takes, Takes::Flag(_)) {
                    continue;
                }
                let long = format!("--{}", option.long);
                let short = option.short.map(|short| format!("-{short}"));
                let last = rest.last().copied().unwrap_or_default();
                if last == long || Some(last) == short.as_deref() {
                    if !is_reference(word.text) && !is_public(word.text) {
                        findings.push((whole.clone(), HIDDEN));
                    }
                } else if let Some(value) = word.text.strip_prefix(&format!("{long}=")) {
                    if !is_reference(value) && !is_public(value) {
                        findings.push((tail(long.len() + 1), HIDDEN));
                    }
                } else if let Some(short) = &short
                    && let Some(value) = word.text.strip_prefix(short.as_str())
                    && !word.text.starts_with("--")
                    && !is_reference(value)
                {
                    findings.push((tail(short.len()), HIDDEN));
                }
            }
        }
        ["curl", .., "-u" | "--user"] if !is_reference(word.text) => {
            findings.push((whole.clone(), HIDDEN));
        }
        ["curl", .., "-H" | "--header"]
            if word.text.to_ascii_lowercase().contains("authorization:")
                && !word.text.contains('$') =>
        {
            findings.push((whole.clone(), "'Authorization: HIDDEN'"));
        }
        _ => {}
    }
    if !findings.iter().any(|(range, _)| *range == whole)
        && let Some((name, value)) = word.text.split_once('=')
        && backoffice_contract::rules::config_key(name.trim_matches(['"', '\''])).is_ok()
        && !is_reference(value)
        && is_secret_name(name)
    {
        // A quote that opened before the name closes after the value.
        let closing = if name.starts_with(['"', '\'']) { 1 } else { 0 };
        let end = whole.end.saturating_sub(closing);
        findings.push((whole.start + name.len() + 1..end, HIDDEN));
    }
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    NAMES.iter().any(|part| name.contains(part))
}

/// Finds secrets by their form in any text.
fn inside(at: usize, text: &str, findings: &mut Vec<(Range<usize>, &'static str)>) {
    let is_end = |c: char| c.is_whitespace() || "\"'`,;(){}[]<>|&".contains(c);
    let mut start = 0;
    let ends = text.char_indices().filter(|(_, c)| is_end(*c)).map(|(at, c)| (at, c.len_utf8()));
    for (end, width) in ends.chain([(text.len(), 0)]) {
        let piece = text.get(start..end).unwrap_or_default();
        let place = at + start;
        start = end + width;
        if let Some(range) = password_in_address(piece) {
            findings.push((place + range.start..place + range.end, HIDDEN));
            continue;
        }
        let skipped = piece.rfind(['=', ':']).map_or(0, |at| at + 1);
        let value = piece.get(skipped..).unwrap_or_default();
        if is_token(value) {
            findings.push((place + skipped..place + piece.len(), HIDDEN));
        } else if is_address(value) {
            findings.push((place + skipped..place + piece.len(), ADDRESS));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn secrets_are_replaced_and_the_line_can_still_be_run() {
        for (line, expected) in [
            (
                "gigalixir login -e demo@backoffice.example -p hunter2",
                "gigalixir login -e demo@backoffice.example -p HIDDEN",
            ),
            ("gigalixir login --password=hunter2", "gigalixir login --password=HIDDEN"),
            ("gigalixir login -phunter2 && ls", "gigalixir login -pHIDDEN && ls"),
            ("gigalixir login -t 123456", "gigalixir login -t HIDDEN"),
            (
                "gigalixir config:set SECRET_KEY_BASE=abc LOG=debug",
                "gigalixir config:set SECRET_KEY_BASE=HIDDEN LOG=debug",
            ),
            ("gigalixir config:set 'API_TOKEN=a b'", "gigalixir config:set 'API_TOKEN=HIDDEN'"),
            (
                "gigalixir config:set HOOK=https://me:pw@x.example/y",
                "gigalixir config:set HOOK=https://HIDDEN@x.example/y",
            ),
            ("export STRIPE=sk_live_abcdefgh", "export STRIPE=HIDDEN"),
            ("PASSWORD=x gigalixir ps", "PASSWORD=HIDDEN gigalixir ps"),
            ("curl -u me@corp.io:key $API/api/apps", "curl -u HIDDEN $API/api/apps"),
            ("curl -H 'Authorization: abc' /api/apps", "curl -H 'Authorization: HIDDEN' /api/apps"),
            ("gigalixir access:add ada@corp.io", "gigalixir access:add you@example.com"),
            ("echo 0aB1cD2eF3gH4iJ5kL6m", "echo HIDDEN"),
            ("echo 0123456789abcdef0123456789abcdef", "echo HIDDEN"),
            ("X=$(curl -u a:b /api/login)", "X=$(curl -u HIDDEN /api/login)"),
            ("echo \"$(curl -u a:b x)\"", "echo \"$(curl -u HIDDEN x)\""),
            (
                "gigalixir login -e \"$(cat e)\" -p hunter2",
                "gigalixir login -e \"$(cat e)\" -p HIDDEN",
            ),
            (
                "git remote add gigalixir https://me%40x.io:key@git.gigalixir.com/a.git",
                "git remote add gigalixir https://HIDDEN@git.gigalixir.com/a.git",
            ),
        ] {
            assert_eq!(shown(line), expected);
            assert_eq!(shown(expected), expected, "replacing twice changes nothing");
        }
        let key = "echo '-----BEGIN OPENSSH PRIVATE KEY-----\nx' > k";
        assert!(!shown(key).contains("BEGIN"));
    }

    #[test]
    fn ordinary_lines_stay() {
        for line in [
            "gigalixir ps:kill -p calm-ivory-wombat-5d9c7b8f6-x2x4z",
            "gigalixir account:upgrade -p WELCOME -t tok_visa",
            "gigalixir config:set POOL_SIZE=2 PHX_HOST=www.heron.example",
            "gigalixir config:set SECRET_KEY_BASE=\"$SECRET\"",
            "gigalixir login -p \"$PASSWORD\"",
            "gigalixir account:ssh_keys:add \"$(cat ~/.ssh/id_rsa.pub)\"",
            "gigalixir logs -t -n 50",
            "APP_NAME=$(gigalixir create)",
            "git push -f gigalixir main # 93b5f01a2c3d4e5f60718293a4b5c6d7e8f90123",
            "curl https://$APP_NAME.gigalixirapp.com/",
            "echo 'export PATH=~/.local/bin:$PATH' >> ~/.bash_profile",
        ] {
            assert_eq!(shown(line), line);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in any::<String>()) {
            let once = shown(&text);
            let _twice = shown(&once);
        }

        #[test]
        fn a_typed_password_never_stays(password in "[a-zA-Z0-9!%*+,./:?@^_~-]{6,20}") {
            prop_assume!(!"gigalixir login -e demo@backoffice.example -p HIDDEN".contains(&password));
            prop_assume!(!password.starts_with('-'));
            let line = format!("gigalixir login -e demo@backoffice.example -p {password}");
            prop_assert!(!shown(&line).contains(&password));
        }
    }
}
