//! What changed between two releases that the reader picks.

use backoffice_contract::release::Release;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::nav::AppPage;
use crate::pages::app::releases::comparison::{Comparison, Touched, compare, short_sha};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{Badge, Card, CodeBlock, IconButton, IconName, SelectField, TickedText, Tone};

/// How many steps are shown, the newest.
const STEPS: usize = 12;

/// The two releases of the address, and what lies between them.
#[component]
pub fn CompareCard(
    /// All releases, the newest first.
    releases: Signal<Vec<Release>>,
    /// Which two.
    range: Signal<(String, String)>,
    /// Picks others.
    on_pick: Callback<(String, String)>,
    /// Puts the card away.
    on_close: Callback<()>,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        range.with(|(one, other)| releases.with(|all| compare(all, one, other)))
    });
    let choices = Signal::derive(move || {
        releases.with(|all| {
            all.iter()
                .map(|release| {
                    let sha = short_sha(&release.sha);
                    (
                        release.version.clone(),
                        format!("v{} {sha} {}", release.version, release.summary.replace('`', "")),
                    )
                })
                .collect::<Vec<_>>()
        })
    });
    let one = Signal::derive(move || range.with(|range| range.0.clone()));
    let other = Signal::derive(move || range.with(|range| range.1.clone()));
    view! {
        <Card
            title=Signal::derive(move || range.with(|(one, other)| format!("From v{one} to v{other}")))
            actions=move || view! {
                <IconButton icon=IconName::Close label="Close the comparison" small=true on_click=on_close />
            }.into_any()
        >
            <div class="card__tools">
                <SelectField label="From" value=one options=choices on_pick=Callback::new(move |picked| on_pick.run((picked, other.get_untracked()))) />
                <SelectField label="To" value=other options=choices on_pick=Callback::new(move |picked| on_pick.run((one.get_untracked(), picked))) />
            </div>
            <div class="card__body">
                {move || match found.get() {
                    Some(found) => view! { <Differences found /> }.into_any(),
                    None => view! { <p>"One of them is not in the list. Releases are kept for a year."</p> }.into_any(),
                }}
            </div>
        </Card>
    }
}

#[component]
fn Differences(found: Comparison) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let same = found.same_code();
    let (older, newer) = (found.older.sha.clone(), found.newer.sha.clone());
    let code = if same {
        view! { <span>"The same: " <code>{short_sha(&newer)}</code></span> }.into_any()
    } else if older.is_empty() {
        view! { <span>"None before, then " <code>{short_sha(&newer)}</code></span> }.into_any()
    } else {
        let git = format!("git log --oneline {older}..{newer}\ngit diff {older} {newer}");
        view! {
            <div class="stack stack--close">
                <span><code>{short_sha(&older)}</code> " → " <code>{short_sha(&newer)}</code></span>
                <CodeBlock code=Signal::stored(git) label="Commands that show the difference" wrap=true />
            </div>
        }
        .into_any()
    };
    let config = if found.config.is_empty() {
        view! { <span>"No variable is named"</span> }.into_any()
    } else {
        let row = |(name, touched): (String, Touched)| {
            let (tone, icon, word) = match touched {
                Touched::Set => (Tone::Neutral, IconName::Config, "set"),
                Touched::Unset => (Tone::Wait, IconName::Close, "unset"),
            };
            view! { <li><code>{name}</code> " " <Badge tone icon>{word}</Badge></li> }
        };
        view! { <ul class="differences">{found.config.into_iter().map(row).collect_view()}</ul> }
            .into_any()
    };
    let earlier = found.steps.len().saturating_sub(STEPS);
    let more = (earlier > 0)
        .then(|| format!("{} before these are not shown.", counted(earlier, "step", "steps")));
    let steps = found
        .steps
        .into_iter()
        .skip(earlier)
        .map(|step| view! { <li><b>{format!("v{}", step.version)}</b> " " <TickedText text=step.summary /></li> })
        .collect_view();
    let missing = (found.missing > 0).then(|| {
        let missing = usize::try_from(found.missing).unwrap_or(usize::MAX);
        format!(
            "{} between them cannot be listed any more.",
            counted(missing, "release", "releases")
        )
    });
    view! {
        <dl class="kv">
            <dt>"Code"</dt>
            <dd>{code}</dd>
            <dt>"Config"</dt>
            <dd>
                {config}
                <span class="table__note">
                    "Names are from the summaries. The API keeps no copy of the config of a release, so values are not known. "
                    <A href=move || paths::app(&name.get(), AppPage::Config) attr:class="link">"Config now"</A>
                </span>
            </dd>
            <dt>"Steps"</dt>
            <dd><ul class="differences">{steps}</ul><span class="table__note">{more} " " {missing}</span></dd>
        </dl>
    }
}
