//! Addresses of log drains. Their user, path and query may hold credentials, so what
//! is shown of them is the kind and the host alone.

use std::fmt;

/// What is no secret about the address of a drain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrainUrl<'a> {
    /// How lines are sent.
    pub kind: DrainKind,
    /// Where to: the host, with the port if the address names one.
    pub host: &'a str,
}

/// How lines are sent to a drain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrainKind {
    /// In requests.
    Https,
    /// As syslog in the clear.
    Syslog,
    /// As syslog over TLS.
    SyslogTls,
}

impl fmt::Display for DrainKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Https => "HTTPS",
            Self::Syslog => "syslog",
            Self::SyslogTls => "syslog over TLS",
        })
    }
}

/// Reads the address of a drain.
///
/// # Errors
/// With the fragment that follows the field's name when lines cannot be sent there.
pub fn parse(url: &str) -> Result<DrainUrl<'_>, &'static str> {
    let url = url.trim();
    if url.is_empty() {
        return Err("can't be blank.");
    }
    if url.contains(char::is_whitespace) {
        return Err("can't contain spaces.");
    }
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let kind = match scheme.to_ascii_lowercase().as_str() {
        "https" => DrainKind::Https,
        "syslog" => DrainKind::Syslog,
        "syslog+tls" => DrainKind::SyslogTls,
        "http" => return Err("must be https: log lines would travel in the clear."),
        _ => return Err("must begin with https://, syslog+tls:// or syslog://."),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let port = port(host)?;
    if name(host).is_empty() {
        Err("must name a host, as in https://logs.example.com/ingest.")
    } else if port.is_none() && kind != DrainKind::Https {
        Err("must name a port, as in syslog+tls://logs.example.com:6514.")
    } else {
        Ok(DrainUrl { kind, host })
    }
}

/// The host without its port. An IPv6 address is in brackets (RFC 3986 section 3.2.2).
fn name(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn port(host: &str) -> Result<Option<u16>, &'static str> {
    let after_brackets = host.rsplit(']').next().unwrap_or_default();
    match after_brackets.split_once(':').map(|(_, port)| port) {
        None => Ok(None),
        Some(text) => match text.parse() {
            Ok(port) if port > 0 => Ok(Some(port)),
            _ => Err("has a port that is no number from 1 to 65535."),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_kind_and_host_and_nothing_secret() {
        for (url, kind, host) in [
            ("https://logs.example.com/v1/made-up-token", DrainKind::Https, "logs.example.com"),
            (
                "https://user:p@ss@logs.example.com:8443?k=v",
                DrainKind::Https,
                "logs.example.com:8443",
            ),
            (" syslog+tls://logs.example.com:6514 ", DrainKind::SyslogTls, "logs.example.com:6514"),
            ("SYSLOG://[2001:db8::1]:514", DrainKind::Syslog, "[2001:db8::1]:514"),
        ] {
            assert_eq!(parse(url), Ok(DrainUrl { kind, host }), "{url}");
        }
    }

    #[test]
    fn what_takes_no_lines_is_refused() {
        for bad in [
            "",
            "logs.example.com",
            "http://logs.example.com",
            "ftp://logs.example.com",
            "https://",
            "https://user@/path",
            "https://a b.example",
            "https://logs.example.com:port",
            "syslog+tls://logs.example.com",
            "syslog://logs.example.com:0",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
