//! The measurements, and when there are none.

use backoffice_contract::app::Stats;
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::app::stats::daytime;
use crate::engine::testing::{Api, bytes};
use crate::engine::time::{DAY, HOUR, MINUTE};

const APP: &str = "mine";

fn stats(api: &mut Api) -> Stats {
    api.call(op::GetStats { app: APP.into() }).unwrap()
}

fn measured(points: &[(f64, Option<f64>)]) -> usize {
    points.iter().filter(|(_, value)| value.is_some()).count()
}

#[test]
fn an_app_that_never_ran_has_no_measurements() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    assert_eq!(stats(&mut api), Stats::default());
}

#[test]
fn a_day_of_minutes_ends_now() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    api.wait(2 * DAY);
    let Stats { mem, cpu } = stats(&mut api);
    assert_eq!((mem.len(), cpu.len()), (1_440, 1_440));
    let last = mem.last().unwrap().0 as u64;
    assert!(api.now - last < MINUTE && last.is_multiple_of(MINUTE));
    assert!(mem.windows(2).all(|pair| (pair[1].0 - pair[0].0 - 60_000.0).abs() < 0.5));
    assert_eq!(measured(&mem), 1_440);
    // A replica of size 0.3 has 300 MB.
    assert!(mem.iter().all(|(_, value)| (50e6..300e6).contains(&value.unwrap())));
    assert!(cpu.iter().all(|(_, value)| (1.0..400.0).contains(&value.unwrap())));
}

#[test]
fn looking_again_shows_the_same() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    api.wait(3 * HOUR);
    let before = stats(&mut api);
    api.wait(HOUR);
    let after = stats(&mut api);
    assert_eq!(before.mem[..], after.mem[..before.mem.len()]);
    assert_eq!(before.cpu[..], after.cpu[..before.cpu.len()]);
}

#[test]
fn memory_grows_after_a_restart_and_there_is_a_gap_while_nothing_runs() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    api.wait(5 * HOUR);
    let before = stats(&mut api).mem.last().unwrap().1.unwrap();
    api.call(op::RestartApp { app: APP.into() }).unwrap();
    api.wait(3 * MINUTE);
    let after = stats(&mut api).mem.last().unwrap().1.unwrap();
    assert!(after + 20e6 < before, "{after} after {before}");
    api.scale(APP, Some(0), None).unwrap();
    api.wait(HOUR);
    api.scale(APP, Some(1), None).unwrap();
    api.wait(HOUR);
    let mem = stats(&mut api).mem;
    let gap = mem.len() - measured(&mem);
    assert!((58..=62).contains(&gap), "{gap}");
    assert!(mem.last().unwrap().1.is_some());
}

#[test]
fn numbers_travel_whole() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    let answer = api.send(&api.request(&op::GetStats { app: APP.into() }));
    let text = std::str::from_utf8(bytes(&answer)).unwrap().to_owned();
    assert!(text.contains("\"cpu\":[[17955") && !text.contains('.'), "{text}");
}

#[test]
fn the_day_has_one_peak() {
    assert_eq!([3, 15].map(|hour| daytime(hour * HOUR)), [0, 1_000]);
    assert!((16..27).all(|hour| daytime(hour * HOUR) < daytime((hour - 1) * HOUR)));
}
