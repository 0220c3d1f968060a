//! Programs that show something.

use backoffice_calendar::rfc3339_seconds;

use crate::event::Event;
use crate::language::io::Io;

pub(super) fn echo(io: &Io<'_>, words: &[String]) -> u8 {
    match words.split_first() {
        Some((flag, rest)) if flag == "-n" => io.write(&rest.join(" ")),
        Some((flag, rest)) if flag == "-e" => io.line(escaped(&rest.join(" "))),
        _ => io.line(words.join(" ")),
    }
    0
}

/// `%s` and `%d` take the next argument; the format is used once.
pub(super) fn printf(io: &Io<'_>, words: &[String]) -> u8 {
    let Some((format, rest)) = words.split_first() else {
        return io.fail("Usage: printf FORMAT [ARGUMENT]…");
    };
    let mut rest = rest.iter();
    let mut pieces = escaped(format).split('%').map(str::to_owned).collect::<Vec<_>>().into_iter();
    let mut out = pieces.next().unwrap_or_default();
    while let Some(piece) = pieces.next() {
        if let Some(tail) = piece.strip_prefix(['s', 'd']) {
            out.push_str(rest.next().map_or("", String::as_str));
            out.push_str(tail);
        } else if piece.is_empty() {
            out.push('%');
            out.push_str(&pieces.next().unwrap_or_default());
        } else {
            return io.fail(format!("printf: this shell does not support %{piece}"));
        }
    }
    io.write(&out);
    0
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\\') => out.push('\\'),
            Some(c) => out.extend(['\\', c]),
            None => out.push('\\'),
        }
    }
    out
}

pub(super) fn cat(io: &Io<'_>, words: &[String]) -> u8 {
    let names: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    if names.is_empty() {
        io.write(io.stdin.as_deref().unwrap_or_default());
        return 0;
    }
    let mut status = 0;
    for name in names {
        match crate::programs::builtins::filters::read(io, name) {
            Ok(text) => io.write(&text),
            Err(error) => status = io.fail(format!("cat: {name}: {error}")),
        }
    }
    status
}

pub(super) fn clear(io: &Io<'_>, _: &[String]) -> u8 {
    io.shell.show(Event::Clear);
    0
}

pub(super) fn history(io: &Io<'_>, _: &[String]) -> u8 {
    let lines = io.shell.history();
    for (at, line) in lines.iter().enumerate() {
        io.line(format!("{:>5}  {line}", at + 1));
    }
    0
}

pub(super) fn date(io: &Io<'_>, _: &[String]) -> u8 {
    io.line(rfc3339_seconds(io.shell.host.runtime.now()));
    0
}
