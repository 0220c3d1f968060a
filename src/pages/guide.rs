//! The way from nothing to a running app, step by step.

mod app_choice;
mod commands;
mod context;
mod migrate;
mod progress;
mod step_body;
mod step_list;

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{ErrorNote, PageTitle};
use crate::nav::AppPage;
use crate::paths;
use backoffice_ui::{Button, ButtonVariant, Card, IconName, Meter, Segments, Tone};
use commands::Platform;
use context::{Guide, provide_guide};
use progress::{Step, done};
use step_list::StepList;

/// The getting-started guide as a checklist that checks itself where the API can tell.
#[component]
pub fn GuidePage() -> impl IntoView {
    let guide = provide_guide();
    view! {
        <PageTitle title="Guide" purpose="From nothing to a running app. Steps check themselves where the API can tell; the others you tick." />
        <Bar guide />
        <Failure guide />
        <StepList />
        <WhatsNext guide />
    }
}

/// Why the guide cannot check what it checks by itself, and trying that again.
#[component]
fn Failure(guide: Guide) -> impl IntoView {
    let Guide { apps, databases, releases, context, .. } = guide;
    let error = Memo::new(move |_| {
        let of_app = || databases.error().or_else(|| releases.error());
        apps.error().or_else(|| context.status.error()).or_else(of_app)
    });
    let again = move |()| {
        if apps.error().is_some() {
            apps.refresh();
        }
        if context.status.error().is_some() {
            context.status.refresh();
        }
        if databases.error().is_some() {
            databases.refresh();
        }
        if releases.error().is_some() {
            releases.refresh();
        }
    };
    move || {
        error.with(Option::is_some).then(|| {
            view! {
                <div class="row">
                    <ErrorNote error />
                    <Button icon=IconName::Refresh on_click=Callback::new(again)>"Try again"</Button>
                </div>
            }
        })
    }
}

/// Platform, app and progress.
#[component]
fn Bar(guide: Guide) -> impl IntoView {
    let count = Memo::new(move |_| guide.facts.with(done));
    let all = Step::ALL.len();
    view! {
        <div class="guide-bar">
            <div class="guide-bar__progress">
                <Meter
                    label="Progress of the guide"
                    value=Signal::derive(move || f64::from(u32::try_from(count.get()).unwrap_or_default()))
                    max=f64::from(u32::try_from(all).unwrap_or_default())
                    tone=Tone::Ok
                />
                <span>{move || format!("{} of {all} done", count.get())}</span>
            </div>
            {move || Some(guide.app.get()).filter(|app| !app.is_empty()).map(|app| view! {
                <span class="row">
                    "About "
                    <A href=paths::app(&app, AppPage::Overview) attr:class="link mono">{app.clone()}</A>
                    <Button small=true variant=ButtonVariant::Quiet on_click=Callback::new(move |()| guide.app.set(String::new()))>"Another app"</Button>
                </span>
            })}
            <Segments label="Your platform" value=guide.platform items=Platform::ALL.to_vec() />
        </div>
    }
}

/// Where the guide leads on to.
#[component]
fn WhatsNext(guide: Guide) -> impl IntoView {
    const NEXT: [(AppPage, &str, &str); 8] = [
        (AppPage::Config, "Config", "what your code reads from its environment"),
        (AppPage::Overview, "Status", "pods, and how to scale and restart them"),
        (AppPage::Logs, "Logs", "of all containers, as they come"),
        (AppPage::Drains, "Log drains", "logs sent on to where you keep them"),
        (AppPage::Releases, "Rollback", "back to a release that worked"),
        (AppPage::Terminal, "Remote console", "IEx, the observer and hot upgrades"),
        (AppPage::Domains, "Domains", "an address of your own"),
        (AppPage::Access, "Access", "others who work on the app"),
    ];
    let item = |app: String, (page, label, about): (AppPage, &'static str, &'static str)| {
        view! {
            <li>
                <A href=paths::app(&app, page) attr:class="link">{label}</A>
                <span class="muted">{about}</span>
            </li>
        }
    };
    view! {
        <Card title="What comes next">
            {move || match guide.app.get() {
                app if app.is_empty() => view! { <p class="card__body muted">"With an app chosen, this leads on to its pages."</p> }.into_any(),
                app => view! {
                    <ul class="guide-next card__body">
                        {NEXT.into_iter().map(|next| item(app.clone(), next)).collect_view()}
                    </ul>
                }.into_any(),
            }}
        </Card>
    }
}
