//! Fills the command templates of the endpoint table.

use serde_json::Value;

use crate::answer::lenient::scalar_text;
use crate::rules::argv::quote;
use crate::rules::config_key;
use crate::secret::REDACTED;

/// Renders a template. What is missing drops its bracketed group; outside of a
/// group it shows as a placeholder in capitals, to be filled by the reader.
pub(crate) fn render(template: &str, values: &Value) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(&fill(before, values).0);
        let (group, tail) = after.split_once(']').unwrap_or((after, ""));
        let (text, complete) = fill(group, values);
        if complete {
            out.push_str(&text);
        }
        rest = tail;
    }
    out.push_str(&fill(rest, values).0);
    out
}

/// The text with its placeholders filled, and whether all of them had a value.
fn fill(text: &str, values: &Value) -> (String, bool) {
    let mut out = String::new();
    let mut complete = true;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        match value_text(name, values) {
            Some(text) => out.push_str(&text),
            None => {
                complete = false;
                out.push_str(&placeholder(name));
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    (out, complete)
}

fn value_text(name: &str, values: &Value) -> Option<String> {
    if let Some(flag) = name.strip_prefix('?') {
        return (values.get(flag) == Some(&Value::Bool(true))).then(String::new);
    }
    if let Some(flag) = name.strip_prefix('!') {
        return (values.get(flag) == Some(&Value::Bool(false))).then(String::new);
    }
    if let Some(list) = name.strip_suffix("...") {
        return spread(values.get(list)?);
    }
    let value = name.split('.').try_fold(values, |value, part| value.get(part))?;
    let text = scalar_text(value).filter(|text| !text.is_empty())?;
    Some(if text == REDACTED { placeholder(name) } else { quote(&text) })
}

fn spread(value: &Value) -> Option<String> {
    let words: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(scalar_text).map(|w| quote(&w)).collect(),
        // A value may be secret, so the command names a shell variable instead.
        Value::Object(map) => map
            .keys()
            .map(|key| match config_key(key) {
                Ok(()) => format!("{key}=\"${key}\""),
                // No shell variable has such a name.
                Err(_) => format!("{}=VALUE", quote(key)),
            })
            .collect(),
        _ => return None,
    };
    (!words.is_empty()).then(|| words.join(" "))
}

fn placeholder(name: &str) -> String {
    let last = name.trim_end_matches('.').rsplit('.').next().unwrap_or(name);
    last.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn drops_groups_without_values_and_quotes_the_rest() {
        let template = "gigalixir ps:scale -a {app}[ -r {replicas}][ -s {size}]";
        assert_eq!(
            render(template, &json!({"app": "my-app", "replicas": 2})),
            "gigalixir ps:scale -a my-app -r 2"
        );
        assert_eq!(
            render(
                "gigalixir run -a {app} {command...}",
                &json!({"app": "a", "command": ["echo", "a b"]})
            ),
            "gigalixir run -a a echo 'a b'"
        );
        assert_eq!(render("gigalixir pg -a {app}", &json!({})), "gigalixir pg -a APP");
    }

    #[test]
    fn a_flag_chooses_between_two_commands() {
        let template = "gigalixir maintenance:[{?enable}on][{!enable}off] -a {app}";
        for (enable, command) in [(true, "maintenance:on"), (false, "maintenance:off")] {
            assert_eq!(
                render(template, &json!({"app": "a", "enable": enable})),
                format!("gigalixir {command} -a a")
            );
        }
    }

    #[test]
    fn never_shows_a_config_value() {
        let template = "gigalixir config:set -a {app} {configs...}[{?avoid_restart} --no_restart]";
        let values = json!({"app": "a", "configs": {"KEY": "<hidden>"}, "avoid_restart": true});
        assert_eq!(
            render(template, &values),
            "gigalixir config:set -a a KEY=\"$KEY\" --no_restart"
        );
    }
}
