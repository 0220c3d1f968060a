//! All cases, and the page that shows their results.

pub mod baselines;
pub mod measure;
pub mod minimum;
pub mod verdict;

use std::fmt::Write as _;
use std::thread;

use backoffice_client::{BaseUrlError, Priority};

use crate::report::baselines::Baseline;
use crate::report::measure::Total;
use crate::report::verdict::{Summary, is_judged};
use crate::scenario::{Scenario, Strategy};
use crate::server::form::Form;
use crate::story::Story;

const TABS: [u32; 2] = [1, 5];
const LIMITS: [u32; 2] = [60, 120];
const SKEWS: [i64; 3] = [0, 600_000, -600_000];
const FAULTS: [f64; 2] = [0.0, 0.05];

const HEAD: &str = "\
# How the client uses the rate limit, in numbers

This page is made by `cargo xtask bench client`, which is short for

```
cargo run --release -p backoffice-simulation -- --write docs/simulation.md
```

The real pipeline of `crates/client` runs here against a model of an API, in virtual time.
Nothing of the pipeline is replaced; what is modelled is what it runs in: the clock, the network, the tabs and the server.
The same command gives the same page, byte for byte.

## What is modelled

- **The calls.** At the start, five times as many reads as a window allows are asked for at once, dealt out evenly to 1 tab or to 5. No two are equal, or they would be one.
- **The server** counts in fixed windows of 60 s that allow 60 or 120 calls. When the tabs start, between 10 and 90 % of a window is left.
- **The network.** Half of all answers take less than 80 ms, one of a hundred takes more than 1.5 s (log-normal).
- **The clock** of the tabs is right, or 10 minutes fast or slow.
- **Faults**, where there are any: of 100 requests that the server has counted, 5 fail on average; half of them with a 503, half because the connection breaks after the call was executed.
- **Another consumer**, where there is one, uses the same limit: calls at random moments (Poisson), 30 % of the limit on average, without retries.

## How to read it

- **× minimum** is the time from the start to the last answer, over the least that it can be: on average, and in the worst run.
  That minimum is what an omniscient sender takes. It knows the boundaries of the windows, its calls arrive the moment that a window begins, and their answers take the median latency.
  Calls that a fault made necessary again count as needed. What another consumer uses on average is taken off each window; nobody knows in advance when it calls, so next to one the number informs and is no bound.
  Below 1, calls of the other were refused to make room for ours.
- **429s** is the share of our requests that were refused: of all runs together, and in the worst.
- **sent** is the number of requests for each call that was asked for.
- **done** tells in how many runs every call worked.
- **other refused** is the share of the other consumer's calls that were refused. With nobody else around it would be 0.
- **bounds** tells in how many cases they are kept. A case has one limit and one clock; its runs differ in their seed and are judged together.

Without another consumer the bounds are: every call works, fewer than 1 % of our requests are refused, and on average it takes at most 1.05 times the minimum.
Beside one: every call works, fewer than 3 % of our requests are refused, and at most 10 % of the other's.

Two forms tell less than that takes, and have no bounds; their rows inform.
With *only `Retry-After`*, a refusal tells where the window ends, and nothing ever tells what is left; *hidden* tells nothing at all, as across origins without `Access-Control-Expose-Headers`.
Then the client counts for itself: it finds the limit by being refused, and cannot see that somebody else uses it.
Without a word about where windows end, only a sliding minute is safe, which costs time.
";

const STORIES: &str = "
## When something happens meanwhile

- **Idle start**: a tab makes one call, is idle for ten minutes, and asks for five windows' worth of reads then; alone, and beside another consumer.
- **Reload**: between 30 s and 3 minutes after the start the tab is loaded again, and asks for what is left. What was on its way is lost, and counts as needed.
- **Clicks beside background work**: one tab asks for four windows' worth of reads that nobody waits for; in another, somebody clicks every two seconds for four minutes. 120 calls a minute are allowed.
- **Outage**: the connection of three tabs breaks for two minutes, and their access token ends meanwhile.
- **Lost renewal**: the server renews the session, but this answer and all others are lost for two minutes. Nobody has the new tokens then, and the old ones are taken for stolen: the user has to sign in, once.
- **Two builds**: two tabs run one build and two another. They understand each other about the session, and not about the budget. Their access token ends in the middle, and they are idle for five minutes at the end.

| story | what | on average | worst | bound | |
| --- | --- | ---: | ---: | ---: | --- |
";

/// A story and its result.
#[derive(Debug, Clone)]
pub struct Told {
    /// What happened.
    pub story: Story,
    /// Its numbers.
    pub totals: Vec<Total>,
}

/// A case and its result.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Its circumstances; the seed is that of its first run.
    pub scenario: Scenario,
    /// The result.
    pub summary: Summary,
}

/// The cases of the client.
#[must_use]
pub fn client_cases() -> Vec<Scenario> {
    let mut cases = Vec::new();
    for tabs in TABS {
        for consumer in [false, true] {
            for form in Form::ALL {
                for faults in FAULTS {
                    cases.extend(circumstances(tabs, consumer, form, faults, Strategy::Client));
                }
            }
        }
    }
    cases
}

/// The cases of the baselines, which read neither headers nor clocks and so need
/// fewer.
#[must_use]
pub fn baseline_cases() -> Vec<Scenario> {
    let mut cases = Vec::new();
    for tabs in TABS {
        for consumer in [false, true] {
            for baseline in Baseline::ALL {
                let strategy = Strategy::Baseline(baseline);
                let all = circumstances(tabs, consumer, Form::Hidden, 0.0, strategy);
                cases.extend(all.filter(|case| case.skew == 0));
            }
        }
    }
    cases
}

fn circumstances(
    tabs: u32,
    consumer: bool,
    form: Form,
    faults: f64,
    strategy: Strategy,
) -> impl Iterator<Item = Scenario> {
    LIMITS.into_iter().flat_map(move |limit| {
        SKEWS.into_iter().map(move |skew| Scenario {
            tabs,
            limit,
            skew,
            form,
            consumer,
            faults,
            priority: Priority::Interactive,
            strategy,
            seed: 0,
        })
    })
}

/// Runs each case `seeds` times, no two runs with the same seed, on all cores.
///
/// # Errors
/// When the client refuses the address of the server.
pub fn run(scenarios: &[Scenario], seeds: u64) -> Result<Vec<Case>, BaseUrlError> {
    let numbered = || (0_u64..).step_by(usize::try_from(seeds).unwrap_or(1).max(1)).zip(scenarios);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut cases = thread::scope(|scope| {
        let work = |worker| {
            numbered().skip(worker).step_by(workers).map(|(first, scenario)| {
                let scenario = Scenario { seed: first, ..*scenario };
                let mut summary = Summary::default();
                for seed in first..first + seeds {
                    summary.add(&Scenario { seed, ..scenario }.run()?);
                }
                Ok(Case { scenario, summary })
            })
        };
        let threads: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || work(worker).collect::<Result<Vec<_>, _>>()))
            .collect();
        let mut cases = Vec::new();
        for thread in threads {
            // A panic in there is a bug, and goes on here as it is.
            cases.extend(thread.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause))?);
        }
        Ok(cases)
    })?;
    cases.sort_by_key(|case| case.scenario.seed);
    Ok(cases)
}

/// Runs each story `seeds` times.
///
/// # Errors
/// When the client refuses the address of the server.
pub fn tell(stories: &[Story], seeds: u64) -> Result<Vec<Told>, BaseUrlError> {
    let one = |story: &Story| {
        let mut totals: Vec<Total> = Vec::new();
        for seed in 0..seeds {
            let measures = story.run(seed)?;
            for (total, measure) in totals.iter_mut().zip(&measures) {
                total.add(measure);
            }
            if totals.is_empty() {
                totals = measures.into_iter().map(Total::of).collect();
            }
        }
        Ok(Told { story: *story, totals })
    };
    stories.iter().map(one).collect()
}

/// The page, from the cases of the client, those of the baselines, and the stories.
#[must_use]
pub fn page(client: &[Case], baselines: &[Case], stories: &[Told]) -> String {
    let mut page = HEAD.to_owned();
    for tabs in TABS {
        for consumer in [false, true] {
            let of =
                |case: &&Case| (case.scenario.tabs, case.scenario.consumer) == (tabs, consumer);
            let client: Vec<&Case> = client.iter().filter(of).collect();
            let baselines: Vec<&Case> = baselines.iter().filter(of).collect();
            group(&mut page, tabs, consumer, &client, &baselines);
        }
    }
    page.push_str(STORIES);
    for Told { story, totals } in stories {
        for total in totals {
            let (what, mean, worst) = (total.label(), total.mean(), total.worst());
            let kept = if total.is_kept() { "kept" } else { "**missed**" };
            let (story, bound) = (story.label(), total.bound());
            // Writing to a string cannot fail.
            let _ = writeln!(page, "| {story} | {what} | {mean} | {worst} | {bound} | {kept} |");
        }
    }
    let missed: Vec<String> = client.iter().filter_map(miss).collect();
    if !missed.is_empty() {
        page.push_str("\n## Cases that miss a bound\n\n");
        page.push_str(&missed.concat());
    }
    page
}

/// Whether every case and every story keeps its bounds.
#[must_use]
pub fn is_good(client: &[Case], stories: &[Told]) -> bool {
    client.iter().all(|case| miss(case).is_none())
        && stories.iter().flat_map(|told| &told.totals).all(Total::is_kept)
}

fn miss(case: &Case) -> Option<String> {
    let Scenario { tabs, limit, skew, form, consumer, faults, .. } = case.scenario;
    let misses = case.summary.misses(&case.scenario);
    (!misses.is_empty()).then(|| {
        format!(
            "- {}, {}, {limit} a minute, {}, clock {}, {}: {}\n",
            tab_words(tabs),
            form.label(),
            fault_words(faults),
            match skew {
                0 => "right",
                1.. => "fast",
                _ => "slow",
            },
            consumer_words(consumer),
            misses.join(", ")
        )
    })
}

fn tab_words(tabs: u32) -> String {
    if tabs == 1 { "1 tab".to_owned() } else { format!("{tabs} tabs") }
}

fn consumer_words(consumer: bool) -> &'static str {
    if consumer { "beside another consumer" } else { "alone" }
}

fn fault_words(faults: f64) -> String {
    if faults == 0.0 { "no faults".to_owned() } else { format!("{:.0} % faults", faults * 100.0) }
}

fn group(page: &mut String, tabs: u32, consumer: bool, client: &[&Case], baselines: &[&Case]) {
    let mut line = |text: String| {
        page.push_str(&text);
        page.push('\n');
    };
    line(format!("\n## {}, {}\n", tab_words(tabs), consumer_words(consumer)));
    let (head, rule) = if consumer { (" other refused (worst) |", " ---: |") } else { ("", "") };
    line(format!(
        "| who, and how the limit is told | faults | × minimum (worst) | 429s (worst) | sent | done |{head} bounds |"
    ));
    line(format!("| --- | ---: | ---: | ---: | ---: | ---: |{rule} --- |"));
    for form in Form::ALL {
        for faults in FAULTS {
            let of = |case: &&&Case| case.scenario.form == form && case.scenario.faults == faults;
            let cases: Vec<&Case> = client.iter().filter(of).copied().collect();
            let kept = cases.iter().filter(|case| miss(case).is_none()).count();
            let judged = cases.iter().all(|case| is_judged(&case.scenario));
            let bounds = match cases.len() {
                _ if !judged => "none".to_owned(),
                all if all == kept => "kept".to_owned(),
                all => format!("**missed in {} of {all}**", all - kept),
            };
            line(row(&format!("client, {}", form.label()), faults, consumer, &cases, &bounds));
        }
    }
    for baseline in Baseline::ALL {
        let of = |case: &&&Case| case.scenario.strategy == Strategy::Baseline(baseline);
        let cases: Vec<&Case> = baselines.iter().filter(of).copied().collect();
        line(row(&format!("*{}*", baseline.label()), 0.0, consumer, &cases, ""));
    }
}

fn row(who: &str, faults: f64, consumer: bool, cases: &[&Case], bounds: &str) -> String {
    let mut all = Summary::default();
    for case in cases {
        all.merge(&case.summary);
    }
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let mut row = format!(
        "| {who} | {:.0} % | {:.3} ({:.3}) | {} ({}) | {:.2} | {} of {} |",
        faults * 100.0,
        all.ratio(),
        all.worst_ratio,
        percent(all.refused()),
        percent(all.worst_refused),
        all.sent_per_call(),
        all.complete(),
        all.runs(),
    );
    if consumer {
        let (share, worst) = (percent(all.consumer_refused()), percent(all.worst_consumer));
        // Writing to a string cannot fail.
        let _ = write!(row, " {share} ({worst}) |");
    }
    let _ = write!(row, " {bounds} |");
    row
}
