//! What is drawn of many points: as much as can be seen.

use std::fmt::Write as _;

use super::scale::Scale;

/// A time in epoch milliseconds with a value, or without one where nothing was measured.
pub type Point = (f64, Option<f64>);

/// The indices of the points from `from` to `to`, in points that are in order.
pub fn between(points: &[Point], (from, to): (f64, f64)) -> std::ops::Range<usize> {
    let start = points.partition_point(|(at, _)| *at < from);
    let end = points.partition_point(|(at, _)| *at <= to);
    start..end.max(start)
}

/// The index of the point that is nearest to a time.
pub fn nearest(points: &[Point], at: f64) -> Option<usize> {
    let after = points.partition_point(|(time, _)| *time < at);
    let distance = |index: usize| points.get(index).map(|(time, _)| (time - at).abs());
    let before = after.checked_sub(1);
    match (before.and_then(distance), distance(after)) {
        (Some(before), Some(next)) if before > next => Some(after),
        (Some(_), _) => before,
        (None, next) => next.map(|_| after),
    }
}

/// The parts of a line, each without a gap, between `from` and `to` and one point
/// beyond either end, so that the line reaches the edges. Of the points that share one
/// of `columns` only the first, the lowest, the highest and the last are kept: a line
/// through these looks the same.
pub fn runs(points: &[Point], range: (f64, f64), columns: usize) -> Vec<Vec<(f64, f64)>> {
    let inside = between(points, range);
    let seen = inside.start.saturating_sub(1)..(inside.end + 1).min(points.len());
    let points = points.get(seen).unwrap_or_default();
    let sparse = points.len() <= columns.saturating_mul(2);
    let column = |at: f64| {
        let length = (range.1 - range.0).max(1.0);
        ((at - range.0) / length * as_number(columns)).floor()
    };
    points
        .split(|(_, value)| value.is_none())
        .filter(|run| !run.is_empty())
        .map(|run| {
            let run: Vec<(f64, f64)> =
                run.iter().filter_map(|(at, value)| Some((*at, (*value)?))).collect();
            if sparse {
                return run;
            }
            run.chunk_by(|one, next| column(one.0) == column(next.0)).flat_map(extremes).collect()
        })
        .collect()
}

/// The first, the lowest, the highest and the last of some points, in their order.
fn extremes(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let by_value =
        |one: &(usize, &(f64, f64)), other: &(usize, &(f64, f64))| one.1.1.total_cmp(&other.1.1);
    let indexed = || points.iter().enumerate();
    let lowest = indexed().min_by(by_value).map(|(index, _)| index);
    let highest = indexed().max_by(by_value).map(|(index, _)| index);
    let mut kept: Vec<usize> =
        [Some(0), lowest, highest, points.len().checked_sub(1)].into_iter().flatten().collect();
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().filter_map(|index| points.get(index).copied()).collect()
}

/// The parts as the `d` of an SVG path. A point alone becomes a line of no length,
/// which round ends make a dot.
pub fn path(runs: &[Vec<(f64, f64)>], x: Scale, y: Scale) -> String {
    let mut d = String::new();
    for run in runs {
        for (index, (at, value)) in run.iter().enumerate() {
            let command = if index == 0 { 'M' } else { 'L' };
            // Writing to a string never fails.
            let _ = write!(d, "{command}{:.1} {:.1}", x.place(*at), y.place(*value));
        }
        if run.len() == 1 {
            d.push_str("h0");
        }
    }
    d
}

/// The surfaces between the parts and the axis.
pub fn area(runs: &[Vec<(f64, f64)>], x: Scale, y: Scale) -> String {
    let mut d = String::new();
    for run in runs {
        if let ([(first, _), ..], Some((last, _))) = (run.as_slice(), run.last()) {
            let ground = y.place(0.0);
            d.push_str(&path(std::slice::from_ref(run), x, y));
            let _ =
                write!(d, "L{:.1} {ground:.1}L{:.1} {ground:.1}Z", x.place(*last), x.place(*first));
        }
    }
    d
}

#[expect(clippy::cast_precision_loss, reason = "a screen has few columns")]
fn as_number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(count: u32) -> Vec<Point> {
        (0..count).map(|at| (f64::from(at), Some(f64::from(at * 37 % 101)))).collect()
    }

    #[test]
    fn few_points_are_drawn_as_they_are() {
        let few = [(0.0, Some(1.0)), (1.0, Some(2.0)), (2.0, None), (3.0, Some(4.0))];
        let drawn = runs(&few, (0.0, 3.0), 100);
        assert_eq!(drawn, [vec![(0.0, 1.0), (1.0, 2.0)], vec![(3.0, 4.0)]]);
        let scale = Scale::new((0.0, 4.0), (0.0, 40.0));
        assert_eq!(path(&drawn, scale, scale), "M0.0 10.0L10.0 20.0M30.0 40.0h0");
        assert!(area(&drawn, scale, scale).ends_with("M30.0 40.0h0L30.0 0.0L30.0 0.0Z"));
        assert!(runs(&[], (0.0, 1.0), 10).is_empty());
        assert!(runs(&[(0.0, None)], (0.0, 1.0), 10).is_empty());
    }

    #[test]
    fn many_points_keep_their_lowest_and_highest_in_each_column() {
        let many = points(100_000);
        let drawn = runs(&many, (0.0, 100_000.0), 500);
        assert_eq!(drawn.len(), 1);
        assert!(drawn[0].len() <= 4 * 501, "{}", drawn[0].len());
        for column in 0..500_u32 {
            let inside = |at: f64| (at / 200.0).floor() == f64::from(column);
            let highest = |points: &mut dyn Iterator<Item = (f64, f64)>| {
                points.filter(|(at, _)| inside(*at)).map(|(_, v)| v).fold(f64::MIN, f64::max)
            };
            let all = highest(&mut many.iter().map(|(at, value)| (*at, value.unwrap())));
            assert_eq!(highest(&mut drawn[0].iter().copied()), all);
        }
        assert!(drawn[0].windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn a_part_reaches_one_point_beyond_its_ends() {
        let drawn = runs(&points(100), (10.5, 20.5), 100);
        let ends = (drawn[0].first().unwrap().0, drawn[0].last().unwrap().0);
        assert_eq!(ends, (10.0, 21.0));
    }

    #[test]
    fn finds_points_by_time() {
        let some = points(10);
        assert_eq!(between(&some, (2.5, 5.0)), 3..6);
        assert_eq!(between(&some, (50.0, 60.0)), 10..10);
        assert_eq!([-3.0, 2.4, 2.6, 99.0].map(|at| nearest(&some, at)), [0, 2, 3, 9].map(Some));
        assert_eq!(nearest(&[], 1.0), None);
    }
}
