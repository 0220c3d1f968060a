//! A card about one read.

use backoffice_contract::Operation;
use leptos::prelude::*;

use crate::components::read::command::OperationCommand;
use crate::components::read::query_view::QueryView;
use crate::components::read::stamp::Stamp;
use backoffice_ui::{Card, SkeletonShape};
use backoffice_web_client::Query;

/// Shows a read under a heading: its age, its answer, and the equivalent command.
#[component]
pub fn QueryCard<T, O>(
    /// The heading.
    title: &'static str,
    /// Its purpose, in one line.
    #[prop(optional)]
    lead: Option<&'static str>,
    /// The read.
    query: Query<T>,
    /// The operation of the read.
    operation: Signal<O>,
    /// Number of lines of the placeholder.
    #[prop(default = 3)]
    lines: usize,
    /// The shape of the placeholder.
    #[prop(optional)]
    shape: SkeletonShape,
    /// Shows the answer, as in [`QueryView`].
    show: Callback<Signal<T>, AnyView>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    O: Operation + PartialEq + Send + Sync,
{
    view! {
        <Card
            title
            actions=move || view! { <Stamp query /> }.into_any()
            foot=move || view! { <OperationCommand operation /> }.into_any()
        >
            {lead.map(|lead| view! { <p class="card__lead">{lead}</p> })}
            <QueryView query lines shape show />
        </Card>
    }
}
