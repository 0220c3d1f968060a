//! How to make an SSH key, for whoever has none.

use leptos::prelude::*;

use backoffice_ui::{Card, CodeBlock, Segments};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Platform {
    MacOs,
    Linux,
    Windows,
}

impl Platform {
    /// What a browser says that it runs on.
    fn of(user_agent: &str) -> Self {
        if user_agent.contains("Windows") {
            Self::Windows
        } else if user_agent.contains("Mac OS") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }

    /// Makes a key and puts its public half where it can be pasted from.
    fn commands(self) -> &'static str {
        match self {
            Self::MacOs => "ssh-keygen -t ed25519\npbcopy < ~/.ssh/id_ed25519.pub",
            Self::Linux => "ssh-keygen -t ed25519\ncat ~/.ssh/id_ed25519.pub",
            Self::Windows => {
                "ssh-keygen -t ed25519\nGet-Content $env:USERPROFILE\\.ssh\\id_ed25519.pub | Set-Clipboard"
            }
        }
    }

    fn note(self) -> &'static str {
        match self {
            Self::MacOs => "In Terminal. The second line copies the public half.",
            Self::Linux => "In a shell. The second line prints the public half: copy that line.",
            Self::Windows => "In PowerShell. The second line copies the public half.",
        }
    }
}

/// The commands, for the platform of this browser first.
#[component]
pub fn MakeKey() -> impl IntoView {
    // A browser that does not say gets the commands that work nearly everywhere.
    let user_agent = window().navigator().user_agent().unwrap_or_default();
    let platform = RwSignal::new(Platform::of(&user_agent));
    let code = Signal::derive(move || platform.get().commands().to_owned());
    view! {
        <Card title="Make a key">
            <div class="card__body stack stack--close">
                <p>
                    <Segments
                        label="Platform"
                        value=platform
                        items=vec![
                            (Platform::MacOs, "macOS"),
                            (Platform::Linux, "Linux"),
                            (Platform::Windows, "Windows"),
                        ]
                    />
                </p>
                <CodeBlock code label="Commands that make a key" wrap=true />
                <p class="muted">
                    {move || platform.get().note()}
                    " Give it a passphrase when asked. The other half, without .pub, never leaves your machine."
                </p>
            </div>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_platform_of_a_browser() {
        let of = |system: &str| Platform::of(&format!("Mozilla/5.0 ({system}) Gecko/20100101"));
        assert_eq!(of("Windows NT 10.0; Win64; x64"), Platform::Windows);
        assert_eq!(of("Macintosh; Intel Mac OS X 14.0"), Platform::MacOs);
        assert_eq!(of("X11; Linux x86_64"), Platform::Linux);
    }
}
