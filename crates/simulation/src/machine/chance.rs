//! Chance that is the same for the same seed.

use std::cell::Cell;
use std::f64::consts::TAU;

use backoffice_client::Millis;

/// A source of random numbers (Steele, Lea and Flood, "Fast Splittable Pseudorandom
/// Number Generators", SplitMix64).
#[derive(Debug)]
pub struct Chance {
    state: Cell<u64>,
}

impl Chance {
    /// A source that depends on nothing but the seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: Cell::new(seed) }
    }

    /// Another source, so that who draws from it changes nothing for those who draw
    /// from this one.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self::new(self.next())
    }

    fn next(&self) -> u64 {
        let state = self.state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.state.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Uniform in `[0, 1)`.
    pub fn uniform(&self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `[least, most]`, in whole milliseconds.
    pub fn between(&self, least: Millis, most: Millis) -> Millis {
        let width = most.saturating_sub(least) + 1;
        least + (self.uniform() * width as f64) as Millis
    }

    /// True with this probability.
    pub fn happens(&self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// The time to the next event of a Poisson process, with this mean.
    pub fn exponential(&self, mean: f64) -> f64 {
        -mean * (1.0 - self.uniform()).ln()
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller).
    pub fn normal(&self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (TAU * self.uniform()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_distribution() {
        let chance = Chance::new(1);
        let count = 20_000;
        let mean = |draw: &dyn Fn() -> f64| (0..count).map(|_| draw()).sum::<f64>() / 20_000.0;
        assert!((mean(&|| chance.uniform()) - 0.5).abs() < 0.01);
        assert!((mean(&|| chance.exponential(3.0)) - 3.0).abs() < 0.1);
        assert!(mean(&|| chance.normal()).abs() < 0.03);
        assert!((mean(&|| chance.normal().powi(2)) - 1.0).abs() < 0.05);
        assert!((0..count).all(|_| (1..=3).contains(&chance.between(1, 3))));
    }
}
