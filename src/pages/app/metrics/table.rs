//! The measurements as a table and as a file, for who cannot or will not read a chart.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use leptos::prelude::*;

use crate::pages::app::metrics::units::{memory, processor};
use backoffice_ui::{Point, Table, Zone, between, moment};

/// The most rows that a table shows; beyond that a row stands for several measurements.
const MOST_ROWS: usize = 144;

/// Rows that stand for the measurements from `range.0` to `range.1`.
#[component]
pub fn MetricsTable(
    /// Memory in bytes.
    memory_points: Memo<Arc<Vec<Point>>>,
    /// Processor use in millicores.
    processor_points: Memo<Arc<Vec<Point>>>,
    /// From when to when.
    #[prop(into)]
    range: Signal<(f64, f64)>,
    /// Whose time is shown.
    #[prop(into)]
    zone: Signal<Zone>,
) -> impl IntoView {
    let rows = move || {
        let joined = memory_points.with(|memory| {
            processor_points.with(|processor| joined(memory, processor, range.get()))
        });
        let zone = zone.get();
        condensed(&joined, MOST_ROWS)
            .into_iter()
            .rev()
            .map(|row| {
                let cell = |value: Option<f64>, text: fn(f64) -> String| {
                    value.map_or_else(|| "–".to_owned(), text)
                };
                view! {
                    <tr>
                        <td class="table__main">{moment(row.from, zone)}</td>
                        <td data-label="Memory">{cell(row.memory.average, memory)}</td>
                        <td data-label="at most">{cell(row.memory.highest, memory)}</td>
                        <td data-label="CPU">{cell(row.processor.average, processor)}</td>
                        <td data-label="at most">{cell(row.processor.highest, processor)}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <Table columns=&["From", "Memory, average", "Memory, highest", "CPU, average", "CPU, highest"]>
            {rows}
        </Table>
    }
}

/// A time with what was measured then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    at: f64,
    bytes: Option<f64>,
    millicores: Option<f64>,
}

/// Both kinds of measurements by their time, oldest first.
#[expect(clippy::cast_possible_truncation, reason = "a key; epoch milliseconds are whole")]
pub fn joined(memory: &[Point], processor: &[Point], range: (f64, f64)) -> Vec<Measured> {
    let mut rows: BTreeMap<i64, Measured> = BTreeMap::new();
    let mut add = |points: &[Point], put: fn(&mut Measured, Option<f64>)| {
        for (at, value) in points.get(between(points, range)).unwrap_or_default() {
            let empty = Measured { at: *at, bytes: None, millicores: None };
            put(rows.entry(*at as i64).or_insert(empty), *value);
        }
    };
    add(memory, |row, value| row.bytes = value);
    add(processor, |row, value| row.millicores = value);
    rows.into_values().collect()
}

/// All of them as a CSV file; `iso` writes a time in RFC 3339.
pub fn csv(rows: &[Measured], iso: impl Fn(f64) -> String) -> String {
    let mut text = String::from("time,memory_bytes,cpu_millicores\r\n");
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for row in rows {
        // Writing to a string never fails.
        let _ =
            write!(text, "{},{},{}\r\n", iso(row.at), number(row.bytes), number(row.millicores));
    }
    text
}

/// One row of the table.
#[derive(Debug, PartialEq)]
struct Row {
    from: f64,
    memory: Summary,
    processor: Summary,
}

/// Average, highest and last of what was measured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Summary {
    pub average: Option<f64>,
    pub highest: Option<f64>,
    pub last: Option<f64>,
}

impl Summary {
    /// Of all that was measured; gaps count for nothing.
    pub fn of(values: impl Iterator<Item = Option<f64>>) -> Self {
        let mut count = 0.0;
        let mut sum = 0.0;
        let mut summary = Self::default();
        for value in values.flatten() {
            count += 1.0;
            sum += value;
            summary.highest =
                Some(summary.highest.map_or(value, |highest: f64| highest.max(value)));
            summary.last = Some(value);
        }
        Self { average: (count > 0.0).then(|| sum / count), ..summary }
    }
}

/// At most about `most` rows, each of the same number of measurements.
fn condensed(rows: &[Measured], most: usize) -> Vec<Row> {
    rows.chunks(rows.len().div_ceil(most).max(1))
        .filter_map(|chunk| {
            Some(Row {
                from: chunk.first()?.at,
                memory: Summary::of(chunk.iter().map(|row| row.bytes)),
                processor: Summary::of(chunk.iter().map(|row| row.millicores)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_meet_at_their_time() {
        let memory = [(0.0, Some(1.0)), (60.0, None), (120.0, Some(3.0))];
        let processor = [(60.0, Some(7.0)), (180.0, Some(8.0))];
        let rows = joined(&memory, &processor, (0.0, 150.0));
        let text = csv(&rows, |at| format!("t{at}"));
        assert_eq!(text, "time,memory_bytes,cpu_millicores\r\nt0,1,\r\nt60,,7\r\nt120,3,\r\n");
    }

    #[test]
    fn a_row_stands_for_several_measurements() {
        let memory: Vec<Point> =
            (0..1_440_u32).map(|at| (f64::from(at), Some(f64::from(at)))).collect();
        let rows = condensed(&joined(&memory, &[], (0.0, 2_000.0)), MOST_ROWS);
        assert_eq!(rows.len(), 144);
        let first = Summary { average: Some(4.5), highest: Some(9.0), last: Some(9.0) };
        assert_eq!((rows[0].from, rows[0].memory), (0.0, first));
        assert_eq!(rows[0].processor, Summary::default());
        assert!(condensed(&[], MOST_ROWS).is_empty());
    }
}
