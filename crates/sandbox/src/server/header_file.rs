//! The headers that every file of the console is served with.
//!
//! They come from the file `_headers` of the built console, in the format that
//! static hosts read (a line with a path pattern, then indented `Name: value`
//! lines), so that development, tests and production have one policy. Only the
//! pattern `/*` is known.

use std::fmt;

use hyper::header::{CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue};

/// The name of the file.
pub(super) const NAME: &str = "_headers";

/// A line of the file that cannot be read; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadLine(usize);

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is neither `/*` nor an indented `Name: value` below it", self.0)
    }
}

/// Reads the headers for `/*`.
pub(super) fn parse(text: &str) -> Result<HeaderMap, BadLine> {
    let mut headers = HeaderMap::new();
    let mut in_section = false;
    for (number, line) in text.lines().enumerate() {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let bad = || BadLine(number + 1);
        if line.starts_with(char::is_whitespace) && in_section {
            let (name, value) = content.split_once(':').ok_or_else(bad)?;
            let name: HeaderName = name.trim().parse().map_err(|_| bad())?;
            let value: HeaderValue = value.trim().parse().map_err(|_| bad())?;
            headers.append(name, value);
        } else if content == "/*" {
            in_section = true;
        } else {
            return Err(bad());
        }
    }
    Ok(headers)
}

/// Lets pages connect to `origin`, too.
pub(super) fn allow_connecting(headers: &mut HeaderMap, origin: &str) {
    let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let Some(policy) = policy else { return };
    let directives: Vec<String> = policy
        .split(';')
        .map(str::trim)
        .map(|directive| match directive.split_whitespace().next() {
            Some("connect-src") => format!("{directive} {origin}"),
            _ => directive.to_owned(),
        })
        .collect();
    if let Ok(policy) = HeaderValue::from_str(&directives.join("; ")) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_headers_of_all_paths() {
        let headers =
            parse("# policy\n/*\n  X-A: 1\n\n  Content-Security-Policy: a b; c 'd:e'\n").unwrap();
        assert_eq!(headers["x-a"], "1");
        assert_eq!(headers["content-security-policy"], "a b; c 'd:e'");
        assert_eq!(headers.len(), 2);
    }

    #[test]
    fn names_the_line_that_it_cannot_read() {
        assert_eq!(parse("/*\n  X-A 1\n"), Err(BadLine(2)));
        assert_eq!(parse("  X-A: 1\n"), Err(BadLine(1)));
        assert_eq!(parse("/*\n  X-A: 1\n/other\n  X-B: 2\n"), Err(BadLine(3)));
        assert_eq!(parse("/*\n  X A: 1\n"), Err(BadLine(2)));
    }

    #[test]
    fn adds_an_origin_to_the_policy() {
        let mut headers = parse(
            "/*\n  Content-Security-Policy: default-src 'none'; connect-src 'self'; img-src a",
        )
        .unwrap();
        allow_connecting(&mut headers, "http://127.0.0.1:4000");
        assert_eq!(
            headers["content-security-policy"],
            "default-src 'none'; connect-src 'self' http://127.0.0.1:4000; img-src a"
        );
    }
}
