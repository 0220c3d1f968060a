//! Which addresses an API may be called at.

use std::fmt;

/// An address that the client refuses to send tokens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseUrlError {
    /// It is no origin such as `https://api.example.com`.
    NotAnOrigin,
    /// It is unencrypted and not this machine.
    PlainHttp,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnOrigin => {
                "The address of the API must be an origin such as https://api.example.com."
            }
            Self::PlainHttp => {
                "The API is only called over https, or over http on this machine: \
                 tokens would travel readable."
            }
        })
    }
}

impl std::error::Error for BaseUrlError {}

/// Checks an origin and takes its trailing slash away. Empty means the origin of
/// the page.
pub(crate) fn check(base: &str) -> Result<String, BaseUrlError> {
    let base = base.strip_suffix('/').unwrap_or(base);
    if base.is_empty() {
        return Ok(String::new());
    }
    let (scheme, authority) = base.split_once("://").ok_or(BaseUrlError::NotAnOrigin)?;
    let host = host(authority).ok_or(BaseUrlError::NotAnOrigin)?;
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(base.to_owned()),
        "http" if is_loopback(host) => Ok(base.to_owned()),
        "http" => Err(BaseUrlError::PlainHttp),
        _ => Err(BaseUrlError::NotAnOrigin),
    }
}

/// The host of `host[:port]`; none when there is a user, a path or anything else.
fn host(authority: &str) -> Option<&str> {
    let strange = |c: char| c.is_whitespace() || c.is_control() || "/\\?#@%".contains(c);
    if authority.contains(strange) {
        return None;
    }
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host, if port.is_empty() { "" } else { port.strip_prefix(':')? })
        }
        None => authority.split_once(':').unwrap_or((authority, "")),
    };
    (!host.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}

/// Loopback as the Secure Contexts specification, section 3.1, has it.
fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_origins_and_refuses_plain_http() {
        for (base, expected) in [
            ("", Ok("")),
            ("/", Ok("")),
            ("https://api.example.com/", Ok("https://api.example.com")),
            ("https://api.example.com:8443", Ok("https://api.example.com:8443")),
            ("http://localhost:3200", Ok("http://localhost:3200")),
            ("http://127.0.0.1:1", Ok("http://127.0.0.1:1")),
            ("http://[::1]:8080", Ok("http://[::1]:8080")),
            ("HTTP://api.example.com", Err(BaseUrlError::PlainHttp)),
            ("http://127.0.0.1.example.com", Err(BaseUrlError::PlainHttp)),
            ("http://localhost.example.com", Err(BaseUrlError::PlainHttp)),
            ("http://127.0.0.1@example.com", Err(BaseUrlError::NotAnOrigin)),
            ("https://user:pass@example.com", Err(BaseUrlError::NotAnOrigin)),
            ("https://example.com/api", Err(BaseUrlError::NotAnOrigin)),
            ("https://example.com?x", Err(BaseUrlError::NotAnOrigin)),
            ("https://", Err(BaseUrlError::NotAnOrigin)),
            ("ftp://example.com", Err(BaseUrlError::NotAnOrigin)),
            ("javascript:alert(1)", Err(BaseUrlError::NotAnOrigin)),
        ] {
            assert_eq!(check(base).as_deref(), expected.as_deref(), "{base}");
        }
    }
}
