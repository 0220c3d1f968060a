//! The HTTP explorer: the operations of an API by its description, and the form, the
//! request and the answer of the one that is open.

mod answer_panel;
mod api_bar;
mod controls;
mod credentials;
mod exchange;
mod field_view;
mod form_state;
mod group_view;
mod operation_list;
mod operation_view;
mod prose;
mod request_panel;
mod source;

use leptos::prelude::*;

use super::frame::use_playground;
use api_bar::ApiBar;
use backoffice_ui::{Note, Skeleton, Tone};
use credentials::Secrets;
use form_state::Drafts;
use operation_list::OperationList;
use operation_view::OperationView;
use source::{Opened, Source, State};

/// An API and what can be asked of it.
#[component]
pub fn ExplorerView() -> impl IntoView {
    let playground = use_playground();
    let source = Source::default();
    let address = Memo::new(move |_| playground.settings.with(|settings| settings.api.clone()));
    Effect::new(move |_| source.fetch(address.get(), playground.api.place().shown_url()));
    let content = move || match source.state.get() {
        State::Loading => view! { <Skeleton lines=6 /> }.into_any(),
        State::Failed(why) => view! {
            <Note tone=Tone::Bad title="The description could not be opened"><p>{why}</p></Note>
        }
        .into_any(),
        State::Ready(opened) => view! { <Explorer opened /> }.into_any(),
    };
    view! {
        <div class="http">
            <ApiBar source />
            {content}
        </div>
    }
}

#[component]
fn Explorer(opened: Opened) -> impl IntoView {
    let settings = use_playground().settings;
    let document = opened.document.clone();
    let opened = StoredValue::new_local(opened);
    let drafts = Drafts::default();
    let secrets = Secrets::default();
    let wanted = Memo::new(move |_| settings.with(|settings| settings.operation.clone()));
    // By id, or by method and path where the description gives no ids.
    let selected = Memo::new(move |_| {
        let wanted = wanted.get()?;
        opened.with_value(|opened| {
            let entries = opened.document.entries();
            entries.iter().position(|entry| source::name_of(entry) == wanted)
        })
    });
    let unknown = move || {
        let name = wanted.get().filter(|_| selected.get().is_none())?;
        Some(view! {
            <Note tone=Tone::Limit title="There is no such operation here">
                <p>"The description has none that is called "<code>{name}</code>"."</p>
            </Note>
        })
    };
    let none = document.entries().is_empty();
    view! {
        <div class="http__columns" class:http__columns--open=move || selected.get().is_some()>
            <OperationList opened selected />
            <div class="http__operation">
                {unknown}
                {move || match selected.get() {
                    Some(at) => view! { <OperationView opened at drafts secrets /> }.into_any(),
                    None if none => view! { <p class="muted">"This description has no operations."</p> }.into_any(),
                    None => view! { <p class="http__hint">"Choose an operation to fill in and send."</p> }.into_any(),
                }}
            </div>
        </div>
    }
}
