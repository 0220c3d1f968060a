//! What another scale does to an app, and what it costs.

use backoffice_contract::prices;

/// Number and size of replicas.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScaleOf {
    /// Replicas; 0 is stopped.
    pub replicas: u32,
    /// Size of each; 1 is 1 GB of memory.
    pub size: f64,
}

impl ScaleOf {
    /// US dollars a month on the standard tier, if it stays like that. Sizes come in
    /// steps of 0.1, so these are whole dollars.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "far below where it begins")]
    pub fn dollars(self) -> f64 {
        prices::replicas_cents(self.replicas, self.size) as f64 / 100.0
    }

    /// Whether both are the same scale.
    #[must_use]
    pub fn is(self, other: Self) -> bool {
        self.replicas == other.replicas && same_size(self.size, other.size)
    }

    /// In short, `2 × 0.5`.
    #[must_use]
    pub fn text(self) -> String {
        format!("{} × {}", self.replicas, self.size)
    }
}

/// What happens to the pods between two scales, in a sentence.
#[must_use]
pub fn effect(before: ScaleOf, after: ScaleOf) -> String {
    let pods = |count: u32| match count {
        1 => "1 pod".to_owned(),
        count => format!("{count} pods"),
    };
    let resized = !same_size(before.size, after.size);
    match (before.replicas, after.replicas) {
        _ if before.is(after) => "It is scaled like that already.".to_owned(),
        (0, 0) => "The app stays stopped and gets the new size when it starts.".to_owned(),
        (_, 0) => "The app stops: its pods end, nobody is answered, and it costs nothing. \
                   Config, releases and databases stay."
            .to_owned(),
        (0, count) => {
            format!(
                "The app starts with {} of the newest release, if it was deployed.",
                pods(count)
            )
        }
        (_, count) if resized => format!(
            "Another size replaces all pods, one by one, by {}. The old ones serve until the new \
             ones are healthy.",
            pods(count)
        ),
        (old, count) if count > old => {
            format!("{} more of the same release; those that run stay.", pods(count - old))
        }
        (old, count) => {
            let end = match old - count {
                1 => "1 pod finishes what it has and ends".to_owned(),
                ended => format!("{ended} pods finish what they have and end"),
            };
            let stay = if count == 1 { "1 pod keeps serving" } else { "the others keep serving" };
            format!("{end}; {stay}.")
        }
    }
}

/// Sizes come in steps of 0.1.
fn same_size(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.05
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(replicas: u32, size: f64) -> ScaleOf {
        ScaleOf { replicas, size }
    }

    #[test]
    fn costs_ten_dollars_for_each_fifth_of_a_size() {
        for (replicas, size, dollars) in
            [(1, 0.2, 10.0), (2, 0.5, 50.0), (3, 0.3, 45.0), (0, 4.0, 0.0), (1, 1.1, 55.0)]
        {
            assert!((of(replicas, size).dollars() - dollars).abs() < 1e-9, "{replicas} {size}");
        }
    }

    #[test]
    fn says_what_happens_to_the_pods() {
        for (before, after, text) in [
            (of(2, 0.5), of(2, 0.5), "already"),
            (of(2, 0.5), of(0, 0.5), "The app stops"),
            (of(0, 0.5), of(1, 0.5), "starts with 1 pod"),
            (of(2, 0.5), of(2, 0.6), "replaces all pods, one by one, by 2 pods"),
            (of(2, 0.5), of(5, 0.5), "3 pods more"),
            (of(2, 0.5), of(1, 0.5), "1 pod finishes what it has and ends; 1 pod keeps"),
            (of(5, 0.5), of(2, 0.5), "3 pods finish what they have and end; the others keep"),
            (of(0, 0.5), of(0, 0.6), "stays stopped"),
        ] {
            let effect = effect(before, after);
            assert!(effect.contains(text), "{effect}");
        }
    }
}
