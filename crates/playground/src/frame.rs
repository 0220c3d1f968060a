//! What is around both views: the way from one to the other, the budget, and which API
//! is called.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::live_sign_in::LiveSignIn;
use super::messages::{self, Asked};
use super::mode_panel::ModePanel;
use super::requests_panel::RequestsPanel;
use super::settings::{FrameTheme, Settings, View};
use crate::api::{Place, PlaygroundApi};
use backoffice_ui::words::time::left;
use backoffice_ui::{Badge, Icon, IconName, Note, Tone};
use backoffice_web_client::{ApiChoice, SessionState, World};

/// The page of the playground; the console's table of pages has the same.
const PLAYGROUND: &str = "/playground";
/// The first page of the console.
const CONSOLE: &str = "/apps";

/// What the views know of the frame.
#[derive(Clone, Copy)]
pub struct Playground {
    /// What the address asks for.
    pub settings: Memo<Settings>,
    /// What is called.
    pub api: PlaygroundApi,
    /// Counts how often the page around has asked to run what is offered.
    pub asked_to_run: RwSignal<u32>,
}

/// What was provided by the frame above.
#[must_use]
pub fn use_playground() -> Playground {
    expect_context()
}

/// A view of the playground with its frame.
#[component]
pub fn Frame(
    /// Which view.
    view: View,
    /// The console's API, or why it is not known.
    choice: Result<ApiChoice, String>,
    /// Makes the content.
    content: fn() -> AnyView,
) -> impl IntoView {
    let fragment = RwSignal::new(fragment_now());
    let moved = window_event_listener(ev::hashchange, move |_| fragment.set(fragment_now()));
    on_cleanup(move || moved.remove());
    let settings = Memo::new(move |_| fragment.with(|text| Settings::read(text)));
    let for_content = Memo::new(move |_| settings.get().for_content());
    let asked_to_run = RwSignal::new(0);
    let root = NodeRef::<html::Div>::new();
    let framed = messages::parent().is_some();
    Effect::new(move |_| {
        if let Some(theme) = settings.with(|settings| settings.theme) {
            apply(theme);
        }
    });
    let host = Memo::new(move |_| settings.with(|settings| settings.host.clone()));
    Effect::new(move |_| {
        let (Some(host), Some(root)) = (host.get(), root.get()) else { return };
        let shown = root.clone();
        messages::talk(host, &root, move |asked| match asked {
            Asked::Theme(theme) => apply(theme),
            // Both views hear it; the one that is shown is meant.
            Asked::Run if shown.offset_height() > 0 => asked_to_run.update(|count| *count += 1),
            Asked::Run => {}
        });
    });
    let choice = StoredValue::new(choice);
    let again = StoredValue::new(false);
    let inside = move || {
        let wanted = for_content.get();
        let choice = choice.get_value();
        let (place, complaint) = place(&wanted, choice.clone());
        let api = match PlaygroundApi::new(place) {
            Ok(api) => api,
            Err(reason) => return view! { <Unusable reason /> }.into_any(),
        };
        provide_context(Playground { settings, api, asked_to_run });
        if again.get_value()
            && let Some(root) = root.get_untracked()
        {
            // What led here is gone, and the focus with it.
            let _ = root.focus();
        }
        again.set_value(true);
        let complaints = wanted.complaints.into_iter().chain(complaint);
        let complaints: Vec<AnyView> =
            complaints.map(|text| view! { <p>{text}</p> }.into_any()).collect();
        view! {
            <Bar view settings api framed choice=choice.ok() />
            <main class="play__main">
                {(!complaints.is_empty()).then(|| view! {
                    <Note tone=Tone::Limit title="Not all of this address could be followed">{complaints}</Note>
                })}
                <LiveSignIn />
                {content()}
            </main>
        }
        .into_any()
    };
    view! {
        <div class=if framed { "play play--framed" } else { "play" } node_ref=root tabindex="-1">
            {inside}
        </div>
    }
}

/// Which API is meant, and why it is not the one that was asked for.
fn place(settings: &Settings, choice: Result<ApiChoice, String>) -> (Place, Option<String>) {
    // Somebody else's commands begin where they began, and disturb nothing.
    let name = if settings.replays {
        format!("replay-{}", settings.seed)
    } else {
        settings.seed.to_string()
    };
    let world = Place::World(World { name, seed: settings.seed });
    match (settings.live, choice) {
        (false, _) => (world, None),
        (true, Err(reason)) => (world, Some(format!("There is no live mode here: {reason}"))),
        (true, Ok(ApiChoice::BrowserSandbox)) => (
            world,
            Some(
                "There is no live mode here: this console is for the sandbox in the browser."
                    .to_owned(),
            ),
        ),
        (true, Ok(choice)) => (Place::Live(choice), None),
    }
}

#[component]
fn Unusable(reason: String) -> impl IntoView {
    view! {
        <main class="play__main">
            <Note tone=Tone::Bad title="The playground is not set up"><p>{reason}</p></Note>
        </main>
    }
}

#[component]
fn Bar(
    view: View,
    settings: Memo<Settings>,
    api: PlaygroundApi,
    framed: bool,
    choice: Option<ApiChoice>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let lists = RwSignal::new(false);
    let sent = move || api.requests().with(Vec::len);
    let live = api.place().is_live();
    // Both views may be in one document.
    let [requests, mode] = ["requests", "mode"].map(|part| format!("{part}-{}", view.as_str()));
    let views = [View::Shell, View::Http].map(|other| {
        // The address is whole: the page has a <base>, which a fragment alone would follow.
        let href = move || {
            settings.with(|settings| address(&settings.with(&[("view", Some(other.as_str()))])))
        };
        let current = (other == view).then_some("page");
        view! { <a class="play__view" href=href aria-current=current>{other.title()}</a> }
            .into_any()
    });
    view! {
        <header class="play__bar">
            <h1 class="visually-hidden">{format!("Playground: {}", view.title())}</h1>
            {(!framed).then(|| view! {
                <a class="play__brand" href=CONSOLE>
                    <span class="brand-mark" aria-hidden="true"></span>
                    <span>"Console"</span>
                </a>
            })}
            <nav class="play__views" aria-label="Views">{Vec::from(views)}</nav>
            <span class="spacer"></span>
            <Budget api />
            <Opener of=requests.clone() open=lists>
                <span class="play__count">"Requests "{sent}</span>
            </Opener>
            <Opener of=mode.clone() open>
                {if live {
                    view! { <Badge tone=Tone::Wait icon=IconName::Alert>"Live"</Badge> }.into_any()
                } else {
                    view! { <Badge tone=Tone::Neutral icon=IconName::Sandbox>"Sandbox"</Badge> }.into_any()
                }}
            </Opener>
        </header>
        <section id=requests aria-label="What was sent" hidden=move || !lists.get()>
            <Show when=move || lists.get()><RequestsPanel api /></Show>
        </section>
        <section id=mode aria-label="Sandbox or live" hidden=move || !open.get()>
            <ModePanel settings api choice />
        </section>
    }
}

/// A button of the bar that opens the part of an id below it, and closes it again.
#[component]
fn Opener(of: String, open: RwSignal<bool>, children: Children) -> impl IntoView {
    view! {
        <button
            class="play__mode"
            type="button"
            aria-expanded=move || open.get().to_string()
            aria-controls=of
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {children()}
            <Icon name=IconName::ChevronDown />
        </button>
    }
}

/// What is left of the rate limit, once an answer has told it.
#[component]
fn Budget(api: PlaygroundApi) -> impl IntoView {
    let words = move || {
        let budget = api.budget.get();
        let (limit, remaining) = (budget.limit?, budget.remaining?);
        let ends = budget.hold.map(|hold| hold.until).or(budget.reset_at);
        let rest = ends.map(|at| at.saturating_sub(api.now.get())).filter(|rest| *rest > 0);
        let rest = rest.map(|rest| format!(", {}", left(rest))).unwrap_or_default();
        // A phone has room for what matters most.
        Some(view! {
            {remaining}
            <span class="hide-phone">{format!(" of {limit}")}</span>
            " left"
            <span class="hide-phone">{rest}</span>
        })
    };
    let title = "Calls that the rate limit still allows, and when it begins anew";
    view! { <span class="play__budget" title=title>{words}</span> }
}

/// Whether somebody has to sign in before anything can be called.
#[must_use]
pub fn needs_sign_in(api: PlaygroundApi) -> bool {
    api.place().is_live()
        && api.session.with(|session| !matches!(session, SessionState::SignedIn { .. }))
}

/// The playground at a fragment.
#[must_use]
pub fn address(fragment: &str) -> String {
    format!("{}{fragment}", PLAYGROUND)
}

fn fragment_now() -> String {
    window().location().hash().unwrap_or_default()
}

fn apply(theme: FrameTheme) {
    if let Some(root) = document().document_element() {
        // The name is a valid one, so it does not fail.
        let _ = root.set_attribute("data-theme", theme.as_str());
    }
}
