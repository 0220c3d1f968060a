//! From words to arguments: tilde, variables, commands, then file names (XCU 2.6).

use std::cell::RefCell;
use std::rc::Rc;

use crate::language::exec;
use crate::language::files;
use crate::language::io::{Io, Sink};
use crate::language::parser::Script;
use crate::language::token::{Part, Word};

/// An argument while it is put together.
#[derive(Default)]
struct Field {
    text: String,
    /// Whether it counts even if it is empty.
    kept: bool,
    /// Whether it has a `*` outside quotes.
    pattern: bool,
}

/// The arguments that words expand to.
pub(crate) async fn arguments(io: &Io<'_>, words: &[Word]) -> Vec<String> {
    let mut arguments = Vec::new();
    for word in words {
        for field in fields(io, word).await {
            let found = if field.pattern { matching(io, &field.text) } else { Vec::new() };
            if found.is_empty() {
                arguments.push(field.text);
            } else {
                arguments.extend(found);
            }
        }
    }
    arguments
}

/// The single text that a word expands to, as in an assignment.
pub(crate) async fn text(io: &Io<'_>, word: &Word) -> String {
    let mut text = String::new();
    for (at, part) in word.0.iter().enumerate() {
        match part {
            Part::Bare(bare) => text.push_str(&tilde(io, bare, at == 0)),
            Part::Quoted(quoted) => text.push_str(quoted),
            Part::Variable { name, default, .. } => text.push_str(&variable(io, name, default)),
            Part::Command { script, .. } => text.push_str(&output(io, script).await),
        }
    }
    text
}

async fn fields(io: &Io<'_>, word: &Word) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut field = Field::default();
    for (at, part) in word.0.iter().enumerate() {
        let (value, quoted) = match part {
            Part::Bare(bare) => {
                field.pattern |= bare.contains('*');
                field.text.push_str(&tilde(io, bare, at == 0));
                field.kept = true;
                continue;
            }
            Part::Quoted(text) => (text.clone(), true),
            Part::Variable { name, default, quoted } => (variable(io, name, default), *quoted),
            Part::Command { script, quoted } => (output(io, script).await, *quoted),
        };
        if quoted {
            field.text.push_str(&value);
            field.kept = true;
            continue;
        }
        if value.starts_with(char::is_whitespace) && field.kept {
            fields.push(std::mem::take(&mut field));
        }
        for (at, piece) in value.split_whitespace().enumerate() {
            if at > 0 {
                fields.push(std::mem::take(&mut field));
            }
            field.text.push_str(piece);
            field.kept = true;
        }
        if value.ends_with(char::is_whitespace) && field.kept {
            fields.push(std::mem::take(&mut field));
        }
    }
    if field.kept {
        fields.push(field);
    }
    fields
}

/// Replaces `~`, at the start and after `=` and `:`, as in `PATH=~/bin:$PATH`.
fn tilde(io: &Io<'_>, text: &str, at_start: bool) -> String {
    if !text.contains('~') {
        return text.to_owned();
    }
    let home = io.shell.state.borrow().value("HOME");
    let mut out = String::new();
    let mut before = at_start.then_some('=');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = chars.peek().is_none_or(|next| "/:".contains(*next));
        if c == '~' && matches!(before, Some('=' | ':')) && ends {
            out.push_str(&home);
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    out
}

fn variable(io: &Io<'_>, name: &str, default: &str) -> String {
    let value = io.shell.state.borrow().value(name);
    if value.is_empty() { default.to_owned() } else { value }
}

/// The output of a command, without the newlines at its end.
async fn output(io: &Io<'_>, script: &Script) -> String {
    let buffer = Rc::new(RefCell::new(String::new()));
    let inner = Io { stdin: None, out: Sink::Buffer(Rc::clone(&buffer)), ..io.clone() };
    let status = exec::script(&inner, script).await;
    io.shell.state.borrow_mut().status = status;
    buffer.take().trim_end_matches('\n').to_owned()
}

/// The files that a pattern matches; only its last part may contain `*`.
fn matching(io: &Io<'_>, pattern: &str) -> Vec<String> {
    let (folder, last) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let state = io.shell.state.borrow();
    let path = if pattern.starts_with('/') && folder.is_empty() { "/" } else { folder };
    let pieces: Vec<&str> = last.split('*').collect();
    let names = state.files.list(&state.path(path)).into_iter().map(files::name);
    names
        .filter(|name| fits(&pieces, name) && (last.starts_with('.') || !name.starts_with('.')))
        .map(|name| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
        .collect()
}

/// Whether a name consists of these pieces, in this order, with any text between them.
fn fits(pieces: &[&str], name: &str) -> bool {
    let (Some((first, middle)), Some(last)) = (pieces.split_first(), pieces.last()) else {
        return false;
    };
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    for piece in middle.iter().take(middle.len().saturating_sub(1)) {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}
