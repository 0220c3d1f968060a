//! Bodies in the formats that forms support.

use crate::document::Document;
use crate::operation::Media;
use crate::parameter::Style;
use crate::request::style::Pairs;
use crate::value::Tree;

/// A body and the value of its `Content-Type`.
pub(crate) struct Written {
    pub(crate) content_type: String,
    pub(crate) text: String,
}

/// Writes a body. With `shown`, secrets are replaced by their names.
pub(crate) fn write(document: &Document, media: &Media, tree: &Tree, shown: bool) -> Written {
    let content_type = media.content_type();
    match media.essence().as_str() {
        "application/x-www-form-urlencoded" => {
            Written { content_type, text: pairs(document, media, tree, shown) }
        }
        "multipart/form-data" => parts(document, media, tree, shown),
        _ if media.is_json() => Written { content_type, text: tree.json(shown, true) },
        _ => Written { content_type, text: tree.plain(shown) },
    }
}

/// `application/x-www-form-urlencoded`, each property with its encoding.
fn pairs(document: &Document, media: &Media, tree: &Tree, shown: bool) -> String {
    let mut pairs = Vec::new();
    for (name, value) in members(tree) {
        let encoding = media.encoding(document, name);
        let style = encoding.text("style").as_deref().and_then(Style::read);
        let style = style.unwrap_or(Style::Form);
        let explode = match encoding.get("explode") {
            Some(raw) => raw == "true",
            None => style == Style::Form,
        };
        let reserved = encoding.flag("allowReserved");
        let written = Pairs { style, explode, reserved, shown };
        // Only an explicit style splits an object; otherwise it is sent as JSON.
        let whole = matches!(value, Tree::Object(_)) && encoding.get("style").is_none();
        pairs.extend(if whole {
            written.write(name, &Tree::Text(value.json(shown, false)))
        } else {
            written.write(name, value)
        });
    }
    pairs.join("&")
}

/// `multipart/form-data` (RFC 7578): a part for each property and each item.
fn parts(document: &Document, media: &Media, tree: &Tree, shown: bool) -> Written {
    let mut parts: Vec<(&str, Option<String>, String)> = Vec::new();
    for (name, value) in members(tree) {
        let wanted = media.encoding(document, name).text("contentType");
        let items = match value {
            Tree::List(items) => items.iter().collect(),
            one => vec![one],
        };
        for item in items {
            let complex = matches!(item, Tree::Object(_) | Tree::List(_));
            let json = complex.then(|| "application/json".to_owned());
            parts.push((name, wanted.clone().or(json), item.plain(shown)));
        }
    }
    // A boundary must not occur in any part (RFC 2046, section 5.1.1).
    let mut boundary = "form-boundary".to_owned();
    while parts.iter().any(|(_, _, text)| text.contains(&boundary)) {
        boundary.push('-');
        boundary.push_str(&boundary.len().to_string());
    }
    let mut text = String::new();
    for (name, content_type, value) in &parts {
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        text.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n"
        ));
        if let Some(content_type) = content_type {
            text.push_str(&format!(
                "Content-Type: {}\r\n",
                content_type.replace(['\r', '\n'], " ")
            ));
        }
        text.push_str(&format!("\r\n{value}\r\n"));
    }
    text.push_str(&format!("--{boundary}--\r\n"));
    Written { content_type: format!("multipart/form-data; boundary={boundary}"), text }
}

fn members(tree: &Tree) -> impl Iterator<Item = (&str, &Tree)> {
    let members = match tree {
        Tree::Object(members) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(name, value)| (name.as_str(), value))
}
