//! `jq`, for paths.

use serde_json::Value;

use crate::language::io::Io;

pub(super) fn run(io: &Io<'_>, words: &[String]) -> u8 {
    let (options, rest): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.starts_with('-') && word.len() > 1);
    let has = |flag: char| {
        options.iter().any(|option| !option.starts_with("--") && option.contains(flag))
    };
    let raw = has('r') || options.iter().any(|option| *option == "--raw-output");
    let filter = rest.first().map_or(".", |filter| filter.as_str());
    let text = match rest.get(1) {
        Some(name) => match crate::programs::builtins::filters::read(io, name) {
            Ok(text) => text,
            Err(error) => return io.fail(format!("jq: {name}: {error}")) + 1,
        },
        None => io.stdin.clone().unwrap_or_default(),
    };
    let mut status = 0;
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                io.notice(format!("jq: parse error: {error}"));
                return 2;
            }
        };
        match apply(filter, vec![value]) {
            Ok(values) => {
                for value in values {
                    if has('e') && matches!(value, Value::Null | Value::Bool(false)) {
                        status = 1;
                    }
                    show(io, &value, raw, has('c'));
                }
            }
            Err(reason) => {
                io.notice(format!("jq: {reason}"));
                return 3;
            }
        }
    }
    status
}

fn show(io: &Io<'_>, value: &Value, raw: bool, compact: bool) {
    match value {
        Value::String(text) if raw => io.line(text),
        value if compact => io.line(value.to_string()),
        value => io.line(serde_json::to_string_pretty(value).unwrap_or_default()),
    }
}

/// Applies filters that are joined by `|`.
fn apply(filter: &str, mut values: Vec<Value>) -> Result<Vec<Value>, String> {
    for filter in filter.split('|') {
        let mut next = Vec::new();
        for value in values {
            next.extend(step(filter.trim(), value)?);
        }
        values = next;
    }
    Ok(values)
}

fn step(filter: &str, value: Value) -> Result<Vec<Value>, String> {
    match filter {
        "." => Ok(vec![value]),
        "length" => Ok(vec![length(&value)?.into()]),
        "keys" => Ok(vec![keys(&value)?]),
        filter if filter.starts_with('.') => path(filter, value),
        _ => Err(format!(
            "this shell supports paths such as .data[0].name, length and keys, but not {filter}"
        )),
    }
}

fn length(value: &Value) -> Result<usize, String> {
    match value {
        Value::Null => Ok(0),
        Value::Array(items) => Ok(items.len()),
        Value::Object(fields) => Ok(fields.len()),
        Value::String(text) => Ok(text.chars().count()),
        Value::Bool(_) | Value::Number(_) => Err("this has no length".into()),
    }
}

fn keys(value: &Value) -> Result<Value, String> {
    match value {
        Value::Object(fields) => Ok(fields.keys().cloned().collect()),
        Value::Array(items) => Ok((0..items.len()).collect()),
        _ => Err("this has no keys".into()),
    }
}

/// Follows `.a.b[0][].c` and `."a b"`.
fn path(filter: &str, value: Value) -> Result<Vec<Value>, String> {
    let mut values = vec![value];
    let mut rest = filter;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (index, tail) = inner.split_once(']').ok_or("a [ is never closed")?;
            values = if index.is_empty() {
                values.into_iter().map(items).collect::<Result<Vec<_>, _>>()?.concat()
            } else {
                values.into_iter().map(|value| at(value, index)).collect::<Result<_, _>>()?
            };
            rest = tail;
        } else if let Some(quoted) = rest.strip_prefix(".\"") {
            let (name, tail) = quoted.split_once('"').ok_or("a quote is never closed")?;
            values =
                values.into_iter().map(|value| field(value, name)).collect::<Result<_, _>>()?;
            rest = tail;
        } else if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[', '?']).unwrap_or(after.len());
            let (name, tail) = after.split_at(end);
            if !name.is_empty() {
                values =
                    values.into_iter().map(|value| field(value, name)).collect::<Result<_, _>>()?;
            }
            rest = tail.trim_start_matches('?');
        } else {
            return Err(format!("{filter} is not a path"));
        }
    }
    Ok(values)
}

fn items(value: Value) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(items) => Ok(items),
        Value::Object(fields) => Ok(fields.into_iter().map(|(_, value)| value).collect()),
        _ => Err("this has no elements".into()),
    }
}

fn at(value: Value, index: &str) -> Result<Value, String> {
    if let Some(name) = index.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        return field(value, name);
    }
    let index: i64 = index.parse().map_err(|_| format!("[{index}] is not an index"))?;
    match value {
        Value::Null => Ok(Value::Null),
        Value::Array(items) => {
            let back = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
            let at = if index < 0 { items.len().checked_sub(back) } else { Some(back) };
            Ok(at.and_then(|at| items.into_iter().nth(at)).unwrap_or_default())
        }
        _ => Err(format!("[{index}] needs a list")),
    }
}

fn field(value: Value, name: &str) -> Result<Value, String> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::Object(mut fields) => Ok(fields.remove(name).unwrap_or_default()),
        _ => Err(format!(".{name} needs an object")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn follows_paths() {
        let value = json!({"data": [{"name": "a", "b c": 1}, {"name": "b"}], "n": null});
        for (filter, expected) in [
            (".data[0].name", vec![json!("a")]),
            (".data[].name", vec![json!("a"), json!("b")]),
            (".data[-1].name", vec![json!("b")]),
            (".data[9].name", vec![json!(null)]),
            (".data[0].\"b c\"", vec![json!(1)]),
            (".data | length", vec![json!(2)]),
            (".data[0] | keys", vec![json!(["b c", "name"])]),
            (".n.x", vec![json!(null)]),
            ("length", vec![json!(2)]),
        ] {
            assert_eq!(apply(filter, vec![value.clone()]), Ok(expected), "{filter}");
        }
        for filter in [".data.name", ".data[0", "map(.x)", ".data[x]", ".n[] "] {
            assert!(apply(filter, vec![value.clone()]).is_err(), "{filter}");
        }
    }
}
