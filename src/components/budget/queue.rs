//! The calls that wait for the budget, whoever's turn it is first.

use leptos::prelude::*;

use crate::components::budget::words;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{Button, ButtonVariant};
use backoffice_web_client::{QueuedCall, use_api};

/// How many calls are named; of more, only the number is.
const NAMED: usize = 5;

/// Who waits, and for how long; nothing while nobody does.
#[component]
pub fn BudgetQueue() -> impl IntoView {
    let api = use_api();
    let queue = Memo::new(move |_| api.budget.with(|budget| budget.queue.clone()));
    let count = Memo::new(move |_| api.budget.with(|budget| budget.waiting));
    let row = move |call: QueuedCall| {
        let id = call.id;
        let name = format!("{} {}", call.method.as_str(), call.target);
        let label = format!("Cancel {name}");
        view! {
            <li class="budget-queue__call">
                <span class="budget-queue__name mono" title=name.clone()>{name.clone()}</span>
                <span class="budget-queue__detail">{move || words::waiting(&call, api.now.get())}</span>
                {id.map(|id| view! {
                    <span class="budget-queue__action">
                        <Button
                            small=true
                            variant=ButtonVariant::Quiet
                            label
                            on_click=Callback::new(move |()| api.cancel(id))
                        >
                            "Cancel"
                        </Button>
                    </span>
                })}
            </li>
        }
    };
    view! {
        <Show when=move || count.with(|count| *count > 0)>
            <section class="budget-panel__part" aria-label="Who waits">
                <h3 class="budget-panel__title">
                    {move || match count.get() {
                        1 => "1 request waits".to_owned(),
                        count => format!("{} wait", counted(count, "request", "requests")),
                    }}
                </h3>
                <ol class="budget-queue">
                    <For
                        each=move || queue.get().into_iter().take(NAMED)
                        key=|call| (call.id, call.method.as_str(), call.target.clone(), call.since)
                        children=row
                    />
                </ol>
                {move || count.get().checked_sub(NAMED).filter(|more| *more > 0).map(|more| view! {
                    <p class="budget-panel__note">{format!("and {more} more, which the journal shows")}</p>
                })}
            </section>
        </Show>
    }
}
