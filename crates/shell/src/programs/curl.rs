//! `curl`, to the API and to the app's own address.

use backoffice_contract::{Method, Secret, percent_encode};
use serde::Deserialize;

use crate::language::io::Io;
use crate::programs::http::{Answer, basic};

/// The address that the platform's own client uses.
const PLATFORM: &str = "https://api.gigalixir.com";

/// The domain of the apps.
const APPS: &str = ".gigalixirapp.com";

/// The headers that can be sent; header names must be known at compile time.
const HEADERS: [&str; 6] =
    ["accept", "authorization", "content-type", "x-sandbox-fault", "user-agent", "if-none-match"];

/// The request that a line describes.
#[derive(Default)]
struct Wish {
    method: Option<String>,
    url: String,
    headers: Vec<(&'static str, Secret)>,
    data: Vec<String>,
    user: Option<Secret>,
    netrc: bool,
    show_head: bool,
    only_head: bool,
    fail: bool,
    silent: bool,
    file: Option<String>,
}

/// How the app answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Page {
    status: u16,
    body: String,
}

pub(crate) async fn run(io: &Io<'_>, words: &[String]) -> u8 {
    let wish = match read(io, words) {
        Ok(wish) => wish,
        Err(reason) => {
            io.notice(format!("curl: {reason}"));
            return 2;
        }
    };
    let answered = match place(io, &wish.url) {
        Place::App(app) => page(io, &app).await,
        Place::Api(target) => request(io, &wish, &target).await,
        Place::Elsewhere(host) => {
            io.notice(format!("curl: (6) Could not resolve host: {host}"));
            io.notice("This shell only reaches the API and apps.");
            return 6;
        }
    };
    match answered {
        Ok(answer) => show(io, &wish, &answer),
        Err(reason) => {
            io.notice(format!("curl: (7) {reason}"));
            7
        }
    }
}

/// Where an address leads.
enum Place {
    App(String),
    Api(String),
    Elsewhere(String),
}

fn place(io: &Io<'_>, url: &str) -> Place {
    let host = &io.shell.host;
    for origin in [host.shown_url.as_str(), host.base_url.as_str(), PLATFORM] {
        if let Some(target) = url.strip_prefix(origin)
            && (target.is_empty() || target.starts_with(['/', '?']))
        {
            return Place::Api(if target.is_empty() { "/".to_owned() } else { target.to_owned() });
        }
    }
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let name = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    match name.strip_suffix(APPS) {
        Some(app) => Place::App(app.to_owned()),
        None => Place::Elsewhere(name.to_owned()),
    }
}

async fn page(io: &Io<'_>, app: &str) -> Result<Answer, String> {
    if !io.shell.host.simulated {
        return Err(
            "Web pages cannot read answers of other sites. Open the address instead.".into()
        );
    }
    let target = format!("/sandbox/apps/{}/page", percent_encode(app));
    let page: Page = io.shell.control(Method::GET, &target, None).await?;
    Ok(Answer {
        status: page.status,
        headers: vec![("content-type".into(), "text/html; charset=utf-8".into())],
        body: page.body.into_bytes(),
    })
}

async fn request(io: &Io<'_>, wish: &Wish, target: &str) -> Result<Answer, String> {
    let implied = if wish.data.is_empty() { "GET" } else { "POST" };
    let name = wish.method.as_deref().unwrap_or(implied);
    let method = Method::parse(name).ok_or_else(|| format!("the API has no method {name}"))?;
    let mut headers = wish.headers.clone();
    let has = |headers: &[(&str, Secret)], name| headers.iter().any(|(known, _)| *known == name);
    if !has(&headers, "authorization") {
        let netrc = io.shell.state.borrow().netrc.clone();
        if let Some(user) = &wish.user {
            let (name, password) = user.expose().split_once(':').unwrap_or((user.expose(), ""));
            headers.push(("authorization", basic(name, &password.into())));
        } else if let Some(netrc) = netrc.filter(|_| wish.netrc) {
            headers.push(("authorization", basic(&netrc.email, &netrc.key)));
        }
    }
    let body = (!wish.data.is_empty()).then(|| wish.data.join("&").into_bytes());
    if body.is_some() && !has(&headers, "content-type") {
        headers.push(("content-type", "application/x-www-form-urlencoded".into()));
    }
    io.shell.send(method, target, headers, body).await
}

fn show(io: &Io<'_>, wish: &Wish, answer: &Answer) -> u8 {
    if wish.fail && answer.status >= 400 {
        if !wish.silent {
            io.notice(format!("curl: (22) The requested URL returned error: {}", answer.status));
        }
        return 22;
    }
    let mut out = String::new();
    if wish.show_head || wish.only_head {
        out.push_str(&format!("HTTP/1.1 {}\n", answer.status));
        answer.headers.iter().for_each(|(name, value)| out.push_str(&format!("{name}: {value}\n")));
        out.push('\n');
    }
    if !wish.only_head {
        out.push_str(&String::from_utf8_lossy(&answer.body));
        // Put the next prompt on a line of its own.
        if io.is_watched() && !out.ends_with('\n') {
            out.push('\n');
        }
    }
    match wish.file.as_deref() {
        None => io.write(&out),
        Some("/dev/null") => {}
        Some(name) => {
            let mut state = io.shell.state.borrow_mut();
            let path = state.path(name);
            let written = state.files.write(&path, &out, false);
            drop(state);
            if let Err(error) = written {
                io.notice(format!("curl: (23) {name}: {error}"));
                return 23;
            }
        }
    }
    0
}

fn read(io: &Io<'_>, words: &[String]) -> Result<Wish, String> {
    let mut wish = Wish::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            wish.url.clone_from(word);
        } else if word.starts_with("--") {
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            let letter = LONG.iter().find(|(long, _)| *long == name).map(|(_, letter)| *letter);
            let letter =
                letter.ok_or_else(|| format!("option {word}: is unknown to this shell"))?;
            take(io, &mut wish, letter, || joined.or_else(|| words.next().cloned()))?;
        } else {
            let mut letters = word.chars().skip(1);
            while let Some(letter) = letters.next() {
                let joined: String = letters.clone().collect();
                let used = take(io, &mut wish, letter, || {
                    if joined.is_empty() { words.next().cloned() } else { Some(joined) }
                })?;
                if used {
                    break;
                }
            }
        }
    }
    if wish.url.is_empty() {
        return Err("(2) no URL specified".into());
    }
    Ok(wish)
}

/// The long names of options.
const LONG: [(&str, char); 18] = [
    ("--request", 'X'),
    ("--data", 'd'),
    ("--data-raw", 'd'),
    ("--json", 'j'),
    ("--header", 'H'),
    ("--include", 'i'),
    ("--head", 'I'),
    ("--silent", 's'),
    ("--show-error", 'S'),
    ("--location", 'L'),
    ("--user", 'u'),
    ("--netrc", 'n'),
    ("--output", 'o'),
    ("--fail", 'f'),
    ("--no-buffer", 'N'),
    ("--verbose", 'v'),
    ("--max-time", 'm'),
    ("--compressed", 'z'),
];

/// Reads one option; returns whether it has used its value.
fn take(
    io: &Io<'_>,
    wish: &mut Wish,
    letter: char,
    value: impl FnOnce() -> Option<String>,
) -> Result<bool, String> {
    match letter {
        'i' | 'v' => wish.show_head = true,
        'I' => wish.only_head = true,
        's' => wish.silent = true,
        'n' => wish.netrc = true,
        'f' => wish.fail = true,
        'S' | 'L' | 'N' | 'z' | 'k' => {}
        'X' | 'd' | 'j' | 'H' | 'u' | 'o' | 'm' => {
            let value = value().ok_or_else(|| format!("option -{letter}: requires parameter"))?;
            match letter {
                'X' => wish.method = Some(value),
                'd' => wish.data.push(data(io, value)?),
                'j' => {
                    wish.data.push(data(io, value)?);
                    wish.headers.push(("content-type", "application/json".into()));
                }
                'H' => wish.headers.push(header(&value)?),
                'u' => wish.user = Some(value.into()),
                'o' => wish.file = Some(value),
                _ => {}
            }
            return Ok(true);
        }
        _ => return Err(format!("option -{letter}: is unknown to this shell")),
    }
    Ok(false)
}

/// A body; `@FILE` reads a file, `@-` the piped input.
fn data(io: &Io<'_>, value: String) -> Result<String, String> {
    match value.strip_prefix('@') {
        None => Ok(value),
        Some("-") => Ok(io.stdin.clone().unwrap_or_default()),
        Some(name) => {
            let state = io.shell.state.borrow();
            let read = state.files.read(&state.path(name)).map(str::to_owned);
            read.map_err(|error| format!("(26) {name}: {error}"))
        }
    }
}

fn header(value: &str) -> Result<(&'static str, Secret), String> {
    let (name, value) = value.split_once(':').ok_or("write headers as NAME: VALUE")?;
    let known = HEADERS.iter().find(|known| name.trim().eq_ignore_ascii_case(known));
    let known = known.ok_or_else(|| {
        format!("this shell cannot send the header {name}; it can send {}", HEADERS.join(", "))
    })?;
    Ok((known, Secret::new(value.trim())))
}
