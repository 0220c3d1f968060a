//! Starting, replacing and stopping pods without downtime.
//!
//! Everything that will happen to a pod is decided in advance and stored as times. Its
//! state is a function of these times and of the time of the read.

use backoffice_contract::app::PodStatus;

use crate::engine::Millis;
use crate::engine::app::release::Release;
use crate::engine::app::{App, Pod};
use crate::engine::time::SECOND;

/// From the start of a pod to its first passed health check.
pub(crate) const START: Millis = 8 * SECOND;
/// From the start of a pod that passes no health check until it counts as unhealthy.
pub(crate) const FAIL: Millis = 20 * SECOND;
/// From one replica of a rollout to the next.
pub(crate) const STEP: Millis = 3 * SECOND;
/// How long a pod without new traffic needs for its open requests.
pub(crate) const DRAIN: Millis = 10 * SECOND;

/// How many stopped pods are remembered, for their log lines.
const MAX_STOPPED: usize = 24;

impl Pod {
    /// The pod's state at `now`; `None` before its start and after its end.
    pub(crate) fn status(&self, now: Millis) -> Option<PodStatus> {
        let passed = |at: Option<Millis>| at.is_some_and(|at| at <= now);
        if now < self.from || passed(self.gone()) {
            None
        } else if passed(self.draining) {
            Some(PodStatus::Terminating)
        } else if passed(self.fails) {
            Some(PodStatus::Unhealthy)
        } else if passed(self.ready) {
            Some(PodStatus::Healthy)
        } else {
            Some(PodStatus::Starting)
        }
    }

    /// When it has ended.
    pub(crate) fn gone(&self) -> Option<Millis> {
        self.draining.map(|at| at.saturating_add(DRAIN))
    }

    /// When it gets traffic: from, and until if that is known.
    pub(crate) fn serving(&self) -> Option<(Millis, Option<Millis>)> {
        self.ready.map(|ready| (ready, self.draining))
    }

    /// Whether it is yet to be stopped, if ever.
    fn runs_after(&self, now: Millis) -> bool {
        self.draining.is_none_or(|draining| draining > now)
    }

    fn is_ready(&self, now: Millis) -> bool {
        self.status(now) == Some(PodStatus::Healthy)
    }
}

impl App {
    /// Replaces all pods, one by one: an old pod that serves is stopped when a new one can
    /// take over, and never if no new one can.
    pub(crate) fn replace_pods(&mut self, release: &Release, now: Millis) {
        self.forget_pods(now);
        self.generation += 1;
        let new: Vec<Pod> = (0..self.replicas)
            .map(|at| self.new_pod(release, now.saturating_add(Millis::from(at) * STEP)))
            .collect();
        let mut takeovers = new.iter().map(|pod| pod.ready);
        let last_takeover = new.last().and_then(|pod| pod.ready);
        let mut to_keep = new.len();
        for pod in self.pods.iter_mut().filter(|pod| pod.runs_after(now)) {
            pod.draining = if to_keep == 0 || !pod.is_ready(now) {
                Some(now)
            } else if release.healthy {
                takeovers.next().unwrap_or(last_takeover)
            } else {
                to_keep -= 1;
                None
            };
        }
        self.pods.extend(new);
    }

    /// Starts missing pods and stops surplus ones.
    pub(crate) fn scale_pods(&mut self, release: &Release, now: Millis) {
        self.forget_pods(now);
        let desired = usize::try_from(self.replicas).unwrap_or(usize::MAX);
        let generation = self.generation;
        // Pods of this generation and, if it is not healthy, earlier ones that still serve:
        // of each kind, there may be as many as desired.
        for current in [true, false] {
            self.pods
                .iter_mut()
                .filter(|pod| (pod.generation == generation) == current)
                .filter(|pod| pod.runs_after(now))
                .skip(desired)
                .for_each(|pod| pod.draining = Some(now));
        }
        let running = self
            .pods
            .iter()
            .filter(|pod| pod.generation == generation && pod.runs_after(now))
            .count();
        for at in running..desired {
            let delay = Millis::try_from(at - running).unwrap_or_default() * STEP;
            let pod = self.new_pod(release, now.saturating_add(delay));
            self.pods.push(pod);
        }
    }

    /// Stops one pod and starts another one instead; returns whether the pod exists.
    pub(crate) fn kill_pod(&mut self, name: &str, now: Millis) -> bool {
        let Some(index) =
            self.pods.iter().position(|pod| pod.name == name && pod.status(now).is_some())
        else {
            return false;
        };
        let Some(pod) = self.pods.get_mut(index).filter(|pod| pod.runs_after(now)) else {
            return true;
        };
        let stays = pod.draining.is_none();
        pod.draining = Some(now);
        if stays {
            let killed = pod.clone();
            let mut replacement = Pod {
                name: String::new(),
                from: now,
                ready: killed.ready.map(|_| now.saturating_add(START)),
                fails: killed.fails.map(|_| now.saturating_add(FAIL)),
                draining: None,
                last_end: None,
                ..killed.clone()
            };
            replacement.name = self.pod_name(killed.generation);
            // An older pod waits that would have handed over to the killed one.
            for other in &mut self.pods {
                if other.draining.is_some()
                    && other.draining == killed.ready
                    && other.runs_after(now)
                {
                    other.draining = replacement.ready;
                }
            }
            self.pods.push(replacement);
        }
        true
    }

    fn new_pod(&mut self, release: &Release, from: Millis) -> Pod {
        Pod {
            name: self.pod_name(self.generation),
            generation: self.generation,
            version: release.version,
            sha: release.sha.clone(),
            from,
            ready: release.healthy.then_some(from.saturating_add(START)),
            fails: (!release.healthy).then_some(from.saturating_add(FAIL)),
            draining: None,
            last_end: None,
        }
    }

    /// Kubernetes' form of names: app, generation, pod.
    fn pod_name(&mut self, generation: u64) -> String {
        let serial = self.next_serial();
        let generation = self.suffix(generation << 32, 9);
        format!("{}-{generation}-{}", self.name, self.suffix(serial, 5))
    }

    /// Removes pods that were only planned, and the oldest ended ones.
    fn forget_pods(&mut self, now: Millis) {
        self.pods.retain(|pod| pod.from <= now);
        let gone = |pod: &Pod| pod.gone().is_some_and(|gone| gone <= now);
        let mut surplus =
            self.pods.iter().filter(|pod| gone(pod)).count().saturating_sub(MAX_STOPPED);
        self.pods.retain(|pod| {
            let drop = surplus > 0 && gone(pod);
            surplus -= usize::from(drop);
            !drop
        });
    }
}

#[cfg(test)]
mod tests;
