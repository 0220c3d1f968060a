//! Time, waiting and chance, which the host provides.

use futures_util::future::LocalBoxFuture;

/// Milliseconds since the epoch, UTC; also a duration in milliseconds.
pub type Millis = u64;

/// What the client needs from its host and never takes by itself, so that every
/// rule can be tested with a clock that does not tick.
pub trait Runtime {
    /// The time.
    fn now(&self) -> Millis;

    /// Resolves after `ms`, or earlier where timers have an upper limit.
    fn sleep(&self, ms: Millis) -> LocalBoxFuture<'static, ()>;

    /// A number in `[0, 1)`.
    fn random(&self) -> f64;
}
