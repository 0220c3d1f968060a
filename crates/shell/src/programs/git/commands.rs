//! Commands inside a repository.

use backoffice_calendar::rfc3339_seconds;

use crate::language::files::{HOME, Node};
use crate::language::io::Io;
use crate::programs::git::repo::{Tree, changes};
use crate::state::State;

pub(super) fn run(io: &Io<'_>, name: &str, words: &[String]) -> u8 {
    match name {
        "add" => add(io, words),
        "commit" => commit(io, words),
        "status" => status(io),
        "diff" => diff(io),
        "log" => log(io, words),
        "remote" => remote(io, words),
        "branch" => branch(io, words),
        "checkout" | "switch" => switch(io, words),
        "rev-parse" => rev_parse(io, words),
        "rm" => rm(io, words),
        _ => io.fail(format!("git: '{name}' is not a git command in this shell.")),
    }
}

/// The current files below the root of the repository, without those that the sample's
/// `.gitignore` lists.
fn working(state: &State) -> Tree {
    let mut tree = Tree::new_vec();
    let Some((root, _)) = state.repo() else { return tree };
    let ignored =
        |path: &str| ["_build/", "deps/", "node_modules/"].iter().any(|top| path.starts_with(top));
    for (path, text) in state.files.below(root).filter(|(path, _)| !ignored(path)) {
        tree.insert(path.to_owned(), text.to_owned());
    }
    tree
}

fn add(io: &Io<'_>, words: &[String]) -> u8 {
    let mut state = io.shell.state.borrow_mut();
    let working = working(&state);
    let Some(root) = state.repo().map(|(root, _)| root.to_owned()) else { return 128 };
    let all = words.iter().any(|word| word == "-A" || word == "--all");
    let mut paths: Vec<String> = Vec::new();
    for word in words.iter().filter(|word| !word.starts_with('-')) {
        let path = state.path(word);
        let inside = path == root || path.starts_with(&format!("{root}/"));
        let path = path.strip_prefix(&root).unwrap_or_default().trim_start_matches('/').to_owned();
        let index = state.repo().map(|(_, repo)| repo.index.clone()).unwrap_or_default();
        let matches = |known: &String| {
            path.is_empty() || *known == path || known.starts_with(&format!("{path}/"))
        };
        let known = working.keys().chain(index.keys()).any(matches);
        if !inside || (!known && !path.is_empty()) {
            drop(state);
            io.notice(format!("fatal: pathspec '{word}' did not match any files"));
            return 128;
        }
        paths.push(path);
    }
    if all {
        paths.push(String::new());
    }
    if paths.is_empty() {
        drop(state);
        return io.fail("Nothing specified, nothing added.");
    }
    let Some(repo) = state.repo_mut() else { return 128 };
    for path in paths {
        let below = |known: &str| {
            path.is_empty() || known == path || known.starts_with(&format!("{path}/"))
        };
        repo.index.retain(|known, _| !below(known));
        for (path, text) in working.iter().filter(|(known, _)| below(known)) {
            repo.index.insert(path.clone(), text.clone());
        }
    }
    0
}

fn commit(io: &Io<'_>, words: &[String]) -> u8 {
    let mut messages = Vec::new();
    let (mut all, mut empty) = (false, false);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-m" | "--message" => messages.extend(words.next().cloned()),
            "-am" | "-a" | "--all" => {
                all = true;
                if word == "-am" {
                    messages.extend(words.next().cloned());
                }
            }
            "--allow-empty" => empty = true,
            word => messages.extend(word.strip_prefix("-m").map(str::to_owned)),
        }
    }
    if messages.is_empty() {
        return io.fail("This shell has no editor. Write the message with -m.");
    }
    let now = io.shell.host.runtime.now();
    let mut state = io.shell.state.borrow_mut();
    let working = working(&state);
    let seed = state.seed;
    let Some(repo) = state.repo_mut() else { return 128 };
    if all {
        let known: Vec<String> = repo.index.keys().cloned().collect();
        for path in known {
            match working.get(&path) {
                Some(text) => repo.index.insert(path, text.clone()),
                None => repo.index.remove(&path),
            };
        }
    }
    let changed = changes(&repo.committed(), &repo.index);
    if changed.is_empty() && !empty {
        let branch = repo.branch.clone();
        drop(state);
        io.line(format!("On branch {branch}\nnothing to commit, working tree clean"));
        return 1;
    }
    let message = messages.join("\n\n");
    let short = repo.commit(&message, seed, now);
    let title = message.lines().next().unwrap_or_default().to_owned();
    let branch = repo.branch.clone();
    drop(state);
    io.line(format!("[{branch} {short}] {title}"));
    let s = if changed.len() == 1 { "" } else { "s" };
    io.line(format!(" {} file{s} changed", changed.len()));
    for (path, what) in changed.iter().filter(|(_, what)| *what == "new file") {
        io.line(format!(" {} {path}", what.replace("new file", "create mode 100644")));
    }
    0
}

fn status(io: &Io<'_>) -> u8 {
    let state = io.shell.state.borrow();
    let working = working(&state);
    let Some((_, repo)) = state.repo() else { return 128 };
    io.line(format!("On branch {}", repo.branch));
    if repo.commits.is_empty() {
        io.line("\nNo commits yet");
    }
    let staged = changes(&repo.committed(), &repo.index);
    let unstaged = changes(&repo.index, &working);
    section(io, "Changes to be committed:", staged.iter());
    let is_new = |(_, what): &&(String, &str)| *what == "new file";
    section(io, "Changes not staged for commit:", unstaged.iter().filter(|change| !is_new(change)));
    let untracked: Vec<_> = unstaged.iter().filter(is_new).collect();
    if !untracked.is_empty() {
        io.line("\nUntracked files:");
        untracked.iter().for_each(|(path, _)| io.line(format!("\t{path}")));
    }
    if staged.is_empty() && unstaged.is_empty() {
        io.line("nothing to commit, working tree clean");
    }
    0
}

fn section<'a>(
    io: &Io<'_>,
    title: &str,
    changes: impl Iterator<Item = &'a (String, &'static str)>,
) {
    let mut titled = false;
    for (path, what) in changes {
        if !titled {
            io.line(format!("\n{title}"));
            titled = true;
        }
        io.line(format!("\t{what}:   {path}"));
    }
}

fn diff(io: &Io<'_>) -> u8 {
    let state = io.shell.state.borrow();
    let working = working(&state);
    let Some((_, repo)) = state.repo() else { return 128 };
    let changed = changes(&repo.index, &working);
    let tracked = changed.iter().filter(|(_, what)| *what != "new file");
    tracked.for_each(|(path, what)| io.line(format!("{what}: {path}")));
    0
}

fn log(io: &Io<'_>, words: &[String]) -> u8 {
    let state = io.shell.state.borrow();
    let Some((_, repo)) = state.repo() else { return 128 };
    let oneline = words.iter().any(|word| word == "--oneline");
    let number = words
        .iter()
        .find_map(|word| word.trim_start_matches("-n").trim_start_matches('-').parse().ok());
    if repo.commits.is_empty() {
        io.notice(format!(
            "fatal: your current branch '{}' does not have any commits yet",
            repo.branch
        ));
        return 128;
    }
    for commit in repo.commits.iter().rev().take(number.unwrap_or(usize::MAX)) {
        if oneline {
            let short: String = commit.sha.chars().take(7).collect();
            io.line(format!("{short} {}", commit.message.lines().next().unwrap_or_default()));
        } else {
            io.line(format!("commit {}", commit.sha));
            io.line(format!(
                "Author: You <you@sandbox.example>\nDate:   {}\n",
                rfc3339_seconds(commit.at)
            ));
            commit.message.lines().for_each(|line| io.line(format!("    {line}")));
            io.line("");
        }
    }
    0
}

fn remote(io: &Io<'_>, words: &[String]) -> u8 {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut state = io.shell.state.borrow_mut();
    let Some(repo) = state.repo_mut() else { return 128 };
    let missing = |name: &str| format!("error: No such remote '{name}'");
    let outcome: Result<String, String> = match words.as_slice() {
        [] => Ok(repo.remotes.keys().map(|name| format!("{name}\n")).collect()),
        ["-v" | "--verbose"] => Ok(repo
            .remotes
            .iter()
            .map(|(name, url)| format!("{name}\t{url} (fetch)\n{name}\t{url} (push)\n"))
            .collect()),
        ["add", name, _] if repo.remotes.contains_key(*name) => {
            Err(format!("error: remote {name} already exists."))
        }
        ["add", name, url] | ["set-url", name, url] => {
            repo.remotes.insert((*name).to_owned(), (*url).to_owned());
            Ok(String::new())
        }
        ["remove" | "rm", name] => {
            repo.remotes.remove(*name).map(|_| String::new()).ok_or_else(|| missing(name))
        }
        ["get-url", name] => {
            repo.remotes.get(*name).map(|url| format!("{url}\n")).ok_or_else(|| missing(name))
        }
        _ => Err("usage: git remote [-v | add NAME URL | set-url NAME URL | remove NAME]".into()),
    };
    drop(state);
    match outcome {
        Ok(text) => {
            io.write(&text);
            0
        }
        Err(text) => {
            io.notice(text);
            2
        }
    }
}

fn branch(io: &Io<'_>, words: &[String]) -> u8 {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut state = io.shell.state.borrow_mut();
    let Some(repo) = state.repo_mut() else { return 128 };
    let text = match words.as_slice() {
        ["-m" | "-M" | "--move", name] | ["-m" | "-M" | "--move", _, name] => {
            repo.branch = (*name).to_owned();
            String::new()
        }
        ["--show-current"] => format!("{}\n", repo.branch),
        [] | ["-a" | "-v" | "--list"] => format!("* {}\n", repo.branch),
        _ => {
            drop(state);
            return io
                .fail("Repositories in this shell have one branch. Rename it with git branch -m.");
        }
    };
    drop(state);
    io.write(&text);
    0
}

fn switch(io: &Io<'_>, words: &[String]) -> u8 {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut state = io.shell.state.borrow_mut();
    let Some(repo) = state.repo_mut() else { return 128 };
    let text = match words.as_slice() {
        ["-b" | "-c", name] => {
            repo.branch = (*name).to_owned();
            format!("Switched to a new branch '{name}'")
        }
        [name] if *name == repo.branch => format!("Already on '{name}'"),
        _ => {
            drop(state);
            return io.fail(
                "Repositories in this shell have one branch. Rename it with git checkout -b.",
            );
        }
    };
    drop(state);
    io.notice(text);
    0
}

fn rev_parse(io: &Io<'_>, words: &[String]) -> u8 {
    let state = io.shell.state.borrow();
    let head = state.repo().and_then(|(_, repo)| repo.head());
    let short = words.iter().any(|word| word == "--short");
    match head {
        Some(head) => {
            io.line(head.sha.chars().take(if short { 7 } else { 40 }).collect::<String>());
            0
        }
        None => {
            io.notice("fatal: no commits yet");
            128
        }
    }
}

fn rm(io: &Io<'_>, words: &[String]) -> u8 {
    let mut state = io.shell.state.borrow_mut();
    let Some(root) = state.repo().map(|(root, _)| root.to_owned()) else { return 128 };
    for word in words.iter().filter(|word| !word.starts_with('-')) {
        let path = state.path(word);
        let is_file = matches!(state.files.get(&path), Some(Node::File(_)));
        let name = path.strip_prefix(&format!("{root}/")).unwrap_or_default().to_owned();
        if !is_file || name.is_empty() {
            drop(state);
            io.notice(format!("fatal: pathspec '{word}' did not match any files"));
            return 128;
        }
        state.files.remove(&path);
        if let Some(repo) = state.repo_mut() {
            repo.index.remove(&name);
        }
    }
    0
}

/// Keeps options in the home folder, as git's own file does; nothing here depends on them.
pub(super) fn config(io: &Io<'_>, words: &[String]) -> u8 {
    let bare: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    let mut state = io.shell.state.borrow_mut();
    let path = format!("{HOME}/.gitconfig");
    let text = state.files.read(&path).unwrap_or_default().to_owned();
    let known = |name: &str| {
        text.lines()
            .filter_map(|line| line.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    };
    match bare.as_slice() {
        [name, value] => {
            let others = text.lines().filter(|line| !line.starts_with(&format!("{name}=")));
            let mut text: String = others.map(|line| format!("{line}\n")).collect();
            text.push_str(&format!("{name}={value}\n"));
            let written = state.files.write(&path, &text, false);
            drop(state);
            written.map_or_else(|error| io.fail(format!("{path}: {error}")), |()| 0)
        }
        [name] => {
            let value = known(name);
            drop(state);
            value.map_or(1, |value| {
                io.line(value);
                0
            })
        }
        _ => {
            drop(state);
            io.write(&text);
            0
        }
    }
}
