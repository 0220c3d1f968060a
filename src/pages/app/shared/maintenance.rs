//! Maintenance mode, as far as it can be known: the API turns it on and off, and does
//! not tell which it is.

use std::cell::RefCell;
use std::collections::HashMap;

use backoffice_contract::app::{ActivityEntry, MaintenanceRequest};
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;

use crate::components::{CallDialog, ErrorNote, open_while_some};
use crate::pages::app::activity::kind::{Kind, kind_of};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::words::time;
use backoffice_ui::{
    Badge, Button, ButtonVariant, Card, CommandStrip, IconName, Note, Tone, use_toasts,
};
use backoffice_web_client::{use_api, use_mutation, use_query};

/// What this tab did last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maintenance {
    /// Whether it was turned on.
    pub on: bool,
    /// When, in epoch milliseconds.
    pub at: u64,
}

thread_local! {
    /// By app. It is as old as the page: after a reload nothing is known.
    static DONE: RefCell<HashMap<String, Maintenance>> = RefCell::default();
}

/// What this tab did last with an app.
#[must_use]
pub fn last_done(app: &str) -> Option<Maintenance> {
    DONE.with_borrow(|done| done.get(app).copied())
}

fn remember(app: &str, what: Option<Maintenance>) {
    DONE.with_borrow_mut(|done| match what {
        Some(what) => done.insert(app.to_owned(), what),
        None => done.remove(app),
    });
}

/// What the activity says last about it: the entry, and whether that turned it on.
#[must_use]
pub fn last_noted(activity: &[ActivityEntry]) -> Option<(&ActivityEntry, bool)> {
    activity.iter().filter(|entry| kind_of(&entry.summary) == Kind::Maintenance).find_map(|entry| {
        let words = entry.summary.to_lowercase();
        let says = |any: &[&str]| {
            words.split(|c: char| !c.is_alphanumeric()).any(|word| any.contains(&word))
        };
        match (says(&["enabled", "on"]), says(&["disabled", "off"])) {
            (true, false) => Some((entry, true)),
            (false, true) => Some((entry, false)),
            _ => None,
        }
    })
}

/// Turning it on and off.
#[component]
pub fn MaintenanceCard() -> impl IntoView {
    let AppContext { name, maintenance, .. } = use_app();
    let api = use_api();
    let toasts = use_toasts();
    let change = use_mutation();
    let asking = RwSignal::new(None::<bool>);
    let open = open_while_some(asking);
    // Kept while the dialog closes, so that its words do not change under the eye.
    let wanted = RwSignal::new(true);
    Effect::new(move |_| {
        if let Some(on) = asking.get() {
            wanted.set(on);
        }
    });
    let operation = Signal::derive(move || op::SetMaintenance {
        app: name.get(),
        body: MaintenanceRequest { enable: wanted.get() },
    });
    let both = Signal::derive(move || {
        let command = |enable| {
            op::SetMaintenance { app: name.get(), body: MaintenanceRequest { enable } }.cli()
        };
        if maintenance.get().is_some_and(|done| done.on) { command(false) } else { command(true) }
            .unwrap_or_default()
    });
    let send = Callback::new(move |()| {
        let app = name.get_untracked();
        let on = wanted.get_untracked();
        let before = maintenance.get_untracked();
        let done = Maintenance { on, at: api.now.get_untracked() };
        // It shows at once, and as it was when the API refuses.
        maintenance.set(Some(done));
        remember(&app, Some(done));
        change.run_or(
            operation.get_untracked(),
            move |_| {
                open.set(false);
                let state = if on { "on: visitors get 404" } else { "off: visitors are served" };
                toasts.ok(format!("Maintenance mode is {state}."));
            },
            move || {
                remember(&app, before);
                if name.try_get_untracked().is_some_and(|name| name == app) {
                    maintenance.set(before);
                }
            },
        );
    });
    view! {
        <Card
            title="Maintenance mode"
            foot=move || view! { <CommandStrip command=both /> }.into_any()
        >
            <div class="card__body stack stack--close">
                <p>
                    "Keeps visitors out while the app runs on. Every web request is answered with 404, and a page in the browser with a notice. "
                    "Pods, jobs and databases are not touched."
                </p>
                <KnownState />
                <p class="row">
                    <Button
                        icon=IconName::Pause
                        pending=Signal::derive(move || change.pending.get() && wanted.get())
                        on_click=Callback::new(move |()| asking.set(Some(true)))
                    >
                        "Turn on"
                    </Button>
                    <Button
                        icon=IconName::Check
                        pending=Signal::derive(move || change.pending.get() && !wanted.get())
                        on_click=Callback::new(move |()| asking.set(Some(false)))
                    >
                        "Turn off"
                    </Button>
                </p>
            </div>
        </Card>
        <CallDialog
            open=open
            title=Signal::derive(move || format!("Turn maintenance mode {}?", if wanted.get() { "on" } else { "off" }))
            confirm_label=Signal::derive(move || if wanted.get() { "Turn on" } else { "Turn off" }.to_owned())
            call=change
            command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default())
            on_confirm=send
        >
            <p>
                {move || if wanted.get() {
                    "From now on, every visitor gets 404 instead of the app, on all of its domains. The app itself runs on and costs the same."
                } else {
                    "Visitors reach the app again at once."
                }}
            </p>
            <ErrorNote error=change.error />
        </CallDialog>
    }
}

/// What is known about whether it is on, and where that is from.
#[component]
fn KnownState() -> impl IntoView {
    let AppContext { name, maintenance, .. } = use_app();
    let api = use_api();
    let looking = RwSignal::new(false);
    Effect::new(move |_| {
        name.track();
        looking.set(false);
    });
    let activity = use_query(move || looking.get().then(|| op::ListActivity { app: name.get() }));
    let noted = Memo::new(move |_| {
        activity.with_data(|entries| {
            last_noted(entries)
                .map(|(entry, on)| (on, entry.created_at.clone(), entry.email.clone()))
        })
    });
    let ago = move |at: u64| time::ago(api.now.get().saturating_sub(at));
    let badge = |on: bool| {
        if on {
            view! { <Badge tone=Tone::Limit icon=IconName::Pause>"On"</Badge> }
        } else {
            view! { <Badge tone=Tone::Ok>"Off"</Badge> }
        }
    };
    move || {
        if let Some(Maintenance { on, at }) = maintenance.get() {
            return view! {
                <p class="row">
                    {badge(on)}
                    <span class="muted">{move || format!("Turned {} from this tab, {}. Somebody else may have changed it since.", if on { "on" } else { "off" }, ago(at))}</span>
                </p>
            }
            .into_any();
        }
        match noted.get() {
            Some(Some((on, at, who))) => view! {
                <p class="row">
                    {badge(on)}
                    <span class="muted">
                        {move || format!("The activity says so: {} turned it {}, {}.", who, if on { "on" } else { "off" }, time::parse(&at).map_or_else(|| at.clone(), ago))}
                    </span>
                </p>
            }
            .into_any(),
            Some(None) => view! {
                <p class="muted">"The activity has no entry about it, so it is most likely off."</p>
            }
            .into_any(),
            None => view! {
                <Note
                    title="The API does not tell whether it is on"
                    actions=move || view! {
                        <Button
                            variant=ButtonVariant::Quiet
                            pending=Signal::derive(move || looking.get() && activity.awaited())
                            title="Costs 1 request"
                            on_click=Callback::new(move |()| {
                                if looking.get_untracked() { activity.refresh() } else { looking.set(true) }
                            })
                        >
                            "Look in the activity"
                        </Button>
                    }.into_any()
                >
                    <p>"The activity notes each change of it."</p>
                    <ErrorNote error=Signal::derive(move || activity.error()) />
                </Note>
            }
            .into_any(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str) -> ActivityEntry {
        ActivityEntry { summary: summary.into(), ..Default::default() }
    }

    #[test]
    fn the_newest_entry_that_says_which_counts() {
        let activity = [
            entry("Scaled to 2 × 0.5."),
            entry("Maintenance mode disabled."),
            entry("Maintenance mode enabled."),
        ];
        assert_eq!(last_noted(&activity).map(|(_, on)| on), Some(false));
        assert_eq!(last_noted(&activity[2..]).map(|(_, on)| on), Some(true));
        assert_eq!(last_noted(&[entry("Turned maintenance on")]).map(|(_, on)| on), Some(true));
        assert!(last_noted(&activity[..1]).is_none());
    }
}
