//! Programs about files and folders.

use crate::language::files::{self, HOME, IS_FOLDER, MISSING, Node};
use crate::language::io::Io;

fn split(words: &[String]) -> (Vec<&String>, Vec<&String>) {
    words.iter().partition(|word| word.starts_with('-') && word.len() > 1)
}

pub(super) fn pwd(io: &Io<'_>, _: &[String]) -> u8 {
    io.line(io.shell.state.borrow().folder.clone());
    0
}

pub(super) fn cd(io: &Io<'_>, words: &[String]) -> u8 {
    let mut state = io.shell.state.borrow_mut();
    let target = match words.first().map(String::as_str) {
        None => HOME.to_owned(),
        Some("-") => state.value("OLDPWD"),
        Some(path) => path.to_owned(),
    };
    let path = state.path(&target);
    let reason = match state.files.get(&path) {
        Some(Node::Folder) => {
            let old = std::mem::replace(&mut state.folder, path);
            state.set("OLDPWD", old);
            return 0;
        }
        Some(Node::File(_)) => files::NO_FOLDER,
        None => MISSING,
    };
    drop(state);
    io.fail(format!("cd: {target}: {reason}"))
}

pub(super) fn ls(io: &Io<'_>, words: &[String]) -> u8 {
    let (options, mut names) = split(words);
    let all = options.iter().any(|option| option.contains(['a', 'A']));
    let here = ".".to_owned();
    if names.is_empty() {
        names.push(&here);
    }
    let mut status = 0;
    let several = names.len() > 1;
    for name in names {
        let state = io.shell.state.borrow();
        let path = state.path(name);
        match state.files.get(&path) {
            Some(Node::File(_)) => io.line(name),
            Some(Node::Folder) => {
                if several {
                    io.line(format!("{name}:"));
                }
                let names = state.files.list(&path).into_iter().map(files::name);
                let shown: Vec<&str> = names.filter(|name| all || !name.starts_with('.')).collect();
                let root = all && state.repos.contains_key(&path);
                shown.iter().copied().chain(root.then_some(".git")).for_each(|name| io.line(name));
            }
            None => status = io.fail(format!("ls: {name}: {MISSING}")),
        }
    }
    status
}

pub(super) fn mkdir(io: &Io<'_>, words: &[String]) -> u8 {
    let (options, names) = split(words);
    let mut status = u8::from(names.is_empty());
    for name in names {
        let mut state = io.shell.state.borrow_mut();
        let path = state.path(name);
        let made = if options.iter().any(|option| *option == "-p") {
            state.files.make_folders(&path)
        } else {
            state.files.make_folder(&path)
        };
        drop(state);
        if let Err(error) = made {
            status = io.fail(format!("mkdir: {name}: {error}"));
        }
    }
    status
}

pub(super) fn touch(io: &Io<'_>, words: &[String]) -> u8 {
    let mut status = 0;
    for name in words {
        let mut state = io.shell.state.borrow_mut();
        let path = state.path(name);
        let touched = state.files.write(&path, "", true);
        drop(state);
        if let Err(error) =
            touched.or_else(|error| if error == IS_FOLDER { Ok(()) } else { Err(error) })
        {
            status = io.fail(format!("touch: {name}: {error}"));
        }
    }
    status
}

pub(super) fn rm(io: &Io<'_>, words: &[String]) -> u8 {
    let (options, names) = split(words);
    let has = |flag: char| options.iter().any(|option| option.contains(flag));
    let mut status = 0;
    for name in names {
        let mut state = io.shell.state.borrow_mut();
        let path = state.path(name);
        let inside = state.folder == path || state.folder.starts_with(&format!("{path}/"));
        let reason = match state.files.get(&path) {
            _ if path == "/" || inside => Some("you are inside this folder"),
            None => (!has('f')).then_some(MISSING),
            Some(Node::Folder) if !has('r') && !has('R') => Some(IS_FOLDER),
            Some(_) => None,
        };
        if reason.is_none() {
            state.files.remove(&path);
            state.repos.retain(|root, _| *root != path && !root.starts_with(&format!("{path}/")));
        }
        drop(state);
        if let Some(reason) = reason {
            status = io.fail(format!("rm: {name}: {reason}"));
        }
    }
    status
}

pub(super) fn cp(io: &Io<'_>, words: &[String]) -> u8 {
    carry(io, "cp", words, false)
}

pub(super) fn mv(io: &Io<'_>, words: &[String]) -> u8 {
    carry(io, "mv", words, true)
}

/// Copies one file, and removes the old one to move it.
fn carry(io: &Io<'_>, program: &str, words: &[String], away: bool) -> u8 {
    let [from, to] = words else {
        return io.fail(format!("Usage: {program} FILE FILE (this shell supports only this form)"));
    };
    let mut state = io.shell.state.borrow_mut();
    let (source, mut target) = (state.path(from), state.path(to));
    if state.files.is_folder(&target) {
        target = format!("{target}/{}", files::name(&source));
    }
    let text = state.files.read(&source).map(str::to_owned);
    let done = text.and_then(|text| state.files.write(&target, &text, false));
    if done.is_ok() && away && source != target {
        state.files.remove(&source);
    }
    drop(state);
    match done {
        Ok(()) => 0,
        Err(error) => io.fail(format!("{program}: {from}: {error}")),
    }
}
