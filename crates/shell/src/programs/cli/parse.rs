//! Reads the words after a command's name.

use std::collections::VecDeque;

use backoffice_contract::json;
use serde_json::{Value, json};

use crate::programs::cli::Values;
use crate::programs::cli::command::{Command, Need, Opt, Shape, Takes, YES};

/// The contents of a line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) values: Values,
    /// Whether `-y` was given.
    pub(crate) confirmed: bool,
}

/// Whether the line asks for help; options of another program do not count.
pub(crate) fn wants_help(command: &Command, words: &[String]) -> bool {
    let takes_rest = takes_rest(command);
    let own = words.iter().take_while(|word| !takes_rest || word.starts_with('-'));
    own.take_while(|word| *word != "--").any(|word| word == "--help")
}

/// Whether the words after the first one belong to another program.
fn takes_rest(command: &Command) -> bool {
    let rest = |shape| matches!(shape, Shape::Rest | Shape::RestOrNone);
    command.arguments.iter().any(|argument| rest(argument.shape))
}

/// Reads a line; the error is a sentence without its command.
pub(crate) fn parse(command: &'static Command, words: &[String]) -> Result<Parsed, String> {
    let takes_rest = takes_rest(command);
    let mut parsed = Parsed::default();
    let mut bare: Vec<&String> = Vec::new();
    let mut words: VecDeque<&String> = words.iter().collect();
    while let Some(word) = words.pop_front() {
        if word == "--" || (takes_rest && !word.starts_with('-')) {
            // The rest belongs to the command to run.
            bare.extend((word != "--").then_some(word));
            bare.extend(words.drain(..));
        } else if word.starts_with('-') && word.len() > 1 {
            let (option, joined) = option(command, word)?;
            let value = match option.takes {
                Takes::Flag(value) if joined.is_none() => Value::Bool(value),
                Takes::Flag(_) => return Err(format!("{} takes no value.", shown(option))),
                _ => {
                    let next = || words.pop_front().cloned();
                    let Some(text) = joined.or_else(next) else {
                        return Err(format!("{} needs a value.", shown(option)));
                    };
                    value(option, &text)?
                }
            };
            if option.field == YES {
                parsed.confirmed = true;
            } else {
                parsed.values.insert(option.field.to_owned(), value);
            }
        } else {
            bare.push(word);
        }
    }
    arguments(command, bare, &mut parsed.values)?;
    for option in command.options {
        match option.need {
            Need::Required if !parsed.values.contains_key(option.field) => {
                return Err(format!("{} is missing.", shown(option)));
            }
            Need::Default(number) => {
                parsed.values.entry(option.field).or_insert(json!(number));
            }
            _ => {}
        }
    }
    for (field, value) in command.fixed {
        parsed.values.insert((*field).to_owned(), Value::Bool(*value));
    }
    Ok(parsed)
}

/// The option that a word names, and the value that it carries.
fn option(command: &'static Command, word: &str) -> Result<(&'static Opt, Option<String>), String> {
    let unknown = || format!("No such option: {word}");
    if let Some(long) = word.strip_prefix("--") {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (long, None),
        };
        let known = command.options.iter().find(|option| option.long == name);
        return known.map(|option| (option, value)).ok_or_else(unknown);
    }
    let mut chars = word.chars().skip(1);
    let letter = chars.next();
    let known = command.options.iter().find(|option| option.short == letter);
    let joined = Some(chars.collect::<String>()).filter(|joined| !joined.is_empty());
    known.map(|option| (option, joined)).ok_or_else(unknown)
}

/// How an option is written in a sentence.
pub(super) fn shown(option: &Opt) -> String {
    match option.short {
        Some(short) => format!("-{short}/--{}", option.long),
        None => format!("--{}", option.long),
    }
}

fn value(option: &Opt, text: &str) -> Result<Value, String> {
    let wrong = |what: &str| format!("{} needs {what}, not '{text}'.", shown(option));
    match option.takes {
        Takes::Number => {
            json::number(text).map(|number| json!(number)).ok_or_else(|| wrong("a number"))
        }
        Takes::Integer => {
            text.parse::<u32>().map(|number| json!(number)).map_err(|_| wrong("a whole number"))
        }
        Takes::Text | Takes::Flag(_) => Ok(json!(text)),
    }
}

fn arguments(command: &Command, bare: Vec<&String>, values: &mut Values) -> Result<(), String> {
    let mut bare: VecDeque<&String> = bare.into();
    for argument in command.arguments {
        let value = match argument.shape {
            Shape::One | Shape::OneOrNone => match bare.pop_front() {
                Some(word) => json!(word),
                None if argument.shape == Shape::OneOrNone => continue,
                None => return Err(format!("{} is missing.", argument.name)),
            },
            Shape::Rest | Shape::RestOrNone => json!(bare.drain(..).collect::<Vec<_>>()),
            Shape::Pairs => pairs(bare.drain(..))?,
        };
        let empty = value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty);
        if empty && argument.shape != Shape::RestOrNone {
            return Err(format!("{} is missing.", argument.name));
        }
        values.insert(argument.field.to_owned(), value);
    }
    match bare.pop_front() {
        Some(word) => Err(format!("Unexpected argument '{word}'.")),
        None => Ok(()),
    }
}

fn pairs<'a>(words: impl Iterator<Item = &'a String>) -> Result<Value, String> {
    let mut pairs = Values::new();
    for word in words {
        match word.split_once('=') {
            Some((key, value)) if !key.is_empty() => pairs.insert(key.to_owned(), json!(value)),
            _ => return Err("Write variables as KEY=VALUE.".to_owned()),
        };
    }
    Ok(Value::Object(pairs))
}
