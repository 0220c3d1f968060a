//! Commands that create repositories: `git init` and `git clone`.

use crate::language::files;
use crate::language::io::Io;
use crate::programs::git::{Repo, sample};

/// Creates a repository in the current folder, or in the named one.
pub(super) fn init(io: &Io<'_>, words: &[String]) -> u8 {
    let mut branch = "main".to_owned();
    let mut folder = None;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-b" | "--initial-branch" => branch = words.next().cloned().unwrap_or(branch),
            flag if flag.starts_with('-') => {}
            name => folder = Some(name),
        }
    }
    let mut state = io.shell.state.borrow_mut();
    let path = state.path(folder.unwrap_or("."));
    let made = state.files.make_folders(&path);
    let exists = state.repos.contains_key(&path);
    if made.is_ok() && !exists {
        state.repos.insert(path.clone(), Repo::new(&branch));
    }
    drop(state);
    match made {
        Ok(()) if exists => {
            io.line(format!("Reinitialized existing Git repository in {path}/.git/"))
        }
        Ok(()) => io.line(format!("Initialized empty Git repository in {path}/.git/")),
        Err(error) => return io.fail(format!("fatal: {path}: {error}")),
    }
    0
}

/// Copies the reference app; the shell cannot reach any other repository.
pub(super) fn run(io: &Io<'_>, words: &[String]) -> u8 {
    let bare: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    let Some((url, rest)) = bare.split_first() else {
        return io.fail("fatal: You must specify a repository to clone.");
    };
    let name = files::name(url.trim_end_matches('/').trim_end_matches(".git"));
    if !name.starts_with("gigalixir-getting-started") {
        io.notice(
            "fatal: this shell has no network. It only has the reference app, \
             https://github.com/gigalixir/gigalixir-getting-started.git.",
        );
        return 128;
    }
    let target = rest.first().map_or(name, |folder| folder.as_str());
    let now = io.shell.host.runtime.now();
    let mut state = io.shell.state.borrow_mut();
    let path = state.path(target);
    if state.files.get(&path).is_some() {
        drop(state);
        io.notice(format!("fatal: destination path '{target}' already exists."));
        return 128;
    }
    let mut repo = Repo::new("main");
    for (file, text) in sample::files(name) {
        if state.files.put(&format!("{path}/{file}"), &text).is_ok() {
            repo.index.insert(file, text);
        }
    }
    repo.commit("Reference app", state.seed, now);
    repo.remotes.insert("origin".to_owned(), (*url).clone());
    state.repos.insert(path, repo);
    drop(state);
    io.notice(format!("Cloning into '{target}'..."));
    io.notice("The files come from a small sample app in this shell.");
    0
}
