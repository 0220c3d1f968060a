//! What a job writes, as it comes.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::ErrorNote;
use crate::pages::app::logs::lines::LogLines;
use crate::pages::app::logs::stream::{LogStream, use_log_stream};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;

/// The log lines of one job, followed while they are shown, which costs one request. The API
/// has one log for the whole app, in which each line names its container.
#[component]
pub(super) fn JobOutput(
    /// The job's container.
    pod: String,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let LogStream { lines, error, .. } = use_log_stream(name, Signal::stored(true));
    let all = {
        let pod = pod.clone();
        move || paths::logs_of(&name.get(), &pod)
    };
    view! {
        <div class="job__output">
            <ErrorNote error />
            <LogLines lines filter=Signal::stored(pod) small=true />
            <A href=all attr:class="link small">"On the log page"</A>
        </div>
    }
}
