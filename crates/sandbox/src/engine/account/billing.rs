//! Past and future payments: invoices, usage, run rate.
//!
//! A line of an invoice or of the usage is an app with its databases. Periods are calendar
//! months of UTC; the current one has no invoice yet.

use std::collections::BTreeMap;

use backoffice_contract::billing::{Invoice, RunRate, RunRateKind, RunRateLine, UsageLine};
use backoffice_contract::op;

use crate::engine::account::meter::{self, Meter, Month};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply};
use crate::engine::time::{self, rfc3339};
use crate::engine::{Millis, World};

/// Lists the charges, newest period first.
pub(crate) fn invoices(
    world: &mut World,
    cx: &Context<'_>,
    _: op::ListInvoices,
) -> Outcome<op::ListInvoices> {
    let running = time::month_start(cx.now);
    let months = months(world, cx);
    let closed = months.into_iter().filter(|((from, _), _)| *from < running);
    let mut invoices: Vec<Invoice> = closed
        .map(|((_, app), month)| invoice(app, &month))
        .filter(|invoice| invoice.amount_cents > 0)
        .collect();
    // Within a period, by name.
    invoices.sort_by(|one, other| {
        other.period_start.cmp(&one.period_start).then_with(|| one.app_name.cmp(&other.app_name))
    });
    Ok(Reply::Data(invoices))
}

/// Lists the costs of the current period so far.
pub(crate) fn usage(world: &mut World, cx: &Context<'_>, _: op::GetUsage) -> Outcome<op::GetUsage> {
    let running = time::month_start(cx.now);
    let months = months(world, cx).into_iter().filter(|((from, _), _)| *from == running);
    let lines =
        months.map(|((_, app), month)| UsageLine { app, amount_cents: cents(month.cents()) });
    Ok(Reply::Data(lines.filter(|line| line.amount_cents > 0).collect()))
}

/// Lists the costs of a month at the current rate.
pub(crate) fn run_rate(
    world: &mut World,
    cx: &Context<'_>,
    _: op::GetRunRate,
) -> Outcome<op::GetRunRate> {
    meter::settle(world, cx.user, cx.now);
    let paid = meter::of(world, cx.user).filter(|meter| meter.now.cents > 0);
    let lines: Vec<RunRateLine> = paid.map(line).collect();
    let total_cents = lines.iter().map(|line| line.amount_cents).sum();
    Ok(Reply::Data(RunRate { lines, total_cents }))
}

/// The costs of each app with its databases in each month.
fn months(world: &mut World, cx: &Context<'_>) -> BTreeMap<(Millis, String), Month> {
    meter::settle(world, cx.user, cx.now);
    let mut sums: BTreeMap<(Millis, String), Month> = BTreeMap::new();
    for meter in meter::of(world, cx.user) {
        for month in meter.months(cx.now) {
            let key = (month.from, meter.app.clone());
            match sums.get_mut(&key) {
                None => drop(sums.insert(key, without_databases(meter, month))),
                Some(sum) => {
                    let month = without_databases(meter, month);
                    sum.cent_ms = sum.cent_ms.saturating_add(month.cent_ms);
                    sum.tenth_ms = sum.tenth_ms.saturating_add(month.tenth_ms);
                }
            }
        }
    }
    sums
}

/// The size of a database is not a size of replicas.
fn without_databases(meter: &Meter, month: Month) -> Month {
    let tenth_ms = if meter.database.is_none() { month.tenth_ms } else { 0 };
    Month { tenth_ms, ..month }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn invoice(app_name: String, month: &Month) -> Invoice {
    Invoice {
        app_name,
        period_start: rfc3339(month.from),
        period_end: rfc3339(time::next_month(month.from)),
        replica_size_seconds: month.replica_size_seconds() as f64,
        amount_cents: cents(month.cents()),
        paid: true,
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
fn line(meter: &Meter) -> RunRateLine {
    let of_app = meter.database.is_none();
    RunRateLine {
        app: meter.app.clone(),
        kind: if of_app { RunRateKind::App } else { RunRateKind::Database },
        name: meter.database.clone(),
        replicas: of_app.then_some(meter.now.replicas),
        size: Some(meter.now.tenths as f64 / 10.0),
        amount_cents: cents(meter.now.cents),
    }
}

fn cents(cents: u64) -> i64 {
    i64::try_from(cents).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
