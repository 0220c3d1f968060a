//! The caller: raw tokens, and Basic authentication for the command-line client.

use backoffice_contract::{Auth, percent_decode};

use crate::engine::account::{session, user};
use crate::engine::{Millis, Request, World, hash};

/// The identity that the `Authorization` header proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Identity {
    /// A user, with a session except for an API key or a password.
    User { id: u64, session: Option<String> },
    /// No user; says why.
    Nobody(&'static str),
}

impl Identity {
    pub(crate) fn user(&self) -> Option<u64> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::Nobody(_) => None,
        }
    }
}

/// Identifies the caller of an endpoint with the rule `auth`.
pub(crate) fn identify(world: &World, request: &Request, auth: Auth, now: Millis) -> Identity {
    let header = request.header("authorization").unwrap_or_default().trim();
    match auth {
        Auth::Public => Identity::Nobody("Not authenticated"),
        _ if header.is_empty() => Identity::Nobody("Not authenticated"),
        Auth::Access => match basic(header) {
            Some(pairs) => owner(pairs, |email, key| user::by_api_key(world, email, key))
                .unwrap_or(Identity::Nobody("Invalid email or API key")),
            None if header.to_ascii_lowercase().starts_with("bearer ") => {
                Identity::Nobody("Send the access token alone, without `Bearer` before it.")
            }
            None => access(world, header, now)
                .unwrap_or(Identity::Nobody("The access token is invalid or has expired.")),
        },
        Auth::Password => basic(header)
            .and_then(|pairs| {
                owner(pairs, |email, password| user::by_password(world, email, password))
            })
            .unwrap_or(Identity::Nobody("Invalid email or password")),
        // The renewal itself checks whether the token is still valid; here it only decides
        // whose limit the call counts against.
        Auth::Renewal => match world.renewal_tokens.get(&session::token_digest(header)) {
            Some(token) => Identity::User { id: token.user, session: Some(token.session.clone()) },
            None => Identity::Nobody("Invalid token"),
        },
    }
}

fn access(world: &World, token: &str, now: Millis) -> Option<Identity> {
    let token = world.access_tokens.get(&session::token_digest(token))?;
    let session = world.sessions.get(&token.session)?;
    (now < token.expires_at)
        .then(|| Identity::User { id: session.user, session: Some(token.session.clone()) })
}

/// The first of `pairs` for which `find` knows a user.
fn owner(
    pairs: [(String, String); 2],
    find: impl Fn(&str, &str) -> Option<u64>,
) -> Option<Identity> {
    let id = pairs.iter().find_map(|(email, secret)| find(email, secret))?;
    Some(Identity::User { id, session: None })
}

/// Reads Basic authentication (RFC 7617). The platform's own clients encode both parts for
/// URLs in some places and not in others, so this returns both readings: the raw one, and
/// the decoded one.
fn basic(header: &str) -> Option<[(String, String); 2]> {
    let (scheme, rest) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    // Invalid base64 names no user, but it is still Basic authentication.
    let text = base64(rest.trim()).and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.unwrap_or_default();
    let (email, secret) = text.split_once(':').unwrap_or((text.as_str(), ""));
    Some([(email.to_owned(), secret.to_owned()), (percent_decode(email), percent_decode(secret))])
}

/// Decodes base64 (RFC 4648 section 4), with or without padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(out)
}

/// A digest, which is kept instead of the secret.
pub(crate) fn sealed(secret: &str, salt: &str) -> String {
    hash::digest(&[salt, secret])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_base64() {
        // The test vectors of RFC 4648 section 10.
        for (text, expected) in
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")]
        {
            assert_eq!(base64(text).as_deref(), Some(expected.as_bytes()));
        }
        assert_eq!(base64("Zm9v!"), None);
    }

    #[test]
    fn reads_basic_both_ways() {
        // foo%40example.com:p%3Aass
        let [plain, decoded] = basic("Basic Zm9vJTQwZXhhbXBsZS5jb206cCUzQWFzcw==").unwrap();
        assert_eq!(plain, ("foo%40example.com".into(), "p%3Aass".into()));
        assert_eq!(decoded, ("foo@example.com".into(), "p:ass".into()));
        assert_eq!(basic("0123abcd"), None);
        assert_eq!(
            basic("Basic %"),
            Some([(String::new(), String::new()), (String::new(), String::new())])
        );
    }
}
