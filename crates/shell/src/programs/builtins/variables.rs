//! Programs about variables.

use backoffice_contract::rules::config_key;

use crate::language::io::Io;

pub(super) fn export(io: &Io<'_>, words: &[String]) -> u8 {
    if words.is_empty() || words.iter().all(|word| word == "-p") {
        return env(io, &[]);
    }
    let mut status = 0;
    for word in words {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word.as_str(), None),
        };
        if config_key(name).is_err() {
            status = io.fail(format!("export: {name}: not a valid identifier"));
            continue;
        }
        let mut state = io.shell.state.borrow_mut();
        if let Some(value) = value {
            state.set(name, value.to_owned());
        }
        state.variables.entry(name.to_owned()).or_default().exported = true;
    }
    status
}

pub(super) fn unset(io: &Io<'_>, words: &[String]) -> u8 {
    let mut state = io.shell.state.borrow_mut();
    for word in words {
        state.variables.remove(word);
    }
    0
}

pub(super) fn env(io: &Io<'_>, _: &[String]) -> u8 {
    for (name, variable) in &io.shell.state.borrow().variables {
        if variable.exported {
            io.line(format!("{name}={}", variable.value));
        }
    }
    0
}
