//! The headers of the console's files.
//!
//! They come from the file `_headers` of the built console, in the format of static hosts,
//! so that development, tests and production have one policy. A block is a line with a
//! path, whose last character may be a `*` for any rest, followed by indented lines:
//! `Name: value` sets a header, `! Name` removes the values of earlier blocks. All matching
//! blocks apply, in order.

use std::fmt;

use hyper::header::{CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue};

/// The name of the file.
pub(super) const NAME: &str = "_headers";

/// An invalid line of the file; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadLine(usize);

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {} is neither a path such as `/*` nor an indented `Name: value` or `! Name` below one",
            self.0
        )
    }
}

/// The headers of a file, by its path.
#[derive(Debug, Default)]
pub(super) struct HeaderFile(Vec<Block>);

#[derive(Debug)]
struct Block {
    path: Pattern,
    takes_back: Vec<HeaderName>,
    sets: HeaderMap,
}

#[derive(Debug)]
enum Pattern {
    Exactly(String),
    StartsWith(String),
}

impl Pattern {
    /// A pattern; `None` if it is not a path, or has a `*` before its end.
    fn read(text: &str) -> Option<Self> {
        if !text.starts_with('/') {
            return None;
        }
        match text.split_once('*') {
            None => Some(Self::Exactly(text.to_owned())),
            Some((start, "")) => Some(Self::StartsWith(start.to_owned())),
            Some(_) => None,
        }
    }

    fn matches(&self, path: &str) -> bool {
        match self {
            Self::Exactly(whole) => path == whole,
            Self::StartsWith(start) => path.starts_with(start.as_str()),
        }
    }
}

impl HeaderFile {
    /// Reads the text of the file.
    pub(super) fn read(text: &str) -> Result<Self, BadLine> {
        let mut blocks: Vec<Block> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let content = line.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let bad = || BadLine(number + 1);
            if !line.starts_with(char::is_whitespace) {
                let path = Pattern::read(content).ok_or_else(bad)?;
                blocks.push(Block { path, takes_back: Vec::new(), sets: HeaderMap::new() });
                continue;
            }
            let block = blocks.last_mut().ok_or_else(bad)?;
            if let Some(name) = content.strip_prefix('!') {
                block.takes_back.push(name.trim().parse().map_err(|_| bad())?);
            } else {
                let (name, value) = content.split_once(':').ok_or_else(bad)?;
                let name: HeaderName = name.trim().parse().map_err(|_| bad())?;
                let value: HeaderValue = value.trim().parse().map_err(|_| bad())?;
                block.sets.append(name, value);
            }
        }
        Ok(Self(blocks))
    }

    /// The headers of the file at this path, as the request spells it.
    pub(super) fn of(&self, path: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for block in self.0.iter().filter(|block| block.path.matches(path)) {
            for name in &block.takes_back {
                headers.remove(name);
            }
            for (name, value) in &block.sets {
                headers.append(name, value.clone());
            }
        }
        headers
    }

    /// Also lets all pages connect to `origin`.
    pub(super) fn allow_connecting(&mut self, origin: &str) {
        for block in &mut self.0 {
            allow_connecting(&mut block.sets, origin);
        }
    }
}

fn allow_connecting(headers: &mut HeaderMap, origin: &str) {
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

    fn error(text: &str) -> BadLine {
        HeaderFile::read(text).unwrap_err()
    }

    #[test]
    fn reads_the_headers_of_all_paths() {
        let text = "# policy\n/*\n  X-A: 1\n\n  Content-Security-Policy: a b; c 'd:e'\n";
        let headers = HeaderFile::read(text).unwrap().of("/any/path");
        assert_eq!(headers["x-a"], "1");
        assert_eq!(headers["content-security-policy"], "a b; c 'd:e'");
        assert_eq!(headers.len(), 2);
    }

    #[test]
    fn a_block_counts_for_its_paths_alone() {
        let text = "/*\n  X-A: 1\n  X-B: 2\n/page\n  ! X-A\n  X-A: 3\n/folder/*\n  X-B: 4\n  ! X-A";
        let file = HeaderFile::read(text).unwrap();
        let of = |path: &str, name: &str| {
            file.of(path).get_all(name).iter().map(|it| it.to_str().unwrap().to_owned()).collect()
        };
        let cases: [(&str, &[&str], &[&str]); 5] = [
            ("/", &["1"], &["2"]),
            ("/page", &["3"], &["2"]),
            ("/page/", &["1"], &["2"]),
            ("/pages", &["1"], &["2"]),
            ("/folder/x", &[], &["2", "4"]),
        ];
        for (path, a, b) in cases {
            let found: [Vec<String>; 2] = [of(path, "x-a"), of(path, "x-b")];
            assert_eq!(found, [a, b], "{path}");
        }
    }

    #[test]
    fn names_the_line_that_it_cannot_read() {
        assert_eq!(error("/*\n  X-A 1\n"), BadLine(2));
        assert_eq!(error("  X-A: 1\n"), BadLine(1));
        assert_eq!(error("/*\n  X-A: 1\nother\n  X-B: 2\n"), BadLine(3));
        assert_eq!(error("/*/x\n  X-A: 1\n"), BadLine(1));
        assert_eq!(error("/*\n  X A: 1\n"), BadLine(2));
        assert_eq!(error("/*\n  ! X A\n"), BadLine(2));
    }

    #[test]
    fn adds_an_origin_to_every_policy() {
        let text = "/*\n  Content-Security-Policy: default-src 'none'; connect-src 'self'; img-src a\n\
                    /page\n  ! Content-Security-Policy\n  Content-Security-Policy: connect-src b";
        let mut file = HeaderFile::read(text).unwrap();
        file.allow_connecting("http://127.0.0.1:4000");
        assert_eq!(
            file.of("/")["content-security-policy"],
            "default-src 'none'; connect-src 'self' http://127.0.0.1:4000; img-src a"
        );
        let of_page = &file.of("/page")["content-security-policy"];
        assert_eq!(of_page, "connect-src b http://127.0.0.1:4000");
    }
}
