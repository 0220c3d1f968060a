//! A card about one read.

use backoffice_contract::Operation;
use leptos::prelude::*;

use crate::components::read::command::OperationCommand;
use crate::components::read::query_view::QueryView;
use crate::components::read::stamp::Stamp;
use backoffice_ui::{Card, SkeletonShape};
use backoffice_web_client::Query;

/// Shows a read under a heading: how old it is, its answer, and the command that reads the
/// same.
#[component]
pub fn QueryCard<T, O>(
    /// The heading.
    title: &'static str,
    /// What it is for, in one line.
    #[prop(optional)]
    lead: Option<&'static str>,
    /// The read.
    query: Query<T>,
    /// What it asks the API for.
    operation: Signal<O>,
    /// How many lines the placeholder has.
    #[prop(default = 3)]
    lines: usize,
    /// What the placeholder stands for.
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
