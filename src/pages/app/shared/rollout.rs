//! How an app is doing, read from its status.

pub mod expected_release;
pub mod picture;

use backoffice_contract::app::{AppStatus, Pod, PodStatus};

/// How an app is doing as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// No replicas are wanted.
    Stopped,
    /// As many healthy pods as are wanted, all of one release.
    Healthy,
    /// Pods are on their way; `version` is the release they are of.
    RollingOut {
        /// The newest release among the pods.
        version: String,
    },
    /// Pods fail; some others may still serve.
    Failing {
        /// Why, as far as the platform says.
        reason: String,
        /// Whether at least one pod gets traffic.
        serving: bool,
    },
}

impl Health {
    /// Whether it will change by itself, so that it is worth looking again.
    #[must_use]
    pub fn in_transition(&self) -> bool {
        matches!(self, Self::RollingOut { .. })
    }
}

/// Whether a pod is a job rather than a part of the app. The platform lists both;
/// jobs run and complete, where replicas become healthy.
#[must_use]
pub fn is_job(pod: &Pod) -> bool {
    matches!(pod.status, PodStatus::Running | PodStatus::Completed)
}

/// Reads the health of an app from its status.
#[must_use]
pub fn health(status: &AppStatus) -> Health {
    let pods: Vec<&Pod> = status.pods.iter().filter(|pod| !is_job(pod)).collect();
    let newest = pods.iter().map(|pod| version_number(pod)).max().unwrap_or_default();
    let healthy = |pod: &&&Pod| pod.status == PodStatus::Healthy;
    let serving = pods.iter().filter(healthy).count();
    if let Some(pod) = pods.iter().find(|pod| fails(pod)) {
        return Health::Failing { reason: failure(pod), serving: serving > 0 };
    }
    let current = pods.iter().filter(healthy).filter(|pod| version_number(pod) == newest).count();
    let desired = usize::try_from(status.replicas_desired).unwrap_or(usize::MAX);
    if desired == 0 && pods.is_empty() {
        Health::Stopped
    } else if current >= desired && pods.iter().all(|pod| pod.status == PodStatus::Healthy) {
        Health::Healthy
    } else {
        Health::RollingOut { version: newest.to_string() }
    }
}

/// Why a pod fails, in words.
#[must_use]
pub fn failure(pod: &Pod) -> String {
    match pod.last_state.terminated.as_ref().map(|ended| ended.reason.as_str()) {
        Some("OOMKilled") => {
            "It used more memory than its size allows and was stopped (OOMKilled).".to_owned()
        }
        Some(reason) if !reason.is_empty() => format!("Its last container ended with {reason}."),
        _ => "It does not pass its health check.".to_owned(),
    }
}

/// Whether a pod is given up, as far as its status tells.
#[must_use]
pub fn fails(pod: &Pod) -> bool {
    match &pod.status {
        PodStatus::Unhealthy => true,
        PodStatus::Other(text) => text.contains("Crash") || text.contains("Err"),
        _ => false,
    }
}

fn version_number(pod: &Pod) -> u64 {
    pod.version.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use backoffice_contract::app::{LastState, Terminated};

    use super::*;

    fn pod(version: &str, status: &str) -> Pod {
        Pod { version: version.into(), status: PodStatus::from(status), ..Default::default() }
    }

    #[track_caller]
    fn check(desired: u32, pods: Vec<Pod>, expected: &Health) {
        let status = AppStatus { replicas_desired: desired, pods, ..Default::default() };
        assert_eq!(&health(&status), expected);
    }

    #[test]
    fn reads_every_stage_of_a_rollout() {
        check(0, vec![], &Health::Stopped);
        let rolling = Health::RollingOut { version: "8".into() };
        check(1, vec![pod("7", "Healthy"), pod("8", "Starting")], &rolling);
        check(1, vec![pod("7", "Terminating"), pod("8", "Healthy")], &rolling);
        check(2, vec![pod("8", "Healthy")], &rolling);
        check(1, vec![pod("8", "Healthy")], &Health::Healthy);
        check(1, vec![pod("8", "Healthy"), pod("8", "Running")], &Health::Healthy);
        check(0, vec![pod("8", "Completed")], &Health::Stopped);
        check(
            1,
            vec![pod("9", "Starting"), pod("10", "Healthy")],
            &Health::RollingOut { version: "10".into() },
        );
    }

    #[test]
    fn says_why_pods_fail_and_whether_others_serve() {
        let mut failing = pod("8", "Unhealthy");
        failing.last_state =
            LastState { terminated: Some(Terminated { reason: "OOMKilled".into() }) };
        let status = AppStatus {
            replicas_desired: 1,
            pods: vec![pod("7", "Healthy"), failing],
            ..Default::default()
        };
        let Health::Failing { reason, serving } = health(&status) else { panic!("it fails") };
        assert!(serving && reason.contains("memory"), "{reason}");
        check(
            1,
            vec![pod("8", "CrashLoopBackOff")],
            &Health::Failing {
                reason: "It does not pass its health check.".into(),
                serving: false,
            },
        );
    }
}
