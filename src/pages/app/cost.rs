//! What an app costs in a month, if nothing changes.

use backoffice_contract::billing::RunRate;
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::QueryCard;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::billing::usage::what;
use crate::paths;
use backoffice_ui::words::money::dollars;
use backoffice_ui::{EmptyState, IconName, SkeletonShape, Table};
use backoffice_web_client::use_query;

/// The lines of the account's run rate that are about this app. It costs one request.
#[component]
pub fn CostPage() -> impl IntoView {
    let rate = use_query(|| Some(op::GetRunRate {}));
    let command = Signal::derive(|| op::GetRunRate {});
    let show = Callback::new(|rate: Signal<RunRate>| view! { <Lines rate /> }.into_any());
    view! {
        <QueryCard
            title="A full month, if nothing changes"
            query=rate
            operation=command
            shape=SkeletonShape::Table
            show
        />
    }
}

#[component]
fn Lines(rate: Signal<RunRate>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    move || {
        let name = name.get();
        let lines = rate.with(|rate| {
            rate.lines.iter().filter(|line| line.app == name).cloned().collect::<Vec<_>>()
        });
        if lines.is_empty() {
            return view! {
                <EmptyState icon=IconName::Card title="This app costs nothing">
                    <p>"Apps with 0 replicas and free databases are free of charge."</p>
                </EmptyState>
            }
            .into_any();
        }
        let total = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.amount_cents));
        view! {
            <div class="money">
                <Table columns=&["What", "A month"]>
                    {lines.into_iter().map(|line| view! {
                        <tr>
                            <td class="table__main">{what(&line)}</td>
                            <td class="table__num" data-label="A month">{dollars(line.amount_cents)}</td>
                        </tr>
                    }).collect_view()}
                    <tr class="money__total">
                        <td class="table__main">"Total"</td>
                        <td class="table__num">{dollars(total)}</td>
                    </tr>
                </Table>
            </div>
            <p class="card__note">
                "All apps, invoices and the usage so far are under "
                <A href=paths::BILLING attr:class="link">"Billing"</A>"."
            </p>
        }
        .into_any()
    }
}
