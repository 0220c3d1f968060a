//! The pods of each release side by side, so that one sees a rollout fill up.

use std::collections::BTreeMap;

use backoffice_contract::app::{AppStatus, PodStatus};
use leptos::prelude::*;

use crate::pages::app::shared::rollout::{fails, is_job};

/// How one block looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// A pod that serves.
    Healthy,
    /// A pod on its way.
    Starting,
    /// A pod that fails.
    Failing,
    /// A pod that finishes what it has.
    Ending,
    /// A pod that is wanted and not there yet.
    Wanted,
}

impl Block {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Starting => "starting",
            Self::Failing => "failing",
            Self::Ending => "ending",
            Self::Wanted => "wanted",
        }
    }
}

/// The pods of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasePods {
    /// The number of the release.
    pub version: u64,
    /// Its pods.
    pub blocks: Vec<Block>,
}

impl ReleasePods {
    /// The same in words: `1 healthy, 1 starting`.
    #[must_use]
    pub fn words(&self) -> String {
        let kinds = [Block::Healthy, Block::Starting, Block::Failing, Block::Ending, Block::Wanted];
        let counts = kinds.into_iter().filter_map(|kind| {
            let count = self.blocks.iter().filter(|block| **block == kind).count();
            let word = if kind == Block::Wanted { "still to come" } else { kind.as_str() };
            (count > 0).then(|| format!("{count} {word}"))
        });
        counts.collect::<Vec<_>>().join(", ")
    }
}

/// The pods by release, the oldest first; of the newest also those that are wanted.
#[must_use]
pub fn by_release(status: &AppStatus) -> Vec<ReleasePods> {
    let mut releases: BTreeMap<u64, Vec<Block>> = BTreeMap::new();
    for pod in status.pods.iter().filter(|pod| !is_job(pod)) {
        let block = match &pod.status {
            _ if fails(pod) => Block::Failing,
            PodStatus::Healthy => Block::Healthy,
            PodStatus::Terminating => Block::Ending,
            _ => Block::Starting,
        };
        releases.entry(pod.version.parse().unwrap_or_default()).or_default().push(block);
    }
    let desired = usize::try_from(status.replicas_desired).unwrap_or(usize::MAX).min(MOST_WANTED);
    if let Some((_, newest)) = releases.iter_mut().next_back() {
        let there = newest.iter().filter(|block| **block != Block::Ending).count();
        newest.extend(std::iter::repeat_n(Block::Wanted, desired.saturating_sub(there)));
    }
    releases
        .into_iter()
        .map(|(version, mut blocks)| {
            blocks.sort();
            ReleasePods { version, blocks }
        })
        .collect()
}

/// More blocks than these tell nothing more, whatever a server says is wanted.
const MOST_WANTED: usize = 100;

/// The picture with its words.
#[component]
pub fn RolloutPicture(
    /// The status.
    status: Signal<AppStatus>,
) -> impl IntoView {
    let releases = Memo::new(move |_| status.with(by_release));
    let row = |release: ReleasePods, is_newest: bool| {
        let words = release.words();
        let blocks = release
            .blocks
            .iter()
            .map(|block| view! { <span class=format!("pod-block pod-block--{}", block.as_str())></span> })
            .collect_view();
        view! {
            <li class="rollout__release">
                <b class="rollout__name">{format!("v{}", release.version)}</b>
                <span class="rollout__age">{if is_newest { "newest" } else { "before" }}</span>
                <span class="rollout__blocks" aria-hidden="true">{blocks}</span>
                <span class="rollout__words">{words}</span>
            </li>
        }
    };
    view! {
        <ol class="rollout" aria-label="Pods by release">
            {move || releases.with(|releases| {
                let last = releases.len().saturating_sub(1);
                releases.iter().enumerate().map(|(at, release)| row(release.clone(), at == last)).collect_view()
            })}
        </ol>
    }
}

#[cfg(test)]
mod tests {
    use backoffice_contract::app::Pod;

    use super::*;

    fn status(desired: u32, pods: &[(&str, &str)]) -> AppStatus {
        let pods = pods
            .iter()
            .map(|(version, status)| Pod {
                version: (*version).into(),
                status: PodStatus::from(*status),
                ..Default::default()
            })
            .collect();
        AppStatus { replicas_desired: desired, pods, ..Default::default() }
    }

    fn words(desired: u32, pods: &[(&str, &str)]) -> Vec<String> {
        let releases = by_release(&status(desired, pods));
        releases
            .iter()
            .map(|release| format!("v{}: {}", release.version, release.words()))
            .collect()
    }

    #[test]
    fn shows_the_old_pods_go_and_the_new_ones_come() {
        assert_eq!(
            words(
                2,
                &[("9", "Healthy"), ("9", "Terminating"), ("10", "Starting"), ("9", "Running")]
            ),
            ["v9: 1 healthy, 1 ending", "v10: 1 starting, 1 still to come"]
        );
        assert_eq!(
            words(1, &[("3", "Healthy"), ("4", "Unhealthy")]),
            ["v3: 1 healthy", "v4: 1 failing"]
        );
        assert_eq!(words(2, &[("4", "Healthy"), ("4", "Healthy")]), ["v4: 2 healthy"]);
        assert!(words(2, &[]).is_empty());
        assert_eq!(words(4_000_000_000, &[("1", "Healthy")]), ["v1: 1 healthy, 99 still to come"]);
    }
}
