//! The sizes of standard databases, of which one is chosen.

use backoffice_contract::database::{PLANS, Plan};
use leptos::prelude::*;

use crate::pages::app::databases::words;
use backoffice_ui::Badge;

/// One row a size, with what it holds and what it costs.
#[component]
pub fn PlanRows(
    /// What is chosen.
    #[prop(into)]
    legend: Signal<String>,
    /// The name that the radio buttons share; no other group of the page has it.
    name: &'static str,
    /// The size that is chosen.
    value: RwSignal<f64>,
    /// The size that it has now.
    #[prop(optional, into)]
    current: Signal<Option<f64>>,
    /// Whether the prices are those with high availability.
    #[prop(optional, into)]
    high_availability: Signal<bool>,
) -> impl IntoView {
    let row = move |plan: &'static Plan| {
        let chosen = move || is(value.get(), plan);
        let cpu = match plan.shares_cpu() {
            true => "shared CPU".to_owned(),
            false => backoffice_ui::words::numbers::counted(
                (plan.size / 4.0).round() as usize,
                "CPU",
                "CPUs",
            ),
        };
        view! {
            <label class="plan">
                <input
                    type="radio"
                    name=name
                    value=plan.size.to_string()
                    prop:checked=chosen
                    on:change=move |_| value.set(plan.size)
                />
                <span class="plan__size">
                    {format!("{} GB", plan.size)}
                    <span class="visually-hidden">" of memory, "</span>
                    {move || current.get().is_some_and(|size| is(size, plan)).then(|| view! { " " <Badge>"Now"</Badge> })}
                </span>
                <span class="plan__cell">{cpu}</span>
                <span class="plan__cell">{format!("{} connections", plan.connections)}</span>
                <span class="plan__cell">{format!("{} disk", words::storage(plan.storage_gb))}</span>
                <span class="plan__price">
                    {move || words::dollars(plan.price(high_availability.get()))}
                    <span class="plan__unit">" a month"</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="plans">
            <legend class="choices__legend">{legend}</legend>
            <div class="plans__rows">{PLANS.iter().map(row).collect_view()}</div>
            <p class="field__hint">"The size is the memory. The disk begins with 10 GB and grows up to what is shown."</p>
        </fieldset>
    }
}

fn is(size: f64, plan: &Plan) -> bool {
    Plan::of(size) == Some(plan)
}
