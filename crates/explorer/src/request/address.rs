//! Addresses: servers with variables, relative servers, paths with parameters.

use serde_json::Value;

use crate::{draft::Draft, form::Form, operation::Operation};

/// The address of the chosen server without a slash at its end.
pub(crate) fn server(operation: &Operation, draft: &Draft, base: &str) -> String {
    let path = Form::server_path();
    let chosen = operation.servers.get(draft.length(&path)).or(operation.servers.first());
    let Some(server) = chosen else { return origin(base).to_owned() };
    let mut values = Vec::new();
    for variable in &server.variables {
        let entered = draft.get(&path.child(&variable.name)).and_then(Value::as_str);
        let value = entered.filter(|text| !text.is_empty()).unwrap_or(&variable.default);
        values.push((variable.name.as_str(), value.to_owned()));
    }
    let address = path_of(&server.url, &values);
    absolute(&address, base).trim_end_matches('/').to_owned()
}

/// A template whose names in braces are replaced by values, which are already encoded.
pub(crate) fn path_of(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&format!("{{{name}}}")),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Resolves an address against another (RFC 3986, section 5; dot
/// segments at its beginning only).
fn absolute(address: &str, base: &str) -> String {
    let scheme = |text: &str| text.split_once("://").map(|(scheme, _)| scheme.to_owned());
    let is_scheme = |text: String| text.chars().all(|c| c.is_ascii_alphanumeric());
    if scheme(address).is_some_and(is_scheme) {
        return address.to_owned();
    }
    if address.starts_with("//") {
        return format!("{}:{address}", scheme(base).unwrap_or_else(|| "https".to_owned()));
    }
    if address.starts_with('/') {
        return format!("{}{address}", origin(base));
    }
    let base = base.split(['?', '#']).next().unwrap_or_default();
    let root = origin(base);
    let path = base.strip_prefix(root).unwrap_or_default();
    let folder = path.rsplit_once('/').map(|(folder, _)| folder).unwrap_or_default();
    let (mut folder, mut rest) = (folder, address);
    loop {
        if let Some(below) = rest.strip_prefix("../") {
            folder = folder.rsplit_once('/').map(|(above, _)| above).unwrap_or_default();
            rest = below;
        } else if let Some(here) = rest.strip_prefix("./") {
            rest = here;
        } else {
            return format!("{root}{folder}/{rest}");
        }
    }
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let rest = address.get(start..).unwrap_or_default();
    let length = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    address.get(..start + length).unwrap_or(address)
}

/// Host and request target of an address.
pub(crate) fn split(url: &str) -> (&str, &str) {
    let root = origin(url);
    let host = root.split_once("://").map_or(root, |(_, host)| host);
    let target = url.strip_prefix(root).unwrap_or_default();
    (host, if target.is_empty() { "/" } else { target })
}
