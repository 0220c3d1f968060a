//! Completion at the cursor.

use std::ops::Range;

use crate::language::files::{self, Node};
use crate::programs::builtins;
use crate::programs::cli::{Command, table};
use crate::programs::git;
use crate::state::State;

/// The candidates at the cursor, and the text that they replace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// The position in the line, in bytes.
    pub range: Range<usize>,
    /// The candidates, in order.
    pub candidates: Vec<Candidate>,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The text.
    pub text: String,
    /// What it is, in a few words; may be empty.
    pub about: String,
}

impl Candidate {
    fn new(text: impl Into<String>, about: impl Into<String>) -> Self {
        Self { text: text.into(), about: about.into() }
    }
}

impl Completion {
    /// The common beginning of all candidates, which can be filled in immediately.
    #[must_use]
    pub fn common(&self) -> String {
        let Some((first, rest)) = self.candidates.split_first() else { return String::new() };
        let agrees =
            |at: usize, c: char| rest.iter().all(|other| other.text.chars().nth(at) == Some(c));
        first
            .text
            .chars()
            .enumerate()
            .take_while(|(at, c)| agrees(*at, *c))
            .map(|(_, c)| c)
            .collect()
    }
}

/// The words before the cursor since the last operator, of which the last one is
/// unfinished, and the positions where they begin.
fn words(before: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut quote = None;
    let mut inside = false;
    for (at, c) in before.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '|' | ';' | '&' | '(' | '`') => {
                words.clear();
                inside = false;
                continue;
            }
            (None, c) if c.is_whitespace() => {
                inside = false;
                continue;
            }
            _ => {}
        }
        if !inside {
            words.push((at, String::new()));
            inside = true;
        }
        if let Some((_, word)) = words.last_mut() {
            word.push(c);
        }
    }
    if !inside {
        words.push((before.len(), String::new()));
    }
    // Assignments in front of a command are not the command.
    let assigned = |word: &str| {
        word.split_once('=')
            .is_some_and(|(name, _)| backoffice_contract::rules::config_key(name).is_ok())
    };
    let skipped = words.iter().take_while(|(_, word)| assigned(word) || word == "sudo").count();
    words.split_off(skipped.min(words.len().saturating_sub(1)))
}

/// The candidates at the cursor, a position in bytes.
pub(crate) fn complete(state: &State, line: &str, cursor: usize) -> Completion {
    let Some(before) = line.get(..cursor) else { return Completion::default() };
    let mut words = words(before);
    let Some((start, word)) = words.pop() else { return Completion::default() };
    let words: Vec<&str> = words.iter().map(|(_, word)| word.as_str()).collect();
    let mut candidates = match words.as_slice() {
        [] => builtins::described().map(|(name, about)| Candidate::new(name, about)).collect(),
        ["gigalixir", rest @ ..] => client(state, rest, &word),
        ["git"] => {
            git::COMMANDS.iter().map(|(name, about)| Candidate::new(*name, *about)).collect()
        }
        ["git", "push"] => remotes(state),
        _ => Vec::new(),
    };
    if candidates.is_empty() && !words.is_empty() && !word.starts_with('-') {
        candidates = paths(state, &word);
    }
    candidates.retain(|candidate| candidate.text.starts_with(&word) && candidate.text != word);
    candidates.sort_by(|a, b| a.text.cmp(&b.text));
    Completion { range: start..cursor, candidates }
}

fn client(state: &State, words: &[&str], word: &str) -> Vec<Candidate> {
    let Some((name, rest)) = words.split_first() else {
        let own = |command: &'static Command| {
            let also = command
                .aliases
                .iter()
                .map(move |alias| Candidate::new(*alias, format!("The same as {}", command.name)));
            [Candidate::new(command.name, command.sentence())].into_iter().chain(also)
        };
        return table::COMMANDS.iter().flat_map(own).collect();
    };
    if *name == "help" {
        return table::COMMANDS
            .iter()
            .map(|command| Candidate::new(command.name, command.sentence()))
            .collect();
    }
    let Some(command) = table::find(name) else { return Vec::new() };
    let before = rest.last().copied().unwrap_or_default();
    let option = command.options.iter().find(|option| {
        before == format!("--{}", option.long)
            || option.short.is_some_and(|short| before == format!("-{short}"))
    });
    match option.map(|option| option.field) {
        Some("app" | "from" | "canary") => return apps(state),
        Some("cloud") => return ["aws", "gcp"].map(|cloud| Candidate::new(cloud, "")).into(),
        Some("region") => {
            let regions = ["europe-west1", "us-east-1", "us-west-2", "v2018-us-central1"];
            return regions.map(|region| Candidate::new(region, "")).into();
        }
        _ => {}
    }
    if word.starts_with('-') {
        let options = command.options.iter();
        let long = options.map(|option| Candidate::new(format!("--{}", option.long), option.about));
        return long.chain([Candidate::new("--help", "Shows the command's options")]).collect();
    }
    if command.name == "git:remote" { apps(state) } else { Vec::new() }
}

fn apps(state: &State) -> Vec<Candidate> {
    state.apps.iter().map(|app| Candidate::new(app, "One of your apps")).collect()
}

fn remotes(state: &State) -> Vec<Candidate> {
    let repo = state.repo().map(|(_, repo)| repo);
    let remotes = repo.into_iter().flat_map(|repo| &repo.remotes);
    remotes.map(|(name, url)| Candidate::new(name, url)).collect()
}

fn paths(state: &State, word: &str) -> Vec<Candidate> {
    let folder = word.rsplit_once('/').map_or("", |(folder, _)| folder);
    let typed = if word.contains('/') { format!("{folder}/") } else { String::new() };
    let home = state.value("HOME");
    let seen = match typed.strip_prefix('~') {
        Some(rest) => format!("{home}{rest}"),
        None => typed.clone(),
    };
    let hidden = word.rsplit('/').next().is_some_and(|last| last.starts_with('.'));
    let list = state.files.list(&state.path(if seen.is_empty() { "." } else { &seen }));
    let shown = list.into_iter().filter(|path| hidden || !files::name(path).starts_with('.'));
    shown
        .map(|path| {
            let slash = if state.files.get(path) == Some(&Node::Folder) { "/" } else { "" };
            Candidate::new(format!("{typed}{}{slash}", files::name(path)), "")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let mut state = State::new(1);
        state.apps = ["calm-ivory-wombat".to_owned(), "my-app".to_owned()].into();
        state.files.put("/home/you/app/mix.exs", "").unwrap();
        state
    }

    fn texts(line: &str) -> Vec<String> {
        let found = complete(&state(), line, line.len());
        found.candidates.into_iter().map(|candidate| candidate.text).collect()
    }

    #[test]
    fn programs_commands_options_apps_and_files() {
        for (line, expected) in [
            ("gigali", vec!["gigalixir"]),
            ("ls && gigali", vec!["gigalixir"]),
            ("A=$(gigali", vec!["gigalixir"]),
            ("GIGALIXIR_APP=x gigali", vec!["gigalixir"]),
            ("gigalixir config:", vec!["config:copy", "config:set", "config:unset"]),
            ("gigalixir ps:scale --r", vec!["--replicas"]),
            ("gigalixir ps -a ", vec!["calm-ivory-wombat", "my-app"]),
            ("gigalixir ps -a my", vec!["my-app"]),
            ("gigalixir create --cloud a", vec!["aws"]),
            ("git pu", vec!["push"]),
            ("cat ap", vec!["app/"]),
            ("cat app/", vec!["app/mix.exs"]),
            ("cat ~/.ssh/", vec!["~/.ssh/id_rsa.pub"]),
            ("gigalixir nothing --", vec![]),
        ] {
            assert_eq!(texts(line), expected, "{line}");
        }
    }

    #[test]
    fn the_range_is_the_word_at_the_cursor() {
        let line = "echo ü && gigali ps";
        let cursor = line.find(" ps").unwrap();
        let found = complete(&state(), line, cursor);
        assert_eq!(line.get(found.range.clone()), Some("gigali"));
        assert_eq!(found.common(), "gigalixir");
        assert_eq!(complete(&state(), "ü", 1), Completion::default());
    }
}
