//! Processor and memory over the last day: made up, but always the same for the same app,
//! pods and time. Only whole numbers, since native code and browsers may round fractions
//! differently.

use backoffice_contract::{op, prices};
use serde_json::{Value, json};

use crate::engine::app::{App, Pod};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply};
use crate::engine::time::{DAY, MINUTE};
use crate::engine::{Millis, World, app, hash};

/// The time between two measurements, and the age of the first one.
const STEP: Millis = MINUTE;
const RANGE: Millis = DAY;

const MEGABYTE: u64 = 1_000_000;

/// A replica never uses all of its memory: it is ended before that.
const MOST_MEMORY_PERCENT: u64 = 97;

/// The usage of one replica, averaged over those that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Use {
    bytes: u64,
    millicores: u64,
}

pub(crate) fn show(world: &mut World, cx: &Context<'_>, op: op::GetStats) -> Outcome<op::GetStats> {
    let app = app::open(world, cx, &op.app)?;
    let born = world.activities.with_prefix(&app.rows()).next().map_or(0, |(_, first)| first.at);
    let times = if app.pods.is_empty() { 0..0 } else { times(born, cx.now) };
    let uses: Vec<(Millis, Option<Use>)> =
        times.map(|at| at * STEP).map(|at| (at, measure(&app, at))).collect();
    let points = |value: fn(Use) -> u64| -> Value {
        uses.iter().map(|(at, used)| json!([at, used.map(value)])).collect()
    };
    Ok(Reply::Raw(json!({
        "mem": points(|used| used.bytes),
        "cpu": points(|used| used.millicores),
    })))
}

/// The measurements until `now`, as multiples of the step.
fn times(born: Millis, now: Millis) -> std::ops::Range<u64> {
    let from = now.saturating_sub(RANGE).max(born);
    from / STEP + 1..now / STEP + 1
}

/// The measurements at a time; empty while nothing ran.
fn measure(app: &App, at: Millis) -> Option<Use> {
    let running: Vec<&Pod> = app.pods.iter().filter(|pod| pod.status(at).is_some()).collect();
    let count = u64::try_from(running.len()).ok().filter(|count| *count > 0)?;
    let load = load(app.seed, at) / count;
    let sum = |value: &dyn Fn(&Pod) -> u64| running.iter().map(|pod| value(pod)).sum::<u64>();
    Some(Use {
        bytes: sum(&|pod| memory(app, pod, at)) / count,
        millicores: sum(&|pod| load + start_up(pod, at)) / count,
    })
}

/// The load of the app as a whole, in thousandths of a core.
fn load(seed: u64, at: Millis) -> u64 {
    let peak = 60 + seed % 90;
    let calm = 6 + seed % 7;
    // Sometimes a burst of a few minutes.
    let burst = if noise(seed ^ 0xb0, at / (7 * MINUTE), 60) == 0 { 70 } else { 0 };
    calm + peak * daytime(at) / 1_000 + wave(seed, at, 24) + noise(seed, at / STEP, 9) + burst
}

/// Compiling and filling caches after the start.
fn start_up(pod: &Pod, at: Millis) -> u64 {
    let minutes = at.saturating_sub(pod.from) / MINUTE;
    120_u64.checked_shr(u32::try_from(minutes).unwrap_or(u32::MAX)).unwrap_or_default()
}

/// Grows fast after the start, then slowly, and a little with the load.
fn memory(app: &App, pod: &Pod, at: Millis) -> u64 {
    let limit = prices::tenths(app.size) * 100 * MEGABYTE;
    let most = limit * MOST_MEMORY_PERCENT / 100;
    if pod.last_end.is_some() {
        // Fills up within minutes, is ended, and starts again.
        return limit * (57 + 10 * (at / MINUTE % 5)) / 100;
    }
    let minutes = at.saturating_sub(pod.from) / MINUTE;
    let warm = 42 * MEGABYTE * minutes / (minutes + 45);
    let slow = 26 * MEGABYTE * minutes.min(7 * 1_440) / (7 * 1_440);
    let busy = 12 * MEGABYTE * daytime(at) / 1_000;
    let odd = noise(app.seed ^ pod.from, at / STEP, 2_400) * 1_000;
    let base = (78 + app.seed % 20) * MEGABYTE;
    (base + warm + slow + busy + odd + wave(app.seed ^ 1, at, 5) * MEGABYTE).min(most)
}

/// The progress of the working day, from 0 in the small hours of UTC to 1,000 at three in
/// the afternoon, smoothly.
fn daytime(at: Millis) -> u64 {
    const HALF: u64 = 720;
    let minute = at / MINUTE % 1_440;
    let away = minute.abs_diff(15 * 60);
    let near = HALF - away.min(1_440 - away);
    near * near * (3 * HALF - 2 * near) * 1_000 / (HALF * HALF * HALF)
}

/// Rises and falls within the hour, by up to `height`.
fn wave(seed: u64, at: Millis, height: u64) -> u64 {
    const LENGTH: u64 = 12;
    let minute = at / MINUTE;
    let (step, within) = (minute / LENGTH, minute % LENGTH);
    let one = noise(seed ^ 0x57, step, 1_000) * (LENGTH - within);
    let next = noise(seed ^ 0x57, step + 1, 1_000) * within;
    (one + next) * height / (LENGTH * 1_000)
}

/// Always the same number below `end` for the same `at`.
fn noise(seed: u64, at: u64, end: u64) -> u64 {
    hash::mix(seed ^ hash::mix(at)) % end.max(1)
}

#[cfg(test)]
mod tests;
