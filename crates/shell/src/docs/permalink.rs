//! A session as a short text for an address: the seed of the world and the typed lines.
//!
//! Version 1: base64url (RFC 4648 section 5, without padding) of one byte with the
//! version, the seed in LEB128, and the lines in UTF-8, in which frequent phrases are
//! single control characters.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secrets;

const VERSION: u8 = 1;

/// The longest text, in characters: addresses of this length work everywhere.
pub const MAX_LENGTH: usize = 6_000;

/// Phrases and the control characters that represent them, the longest first. The
/// order is part of the format; a new phrase needs a new version.
const PHRASES: [(char, &str); 20] = [
    ('\u{10}', "git clone https://github.com/gigalixir/gigalixir-getting-started.git"),
    ('\u{c}', "account:ssh_keys:add \"$(cat ~/.ssh/id_rsa.pub)\""),
    ('\u{13}', "phoenix_static_buildpack.config"),
    ('\u{5}', "APP_NAME=$(gigalixir create)"),
    ('\u{11}', "cd gigalixir-getting-started"),
    ('\u{12}', "elixir_buildpack.config"),
    ('\u{14}', "run mix ecto.migrate"),
    ('\u{4}', "git push gigalixir"),
    ('\u{f}', ".gigalixirapp.com/"),
    ('\u{16}', "releases:rollback"),
    ('\u{8}', "pg:create --free"),
    ('\u{2}', "git commit -m "),
    ('\u{7}', "config:set "),
    ('\u{1}', "gigalixir "),
    ('\u{6}', "$APP_NAME"),
    ('\u{b}', "ps:scale "),
    ('\u{3}', "git add "),
    ('\u{e}', "https://"),
    ('\u{15}', "curl "),
    ('\u{17}', " -a "),
];

/// The session of a user in a world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The seed of the world and the shell.
    pub seed: u64,
    /// The typed texts, oldest first. A text may have several lines.
    pub texts: Vec<String>,
}

/// Why a permalink cannot be written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermalinkError {
    /// The session is too long.
    TooLong,
    /// It is damaged, or was not written by this code.
    Damaged,
    /// A newer version wrote it.
    Newer,
}

impl fmt::Display for PermalinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "This session is too long for a link.",
            Self::Damaged => "This link is damaged. Copy the whole link again.",
            Self::Newer => "This link was made by a newer version.",
        })
    }
}

impl std::error::Error for PermalinkError {}

impl Session {
    /// The text for an address, with the secrets in the lines replaced.
    ///
    /// # Errors
    /// If the text would be longer than [`MAX_LENGTH`].
    pub fn encode(&self) -> Result<String, PermalinkError> {
        let mut bytes = vec![VERSION];
        let mut seed = self.seed;
        loop {
            let low = u8::try_from(seed & 0x7f).unwrap_or_default();
            seed >>= 7;
            bytes.push(if seed == 0 { low } else { low | 0x80 });
            if seed == 0 {
                break;
            }
        }
        // The separator is the one that ASCII has for records.
        let texts: Vec<String> =
            self.texts.iter().map(|text| packed(&secrets::shown(text))).collect();
        bytes.extend(texts.join("\u{1e}").into_bytes());
        let text = URL_SAFE_NO_PAD.encode(bytes);
        if text.len() > MAX_LENGTH { Err(PermalinkError::TooLong) } else { Ok(text) }
    }

    /// Reads the text of [`Session::encode`].
    ///
    /// # Errors
    /// If it is damaged, too long, or newer.
    pub fn decode(text: &str) -> Result<Self, PermalinkError> {
        if text.len() > MAX_LENGTH {
            return Err(PermalinkError::TooLong);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| PermalinkError::Damaged)?;
        let (version, mut rest) = bytes.split_first().ok_or(PermalinkError::Damaged)?;
        match *version {
            VERSION => {}
            0 => return Err(PermalinkError::Damaged),
            _ => return Err(PermalinkError::Newer),
        }
        let mut seed = 0_u64;
        let mut shift = 0;
        loop {
            let (byte, tail) = rest.split_first().ok_or(PermalinkError::Damaged)?;
            if shift > 63 || (shift == 63 && *byte > 1) {
                return Err(PermalinkError::Damaged);
            }
            seed |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            rest = tail;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let body = std::str::from_utf8(rest).map_err(|_| PermalinkError::Damaged)?;
        let texts = body.split('\u{1e}').filter(|text| !text.is_empty());
        Ok(Self { seed, texts: texts.map(unpacked).collect() })
    }
}

fn packed(text: &str) -> String {
    let plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let mut text: String = text.chars().filter(plain).collect();
    for (mark, phrase) in PHRASES {
        text = text.replace(phrase, &mark.to_string());
    }
    text
}

fn unpacked(text: &str) -> String {
    // Later phrases replaced texts without the earlier ones.
    PHRASES.iter().rev().fold(text.to_owned(), |text, (mark, phrase)| text.replace(*mark, phrase))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_session_is_short_and_safe_in_an_address() {
        let texts = [
            "git clone https://github.com/gigalixir/gigalixir-getting-started.git",
            "gigalixir ps -a my-app",
        ];
        let session = Session { seed: 7, texts: texts.map(str::to_owned).into() };
        let text = session.encode().unwrap();
        assert_eq!(text, "AQcQHgFwcxdteS1hcHA");
        assert_eq!(Session::decode(&text), Ok(session));
    }

    #[test]
    fn a_secret_cannot_enter() {
        let typed = "gigalixir login -p hunter22 && gigalixir config:set API_KEY=hunter33";
        let session = Session { seed: 1, texts: vec![typed.to_owned()] };
        let back = Session::decode(&session.encode().unwrap()).unwrap();
        assert_eq!(
            back.texts,
            ["gigalixir login -p HIDDEN && gigalixir config:set API_KEY=HIDDEN"]
        );
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        for (text, error) in [
            ("", PermalinkError::Damaged),
            ("AQ", PermalinkError::Damaged),
            ("!!", PermalinkError::Damaged),
            ("AgE", PermalinkError::Newer),
            ("Af___________wI", PermalinkError::Damaged),
            (&"A".repeat(MAX_LENGTH + 1), PermalinkError::TooLong),
        ] {
            assert_eq!(Session::decode(text), Err(error), "{text}");
        }
        let texts = vec!["abcdefgh ".repeat(1_000)];
        assert_eq!(Session { seed: 1, texts }.encode(), Err(PermalinkError::TooLong));
    }

    proptest! {
        #[test]
        fn clean_sessions_survive(seed: u64, texts in prop::collection::vec("[ -~äß\n]{1,30}", 0..5)) {
            prop_assume!(texts.iter().all(|text| secrets::is_clean(text)));
            let session = Session { seed, texts };
            prop_assert_eq!(Session::decode(&session.encode().unwrap()), Ok(session));
        }

        #[test]
        fn no_text_breaks_it(text in any::<String>()) {
            let _read = Session::decode(&text);
        }
    }
}
