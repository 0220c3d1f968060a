//! What has changed on the server since the draft was begun.

use backoffice_contract::Secret;
use leptos::prelude::*;

use crate::pages::app::config::draft::{Conflict, Side};
use crate::pages::app::config::editor::Editor;
use backoffice_ui::{Button, ButtonVariant, Card, Note, SecretValue, Tone};

/// What was taken over, and what somebody has to decide.
#[component]
pub(super) fn MergeNotes(editor: Editor) -> impl IntoView {
    let merged = editor.merged;
    view! {
        <div role="status">
            {move || (!merged.with(Vec::is_empty)).then(|| view! {
                <Note
                    tone=Tone::Info
                    title="The config has changed on the server"
                    actions=move || view! {
                        <Button small=true on_click=Callback::new(move |()| merged.set(Vec::new()))>"Got it"</Button>
                    }.into_any()
                >
                    <p>
                        "Taken over, since you have not changed it: "
                        <code>{merged.get().join(", ")}</code> ". Your own changes are as they were."
                    </p>
                </Note>
            })}
        </div>
        {move || (!editor.conflicts.with(Vec::is_empty)).then(|| view! {
            <Card title="Changed by you and on the server">
                <div class="card__body">
                    <p>"Decide each before you apply. Until then the draft keeps what you have."</p>
                </div>
                <ul class="list">
                    {editor.conflicts.get().into_iter().map(|conflict| view! { <Choice editor conflict /> }).collect_view()}
                </ul>
            </Card>
        })}
    }
}

#[component]
fn Choice(editor: Editor, conflict: Conflict) -> impl IntoView {
    let name = conflict.name.clone();
    let sides = [
        ("Yours", conflict.yours.clone()),
        ("On the server", conflict.theirs.clone()),
        ("Before", conflict.base.clone()),
    ];
    let pick = move |side: Side| {
        let conflict = conflict.clone();
        Callback::new(move |()| editor.draft.update(|draft| draft.pick(&conflict, side)))
    };
    let label = |what: &str| format!("{what} for {name}");
    view! {
        <li class="conflict">
            <b class="mono">{name.clone()}</b>
            <dl class="kv">
                {sides.map(|(what, value)| view! { <dt>{what}</dt><dd>{shown(value, format!("{what}: {name}"))}</dd> }).collect_view()}
            </dl>
            <span class="row">
                <Button small=true label=label("Keep yours") on_click=pick.clone()(Side::Yours)>"Keep yours"</Button>
                <Button small=true variant=ButtonVariant::Quiet label=label("Take the server's") on_click=pick(Side::Theirs)>
                    "Take the server's"
                </Button>
            </span>
        </li>
    }
}

/// A value, or its absence.
fn shown(value: Option<Secret>, label: String) -> AnyView {
    match value {
        Some(value) => view! { <SecretValue value=value.expose().to_owned() label /> }.into_any(),
        None => view! { <span class="subtle">"not set"</span> }.into_any(),
    }
}
