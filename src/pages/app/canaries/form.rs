//! Choosing the canary and its share: staged, then applied at once.

use backoffice_contract::network::{Canary, CanaryRequest};
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{ErrorNote, FormCard, QueryView};
use crate::nav::AppPage;
use crate::pages::app::canaries::draft::{Draft, request};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::rollout::{Health, health};
use crate::paths;
use backoffice_ui::{
    Badge, Button, ButtonType, ButtonVariant, IconName, LinkButton, Note, SelectField, Slider,
    Tone, use_toasts,
};
use backoffice_web_client::{Query, use_mutation, use_poll, use_query};

/// Usual shares, in percent.
const PRESETS: [(u32, &str); 5] =
    [(0, "0 %"), (5, "5 %"), (25, "25 %"), (50, "50 %"), (100, "100 %")];

/// The form. It starts from what is set; a draft that differs from that stays when the
/// list is read again.
#[component]
pub fn CanaryForm(
    /// What is set.
    canaries: Query<Vec<Canary>>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let set = use_mutation();
    let apps = use_query(|| Some(op::ListApps {}));
    let base =
        Memo::new(move |_| canaries.data().map(|list| Draft::of(list.first())).unwrap_or_default());
    let app = RwSignal::new(String::new());
    let weight = RwSignal::new(0_u32);
    let draft = Memo::new(move |_| Draft { app: app.get(), weight: weight.get() });
    let take = move |from: &Draft| {
        app.set(from.app.clone());
        weight.set(from.weight);
    };
    Effect::new(move |previous: Option<(String, Draft)>| {
        let (of, base) = (name.get(), base.get());
        let untouched = previous
            .is_none_or(|(known, was)| known != of || draft.with_untracked(|draft| *draft == was));
        if untouched {
            take(&base);
        }
        (of, base)
    });
    let body = Memo::new(move |_| base.with(|base| draft.with(|draft| request(base, draft))));
    let operation = Signal::derive(move || op::SetCanary {
        app: name.get(),
        // Before anything differs, the command shows what is set.
        body: body.get().unwrap_or_else(|| {
            draft.with(|draft| CanaryRequest {
                canary: Some(draft.app.clone()).filter(|app| !app.is_empty()),
                weight: Some(draft.weight),
            })
        }),
    });
    let reason = Signal::derive(move || {
        if app.with(String::is_empty) {
            Some("Choose an app first.".to_owned())
        } else if body.with(Option::is_none) {
            Some("Nothing has changed.".to_owned())
        } else {
            None
        }
    });
    let submit = move || {
        let (Some(body), true) = (body.get_untracked(), reason.with_untracked(Option::is_none))
        else {
            return;
        };
        let sent = draft.get_untracked();
        set.run(op::SetCanary { app: name.get_untracked(), body }, move |_| {
            toasts.ok(format!("{} gets {} % of the traffic.", sent.app, sent.weight));
        });
    };
    let options = Signal::derive(move || {
        let mut names: Vec<String> = apps
            .data()
            .unwrap_or_default()
            .into_iter()
            .map(|app| app.unique_name)
            .filter(|other| name.with(|name| name != other))
            .collect();
        // What is set may not be in one's own list.
        for known in [base.get().app, app.get()] {
            if !known.is_empty() && !names.contains(&known) {
                names.push(known);
            }
        }
        let none = app.with(String::is_empty).then(|| (String::new(), "Choose an app".to_owned()));
        none.into_iter()
            .chain(names.into_iter().map(|name| (name.clone(), name)))
            .collect::<Vec<_>>()
    });
    let alone =
        Memo::new(move |_| options.with(|options| options.iter().all(|(app, _)| app.is_empty())));
    let summary = move || {
        body.with(Option::is_some)
            .then(|| base.with(|base| draft.with(|draft| draft.change_from(base))))
    };
    let show = Callback::new(move |_| {
        if alone.get() {
            return view! {
                <Note tone=Tone::Info title="There is no other app" actions=move || view! { <LinkButton href=paths::NEW_APP>"New app"</LinkButton> }.into_any()>
                    <p>"A canary is another app of the same owner. Create one, and deploy the version to try."</p>
                </Note>
            }
            .into_any();
        }
        view! {
            <div class="form card__body">
                <ErrorNote error=set.general_error(&["canary", "weight"]) />
                <SelectField label="Other app" value=app options on_pick=Callback::new(move |picked| app.set(picked)) error=set.field_error("canary") />
                <Slider
                    label="Share of the traffic"
                    value=weight
                    bounds=(0, 100)
                    unit="%"
                    presets=PRESETS.to_vec()
                    error=set.field_error("weight")
                />
                <CanaryState app weight />
                <p class="small muted" role="status">{summary}</p>
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=set.pending disabled_reason=reason>
                        "Apply"
                    </Button>
                    {move || body.with(Option::is_some).then(|| view! {
                        <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| take(&base.get_untracked()))>"Reset"</Button>
                    })}
                </div>
            </div>
        }
        .into_any()
    });
    view! {
        <FormCard title="Set the canary" operation on_submit=submit>
            <QueryView query=apps show />
        </FormCard>
    }
}

/// How the app that is chosen is doing: it is asked for that one only.
#[component]
fn CanaryState(app: RwSignal<String>, weight: RwSignal<u32>) -> impl IntoView {
    let chosen = Memo::new(move |_| app.get());
    let status = use_query(move || {
        let app = chosen.get();
        (!app.is_empty()).then_some(op::GetStatus { app })
    });
    let state = Memo::new(move |_| status.data().as_ref().map(health));
    use_poll(
        status,
        Signal::derive(move || {
            state.with(|state| state.as_ref().is_some_and(Health::in_transition))
        }),
    );
    let replicas = move || {
        let status = status.data()?;
        Some(format!("{} of {} replicas healthy", status.replicas_running, status.replicas_desired))
    };
    move || {
        if chosen.with(String::is_empty) {
            return ().into_any();
        }
        let href = paths::app(&chosen.get(), AppPage::Overview);
        let Some(state) = state.get() else {
            return view! { <ErrorNote error=Signal::derive(move || status.error()) /> }.into_any();
        };
        let (tone, icon, word) = match &state {
            Health::Healthy => (Tone::Ok, IconName::Check, "Healthy"),
            Health::Stopped => (Tone::Bad, IconName::Pause, "Stopped"),
            Health::RollingOut { .. } => (Tone::Wait, IconName::Clock, "Rolling out"),
            Health::Failing { .. } => (Tone::Bad, IconName::Alert, "Failing"),
        };
        let line = view! {
            <p class="row">
                <Badge tone icon>{word}</Badge>
                <span class="muted">{replicas}</span>
                <A href=href attr:class="link">"Open it"</A>
            </p>
        };
        let warning = match state {
            Health::Stopped => Some((
                "It is stopped",
                "Nothing answers the requests that it gets. Scale it up before you give it a share.".to_owned(),
            )),
            Health::Failing { reason, serving: false } => {
                Some(("Nothing of it answers", reason))
            }
            Health::Failing { reason, serving: true } => {
                Some(("Some of its pods fail", format!("{reason} Others still answer.")))
            }
            Health::Healthy | Health::RollingOut { .. } => None,
        };
        view! {
            {line}
            {warning.map(|(title, text)| {
                let consequence = move || (weight.get() > 0).then(|| format!(" {} % of this app's requests depend on it.", weight.get()));
                view! { <Note tone=Tone::Bad title=title><p>{text} {consequence}</p></Note> }
            })}
        }
        .into_any()
    }
}
