//! How parameters are written into addresses and headers (OpenAPI 3.1, sections
//! 4.8.12.3 and 4.8.12.4; RFC 6570; RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    parameter::{Parameter, Style},
    value::Tree,
};

/// Everything except the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What `allowReserved` leaves unencoded: the reserved characters of RFC 3986, section 2.2,
/// except those that would end a pair or the query.
const ALLOWED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'[')
    .remove(b']');

/// A text with everything encoded except unreserved characters.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// How a value is written as pairs, for a query or a form.
pub(crate) struct Pairs {
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) reserved: bool,
    /// Whether secrets are replaced by their names.
    pub(crate) shown: bool,
}

impl Pairs {
    fn text(&self, text: &str) -> String {
        let set = if self.reserved { ALLOWED } else { RESERVED };
        utf8_percent_encode(text, set).to_string()
    }

    fn value(&self, tree: &Tree) -> String {
        self.text(&tree.plain(self.shown))
    }

    /// Encoded pairs `name=value`; empty for an empty list or object.
    pub(crate) fn write(&self, name: &str, tree: &Tree) -> Vec<String> {
        let key = encoded(name);
        let between = match self.style {
            Style::Space => "%20",
            Style::Pipe => "%7C",
            _ => ",",
        };
        match tree {
            Tree::Object(_) if self.style == Style::Deep => {
                let mut pairs = Vec::new();
                self.deep(&key, tree, &mut pairs);
                pairs
            }
            Tree::List(items) if self.explode => {
                items.iter().map(|item| format!("{key}={}", self.value(item))).collect()
            }
            Tree::List(items) if !items.is_empty() => {
                let items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
                vec![format!("{key}={}", items.join(between))]
            }
            Tree::Object(members) if self.explode => members
                .iter()
                .map(|(name, value)| format!("{}={}", encoded(name), self.value(value)))
                .collect(),
            Tree::Object(members) if !members.is_empty() => {
                let flat =
                    members.iter().flat_map(|(name, value)| [encoded(name), self.value(value)]);
                vec![format!("{key}={}", flat.collect::<Vec<String>>().join(between))]
            }
            Tree::List(_) | Tree::Object(_) => Vec::new(),
            scalar => vec![format!("{key}={}", self.value(scalar))],
        }
    }

    fn deep(&self, key: &str, tree: &Tree, pairs: &mut Vec<String>) {
        match tree {
            Tree::Object(members) => {
                for (name, value) in members {
                    self.deep(&format!("{key}%5B{}%5D", encoded(name)), value, pairs);
                }
            }
            Tree::List(items) => {
                for item in items {
                    self.deep(key, item, pairs);
                }
            }
            scalar => pairs.push(format!("{key}={}", self.value(scalar))),
        }
    }
}

/// The pairs of a query parameter.
pub(crate) fn query(parameter: &Parameter, tree: &Tree, shown: bool) -> Vec<String> {
    let pairs = Pairs {
        style: parameter.style,
        explode: parameter.explode,
        reserved: parameter.reserved,
        shown,
    };
    if parameter.json {
        return pairs.write(&parameter.name, &Tree::Text(tree.json(shown, false)));
    }
    pairs.write(&parameter.name, tree)
}

/// The text that replaces a parameter's name in the path.
pub(crate) fn path(parameter: &Parameter, tree: &Tree, shown: bool) -> String {
    if parameter.json {
        return encoded(&tree.json(shown, false));
    }
    let name = encoded(&parameter.name);
    let value = |tree: &Tree| encoded(&tree.plain(shown));
    let (first, between) = match parameter.style {
        Style::Label => (".", if parameter.explode { "." } else { "," }),
        Style::Matrix => (";", if parameter.explode { ";" } else { "," }),
        _ => ("", ","),
    };
    let matrix = parameter.style == Style::Matrix;
    let written = joined(
        tree,
        between,
        parameter.explode,
        &value,
        (matrix && parameter.explode).then_some(&name),
    );
    let exploded = parameter.explode && matches!(tree, Tree::List(_) | Tree::Object(_));
    if matrix && !exploded { format!(";{name}={written}") } else { format!("{first}{written}") }
}

/// The value of a header: `simple` without percent-encoding.
pub(crate) fn header(parameter: &Parameter, tree: &Tree, shown: bool) -> String {
    if parameter.json {
        return tree.json(shown, false);
    }
    joined(tree, ",", parameter.explode, &|tree: &Tree| tree.plain(shown), None)
}

fn joined(
    tree: &Tree,
    between: &str,
    explode: bool,
    value: &dyn Fn(&Tree) -> String,
    label: Option<&String>,
) -> String {
    let pieces: Vec<String> = match tree {
        Tree::List(items) => items
            .iter()
            .map(|item| match label {
                Some(name) => format!("{name}={}", value(item)),
                None => value(item),
            })
            .collect(),
        Tree::Object(members) => members
            .iter()
            .map(|(name, member)| {
                let name = value(&Tree::Text(name.clone()));
                format!("{name}{}{}", if explode { "=" } else { between }, value(member))
            })
            .collect(),
        scalar => vec![value(scalar)],
    };
    pieces.join(between)
}
