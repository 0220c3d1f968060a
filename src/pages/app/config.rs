//! Config variables: one draft in two views, reviewed before it is applied.

mod apply;
mod conflicts;
mod copy_dialog;
mod draft;
mod edit_dialog;
mod editor;
mod export_dialog;
mod import_dialog;
mod raw;
mod review;
mod rows;

use std::fmt;
use std::str::FromStr;

use backoffice_contract::config::{Configs, INJECTED, MAX_TOTAL_BYTES};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::address_state::{Step, use_address_state, use_address_text};
use crate::components::{OperationCommand, QueryView, Stamp};
use crate::pages::app::config::conflicts::MergeNotes;
use crate::pages::app::config::copy_dialog::CopyDialog;
use crate::pages::app::config::draft::usage;
use crate::pages::app::config::edit_dialog::EditDialog;
use crate::pages::app::config::editor::Editor;
use crate::pages::app::config::export_dialog::ExportDialog;
use crate::pages::app::config::import_dialog::ImportDialog;
use crate::pages::app::config::raw::RawText;
use crate::pages::app::config::review::{ReviewDialog, StagedBar};
use crate::pages::app::config::rows::Rows;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{
    Button, ButtonVariant, Card, IconName, Menu, MenuItem, Meter, Note, Segments, SkeletonShape,
    Tone, ask_before_leaving,
};
use backoffice_web_client::{Query, use_query};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum View {
    #[default]
    Rows,
    Raw,
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rows => "rows",
            Self::Raw => "raw",
        })
    }
}

impl FromStr for View {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Rows, Self::Raw].into_iter().find(|view| view.to_string() == text).ok_or(())
    }
}

/// The variables that the user has set, and what the platform adds by itself.
#[component]
pub fn ConfigPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    // Another app has another draft.
    move || view! { <AppConfig app=name.get() /> }
}

#[component]
fn AppConfig(app: String) -> impl IntoView {
    let app = StoredValue::new(app);
    let configs = use_query(move || Some(op::ListConfigs { app: app.get_value() }));
    // A link shows the same. The address never holds a value.
    let view = use_address_state("view", Step::Replace);
    let filter = use_address_text("filter");
    let show = Callback::new(move |data: Signal<Configs>| {
        view! { <ConfigEditor app configs data view filter /> }.into_any()
    });
    view! {
        <div class="stack">
            <p class="muted">
                "What the app reads from its environment. Changes are staged here first, and applied together when you say so."
            </p>
            <QueryView query=configs lines=6 shape=SkeletonShape::Table show />
            <Card title="Set by the platform">
                <div class="card__body">
                    <p>"Every container also has these; they cannot be listed here. A variable of the same name stands in front of the platform's."</p>
                    <p class="tags">
                        {INJECTED.iter().map(|name| view! { <code>{*name}</code> " " }).collect_view()}
                    </p>
                </div>
            </Card>
        </div>
    }
}

#[component]
fn ConfigEditor(
    app: StoredValue<String>,
    configs: Query<Configs>,
    data: Signal<Configs>,
    view: RwSignal<View>,
    filter: RwSignal<String>,
) -> impl IntoView {
    let editor = Editor::new(app.get_value(), configs, data);
    let importing = RwSignal::new(false);
    let exporting = RwSignal::new(false);
    let copying = RwSignal::new(false);
    let reviewing = RwSignal::new(false);
    // Only a draft that a reload would lose is worth a question.
    ask_before_leaving(move || editor.would_be_lost());
    let command = Signal::derive(move || op::ListConfigs { app: app.get_value() });
    let more = vec![
        MenuItem::new("Import…", Callback::new(move |()| importing.set(true))).icon(IconName::Plus),
        MenuItem::new("Export…", Callback::new(move |()| exporting.set(true)))
            .icon(IconName::External),
        MenuItem::new("Copy from another app…", Callback::new(move |()| copying.set(true)))
            .icon(IconName::Copy),
    ];
    view! {
        <MergeNotes editor />
        <Card
            title="Variables"
            actions=move || view! {
                <Stamp query=configs />
                <Segments label="View" value=view items=vec![(View::Rows, "Rows"), (View::Raw, "Raw text")] />
                <Menu label="Import, export, copy" items=more.clone() />
                <Button
                    small=true
                    variant=ButtonVariant::Primary
                    icon=IconName::Plus
                    disabled_reason=editor.unreadable()
                    on_click=Callback::new(move |()| editor.add())
                >
                    "Add variable"
                </Button>
            }
            .into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <StageNotes editor />
            {move || match view.get() {
                View::Rows => view! { <Rows editor filter view_raw=Callback::new(move |()| view.set(View::Raw)) /> }.into_any(),
                View::Raw => view! { <RawText editor /> }.into_any(),
            }}
            <Usage editor />
        </Card>
        <StagedBar editor on_review=Callback::new(move |()| reviewing.set(true)) />
        <EditDialog editor />
        <ImportDialog editor open=importing />
        <ExportDialog editor open=exporting />
        <CopyDialog editor open=copying />
        <ReviewDialog editor open=reviewing />
    }
}

/// What the draft should be looked at for, whichever view shows it.
#[component]
fn StageNotes(editor: Editor) -> impl IntoView {
    let duplicates = Memo::new(move |_| editor.stage.with(|stage| stage.duplicates.clone()));
    let shadows = Memo::new(move |_| editor.stage.with(|stage| stage.shadows()));
    view! {
        {move || duplicates.with(|all| !all.is_empty()).then(|| {
            let items = duplicates.get().into_iter().map(|(name, lines)| {
                let lines = lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
                view! { <li><code>{name}</code> {format!(" in lines {lines}")}</li> }
            });
            view! {
                <Note tone=Tone::Wait title="Some names come more than once; the last one counts">
                    <ul>{items.collect_view()}</ul>
                </Note>
            }
        })}
        {move || {
            let names = shadows.get();
            (!names.is_empty()).then(|| view! {
                <Note tone=Tone::Info title=format!("The platform sets {} by itself", names.join(", "))>
                    <p>"The app sees your value instead. Remove it to get the platform's back."</p>
                </Note>
            })
        }}
    }
}

#[component]
fn Usage(editor: Editor) -> impl IntoView {
    let bytes = Memo::new(move |_| editor.stage.with(|stage| stage.bytes));
    let over = Memo::new(move |_| editor.stage.with(|stage| !stage.fits()));
    let tone = Signal::derive(move || match bytes.get() {
        bytes if bytes > MAX_TOTAL_BYTES => Tone::Bad,
        bytes if bytes * 10 > MAX_TOTAL_BYTES * 8 => Tone::Wait,
        _ => Tone::Ok,
    });
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let as_float = |bytes: usize| bytes as f64;
    view! {
        <p class="card__note row">
            <Meter value=Signal::derive(move || as_float(bytes.get())) max=Signal::stored(as_float(MAX_TOTAL_BYTES)) tone />
            <span>{move || format!("{} used by names and values", usage(bytes.get()))}</span>
            {move || over.get().then(|| view! {
                <b role="status">"Over the limit: nothing can be applied until some of it goes."</b>
            })}
        </p>
    }
}
