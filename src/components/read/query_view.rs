//! The states of a read: loading, failed, empty, there.

use leptos::prelude::*;

use crate::components::read::error_note::ErrorNote;
use backoffice_ui::{ErrorPanel, Skeleton, SkeletonShape};
use backoffice_web_client::{Query, explain};

/// Shows a read. The last answer stays while it is read again or when that fails;
/// a first failure shows what happened and a button that tries again.
#[component]
pub fn QueryView<T: Clone + Send + Sync + 'static>(
    /// The read.
    query: Query<T>,
    /// How many lines the placeholder has.
    #[prop(default = 3)]
    lines: usize,
    /// What the placeholder stands for.
    #[prop(optional)]
    shape: SkeletonShape,
    /// Shows the answer. It is called once; the signal follows later answers.
    show: Callback<Signal<T>, AnyView>,
) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Stage {
        Loading,
        Failed,
        There,
    }
    let stage = Memo::new(move |_| {
        if query.with_data(|_| ()).is_some() {
            Stage::There
        } else if query.error().is_some() {
            Stage::Failed
        } else {
            Stage::Loading
        }
    });
    move || match stage.get() {
        Stage::Loading => view! { <Skeleton lines shape /> }.into_any(),
        Stage::Failed => {
            let text = Signal::derive(move || query.error().map(|error| explain(&error)));
            view! {
                <ErrorPanel
                    title=Signal::derive(move || text.get().map(|text| text.title.to_owned()).unwrap_or_default())
                    message=Signal::derive(move || text.get().map(|text| text.detail).unwrap_or_default())
                    on_retry=Callback::new(move |()| query.refresh())
                />
            }
            .into_any()
        }
        Stage::There => {
            let first = untrack(|| query.data());
            first
                .map(|first| {
                    // Between two pages the slot may be empty for a moment; what was
                    // shown stays until the stage above has changed.
                    let last = StoredValue::new(first);
                    let data = Signal::derive(move || match query.data() {
                        Some(data) => {
                            last.set_value(data.clone());
                            data
                        }
                        None => last.get_value(),
                    });
                    view! {
                        <ErrorNote error=Signal::derive(move || query.error()) />
                        {show.run(data)}
                    }
                })
                .into_any()
        }
    }
}
