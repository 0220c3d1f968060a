//! `git push`: to the platform it builds and releases.

use backoffice_client::Millis;
use backoffice_contract::{Method, percent_encode};
use serde::Deserialize;
use serde_json::json;

use crate::event::Event;
use crate::language::io::Io;
use crate::programs::cli::{Line, play};
use crate::programs::git::{REMOTE, app_of};

/// The variable that makes the sandbox's next build fail, or its release.
const OUTCOME: &str = "SANDBOX_PUSH";

/// The sandbox's answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Build {
    started: bool,
    message: String,
    takes_ms: Millis,
    succeeds: bool,
    lines: Vec<Line>,
}

/// The commit to push, and its target.
struct Push {
    remote: String,
    url: String,
    /// The local branch, and the remote one.
    from: String,
    to: String,
    sha: String,
    message: String,
    before: Option<String>,
}

pub(super) async fn run(io: &Io<'_>, settings: &[&str], words: &[String]) -> u8 {
    let push = match read(io, words) {
        Ok(push) => push,
        Err(reason) => {
            io.notice(reason);
            return 128;
        }
    };
    let Some(app) = app_of(&push.url) else {
        io.notice(format!(
            "fatal: this shell has no network. It only pushes to the remote {REMOTE}."
        ));
        return 128;
    };
    if push.before.as_ref() == Some(&push.sha) {
        io.notice("Everything up-to-date");
        return 0;
    }
    if !io.shell.host.simulated {
        return io.fail(
            "Web pages cannot push. Run this in your terminal; the result appears here too.",
        );
    }
    for (header, note) in [
        ("GIGALIXIR-HOT: true", "The sandbox has no hot upgrades: this is an ordinary deploy."),
        ("GIGALIXIR-CLEAN: true", "The sandbox keeps no build cache: there is nothing to clear."),
    ] {
        if settings.iter().any(|setting| setting.contains(header)) {
            io.shell.show(Event::Note(note.to_owned()));
        }
    }
    let outcome = io.shell.state.borrow().exported(OUTCOME).unwrap_or_else(|| "ok".to_owned());
    let target = format!("/sandbox/apps/{}/push", percent_encode(app));
    let title = push.message.lines().next().unwrap_or_default();
    let body = json!({ "branch": push.to, "sha": push.sha, "message": title, "outcome": outcome });
    match io.shell.control::<Build>(Method::POST, &target, Some(&body)).await {
        Ok(build) => finish(io, app, &push, &build).await,
        Err(reason) => {
            io.notice(format!("remote: {reason}"));
            io.notice(format!("fatal: {} rejected the push", push.url));
            128
        }
    }
}

async fn finish(io: &Io<'_>, app: &str, push: &Push, build: &Build) -> u8 {
    io.notice("Enumerating objects, done.");
    if build.started {
        let shown = play(io, &build.lines, |text| io.notice(format!("remote: {text}"))).await;
        io.shell.host.runtime.sleep(build.takes_ms.saturating_sub(shown)).await;
    } else {
        io.notice(format!("remote: {}", build.message));
    }
    io.notice(format!("To {}", push.url));
    let (from, to) = (&push.from, &push.to);
    if build.started && !build.succeeds {
        io.notice(format!(" ! [remote rejected] {from} -> {to} (pre-receive hook declined)"));
        return io.fail(format!("error: failed to push some refs to '{}'", push.url));
    }
    let short = |sha: &str| sha.chars().take(7).collect::<String>();
    match &push.before {
        Some(before) => {
            io.notice(format!("   {}..{}  {from} -> {to}", short(before), short(&push.sha)))
        }
        None => io.notice(format!(" * [new branch]      {from} -> {to}")),
    }
    if build.started {
        io.notice("The app answers in a minute or two. To check its progress:");
        io.notice(format!("  curl https://{app}.gigalixirapp.com/"));
        io.notice(format!("  gigalixir logs -a {app}"));
        io.notice(format!("  gigalixir ps -a {app}"));
    }
    if let Some(repo) = io.shell.state.borrow_mut().repo_mut() {
        repo.pushed.insert(format!("{}/{}", push.remote, push.to), push.sha.clone());
    }
    0
}

/// Reads a line; the error is git's message.
fn read(io: &Io<'_>, words: &[String]) -> Result<Push, String> {
    let state = io.shell.state.borrow();
    let Some((_, repo)) = state.repo() else {
        return Err("fatal: not a git repository (or any of the parent directories): .git".into());
    };
    let mut bare = words.iter().filter(|word| !word.starts_with('-'));
    let remote = match bare.next() {
        Some(remote) => remote.clone(),
        None if repo.remotes.contains_key("origin") => "origin".to_owned(),
        None => return Err("fatal: No configured push destination.".into()),
    };
    let url = repo.remotes.get(&remote).cloned();
    let url = url.or_else(|| remote.contains("://").then(|| remote.clone())).ok_or_else(|| {
        format!("fatal: '{remote}' does not appear to be a git repository. See git remote -v.")
    })?;
    let spec = bare.next().map_or(repo.branch.as_str(), |spec| spec.trim_start_matches('+'));
    let (from, to) = spec.split_once(':').unwrap_or((spec, spec));
    let from = if from == "HEAD" { repo.branch.as_str() } else { from };
    let to = if to == "HEAD" { repo.branch.as_str() } else { to };
    let to = to.trim_start_matches("refs/heads/");
    let head = repo.head().filter(|_| from == repo.branch);
    let Some(head) = head else {
        return Err(format!(
            "error: src refspec {from} does not match any\nerror: failed to push some refs to '{url}'"
        ));
    };
    let before = repo.pushed.get(&format!("{remote}/{to}")).cloned();
    Ok(Push {
        url,
        from: from.to_owned(),
        to: to.to_owned(),
        sha: head.sha.clone(),
        message: head.message.clone(),
        before,
        remote,
    })
}
