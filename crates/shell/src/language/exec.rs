//! Runs commands.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_client::LocalBoxFuture;
use futures_util::FutureExt as _;

use crate::language::expand;
use crate::language::io::{Io, Sink};
use crate::language::parser::{Command, Item, Join, Pipeline, Redirect, Script};
use crate::language::token::Part;
use crate::nearest::nearest;
use crate::programs::builtins::{self, Run};
use crate::state::{State, Variable};

/// How deep scripts may be nested: `source` may name the file that it is in.
const MAX_DEPTH: usize = 20;

/// Runs one command after the other; returns the exit code of the last one. Boxed, since a
/// command can contain others.
pub(crate) fn script<'a>(io: &'a Io<'a>, script: &'a Script) -> LocalBoxFuture<'a, u8> {
    async move {
        let mut status = 0;
        for item in &script.0 {
            status = crate::language::exec::item(io, item).await;
            io.shell.state.borrow_mut().status = status;
        }
        status
    }
    .boxed_local()
}

/// Runs the commands of a file in this shell, as `source` does.
pub(crate) async fn file(io: &Io<'_>, text: &str) -> u8 {
    let status = if io.shell.calls.deeper() > MAX_DEPTH {
        io.fail("source: the file contains itself")
    } else {
        match crate::language::parser::parse(text) {
            Ok(script) => crate::language::exec::script(io, &script).await,
            Err(error) => io.fail(format!("source: {error}")),
        }
    };
    io.shell.calls.higher();
    status
}

async fn item(io: &Io<'_>, item: &Item) -> u8 {
    let mut status = pipeline(io, &item.first).await;
    for (join, next) in &item.rest {
        io.shell.state.borrow_mut().status = status;
        if (status == 0) == (*join == Join::And) {
            status = pipeline(io, next).await;
        }
    }
    status
}

async fn pipeline(io: &Io<'_>, pipeline: &Pipeline) -> u8 {
    let mut stdin = io.stdin.clone();
    let mut status = 0;
    let last = pipeline.commands.len().saturating_sub(1);
    for (at, command) in pipeline.commands.iter().enumerate() {
        let buffer = Rc::new(RefCell::new(String::new()));
        let out = if at == last { io.out.clone() } else { Sink::Buffer(Rc::clone(&buffer)) };
        let io = Io { stdin: stdin.take(), out, ..io.clone() };
        status = crate::language::exec::command(io, command).await;
        stdin = Some(buffer.take());
    }
    if pipeline.negated { u8::from(status == 0) } else { status }
}

/// A file that is written once the command has ended.
struct Target {
    path: String,
    buffer: Rc<RefCell<String>>,
}

async fn command(mut io: Io<'_>, command: &Command) -> u8 {
    let shell = io.shell;
    let mut targets = Vec::new();
    for redirect in &command.redirects {
        if let Err(status) = crate::language::exec::redirect(&mut io, redirect, &mut targets).await
        {
            return status;
        }
    }
    let mut values = Vec::new();
    for (name, word) in &command.assignments {
        values.push((name.clone(), expand::text(&io, word).await));
    }
    // An assignment alone ends like the last command in its value.
    let is_command = |part: &Part| matches!(part, Part::Command { .. });
    let commands = command.assignments.iter().any(|(_, word)| word.0.iter().any(is_command));
    let inner = if commands { shell.state.borrow().status } else { 0 };
    let arguments = expand::arguments(&io, &command.words).await;
    let status = match arguments.split_first() {
        None => {
            for (name, value) in values {
                shell.state.borrow_mut().set(&name, value);
            }
            inner
        }
        Some((name, arguments)) => with(&io, values, name, arguments).await,
    };
    for target in targets {
        let text = target.buffer.take();
        let written = shell.state.borrow_mut().files.write(&target.path, &text, true);
        if let Err(error) = written {
            let io = Io { out: Sink::Stdout, err: Sink::Stderr, ..io.clone() };
            return io.fail(format!("{}: {error}", target.path));
        }
    }
    status
}

/// Runs a program that sees these variables in addition to its own.
async fn with(io: &Io<'_>, values: Vec<(String, String)>, name: &str, arguments: &[String]) -> u8 {
    let mut restore = Restore { state: &io.shell.state, before: Vec::new() };
    for (name, value) in values {
        let variable = Variable { value, exported: true };
        let before = restore.state.borrow_mut().variables.insert(name.clone(), variable);
        restore.before.push((name, before));
    }
    program(io, name, arguments).await
}

/// Restores the values of variables, even if the program that saw others is interrupted.
struct Restore<'a> {
    state: &'a RefCell<State>,
    before: Vec<(String, Option<Variable>)>,
}

impl Drop for Restore<'_> {
    fn drop(&mut self) {
        let variables = &mut self.state.borrow_mut().variables;
        for (name, before) in self.before.drain(..).rev() {
            match before {
                Some(before) => variables.insert(name, before),
                None => variables.remove(&name),
            };
        }
    }
}

pub(crate) async fn program(io: &Io<'_>, name: &str, arguments: &[String]) -> u8 {
    match builtins::find(name) {
        Some(Run::Plain(run)) => run(io, arguments),
        Some(Run::Waits(run)) => run(io, arguments).await,
        None => {
            io.notice(format!("{name}: command not found"));
            if let Some(meant) = nearest(name, builtins::names()) {
                io.notice(format!("Did you mean {meant}?"));
            }
            127
        }
    }
}

async fn redirect(
    io: &mut Io<'_>,
    redirect: &Redirect,
    targets: &mut Vec<Target>,
) -> Result<(), u8> {
    match redirect {
        Redirect::ErrToOut => io.err = io.out.clone(),
        Redirect::Here(text) => io.stdin = Some(expand::text(io, text).await),
        Redirect::In(word) => {
            let name = expand::text(io, word).await;
            let read = {
                let state = io.shell.state.borrow();
                state.files.read(&state.path(&name)).map(str::to_owned)
            };
            match read {
                Ok(text) => io.stdin = Some(text),
                Err(error) => return Err(io.fail(format!("{name}: {error}"))),
            }
        }
        Redirect::Out { fd, append, file } => {
            let name = expand::text(io, file).await;
            let sink = if name == "/dev/null" {
                Sink::Nowhere
            } else {
                let buffer = Rc::new(RefCell::new(String::new()));
                let path = io.shell.state.borrow().path(&name);
                // The file exists, and is empty, before the command reads it.
                let opened = io.shell.state.borrow_mut().files.write(&path, "", *append);
                if let Err(error) = opened {
                    return Err(io.fail(format!("{name}: {error}")));
                }
                targets.push(Target { path, buffer: Rc::clone(&buffer) });
                Sink::Buffer(buffer)
            };
            match fd {
                0 => (io.out, io.err) = (sink.clone(), sink),
                2 => io.err = sink,
                _ => io.out = sink,
            }
        }
    }
    Ok(())
}
