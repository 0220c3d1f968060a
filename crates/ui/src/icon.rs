//! Line icons on a grid of 16, each one path, drawn in the colour of the text.

use leptos::prelude::*;

/// An icon. It is decoration: the text beside it, or the label of its button, says
/// the same.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}

/// The icons there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IconName {
    /// A triangle with an exclamation mark.
    Alert,
    /// Four tiles.
    Apps,
    /// An arrow to the right.
    ArrowRight,
    /// An open book.
    Book,
    /// A bank card.
    Card,
    /// A tick.
    Check,
    /// A chevron that points down.
    ChevronDown,
    /// A clock face.
    Clock,
    /// A cross.
    Close,
    /// Sliders.
    Config,
    /// Two sheets.
    Copy,
    /// A cylinder.
    Database,
    /// An arrow that leaves a box.
    External,
    /// An open eye.
    Eye,
    /// A crossed-out eye.
    EyeOff,
    /// A branch.
    Git,
    /// A globe.
    Globe,
    /// An i in a circle.
    Info,
    /// A key.
    Key,
    /// A closed lock.
    Lock,
    /// Lines of text.
    Logs,
    /// Three bars.
    Menu,
    /// A moon.
    Moon,
    /// Three dots.
    More,
    /// Two bars.
    Pause,
    /// A plus.
    Plus,
    /// An arrow in a circle.
    Refresh,
    /// A tag.
    Release,
    /// A pulse.
    Requests,
    /// An arrow that begins again.
    Restart,
    /// A rocket.
    Rocket,
    /// An arrow back.
    Rollback,
    /// A flask.
    Sandbox,
    /// Two arrows that point outwards.
    Scale,
    /// A magnifying glass.
    Search,
    /// A shield.
    Shield,
    /// A door with an arrow.
    SignOut,
    /// A sun.
    Sun,
    /// A screen.
    System,
    /// A prompt.
    Terminal,
    /// A person.
    User,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Alert => "M8 2.2 14.4 13.4H1.6L8 2.2ZM8 6.4v3.2M8 11.5v.01",
            Self::Apps => {
                "M3 2.5h3.5v4H2.5V3a.5.5 0 0 1 .5-.5ZM9.5 2.5H13a.5.5 0 0 1 .5.5v3.5h-4v-4ZM2.5 9.5h4v4H3a.5.5 0 0 1-.5-.5V9.5ZM9.5 9.5h4V13a.5.5 0 0 1-.5.5H9.5v-4Z"
            }
            Self::ArrowRight => "M2.5 8h11M9.5 4l4 4-4 4",
            Self::Book => {
                "M8 4c-1.5-1-3.5-1.3-6-1v9.5c2.5-.3 4.5 0 6 1 1.5-1 3.5-1.3 6-1V3c-2.5-.3-4.5 0-6 1ZM8 4v9.5"
            }
            Self::Card => {
                "M3 3.5h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM2 6.5h12M4.5 10h2.5"
            }
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::ChevronDown => "M4 6l4 4 4-4",
            Self::Clock => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 4.8V8l2.2 1.5",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Config => {
                "M2.5 4.5h5M11.5 4.5h2M2.5 11.5h2M8.5 11.5h5M11.5 4.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM8.5 11.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z"
            }
            Self::Copy => {
                "M6.5 5.5H12A1.5 1.5 0 0 1 13.5 7v5.5A1.5 1.5 0 0 1 12 14H6.5A1.5 1.5 0 0 1 5 12.5V7a1.5 1.5 0 0 1 1.5-1.5ZM10.5 5.5V3.5A1.5 1.5 0 0 0 9 2H4a1.5 1.5 0 0 0-1.5 1.5V9A1.5 1.5 0 0 0 4 10.5h1"
            }
            Self::Database => {
                "M13.5 4c0 1.2-2.460 2-5.5 2s-5.5-.8-5.5-2 2.460-2 5.5-2 5.5.8 5.5 2ZM2.5 4v8c0 1.2 2.460 2 5.5 2s5.5-.8 5.5-2V4M2.5 8c0 1.2 2.460 2 5.5 2s5.5-.8 5.5-2"
            }
            Self::External => {
                "M9.5 2.5h4v4M13.5 2.5 7.5 8.5M11.5 9.5v3a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h3"
            }
            Self::Eye => {
                "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z"
            }
            Self::EyeOff => {
                "M6.5 3.7C7 3.6 7.5 3.5 8 3.5 12 3.5 14.5 8 14.5 8s-.7 1.2-1.9 2.4M4 4.9C2.4 6.2 1.5 8 1.5 8S4 12.5 8 12.5c1.1 0 2.1-.3 3-.8M6.6 6.7a2 2 0 0 0 2.7 2.7M2.5 2.5l11 11"
            }
            Self::Git => {
                "M8.7 2.3 13.7 7.3a1 1 0 0 1 0 1.4l-5 5a1 1 0 0 1-1.4 0l-5-5a1 1 0 0 1 0-1.4l5-5a1 1 0 0 1 1.4 0ZM6 5.3l4 3.9M8 7.3v3.2"
            }
            Self::Globe => {
                "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM2 8h12M8 2c1.7 1.7 2.5 3.7 2.5 6s-.8 4.3-2.5 6c-1.7-1.7-2.5-3.7-2.5-6S6.3 3.7 8 2Z"
            }
            Self::Info => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 7.5V11M8 5v.01",
            Self::Key => "M8.5 10.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM7.7 8.3 13.5 2.5M11 5l2 2",
            Self::Lock => {
                "M4 7h8a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM5 7V5a3 3 0 0 1 6 0v2"
            }
            Self::Logs => "M2.5 3.5h11M2.5 6.5h8M2.5 9.5h11M2.5 12.5h6",
            Self::Menu => "M2 4h12M2 8h12M2 12h12",
            Self::Moon => "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z",
            Self::More => {
                "M4 8a.6.6 0 1 1-1.2 0A.6.6 0 0 1 4 8ZM8.6 8a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0ZM13.2 8a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0Z"
            }
            Self::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Refresh => {
                "M13.5 3v3.5H10M2.5 13V9.5H6M13.2 6.5A5.5 5.5 0 0 0 3.5 5M2.8 9.5a5.5 5.5 0 0 0 9.7 1.5"
            }
            Self::Release => {
                "M2.5 7.5v-4a1 1 0 0 1 1-1h4l6 6a1 1 0 0 1 0 1.4l-3.6 3.6a1 1 0 0 1-1.4 0l-6-6ZM5.5 5.5v.01"
            }
            Self::Requests => "M2 9h2.5L6 4l3.5 8.5L11 7l.8 2H14",
            Self::Restart => "M13.5 2.5v3.5H10M13.3 6A5.5 5.5 0 1 0 13.5 8.5",
            Self::Rocket => {
                "M6 10 4 8c1-3.5 3.5-6 9.5-6-0 6-2.5 8.5-6 9.5L6 10ZM4 8H1.8c.4-1.8 1.5-3 3.4-3M7.5 11.5v2.7c1.8-.4 3-1.5 3-3.4M3.5 11.5 2 14l2.5-1.5M10 6v.01"
            }
            Self::Rollback => "M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6.5",
            Self::Sandbox => {
                "M6 2h4M6.5 2v4.2L3 12.5A1 1 0 0 0 3.9 14h8.2a1 1 0 0 0 .9-1.5L9.5 6.2V2M4.7 9.5h6.6"
            }
            Self::Scale => "M9.5 2.5h4v4M13.5 2.5l-4.5 4.5M6.5 13.5h-4v-4M2.5 13.5 7 9",
            Self::Search => "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0ZM10.3 10.3 13.8 13.8",
            Self::Shield => {
                "M8 1.8 13 3.5v4c0 3.200-2 5.5-5 6.700-3-1.200-5-3.5-5-6.700v-4L8 1.8ZM6 8l1.5 1.5L10.3 6.5"
            }
            Self::SignOut => "M6.5 2.5h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M6.5 8h7.5M11 5l3 3-3 3",
            Self::Sun => {
                "M11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM8 1.5v1M8 13.5v1M14.5 8h-1M2.5 8h-1M12.6 3.4l-.7.7M4.1 11.9l-.7.7M12.6 12.6l-.7-.7M4.1 4.1l-.7-.7"
            }
            Self::System => {
                "M3 2.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1ZM5.5 13.5h5M8 10.5v3"
            }
            Self::Terminal => {
                "M3 2.5h10A1.5 1.5 0 0 1 14.5 4v8a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 12V4A1.5 1.5 0 0 1 3 2.5ZM4.5 6l2 2-2 2M8.5 10.5h3"
            }
            Self::User => "M11 5a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM2.5 14c.5-3 2.7-4 5.5-4s5 1 5.5 4",
        }
    }
}
