//! The grammar is complete, and parses the commands that the console shows.

use std::collections::BTreeSet;

use backoffice_contract::route::{self, Route};
use backoffice_contract::{Operation as _, for_each_endpoint, op};
use serde_json::{Value, json};

use crate::programs::cli::command::{Does, Takes};
use crate::programs::cli::parse::{Parsed, parse, wants_help};
use crate::programs::cli::table::*;

fn words(line: &str) -> Vec<String> {
    backoffice_contract::argv::split(line).unwrap()
}

#[track_caller]
fn read(line: &str) -> Result<Parsed, String> {
    let words = words(line);
    let (name, rest) = words.split_first().unwrap();
    parse(find(name).unwrap(), rest)
}

#[track_caller]
fn check(line: &str, expected: Value) {
    assert_eq!(Value::Object(read(line).unwrap().values), expected, "{line}");
}

#[test]
fn options_stand_anywhere_and_in_any_form() {
    check("ps:scale -a x -r 2", json!({"app": "x", "replicas": 2}));
    check("scale --size=0.5 --app_name x", json!({"app": "x", "size": 0.5}));
    check("ps:scale -r2 -s0.3", json!({"replicas": 2, "size": 0.3}));
    check(
        "config:set A=1 B=x=y -a z --no_restart",
        json!({
            "app": "z", "configs": {"A": "1", "B": "x=y"}, "avoid_restart": true,
        }),
    );
    check("logs -t -n 5", json!({"follow": false, "num_lines": 5}));
    check(
        "run -a x mix ecto.migrate -n 2",
        json!({
            "app": "x", "command": ["mix", "ecto.migrate", "-n", "2"],
        }),
    );
    check("run -- -v", json!({"command": ["-v"]}));
    check("maintenance:off -y", json!({"enable": false}));
    check("pg:read_replicas:create -d 1", json!({"database": "1", "size": 0.6}));
}

#[test]
fn what_cannot_be_read_is_said() {
    for (line, reason) in [
        ("ps:scale -r many", "-r/--replicas needs a whole number, not 'many'."),
        ("ps:scale -r", "-r/--replicas needs a value."),
        ("ps --all", "No such option: --all"),
        ("ps x", "Unexpected argument 'x'."),
        ("config:set A", "Write variables as KEY=VALUE."),
        ("config:set", "KEY=VALUE is missing."),
        ("config:unset", "KEY is missing."),
        ("pg:destroy", "-d/--database_id is missing."),
        ("ps:kill -y=1", "-y/--yes takes no value."),
    ] {
        assert_eq!(read(line), Err(reason.to_owned()), "{line}");
    }
}

#[test]
fn help_of_a_command_that_is_run_is_not_ours() {
    for (line, expected) in [
        ("run --help", true),
        ("run -a x --help", false),
        ("run mix --help", false),
        ("ps -a x --help", true),
    ] {
        let words = words(line);
        assert_eq!(wants_help(find(&words[0]).unwrap(), &words[1..]), expected, "{line}");
    }
}

#[test]
fn names_are_unique_and_every_command_is_explained() {
    let mut seen = BTreeSet::new();
    for name in names() {
        assert!(seen.insert(name), "{name} appears twice");
    }
    for command in COMMANDS {
        assert!(command.sentence().ends_with('.'), "{}", command.name);
        let mut letters = BTreeSet::new();
        for option in command.options {
            assert!(
                option.short.is_none_or(|short| letters.insert(short)),
                "{} -{:?}",
                command.name,
                option.short
            );
        }
    }
}

/// Users can type every command that the console shows beside a button. It means the same
/// operation, and gives a value to each of its fields.
#[test]
fn the_commands_of_the_endpoint_table_are_understood() {
    for operation in Op::ALL {
        let Some(template) = operation.endpoint().cli else { continue };
        let (line, fields) = filled(template);
        let words = words(&line);
        let command = find(&words[1]).unwrap_or_else(|| panic!("{line} is unknown"));
        // Signing in is two operations of one command, and so is the second factor.
        assert!(command.operations().contains(operation), "{line} is not {operation}");
        let parsed = parse(command, &words[2..]).unwrap_or_else(|error| panic!("{line}: {error}"));
        for field in fields {
            assert!(parsed.values.contains_key(&field), "{line} leaves {field} without a value");
        }
    }
}

/// The requests of commands match the types of their operations: they have these fields,
/// with the same kinds of values.
#[test]
fn requests_are_of_the_shape_of_their_operations() {
    for command in COMMANDS {
        let Does::Call(operation, _) = command.does else { continue };
        let options = command.options.iter().filter(|option| option.field != YES).map(|option| {
            let value = match option.takes {
                Takes::Text => json!(format!("the {}", option.field)),
                Takes::Number => json!(0.5),
                Takes::Integer => json!(7),
                Takes::Flag(value) => json!(value),
            };
            (option.field, value)
        });
        let arguments = command.arguments.iter().map(|argument| {
            let value = match argument.shape {
                Shape::One | Shape::OneOrNone => json!(format!("the {}", argument.field)),
                Shape::Rest | Shape::RestOrNone => json!(["one", "two"]),
                Shape::Pairs => json!({"KEY": "the value"}),
            };
            (argument.field, value)
        });
        let fixed = command.fixed.iter().map(|(field, value)| (*field, json!(value)));
        let values = options.chain(arguments).chain(fixed);
        let values = values.map(|(field, value)| (field.to_owned(), value)).collect();
        let (target, body) = operation.endpoint().request(values);
        let typed = typed(operation, &target, body.as_deref().unwrap_or_default());
        assert_eq!(target, typed.0, "{}", command.name);
        let body: Value = serde_json::from_str(body.as_deref().unwrap_or("{}")).unwrap();
        for (field, value) in body.as_object().unwrap() {
            assert_eq!(Some(value), typed.1.get(field), "{}: {field}", command.name);
        }
    }
}

/// Target and body of a request that was parsed as its operation.
fn typed(operation: Op, target: &str, body: &str) -> (String, Value) {
    macro_rules! define_typed {
        ($(
            $(#[doc = $doc:literal])+
            $id:ident $Op:ident $method:ident $path:literal { $($rest:tt)* }
        )+) => {
            match operation {
                $(Op::$Op => {
                    let (path, query) = target.split_once('?').unwrap_or((target, ""));
                    let method = operation.endpoint().method;
                    let Route::Found(_, params) = route::find(Some(method), path) else {
                        panic!("{target} is of no endpoint");
                    };
                    let read = op::$Op::from_request(&params, query, body.as_bytes()).unwrap();
                    (read.target(), read.body().unwrap_or_default())
                })+
            }
        };
    }
    for_each_endpoint!(define_typed)
}

/// A template with a value for every placeholder, and the fields that have one.
fn filled(template: &str) -> (String, Vec<String>) {
    let template = template
        .replace("[{?enable}on][{!enable}off]", "on")
        .replace("{?avoid_restart} ", "")
        .replace("{user.email}", "{email}")
        .replace("{provider}", "google")
        .replace(['[', ']'], " ");
    let mut line = String::new();
    let mut fields = Vec::new();
    let mut rest = template.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').unwrap();
        line.push_str(before);
        line.push_str(match name {
            "configs..." => "KEY=VALUE",
            _ => "1",
        });
        fields.push(name.trim_end_matches('.').to_owned());
        rest = tail;
    }
    (line + rest, fields)
}

#[test]
fn every_operation_with_a_command_belongs_to_one() {
    let made: BTreeSet<&str> =
        COMMANDS.iter().flat_map(Command::operations).map(Op::as_str).collect();
    for operation in Op::ALL.iter().filter(|operation| operation.endpoint().cli.is_some()) {
        assert!(made.contains(operation.as_str()), "no command makes {operation}");
    }
}

/// The page that shows where each command is in the console lists no other commands.
#[test]
fn commands_and_aliases_of_the_documented_list_are_known() {
    let page = include_str!("../../../../../../docs/cli.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let (mut commands, mut aliases) = (0, 0);
    for row in rows.filter(|row| !row.starts_with("git push")) {
        let (usage, rest) = row.split_once('`').unwrap();
        let name = usage.split(' ').next().unwrap();
        let command = find(name).unwrap_or_else(|| panic!("{name} is unknown"));
        match rest.strip_prefix(" | `").and_then(|rest| rest.split_once("` |")) {
            Some((of, "")) => {
                assert_eq!(command.name, of, "{name}");
                aliases += 1;
            }
            _ => commands += 1,
        }
    }
    assert!(commands >= 70 && aliases >= 20, "{commands} {aliases}");
}
