//! YAML 1.2 as JSON text, by the core schema (YAML 1.2.2, section 10.3).

use std::{collections::BTreeMap, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::document::json::quoted;

/// Aliases can make a small file endless; results larger than this many bytes are refused.
const LARGEST: usize = 256 << 20;

/// The first document of a YAML text as JSON.
///
/// # Errors
/// Says why the text cannot be converted, as the end of a sentence.
pub(crate) fn to_json(text: &str) -> Result<String, String> {
    let mut writer = Writer::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| error.to_string())?;
        let line = span.start.line();
        let done = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                writer.scalar(&text, plain, anchor)
            }
            Event::SequenceStart(anchor, _) => writer.open('[', anchor),
            Event::MappingStart(anchor, _) => writer.open('{', anchor),
            Event::SequenceEnd => writer.close(']'),
            Event::MappingEnd => writer.close('}'),
            Event::Alias(anchor) => writer.alias(anchor),
            Event::DocumentEnd => break,
            _ => Ok(()),
        };
        done.map_err(|why| format!("{why} (line {line})"))?;
    }
    if writer.out.is_empty() { Err("the text is empty".to_owned()) } else { Ok(writer.out) }
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<Container>,
    anchors: BTreeMap<usize, Range<usize>>,
}

struct Container {
    is_map: bool,
    /// Keys and values so far.
    count: usize,
    start: usize,
    anchor: usize,
}

impl Writer {
    /// Writes the separator before the next value; returns whether that value is a key.
    fn begin(&mut self) -> bool {
        let Some(container) = self.open.last_mut() else { return false };
        let count = container.count;
        container.count += 1;
        let key = container.is_map && count.is_multiple_of(2);
        if container.is_map && !key {
            self.out.push(':');
        } else if count > 0 {
            self.out.push(',');
        }
        key
    }

    fn scalar(&mut self, text: &str, plain: bool, anchor: usize) -> Result<(), String> {
        let key = self.begin();
        let start = self.out.len();
        let written = if plain && !key { core(text) } else { None };
        self.out.push_str(&written.unwrap_or_else(|| quoted(text)));
        self.anchors.insert(anchor, start..self.out.len());
        self.check()
    }

    fn open(&mut self, bracket: char, anchor: usize) -> Result<(), String> {
        if self.begin() {
            return Err("keys must be strings".to_owned());
        }
        let start = self.out.len();
        self.open.push(Container { is_map: bracket == '{', count: 0, start, anchor });
        self.out.push(bracket);
        Ok(())
    }

    fn close(&mut self, bracket: char) -> Result<(), String> {
        self.out.push(bracket);
        if let Some(container) = self.open.pop() {
            self.anchors.insert(container.anchor, container.start..self.out.len());
        }
        self.check()
    }

    fn alias(&mut self, anchor: usize) -> Result<(), String> {
        let key = self.begin();
        let found = self.anchors.get(&anchor).and_then(|range| self.out.get(range.clone()));
        let text = found.ok_or("an alias contains itself")?.to_owned();
        if key && !text.starts_with('"') {
            return Err("keys must be strings".to_owned());
        }
        self.out.push_str(&text);
        self.check()
    }

    fn check(&self) -> Result<(), String> {
        if self.out.len() > LARGEST {
            Err("its aliases make it too large".to_owned())
        } else {
            Ok(())
        }
    }
}

/// A plain scalar that is not a string, as JSON.
fn core(text: &str) -> Option<String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some("null".to_owned()),
        "true" | "True" | "TRUE" => return Some("true".to_owned()),
        "false" | "False" | "FALSE" => return Some("false".to_owned()),
        _ => {}
    }
    let radix = |prefix, radix| {
        text.strip_prefix(prefix).and_then(|digits| u64::from_str_radix(digits, radix).ok())
    };
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(number.to_string());
    }
    let is_json = |text: &str| serde_json::from_str::<serde_json::Number>(text).is_ok();
    if is_json(text) {
        return Some(text.to_owned());
    }
    // YAML allows more notations of numbers than JSON: `+1`, `007`, `.5`, `1.`.
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let power = rest.find(['e', 'E']).and_then(|at| rest.get(at..)).unwrap_or_default();
    let digits = rest.strip_suffix(power)?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    if !all_digits || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}{power}")).filter(|number| is_json(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_json_wants_them() {
        for (text, json) in [
            ("1", "1"),
            ("+1", "1"),
            ("-1", "-1"),
            ("007", "7"),
            ("-0", "-0"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("1.", "1"),
            ("1.e2", "1e2"),
            ("+00.50", "0.50"),
            ("2E+3", "2E+3"),
            ("0x1f", "31"),
            ("0o17", "15"),
        ] {
            assert_eq!(core(text).as_deref(), Some(json), "{text}");
        }
        for text in [".", "+", "-", "e1", ".e1", "1e", "+-1", "1.2.3", "1_0", "inf", "1e999", "1 2"]
        {
            assert_eq!(core(text), None, "{text}");
        }
    }
}
