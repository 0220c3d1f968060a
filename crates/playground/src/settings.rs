//! What the fragment of the playground's address asks for.

use backoffice_contract::{percent_decode, percent_encode};
use backoffice_shell::permalink::Session;

/// The world of who does not ask for another, so that all frames of a reader show one.
const SEED: u64 = 1;

/// The keys that are known.
const KEYS: [&str; 11] = [
    "view",
    "command",
    "script",
    "operation",
    "mode",
    "theme",
    "seed",
    "api",
    "run",
    "host",
    "transcript",
];

/// A part of the playground.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// The guide shell.
    #[default]
    Shell,
    /// The HTTP explorer.
    Http,
}

impl View {
    /// As the address has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shell => "shell",
            Self::Http => "http",
        }
    }

    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Shell => "Shell",
            Self::Http => "HTTP",
        }
    }

    /// The id of the element that it is mounted in.
    #[must_use]
    pub fn element(self) -> &'static str {
        match self {
            Self::Shell => "shell",
            Self::Http => "explorer",
        }
    }
}

/// Light or dark, as the page around the frame has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameTheme {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl FrameTheme {
    /// Reads the word for it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What the address asks for. What it asks for and cannot have is a sentence in
/// `complaints`, and as if it had not been asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Which part.
    pub view: View,
    /// The texts that are offered to be run, in their order; each may have several lines.
    pub offered: Vec<String>,
    /// Whether what is offered is what somebody else has typed.
    pub replays: bool,
    /// The operation that the explorer opens.
    pub operation: Option<String>,
    /// Whether the console's own API is called.
    pub live: bool,
    /// The theme of the page around.
    pub theme: Option<FrameTheme>,
    /// The world.
    pub seed: u64,
    /// The address of another description.
    pub api: Option<String>,
    /// Whether what is offered runs at once.
    pub run: bool,
    /// The origin of the page around.
    pub host: Option<String>,
    /// What is wrong with the address, as sentences.
    pub complaints: Vec<String>,
    pairs: Vec<(String, String)>,
}

impl Settings {
    /// Reads a fragment, with or without its `#`.
    #[must_use]
    pub fn read(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let mut settings = Self { seed: SEED, ..Self::default() };
        for part in fragment.split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let value = percent_decode(value);
            if !KEYS.contains(&key) {
                let key = percent_decode(key);
                settings.complain(format!("The address names “{key}”, which means nothing here."));
            } else if settings.pairs.iter().any(|(known, _)| known == key) {
                settings.complain(format!("The address names “{key}” twice; the first counts."));
            } else {
                settings.pairs.push((key.to_owned(), value));
            }
        }
        for (key, value) in settings.pairs.clone() {
            if let Err(why) = settings.take(&key, &value) {
                settings.complain(why);
            }
        }
        settings.offer();
        settings
    }

    fn complain(&mut self, sentence: String) {
        self.complaints.push(sentence);
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), String> {
        let other = |meant: &str| Err(format!("“{key}” of the address is {meant}."));
        match (key, value) {
            ("view", "shell") | ("mode", "sandbox") => {}
            ("view", "http") => self.view = View::Http,
            ("view", _) => return other("neither “shell” nor “http”: this is the shell"),
            ("mode", "live") => self.live = true,
            ("mode", _) => return other("neither “sandbox” nor “live”: this is the sandbox"),
            ("theme", _) => match FrameTheme::parse(value) {
                Some(theme) => self.theme = Some(theme),
                None => return other("neither “light” nor “dark”"),
            },
            ("seed", _) => match value.parse() {
                Ok(seed) => self.seed = seed,
                Err(_) => return other("no whole number: this is the usual world"),
            },
            ("run", "1") => self.run = true,
            ("run", _) => return other("not “1”: nothing runs by itself"),
            ("host", _) if is_origin(value) => self.host = Some(value.to_owned()),
            ("host", _) => return other("no origin such as https://docs.example.com"),
            ("operation", _) => self.operation = Some(value.to_owned()),
            ("api", _) => self.api = Some(value.to_owned()),
            // These are read together.
            _ => {}
        }
        Ok(())
    }

    /// Reads what is offered: a transcript, else the lines of a script, else a command.
    fn offer(&mut self) {
        let value = |key: &str| {
            let found = self.pairs.iter().find(|(known, _)| known == key);
            found.map(|(_, value)| value.clone()).filter(|value| !value.trim().is_empty())
        };
        let (transcript, script, command) =
            (value("transcript"), value("script"), value("command"));
        match transcript.map(|text| Session::decode(&text)) {
            Some(Ok(session)) => {
                self.seed = session.seed;
                self.offered = session.texts;
                self.replays = true;
                return;
            }
            Some(Err(error)) => self.complain(error.to_string()),
            None => {}
        }
        if let Some(script) = script {
            let commands = backoffice_shell::pasted_commands(&script);
            let statements = backoffice_shell::statements(&commands);
            self.offered = statements.into_iter().map(|(_, text)| text).collect();
        } else if let Some(command) = command {
            self.offered = vec![command];
        }
    }

    /// The fragment with some keys changed, or without those that have no value, behind
    /// its `#`.
    #[must_use]
    pub fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let kept = self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let kept = kept.filter(|(key, _)| changes.iter().all(|(changed, _)| changed != key));
        let new = changes.iter().filter_map(|(key, value)| value.map(|value| (*key, value)));
        let pairs: Vec<String> = kept
            .chain(new)
            .map(|(key, value)| format!("{key}={}", percent_encode(value)))
            .collect();
        format!("#{}", pairs.join("&"))
    }

    /// What the content of the view depends on: another theme needs no new one, nor does
    /// the way to the other view.
    #[must_use]
    pub fn for_content(mut self) -> Self {
        self.view = View::Shell;
        self.theme = None;
        self.operation = None;
        self.api = None;
        let followed = ["view", "theme", "operation", "api"];
        self.pairs.retain(|(key, _)| !followed.contains(&key.as_str()));
        self
    }
}

/// Whether a text is an origin as browsers write it.
fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|host| {
        !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "/?#@\\".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_known() {
        let settings = Settings::read(
            "#view=http&mode=live&theme=dark&seed=7&run=1&host=https%3A%2F%2Fdocs.example\
             &operation=listApps&api=https%3A%2F%2Fa.example%2Fopenapi.json&command=gigalixir%20ps",
        );
        assert_eq!(settings.complaints, Vec::<String>::new());
        assert_eq!((settings.view, settings.live, settings.seed), (View::Http, true, 7));
        assert_eq!((settings.theme, settings.run), (Some(FrameTheme::Dark), true));
        assert_eq!(settings.host.as_deref(), Some("https://docs.example"));
        assert_eq!(settings.operation.as_deref(), Some("listApps"));
        assert_eq!(settings.api.as_deref(), Some("https://a.example/openapi.json"));
        assert_eq!(settings.offered, ["gigalixir ps"]);
    }

    #[test]
    fn nothing_at_all_is_the_shell_in_the_usual_world() {
        let settings = Settings::read("");
        assert_eq!(settings, Settings { seed: SEED, ..Settings::default() });
    }

    #[test]
    fn what_cannot_be_had_is_a_sentence_each() {
        let settings = Settings::read(
            "view=x&mode=x&theme=x&seed=-1&run=yes&host=docs.example&colour=red&transcript=!!\
             &seed=2&%FF=%zz&&",
        );
        assert_eq!(settings.complaints.len(), 10, "{:?}", settings.complaints);
        assert!(settings.complaints.iter().all(|sentence| sentence.ends_with('.')));
        let (view, live, seed) = (settings.view, settings.live, settings.seed);
        assert_eq!((view, live, seed), (View::Shell, false, SEED));
    }

    #[test]
    fn a_script_is_offered_statement_by_statement() {
        let offered = |fragment: &str| Settings::read(fragment).offered;
        assert_eq!(
            offered("script=%24%20echo%20a%0Aa%0A%24%20echo%20b%20%5C%0A%20%20c&command=x"),
            ["echo a", "echo b \\\n  c"]
        );
        assert_eq!(offered("script=%20&command=x"), ["x"]);
    }

    #[test]
    fn a_transcript_brings_its_world() {
        let texts = vec!["gigalixir ps".to_owned(), "ls".to_owned()];
        let text = Session { seed: 99, texts: texts.clone() }.encode().unwrap();
        let settings = Settings::read(&format!("seed=3&transcript={text}&command=x"));
        assert_eq!((settings.seed, settings.offered, settings.replays), (99, texts, true));
    }

    #[test]
    fn a_fragment_is_written_as_it_is_read() {
        let settings = Settings::read("command=a%20%26%20b&view=http&seed=4");
        let changed = settings.with(&[("view", Some("shell")), ("seed", None)]);
        assert_eq!(changed, "#command=a%20%26%20b&view=shell");
    }

    #[test]
    fn only_origins_are_hosts() {
        for text in ["", "https://", "https://a/", "ftp://a", "https://a@b", "null", "https://a?b"]
        {
            assert!(!is_origin(text), "{text}");
        }
        assert!(is_origin("http://127.0.0.1:8000") && is_origin("https://docs.example"));
    }
}
