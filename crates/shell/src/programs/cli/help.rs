//! Help, made from the table.

use std::fmt::Write as _;

use crate::language::io::Io;
use crate::programs::cli::command::{Command, Shape, Takes};
use crate::programs::cli::{Values, table, text};

/// The list of all commands.
pub(crate) fn all() -> String {
    let mut out = String::from(
        "Usage: gigalixir [OPTIONS] COMMAND [ARGS]...\n\nOptions:\n  \
         --env TEXT  prod, the only environment of this shell\n  \
         --help      Shows this text\n\nCommands:\n",
    );
    for command in table::COMMANDS {
        let _written = writeln!(out, "  {:<40}{}", command.name, command.sentence());
    }
    out
}

/// The line that shows the syntax of a command.
pub(crate) fn usage(command: &Command) -> String {
    let mut out = format!("Usage: gigalixir {}", command.name);
    if !command.options.is_empty() {
        out.push_str(" [OPTIONS]");
    }
    for argument in command.arguments {
        let name = argument.name;
        let shown = match argument.shape {
            Shape::One => format!(" {name}"),
            Shape::OneOrNone => format!(" [{name}]"),
            Shape::RestOrNone => format!(" [{name}]..."),
            Shape::Rest | Shape::Pairs => format!(" {name}..."),
        };
        out.push_str(&shown);
    }
    out
}

/// Everything about one command.
pub(crate) fn of(command: &Command) -> String {
    let mut out = format!("{}\n\n  {}\n", usage(command), command.sentence());
    if !command.aliases.is_empty() {
        let _written = writeln!(out, "\n  Also called {}.", command.aliases.join(", "));
    }
    out.push_str("\nOptions:\n");
    for option in command.options {
        let short = option.short.map_or_else(|| "    ".to_owned(), |short| format!("-{short}, "));
        let takes = match option.takes {
            Takes::Flag(_) => "",
            Takes::Text => " TEXT",
            Takes::Number => " NUMBER",
            Takes::Integer => " INTEGER",
        };
        let left = format!("{short}--{}{takes}", option.long);
        let _written = writeln!(out, "  {left:<34}{}", option.about);
    }
    let _written = writeln!(out, "  {:<34}Shows this text", "    --help");
    for operation in command.operations() {
        let endpoint = operation.endpoint();
        let _written = writeln!(out, "\n  Calls {} {}", endpoint.method, endpoint.path);
    }
    out
}

/// `gigalixir help [COMMAND]`.
pub(crate) fn run(io: &Io<'_>, values: &Values) -> u8 {
    match text(values, "command") {
        "" => io.write(&all()),
        name => match table::find(name) {
            Some(command) => io.write(&of(command)),
            None => return io.fail(format!("Error: No such command '{name}'.")),
        },
    }
    0
}
