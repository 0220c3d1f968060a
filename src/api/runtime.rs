//! Time, waiting and chance, as the browser has them.

use backoffice_client::{LocalBoxFuture, Millis, Runtime};
use futures_util::FutureExt as _;
use gloo_timers::future::TimeoutFuture;

/// The browser's clock, timers and random numbers.
pub(super) struct BrowserRuntime;

impl Runtime for BrowserRuntime {
    fn now(&self) -> Millis {
        now()
    }

    fn sleep(&self, ms: Millis) -> LocalBoxFuture<'static, ()> {
        // Timers of browsers count in 31 bits and fire at once beyond.
        let ms = u32::try_from(ms).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs());
        TimeoutFuture::new(ms).boxed_local()
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}

/// Milliseconds since the epoch.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is a date of today"
)]
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// Whether the browser has a network at all; that the API can be reached is another question.
pub(super) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
