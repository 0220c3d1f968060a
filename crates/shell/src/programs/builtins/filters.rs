//! Programs that print a part of a text.

use backoffice_contract::json;

use crate::language::files::FileError;
use crate::language::io::Io;

/// The text of a file; `-` is the piped input. The netrc file shows no keys.
pub(super) fn read(io: &Io<'_>, name: &str) -> Result<String, FileError> {
    if name == "-" {
        return Ok(io.stdin.clone().unwrap_or_default());
    }
    let state = io.shell.state.borrow();
    state.files.read(&state.path(name)).map(str::to_owned)
}

/// The texts of the named files, or the piped input; each with its name.
fn inputs(io: &Io<'_>, program: &str, names: &[&String]) -> Result<Vec<(String, String)>, u8> {
    if names.is_empty() {
        return Ok(vec![(String::new(), io.stdin.clone().unwrap_or_default())]);
    }
    names
        .iter()
        .map(|name| match read(io, name) {
            Ok(text) => Ok(((*name).clone(), text)),
            Err(error) => Err(io.fail(format!("{program}: {name}: {error}"))),
        })
        .collect()
}

/// Options, which begin with a dash, and the rest.
fn split(words: &[String]) -> (Vec<&String>, Vec<&String>) {
    words.iter().partition(|word| word.starts_with('-') && word.len() > 1)
}

/// Looks for a text, not for a pattern; `^` and `$` at its ends mean the ends of the line.
pub(super) fn grep(io: &Io<'_>, words: &[String]) -> u8 {
    let (options, rest) = split(words);
    let has = |flag: char| options.iter().any(|option| option.contains(flag));
    let Some((pattern, names)) = rest.split_first() else {
        io.notice("Usage: grep [-i] [-v] [-c] [-q] TEXT [FILE]…");
        return 2;
    };
    let fold = |text: &str| if has('i') { text.to_ascii_lowercase() } else { text.to_owned() };
    let pattern = fold(pattern);
    let (at_start, bare) = match pattern.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, pattern.as_str()),
    };
    let (at_end, bare) = match bare.strip_suffix('$') {
        Some(rest) => (true, rest),
        None => (false, bare),
    };
    let fits = |line: &str| {
        let line = fold(line);
        match (at_start, at_end) {
            (true, true) => line == bare,
            (true, false) => line.starts_with(bare),
            (false, true) => line.ends_with(bare),
            (false, false) => line.contains(bare),
        }
    };
    let texts = match inputs(io, "grep", names) {
        Ok(texts) => texts,
        Err(_) => return 2,
    };
    let mut found = 0;
    for (_, text) in &texts {
        for line in text.lines().filter(|line| fits(line) != has('v')) {
            found += 1;
            if !has('q') && !has('c') {
                io.line(line);
            }
        }
    }
    if has('c') {
        io.line(found.to_string());
    }
    u8::from(found == 0)
}

/// `-n 5`, `-n5` or `-5`; the default is ten.
fn count(words: &[String]) -> (Option<usize>, Vec<&String>) {
    let mut number = Some(10);
    let mut rest = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "-n" {
            number = words.next().and_then(|number| number.parse().ok());
        } else if let Some(digits) = word.strip_prefix("-n").or_else(|| word.strip_prefix('-')) {
            number = digits.parse().ok();
        } else {
            rest.push(word);
        }
    }
    (number, rest)
}

pub(super) fn head(io: &Io<'_>, words: &[String]) -> u8 {
    part(io, "head", words, |lines, number| lines.into_iter().take(number).collect())
}

pub(super) fn tail(io: &Io<'_>, words: &[String]) -> u8 {
    part(io, "tail", words, |lines, number| {
        let skipped = lines.len().saturating_sub(number);
        lines.into_iter().skip(skipped).collect()
    })
}

fn part(
    io: &Io<'_>,
    program: &str,
    words: &[String],
    choose: fn(Vec<&str>, usize) -> Vec<&str>,
) -> u8 {
    let (Some(number), names) = count(words) else {
        return io.fail(format!("Usage: {program} [-n LINES] [FILE]…"));
    };
    match inputs(io, program, &names) {
        Ok(texts) => {
            for (_, text) in &texts {
                choose(text.lines().collect(), number).into_iter().for_each(|line| io.line(line));
            }
            0
        }
        Err(status) => status,
    }
}

pub(super) fn wc(io: &Io<'_>, words: &[String]) -> u8 {
    let (options, names) = split(words);
    let has = |flag: char| options.is_empty() || options.iter().any(|option| option.contains(flag));
    let texts = match inputs(io, "wc", &names) {
        Ok(texts) => texts,
        Err(status) => return status,
    };
    for (name, text) in texts {
        let numbers = [
            ('l', text.matches('\n').count()),
            ('w', text.split_whitespace().count()),
            ('c', text.len()),
        ];
        let mut columns: Vec<String> = numbers
            .iter()
            .filter(|(flag, _)| has(*flag))
            .map(|(_, number)| number.to_string())
            .collect();
        if !name.is_empty() {
            columns.push(name);
        }
        io.line(columns.join(" "));
    }
    0
}

pub(super) fn sort(io: &Io<'_>, words: &[String]) -> u8 {
    let (options, names) = split(words);
    let has = |flag: char| options.iter().any(|option| option.contains(flag));
    let texts = match inputs(io, "sort", &names) {
        Ok(texts) => texts,
        Err(status) => return status,
    };
    let mut lines: Vec<&str> = texts.iter().flat_map(|(_, text)| text.lines()).collect();
    if has('n') {
        let number = |line: &str| line.trim().split(' ').next().and_then(json::number);
        lines
            .sort_by(|a, b| number(a).partial_cmp(&number(b)).unwrap_or(std::cmp::Ordering::Equal));
    } else {
        lines.sort_unstable();
    }
    if has('u') {
        lines.dedup();
    }
    if has('r') {
        lines.reverse();
    }
    lines.into_iter().for_each(|line| io.line(line));
    0
}
