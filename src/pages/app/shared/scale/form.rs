//! The form that scales an app, for the dialog and for the settings.

use backoffice_contract::app::ScaleRequest;
use backoffice_contract::{op, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::{CallActions, ErrorNote, OperationCommand};
use crate::pages::app::shared::context::AppContext;
use crate::pages::app::shared::scale::effect::{ScaleOf, effect};
use backoffice_ui::{TextField, use_toasts};
use backoffice_web_client::{Mutation, use_mutation};

/// What is typed into the form. It outlives the form, so that it is still there when
/// the API refuses it.
#[derive(Clone, Copy)]
pub struct ScaleDraft {
    context: AppContext,
    replicas: RwSignal<String>,
    size: RwSignal<String>,
    /// The write.
    pub scale: Mutation,
    /// Says that it is done. The form that sent it may be gone by then.
    done: Callback<ScaleOf>,
}

impl ScaleDraft {
    /// An empty one.
    #[must_use]
    pub fn new(context: AppContext) -> Self {
        let toasts = use_toasts();
        let done = Callback::new(move |scale: ScaleOf| {
            let running = scale.replicas > 0;
            let follow = if running { " Pods follow as they become healthy." } else { "" };
            toasts.ok(format!("Scaled to {}.{follow}", scale.text()));
        });
        Self {
            context,
            replicas: RwSignal::new(String::new()),
            size: RwSignal::new(String::new()),
            scale: use_mutation(),
            done,
        }
    }

    /// Starts again from what is.
    pub fn reset(self) {
        let current = untrack(|| self.current()).unwrap_or_default();
        self.replicas.set(current.replicas.to_string());
        self.size.set(current.size.to_string());
        self.scale.error.set(None);
    }

    fn current(self) -> Option<ScaleOf> {
        self.context
            .status
            .with_data(|status| ScaleOf { replicas: status.replicas_desired, size: status.size })
    }

    fn wanted(self) -> Option<ScaleOf> {
        let replicas = self.replicas.with(|text| parse_replicas(text)).ok()?;
        let size = self.size.with(|text| parse_size(text)).ok()?;
        Some(ScaleOf { replicas, size })
    }

    /// Sends it, and runs `then` when it is done. The page shows the new scale at once, and
    /// the old one again with the error when it fails.
    fn send(self, then: Option<Callback<()>>) {
        let Some(wanted) = untrack(|| self.wanted()) else { return };
        let done = self.done;
        let body = ScaleRequest { replicas: Some(wanted.replicas), size: Some(wanted.size) };
        let app = self.context.name.get_untracked();
        let assumed = self.context.status.assume(|status| {
            status.replicas_desired = wanted.replicas;
            status.size = wanted.size;
        });
        self.scale.run_or(
            op::ScaleApp { app, body },
            move |_| {
                done.run(wanted);
                // The form that sent it may be gone.
                let _ = then.map(|then| then.try_run(()));
            },
            move || {
                if let Some(assumed) = assumed {
                    assumed.take_back();
                }
            },
        );
    }
}

/// Replicas and size, what they cost, and what changing them does.
#[component]
pub fn ScaleForm(
    /// What is typed.
    draft: ScaleDraft,
    /// After it was done.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
    /// Closes the dialog around the form.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let ScaleDraft { context, replicas, size, scale, .. } = draft;
    let operation = Signal::derive(move || {
        let wanted = draft.wanted();
        op::ScaleApp {
            app: context.name.get(),
            body: ScaleRequest {
                replicas: wanted.map(|wanted| wanted.replicas),
                size: wanted.map(|wanted| wanted.size),
            },
        }
    });
    let replicas_error = scale.field_error("replicas");
    let size_error = scale.field_error("size");
    let replicas_wrong = Signal::derive(move || {
        replicas_error.get().or_else(|| replicas.with(|text| parse_replicas(text)).err())
    });
    let size_wrong = Signal::derive(move || {
        size_error.get().or_else(|| size.with(|text| parse_size(text)).err())
    });
    let nothing = Signal::derive(move || {
        let same = draft.current().zip(draft.wanted()).is_some_and(|(now, then)| now.is(then));
        same.then(|| "It is scaled like that already.".to_owned())
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.send(on_done);
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorNote error=scale.general_error(&["replicas", "size"]) />
            <div class="form__row">
                <TextField
                    focus_on_error=true
                    label="Replicas"
                    value=replicas
                    inputmode="numeric"
                    error=replicas_wrong
                    hint="0 to 16; 0 stops the app."
                    autofocus
                />
                <TextField
                    focus_on_error=true
                    label="Size"
                    value=size
                    inputmode="decimal"
                    error=size_wrong
                    hint="1 is 1 GB of memory; from 0.2 in steps of 0.1."
                />
            </div>
            <ScalePreview draft />
            <OperationCommand operation=operation />
            <CallActions call=scale label="Scale" reason=nothing on_leave />
        </form>
    }
}

/// What it costs now and then, and what happens to the pods.
#[component]
fn ScalePreview(draft: ScaleDraft) -> impl IntoView {
    let change = Memo::new(move |_| Some((draft.current()?, draft.wanted()?)));
    let difference = |before: ScaleOf, after: ScaleOf| {
        let dollars = after.dollars() - before.dollars();
        match dollars {
            more if more >= 1.0 => format!(" (${more:.0} more)"),
            less if less <= -1.0 => format!(" (${:.0} less)", -less),
            _ => String::new(),
        }
    };
    move || {
        change.get().map(|(before, after)| {
            view! {
                <dl class="kv scale-preview">
                    <dt>"Scale"</dt>
                    <dd>{before.text()} <span aria-hidden="true">" → "</span><span class="visually-hidden">" to "</span> {after.text()}</dd>
                    <dt>"Price"</dt>
                    <dd>
                        {format!("${:.0}", before.dollars())}
                        <span aria-hidden="true">" → "</span><span class="visually-hidden">" to "</span>
                        {format!("${:.0} a month{}", after.dollars(), difference(before, after))}
                        <span class="table__note">
                            "On the standard tier, billed by the second. The free tier has one replica of size 0.2 and costs nothing."
                        </span>
                    </dd>
                    <dt>"Pods"</dt>
                    <dd>{effect(before, after)}</dd>
                </dl>
            }
        })
    }
}

fn parse_replicas(text: &str) -> Result<u32, String> {
    let replicas: u32 = text.trim().parse().map_err(|_| "Type a whole number.".to_owned())?;
    rules::replicas(replicas).map_err(|rule| format!("The number of replicas {rule}"))?;
    Ok(replicas)
}

/// Some keyboards write the decimal point as a comma.
fn parse_size(text: &str) -> Result<f64, String> {
    let text = text.trim().replace(',', ".");
    let size: f64 = text.parse().map_err(|_| "Type a number such as 0.5.".to_owned())?;
    rules::size(size).map_err(|rule| format!("The size {rule}"))?;
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_people_type_them() {
        assert_eq!(parse_replicas(" 2 "), Ok(2));
        assert!(parse_replicas("17").is_err() && parse_replicas("-1").is_err());
        assert_eq!(parse_size("0,5"), Ok(0.5));
        assert!(parse_size("0.25").is_err() && parse_size("big").is_err());
    }
}
