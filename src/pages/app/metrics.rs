//! Processor and memory over time.

mod range;
mod table;
mod units;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use backoffice_contract::app::Stats;
use backoffice_contract::op;
use leptos::prelude::*;

use crate::address_state::{Step, use_address_state};
use crate::components::{OperationCommand, QueryView, Stamp};
use crate::nav::AppPage;
use crate::pages::app::metrics::range::Range;
use crate::pages::app::metrics::table::{MetricsTable, Summary};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::words::time;
use backoffice_ui::{
    Button, Card, EmptyState, IconName, LineChart, LinkButton, Point, Segments, Tone, Zone,
    between, download, use_toasts,
};
use backoffice_web_client::{Query, use_query};

/// Charts, or the same as a table. What is shown is in the address, so that it can be
/// sent to somebody.
#[component]
pub fn MetricsPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let stats = use_query(move || Some(op::GetStats { app: name.get() }));
    let command = Signal::derive(move || op::GetStats { app: name.get() });
    let shown = Shown {
        range: use_address_state("range", Step::Replace),
        zone: use_address_state("time", Step::Replace),
        look: use_address_state("view", Step::Replace),
    };
    let show = Callback::new(move |stats: Signal<Stats>| {
        view! { <Measurements stats shown /> }.into_any()
    });
    let missing = Memo::new(move |_| is_missing(stats));
    view! {
        <Card
            title="Memory and CPU"
            actions=move || view! { <Stamp query=stats /> }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            {move || if missing.get() {
                view! {
                    <EmptyState icon=IconName::Requests title="This API has no measurements">
                        <p>"It does not serve this endpoint, so the console cannot show the use of memory and processor."</p>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! { <QueryView query=stats lines=8 show /> }.into_any()
            }}
        </Card>
    }
}

/// The app is there, or the page would not be; so a 404 is about the endpoint.
fn is_missing(stats: Query<Stats>) -> bool {
    stats.data().is_none()
        && stats.error().is_some_and(|error| matches!(error.status(), Some(404 | 405 | 501)))
}

/// What is shown of the measurements, and how.
#[derive(Clone, Copy)]
struct Shown {
    range: RwSignal<Range>,
    zone: RwSignal<Zone>,
    look: RwSignal<Look>,
}

/// Charts or a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Look {
    #[default]
    Charts,
    Table,
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Charts => "charts",
            Self::Table => "table",
        })
    }
}

impl FromStr for Look {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Charts, Self::Table].into_iter().find(|look| look.to_string() == text).ok_or(())
    }
}

#[component]
fn Measurements(stats: Signal<Stats>, shown: Shown) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let memory = Memo::new(move |_| stats.with(|stats| in_order(&stats.mem)));
    let processor = Memo::new(move |_| stats.with(|stats| in_order(&stats.cpu)));
    let ends = Memo::new(move |_| {
        memory.with(|memory| processor.with(|processor| ends(memory, processor)))
    });
    let span = Memo::new(move |_| ends.get().map(|ends| shown.range.get().span(ends)));
    let range = Signal::derive(move || span.get().unwrap_or((0.0, 1.0)));
    let found = Memo::new(move |_| {
        let any = |points: &Arc<Vec<Point>>, range: (f64, f64)| {
            let seen = points.get(between(points, range)).unwrap_or_default();
            seen.iter().any(|(_, value)| value.is_some())
        };
        let within = |range| {
            memory.with(|points| any(points, range)) || processor.with(|points| any(points, range))
        };
        match ends.get() {
            None => Found::NoPoint,
            Some(ends) if !within(ends) => Found::NoValue,
            Some(_) if !within(range.get()) => Found::NotHere,
            Some(_) => Found::Values,
        }
    });
    let size =
        Memo::new(move |_| status.data().map(|status| status.size).filter(|size| *size > 0.0));
    move || {
        match found.get() {
        Found::NoPoint | Found::NoValue => {
            let never = found.get() == Found::NoPoint;
            let title = if never { "Nothing measured yet" } else { "Nothing ran in this time" };
            view! {
                <EmptyState icon=IconName::Requests title=title>
                    <p>
                        {if never {
                            "The app has not run yet. Deploy it, and its use of memory and processor appears here about a minute later."
                        } else {
                            "There are no measurements because no replica ran. Scale the app up to start it."
                        }}
                    </p>
                    <LinkButton href=Signal::derive(move || paths::app(&name.get(), AppPage::Overview))>
                        {if never { "How to deploy" } else { "Go to the overview" }}
                    </LinkButton>
                </EmptyState>
            }
            .into_any()
        }
        Found::NotHere | Found::Values => view! {
            <Tools memory processor range shown />
            {move || match (found.get(), shown.look.get()) {
                (Found::NotHere, _) => view! {
                    <EmptyState icon=IconName::Clock title="Nothing was measured in this part">
                        <p>"No replica ran then, or it is longer ago than the API remembers."</p>
                        <Button on_click=Callback::new(move |()| shown.range.set(Range::All))>"Show all"</Button>
                    </EmptyState>
                }
                .into_any(),
                (_, Look::Charts) => view! { <Charts memory processor range shown size /> }.into_any(),
                (_, Look::Table) => view! {
                    <MetricsTable memory_points=memory processor_points=processor range zone=shown.zone />
                    <p class="card__note">"Newest first. A row covers the time until the one above it."</p>
                }
                .into_any(),
            }}
        }
        .into_any(),
    }
    }
}

/// What there is to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    NoPoint,
    NoValue,
    NotHere,
    Values,
}

/// Points in the order of their times, whatever order they were sent in.
fn in_order(points: &[Point]) -> Arc<Vec<Point>> {
    let mut points: Vec<Point> = points.iter().filter(|(at, _)| at.is_finite()).copied().collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    Arc::new(points)
}

/// The oldest and the newest time of both.
fn ends(memory: &[Point], processor: &[Point]) -> Option<(f64, f64)> {
    let first = [memory.first(), processor.first()].into_iter().flatten().map(|point| point.0);
    let last = [memory.last(), processor.last()].into_iter().flatten().map(|point| point.0);
    Some((first.reduce(f64::min)?, last.reduce(f64::max)?))
}

#[component]
fn Tools(
    memory: Memo<Arc<Vec<Point>>>,
    processor: Memo<Arc<Vec<Point>>>,
    range: Signal<(f64, f64)>,
    shown: Shown,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let save = move || {
        let rows = memory.with_untracked(|memory| {
            processor
                .with_untracked(|processor| table::joined(memory, processor, range.get_untracked()))
        });
        let file = format!("{}-metrics.csv", name.get_untracked());
        if !download(&file, "text/csv", &table::csv(&rows, time::rfc3339)) {
            toasts.push(Tone::Bad, "The browser did not make the file.", None);
        }
    };
    view! {
        <div class="card__tools metrics__tools">
            <Segments
                label="Range"
                value=shown.range
                items=vec![
                    (Range::Hour, "1 h"),
                    (Range::SixHours, "6 h"),
                    (Range::Day, "24 h"),
                    (Range::All, "All"),
                ]
            />
            {move || shown.range.get().is_chosen().then(|| view! {
                <Button small=true icon=IconName::Close on_click=Callback::new(move |()| shown.range.set(Range::default()))>
                    "Reset zoom"
                </Button>
            })}
            <span class="spacer"></span>
            <Segments label="Time zone" value=shown.zone items=vec![(Zone::Local, "Local"), (Zone::Utc, "UTC")] />
            <Segments label="Shown as" value=shown.look items=vec![(Look::Charts, "Charts"), (Look::Table, "Table")] />
            <Button small=true icon=IconName::Logs title="All measurements of the range that is shown" on_click=Callback::new(move |()| save())>
                "Download CSV"
            </Button>
        </div>
    }
}

#[component]
fn Charts(
    memory: Memo<Arc<Vec<Point>>>,
    processor: Memo<Arc<Vec<Point>>>,
    range: Signal<(f64, f64)>,
    shown: Shown,
    size: Memo<Option<f64>>,
) -> impl IntoView {
    // Shared, so that both charts show what was at the same time.
    let cursor = RwSignal::new(None::<f64>);
    let zoom = Callback::new(move |part| shown.range.set(Range::between(part)));
    let memory_limit = Signal::derive(move || {
        let limit = units::memory_limit(size.get()?);
        Some((limit, format!("A replica has {}", units::memory(limit))))
    });
    let share = Signal::derive(move || {
        let share = units::processor_share(size.get()?);
        Some((share, format!("A replica's share, {}", units::processor(share))))
    });
    let zone = shown.zone;
    view! {
        <section class="card__body stack stack--close">
            <ChartHead title="Memory" points=memory range text=units::memory />
            <LineChart label="Memory over time" points=memory range zone limit=memory_limit value_text=units::memory cursor on_zoom=zoom />
        </section>
        <section class="card__body stack stack--close">
            <ChartHead title="CPU, in millicores" points=processor range text=units::processor />
            <LineChart label="CPU over time" points=processor range zone limit=share value_text=units::processor cursor on_zoom=zoom />
        </section>
        <p class="card__note">
            "Drag in a chart to zoom; by keyboard, Shift with the arrow keys and then Enter. "
            "A size of 1 gives a replica 1 GB of memory (1 MB is 1,000,000 bytes), which is a limit, and 200 millicores of a processor, "
            "which is a share: it may use more while others are idle. Gaps are times without a measurement."
        </p>
    }
}

#[component]
fn ChartHead(
    title: &'static str,
    points: Memo<Arc<Vec<Point>>>,
    range: Signal<(f64, f64)>,
    text: fn(f64) -> String,
) -> impl IntoView {
    let summary = Memo::new(move |_| {
        points.with(|points| {
            let seen = points.get(between(points, range.get())).unwrap_or_default();
            Summary::of(seen.iter().map(|(_, value)| *value))
        })
    });
    let figure = move |pick: fn(Summary) -> Option<f64>| {
        pick(summary.get()).map_or_else(|| "–".to_owned(), text)
    };
    view! {
        <div class="metrics__head">
            <h3>{title}</h3>
            <dl class="metrics__figures">
                <div><dt>"Last"</dt><dd>{move || figure(|summary| summary.last)}</dd></div>
                <div><dt>"Average"</dt><dd>{move || figure(|summary| summary.average)}</dd></div>
                <div><dt>"Highest"</dt><dd>{move || figure(|summary| summary.highest)}</dd></div>
            </dl>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_put_in_order() {
        let points = in_order(&[(3.0, None), (1.0, Some(1.0)), (f64::NAN, None), (2.0, None)]);
        let times: Vec<f64> = points.iter().map(|point| point.0).collect();
        assert_eq!(times, [1.0, 2.0, 3.0]);
        assert_eq!(ends(&points, &[(9.0, None)]), Some((1.0, 9.0)));
        assert_eq!(ends(&[], &[]), None);
    }
}
