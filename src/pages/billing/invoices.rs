//! What has been charged, period by period.

use std::fmt::Write as _;

use backoffice_contract::billing::Invoice;
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationCommand, QueryView, Stamp};
use backoffice_ui::words::money::dollars;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::time;
use backoffice_ui::{
    Badge, Button, ButtonVariant, Card, EmptyState, Icon, IconName, SkeletonShape, Table, Tone,
    download, use_toasts,
};
use backoffice_web_client::Query;

/// The invoices, with a file to keep.
#[component]
pub fn InvoicesCard(
    /// The read of them.
    invoices: Query<Vec<Invoice>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let command = Signal::derive(|| op::ListInvoices {});
    let some = Memo::new(move |_| invoices.data().is_some_and(|invoices| !invoices.is_empty()));
    let save = Callback::new(move |()| {
        let text = untrack(|| invoices.data()).map(|invoices| csv(&invoices)).unwrap_or_default();
        if !download("invoices.csv", "text/csv", &text) {
            toasts.push(Tone::Bad, "The browser did not make the file.", None);
        }
    });
    let show =
        Callback::new(|invoices: Signal<Vec<Invoice>>| view! { <Periods invoices /> }.into_any());
    view! {
        <Card
            title="Invoices"
            actions=move || view! {
                <Stamp query=invoices />
                {move || some.get().then(|| view! {
                    <Button small=true variant=ButtonVariant::Quiet icon=IconName::Logs on_click=save>"Download CSV"</Button>
                })}
            }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <QueryView query=invoices shape=SkeletonShape::Table show />
        </Card>
    }
}

#[component]
fn Periods(invoices: Signal<Vec<Invoice>>) -> impl IntoView {
    move || {
        let periods = invoices.with(|invoices| grouped_by_period(invoices));
        if periods.is_empty() {
            return view! {
                <EmptyState icon=IconName::Card title="No invoices yet">
                    <p>"The first comes at the end of the first month in which something has cost anything."</p>
                </EmptyState>
            }
            .into_any();
        }
        periods
            .into_iter()
            .enumerate()
            .map(|(index, period)| view! { <PeriodDetails period open=index == 0 /> })
            .collect_view()
            .into_any()
    }
}

#[component]
fn PeriodDetails(period: Period, open: bool) -> impl IntoView {
    let name = name_of(&period.start, &period.end);
    let apps = counted(period.lines.len(), "app", "apps");
    let total = dollars(period.cents());
    let badge = paid_badge(period.is_paid());
    view! {
        <details class="period" open=open>
            <summary class="period__summary">
                <Icon name=IconName::ChevronDown />
                <span class="period__name">{name}</span>
                <span class="period__about"><span class="subtle">{apps}</span>{badge}</span>
                <span class="period__total">{total}</span>
            </summary>
            <div class="money">
                <Table columns=&["App", "Size-hours", "Status", "Amount"]>
                    {period.lines.into_iter().map(|line| view! {
                        <tr>
                            <td class="table__main">{line.app_name}</td>
                            <td data-label="Size-hours">{format!("{:.1}", line.replica_size_seconds / 3_600.0)}</td>
                            <td data-label="Status">{paid_badge(line.paid)}</td>
                            <td class="table__num">{dollars(line.amount_cents)}</td>
                        </tr>
                    }).collect_view()}
                </Table>
            </div>
        </details>
    }
}

fn paid_badge(paid: bool) -> AnyView {
    if paid {
        view! { <Badge tone=Tone::Ok icon=IconName::Check>"Paid"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Bad icon=IconName::Alert>"Not paid"</Badge> }.into_any()
    }
}

/// The month where the period is one, else its first and its last day.
fn name_of(start: &str, end: &str) -> String {
    match (time::parse(start), time::parse(end)) {
        (Some(from), Some(to)) => {
            let (year, month) = time::utc_year_month(from);
            let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let whole = time::utc_day(from).starts_with("1 ")
                && time::utc_day(to).starts_with("1 ")
                && time::utc_year_month(to) == next;
            if whole {
                time::utc_month(from)
            } else {
                format!(
                    "{} to {} {}",
                    time::utc_day(from),
                    time::utc_day(to),
                    time::utc_year_month(to).0
                )
            }
        }
        _ => format!("{start} to {end}"),
    }
}

/// Lines of the same period.
#[derive(Debug, PartialEq)]
struct Period {
    start: String,
    end: String,
    lines: Vec<Invoice>,
}

impl Period {
    fn cents(&self) -> i64 {
        self.lines.iter().fold(0, |sum, line| sum.saturating_add(line.amount_cents))
    }

    fn is_paid(&self) -> bool {
        self.lines.iter().all(|line| line.paid)
    }
}

/// The periods, newest first. RFC 3339 in UTC sorts as text.
fn grouped_by_period(invoices: &[Invoice]) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for invoice in invoices {
        let known = periods.iter_mut().find(|period| {
            period.start == invoice.period_start && period.end == invoice.period_end
        });
        match known {
            Some(period) => period.lines.push(invoice.clone()),
            None => periods.push(Period {
                start: invoice.period_start.clone(),
                end: invoice.period_end.clone(),
                lines: vec![invoice.clone()],
            }),
        }
    }
    periods.sort_by(|one, other| other.start.cmp(&one.start));
    periods
}

/// All lines as a CSV file (RFC 4180).
fn csv(invoices: &[Invoice]) -> String {
    let mut text =
        String::from("app,period_start,period_end,replica_size_seconds,amount_usd,paid\r\n");
    for line in invoices {
        let cents = line.amount_cents.unsigned_abs();
        let sign = if line.amount_cents < 0 { "-" } else { "" };
        // Writing to a string never fails.
        let _ = write!(
            text,
            "{},{},{},{},{sign}{}.{:02},{}\r\n",
            field(&line.app_name),
            field(&line.period_start),
            field(&line.period_end),
            line.replica_size_seconds,
            cents / 100,
            cents % 100,
            line.paid,
        );
    }
    text
}

/// Quoted where it has to be.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoice(app: &str, month: u32, amount_cents: i64, paid: bool) -> Invoice {
        Invoice {
            app_name: app.into(),
            period_start: format!("2026-{month:02}-01T00:00:00Z"),
            period_end: format!("2026-{:02}-01T00:00:00Z", month + 1),
            replica_size_seconds: 43_944.0,
            amount_cents,
            paid,
        }
    }

    #[test]
    fn lines_of_a_period_stand_together_with_their_total() {
        let lines =
            [invoice("a", 8, 100, true), invoice("a", 9, 200, true), invoice("b", 8, 19, false)];
        let periods = grouped_by_period(&lines);
        let seen: Vec<_> = periods
            .iter()
            .map(|period| (period.start.as_str(), period.cents(), period.is_paid()))
            .collect();
        let expected = [("2026-09-01T00:00:00Z", 200, true), ("2026-08-01T00:00:00Z", 119, false)];
        assert_eq!(seen, expected);
    }

    #[test]
    fn the_file_has_every_line() {
        let text = csv(&[invoice("a,\"b\"", 8, 82, true), invoice("c", 9, -5, false)]);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines[1],
            "\"a,\"\"b\"\"\",2026-08-01T00:00:00Z,2026-09-01T00:00:00Z,43944,0.82,true"
        );
        assert!(lines[2].ends_with(",43944,-0.05,false") && lines[3].is_empty());
    }
}
