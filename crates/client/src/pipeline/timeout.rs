//! How long an answer is waited for.

use futures_util::future::{Either, select};

use crate::host::runtime::{Millis, Runtime};

/// A timer that fires later than this was not late: the machine slept.
const SLEPT: Millis = 5_000;
/// What a call gets after the machine woke up. Its answer may lie ready.
const GRACE: Millis = 5_000;

/// What came of `future`, unless that takes longer than `ms`.
pub(crate) async fn within<F: Future + Unpin>(
    runtime: &dyn Runtime,
    ms: Millis,
    future: F,
) -> Option<F::Output> {
    let asleep_after = runtime.now().saturating_add(ms).saturating_add(SLEPT);
    match select(future, runtime.sleep(ms)).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(((), future)) if runtime.now() > asleep_after => {
            match select(future, runtime.sleep(GRACE)).await {
                Either::Left((output, _)) => Some(output),
                Either::Right(_) => None,
            }
        }
        Either::Right(_) => None,
    }
}
