//! The costs of this month so far, and of a full month if nothing changes.

use backoffice_contract::billing::{RunRate, RunRateKind, RunRateLine, UsageLine};
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::QueryCard;
use crate::nav::AppPage;
use crate::paths;
use backoffice_ui::words::money::dollars;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::time;
use backoffice_ui::{EmptyState, IconName, Meter, Table};
use backoffice_web_client::{Query, use_api};

/// The current period, by app.
#[component]
pub fn UsageCard(
    /// The read of the usage.
    usage: Query<Vec<UsageLine>>,
) -> impl IntoView {
    let command = Signal::derive(|| op::GetUsage {});
    let show =
        Callback::new(|lines: Signal<Vec<UsageLine>>| view! { <UsageTable lines /> }.into_any());
    view! {
        <QueryCard
            title="This month so far"
            query=usage
            operation=command
            show
        />
    }
}

/// The total usage, in cents.
pub fn total(lines: &[UsageLine]) -> i64 {
    lines.iter().fold(0, |sum, line| sum.saturating_add(line.amount_cents))
}

#[component]
fn UsageTable(lines: Signal<Vec<UsageLine>>) -> impl IntoView {
    let now = use_api().now;
    let month = Memo::new(move |_| time::utc_month(now.get()));
    move || {
        let mut lines = lines.get();
        let sum = total(&lines);
        if lines.is_empty() {
            return view! {
                <EmptyState icon=IconName::Card title="No costs this month">
                    <p>"Running replicas and standard databases appear here."</p>
                </EmptyState>
            }
            .into_any();
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.amount_cents));
        view! {
            <div class="money">
                <Table columns=&["App", "Share", "Amount"]>
                    {lines.into_iter().map(|line| view! { <UsageRow line sum /> }).collect_view()}
                    <tr class="money__total">
                        <td class="table__main">"Total"</td>
                        <td></td>
                        <td class="table__num">{dollars(sum)}</td>
                    </tr>
                </Table>
            </div>
            <p class="card__note">{move || format!("{}, in UTC. Not charged yet.", month.get())}</p>
        }
        .into_any()
    }
}

#[component]
#[expect(clippy::cast_precision_loss, reason = "cents are far below 2^53")]
fn UsageRow(line: UsageLine, sum: i64) -> impl IntoView {
    let (part, whole) = (line.amount_cents.max(0) as f64, sum.max(1) as f64);
    view! {
        <tr>
            <td class="table__main">{app_link(&line.app)}</td>
            <td class="money__share">
                <span class="money__bar"><Meter value=part max=whole /></span>
                <span class="money__percent">{format!("{:.0} %", part / whole * 100.0)}</span>
            </td>
            <td class="table__num">{dollars(line.amount_cents)}</td>
        </tr>
    }
}

/// The monthly cost of everything that is running now.
#[component]
pub fn RunRateCard(
    /// The read of the run rate.
    run_rate: Query<RunRate>,
) -> impl IntoView {
    let command = Signal::derive(|| op::GetRunRate {});
    let show = Callback::new(|rate: Signal<RunRate>| view! { <RunRateTable rate /> }.into_any());
    view! {
        <QueryCard
            title="Full month, if nothing changes"
            query=run_rate
            operation=command
            show
        />
    }
}

#[component]
fn RunRateTable(rate: Signal<RunRate>) -> impl IntoView {
    move || {
        let RunRate { lines, total_cents } = rate.get();
        if lines.is_empty() && total_cents == 0 {
            return view! {
                <EmptyState icon=IconName::Pause title="No running costs">
                    <p>"Apps with 0 replicas and free databases cost nothing."</p>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <div class="money">
                <Table columns=&["For", "What", "Per month"]>
                    {lines.into_iter().map(|line| {
                        let what = what(&line);
                        view! {
                            <tr>
                                <td class="table__main">{app_link(&line.app)}</td>
                                <td>{what}</td>
                                <td class="table__num">{dollars(line.amount_cents)}</td>
                            </tr>
                        }
                    }).collect_view()}
                    <tr class="money__total">
                        <td class="table__main">"Total"</td>
                        <td></td>
                        <td class="table__num">{dollars(total_cents)}</td>
                    </tr>
                </Table>
            </div>
        }
        .into_any()
    }
}

/// The description of a line, as far as the API reports it.
pub fn what(line: &RunRateLine) -> String {
    let size = line.size.map(|size| format!(" of size {size}")).unwrap_or_default();
    match (&line.kind, line.replicas) {
        (RunRateKind::Database, _) => format!("Database{size}"),
        (RunRateKind::App, Some(replicas)) => {
            format!("{}{size}", counted(replicas as usize, "replica", "replicas"))
        }
        (RunRateKind::App, None) => format!("App{size}"),
        (RunRateKind::Other(kind), _) => {
            line.name.clone().unwrap_or_else(|| kind.replace('_', " "))
        }
    }
}

fn app_link(name: &str) -> AnyView {
    let name = name.to_owned();
    view! { <A href=paths::app(&name, AppPage::Overview) attr:class="table__link">{name.clone()}</A> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_what_they_are_about() {
        let line = |kind: &str, replicas, size| RunRateLine {
            kind: kind.into(),
            replicas,
            size,
            ..Default::default()
        };
        assert_eq!(what(&line("app", Some(2), Some(0.5))), "2 replicas of size 0.5");
        assert_eq!(what(&line("database", None, Some(1.7))), "Database of size 1.7");
        assert_eq!(what(&line("read_replica", None, None)), "read replica");
        assert_eq!(what(&RunRateLine::default()), "");
    }

    #[test]
    fn a_total_of_anything_is_a_number() {
        let line = |amount_cents| UsageLine { app: String::new(), amount_cents };
        assert_eq!(total(&[line(81), line(19)]), 100);
        assert_eq!(total(&[line(i64::MAX), line(1)]), i64::MAX);
    }
}
