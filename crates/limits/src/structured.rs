//! Structured fields, as far as the rate-limit fields use them: lists and
//! dictionaries of items with parameters (RFC 9651).
//!
//! A field that does not parse is ignored as a whole (RFC 9651 section 4.2), so every
//! function returns all of it or nothing. Kinds of values that no rate-limit field has are
//! checked and returned as [`Bare::Other`].
//!
//! No crate, because two things are needed that `sfv` and `sfparse` do not return: the text
//! of an item as it was sent, which is shown to people, and every occurrence of a key that
//! repeats, which is how two joined fields of the earlier drafts look. `sfv` also brings
//! `base64`, for values that are only skipped here.

/// A value without its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bare {
    /// An Integer: up to 15 digits.
    Integer(i64),
    /// A String, unescaped, or a Token. Drafts named policies with either.
    Text(String),
    /// A Decimal, Byte Sequence, Boolean, Date, Display String or inner list.
    Other,
}

/// A value with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item<'a> {
    pub(super) value: Bare,
    pub(super) parameters: Vec<(&'a str, Bare)>,
    /// As it was written.
    pub(super) raw: &'a str,
}

impl Item<'_> {
    /// A parameter. Of several with one key the last counts (section 4.2.3.2).
    pub(super) fn parameter(&self, key: &str) -> Option<&Bare> {
        self.parameters.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| value)
    }
}

/// Parses a List (section 4.2.1).
pub(super) fn list(text: &str) -> Option<Vec<Item<'_>>> {
    members(text, Parser::item)
}

/// Parses a Dictionary (section 4.2.2) into its members in order, with those whose
/// key repeats: the caller decides which of them counts.
pub(super) fn dictionary(text: &str) -> Option<Vec<(&str, Item<'_>)>> {
    members(text, |parser| {
        let key = parser.key()?;
        if parser.eat('=') {
            return Some((key, parser.item()?));
        }
        // A key alone is true.
        let (parameters, raw) = (parser.parameters()?, parser.rest);
        Some((key, Item { value: Bare::Other, parameters, raw }))
    })
}

fn members<'a, T>(
    text: &'a str,
    mut member: impl FnMut(&mut Parser<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut parser = Parser { rest: text.trim_matches([' ', '\t']) };
    let mut members = Vec::new();
    while !parser.rest.is_empty() {
        members.push(member(&mut parser)?);
        parser.skip(&[' ', '\t']);
        if parser.rest.is_empty() {
            break;
        }
        if !parser.eat(',') {
            return None;
        }
        parser.skip(&[' ', '\t']);
        // A comma at the end is an error, and so is nothing between two.
        if parser.rest.is_empty() {
            return None;
        }
    }
    Some(members)
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn skip(&mut self, what: &[char]) {
        self.rest = self.rest.trim_start_matches(what);
    }

    fn eat(&mut self, expected: char) -> bool {
        let rest = self.rest.strip_prefix(expected);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes the text up to the first character that is not part of it.
    fn take(&mut self, part: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|letter| !part(letter)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Sections 4.2.3 and 4.2.1.2.
    fn item(&mut self) -> Option<Item<'a>> {
        let start = self.rest;
        let value = if self.eat('(') { self.inner_list()? } else { self.bare()? };
        let parameters = self.parameters()?;
        let raw = start.get(..start.len().checked_sub(self.rest.len())?)?;
        Some(Item { value, parameters, raw })
    }

    fn inner_list(&mut self) -> Option<Bare> {
        loop {
            self.skip(&[' ']);
            if self.eat(')') {
                return Some(Bare::Other);
            }
            self.bare()?;
            self.parameters()?;
            if !self.rest.starts_with([' ', ')']) {
                return None;
            }
        }
    }

    /// Section 4.2.3.2.
    fn parameters(&mut self) -> Option<Vec<(&'a str, Bare)>> {
        let mut parameters = Vec::new();
        while self.eat(';') {
            self.skip(&[' ']);
            let key = self.key()?;
            let value = if self.eat('=') { self.bare()? } else { Bare::Other };
            parameters.push((key, value));
        }
        Some(parameters)
    }

    /// Section 4.2.3.3: lower case only.
    fn key(&mut self) -> Option<&'a str> {
        if !self.rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '*') {
            return None;
        }
        let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.*".contains(c);
        Some(self.take(part))
    }

    /// Section 4.2.3.1.
    fn bare(&mut self) -> Option<Bare> {
        match self.rest.chars().next()? {
            '-' | '0'..='9' => self.number(),
            '"' => self.string(),
            ':' => self.bytes(),
            '?' => {
                self.eat('?');
                (self.eat('0') || self.eat('1')).then_some(Bare::Other)
            }
            '@' => {
                self.eat('@');
                match self.number()? {
                    Bare::Integer(_) => Some(Bare::Other),
                    _ => None,
                }
            }
            '%' => self.display_string(),
            first if first.is_ascii_alphabetic() || first == '*' => {
                Some(Bare::Text(self.take(is_token).to_owned()))
            }
            _ => None,
        }
    }

    /// An Integer or a Decimal (section 4.2.4).
    fn number(&mut self) -> Option<Bare> {
        let negative = self.eat('-');
        let whole = self.take(|c| c.is_ascii_digit());
        if whole.is_empty() || whole.len() > 15 {
            return None;
        }
        if self.eat('.') {
            let fraction = self.take(|c| c.is_ascii_digit());
            let fits = whole.len() <= 12 && (1..=3).contains(&fraction.len());
            return fits.then_some(Bare::Other);
        }
        let number = whole.parse::<i64>().ok()?;
        Some(Bare::Integer(if negative { -number } else { number }))
    }

    /// Section 4.2.5: printable ASCII, where a backslash stands before a quote or
    /// another backslash.
    fn string(&mut self) -> Option<Bare> {
        let mut text = String::new();
        let mut letters = self.rest.chars();
        letters.next()?;
        loop {
            match letters.next()? {
                '"' => break,
                '\\' => text.push(letters.next().filter(|c| matches!(c, '"' | '\\'))?),
                letter @ ' '..='~' => text.push(letter),
                _ => return None,
            }
        }
        self.rest = letters.as_str();
        Some(Bare::Text(text))
    }

    /// Section 4.2.7. They are not decoded.
    fn bytes(&mut self) -> Option<Bare> {
        self.eat(':');
        self.take(|c| c.is_ascii_alphanumeric() || "+/=".contains(c));
        self.eat(':').then_some(Bare::Other)
    }

    /// Section 4.2.10. It is not decoded.
    fn display_string(&mut self) -> Option<Bare> {
        self.eat('%');
        if !self.eat('"') {
            return None;
        }
        self.take(|c| matches!(c, ' '..='~') && c != '"');
        self.eat('"').then_some(Bare::Other)
    }
}

fn is_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:/".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Bare {
        Bare::Text(value.to_owned())
    }

    #[test]
    fn members_keep_their_names_parameters_and_text() {
        let items = list(r#" "a, b;\"c\\";r=5; t=-3;x , d;y="1,2" "#).unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].value, text(r#"a, b;"c\"#));
        assert_eq!(items[0].parameter("r"), Some(&Bare::Integer(5)));
        assert_eq!(items[0].parameter("t"), Some(&Bare::Integer(-3)));
        assert_eq!(items[0].parameter("x"), Some(&Bare::Other));
        assert_eq!(items[0].raw, r#""a, b;\"c\\";r=5; t=-3;x"#);
        assert_eq!(items[1].value, text("d"));
        assert_eq!(items[1].parameter("y"), Some(&text("1,2")));
        assert_eq!(list("a;r=1;r=2").unwrap()[0].parameter("r"), Some(&Bare::Integer(2)));
        assert_eq!(list("").unwrap(), []);
    }

    #[test]
    fn other_kinds_of_values_are_passed_over() {
        for value in
            ["1.5", ":cHsd+/==:", "::", "?1", "?0", "@12", r#"%"f%c3""#, "(a \"b\";c 1)", "()"]
        {
            let items = list(value).unwrap_or_else(|| panic!("{value}"));
            assert_eq!((items.len(), &items[0].value), (1, &Bare::Other), "{value}");
        }
    }

    #[test]
    fn what_does_not_parse_is_nothing() {
        for value in [
            "a,",
            "a,,b",
            ",a",
            "a b",
            "a;",
            "a;R=1",
            "a;rR=1",
            "a;1",
            "\"a",
            r#""a\b""#,
            "\"ä\"",
            "ä",
            "a ;r=1",
            "1234567890123456",
            "1.2345",
            "1.",
            "-",
            ":a",
            ":ä:",
            "?2",
            "@1.5",
            "%a",
            "%\"a",
            "(a",
            "(a\"b\")",
            "a;r=",
            "limit=5",
        ] {
            assert_eq!(list(value), None, "{value}");
        }
        assert_eq!(dictionary("Limit=5"), None);
        assert_eq!(dictionary("limit=5,"), None);
    }

    #[test]
    fn dictionaries_keep_what_repeats() {
        let members = dictionary("limit=5;x=1, reset,\tlimit=7").unwrap();
        let keys: Vec<_> = members.iter().map(|(key, item)| (*key, item.value.clone())).collect();
        assert_eq!(
            keys,
            [("limit", Bare::Integer(5)), ("reset", Bare::Other), ("limit", Bare::Integer(7))]
        );
    }
}
