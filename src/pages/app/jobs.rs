//! Commands that run once, in a container of their own.

mod job_list;
mod job_output;
mod memory;
mod preconditions;
mod run_form;

use std::collections::BTreeSet;

use backoffice_contract::app::AppStatus;
use leptos::prelude::*;

use crate::components::{QueryView, Stamp};
use crate::pages::app::jobs::job_list::JobList;
use crate::pages::app::jobs::memory::{JobMemory, JobState, Started, looks_secret, state};
use crate::pages::app::jobs::preconditions::Preconditions;
use crate::pages::app::jobs::run_form::RunForm;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::rollout::is_job;
use backoffice_ui::Card;
use backoffice_web_client::tab_memory;
use backoffice_web_client::use_poll;

/// A job that was started and is not listed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Expected {
    started: Started,
    /// The jobs that were there before.
    before: BTreeSet<String>,
}

/// The id of the form.
const RUN: &str = "run-command";

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Jobs {
    memory: RwSignal<JobMemory>,
    expected: RwSignal<Option<Expected>>,
    /// The job whose output is shown.
    shown: RwSignal<Option<String>>,
}

/// The command line, presets, and the jobs that are there.
#[component]
pub fn JobsPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    // Another app has other jobs.
    move || view! { <AppJobs app=name.get() /> }
}

#[component]
fn AppJobs(app: String) -> impl IntoView {
    let AppContext { status, .. } = use_app();
    let jobs = Jobs::new(&app);
    let running = Signal::derive(move || {
        jobs.expected.with(Option::is_some)
            || status.data().is_some_and(|status| {
                status.pods.iter().any(|pod| is_job(pod) && state(pod) == JobState::Running)
            })
    });
    use_poll(status, running);
    Effect::new(move |_| {
        if let Some(status) = status.data() {
            jobs.find(&status);
        }
    });
    view! {
        <div class="stack">
            <p class="muted">
                "A command in a container of its own: migrations, seeds, anything that ends by itself within 5 minutes."
            </p>
            <div class="grid">
                <RunForm jobs />
                <div class="stack">
                    <Card title="Jobs" actions=move || view! { <Stamp query=status /> }.into_any()>
                        <QueryView query=status show=Callback::new(move |status| view! { <JobList jobs status /> }.into_any()) />
                    </Card>
                    <Preconditions />
                </div>
            </div>
        </div>
    }
}

impl Jobs {
    fn new(app: &str) -> Self {
        // It is forgotten with the session, so nobody else's is found.
        let key = format!("jobs.{app}");
        let memory = RwSignal::new(tab_memory::recall::<JobMemory>(&key).unwrap_or_default());
        Effect::new(move |_| {
            memory.with(|memory| {
                if *memory != JobMemory::default() {
                    // Where it cannot be kept, it lives as long as the page.
                    tab_memory::remember(&key, memory);
                }
            });
        });
        Self { memory, expected: RwSignal::new(None), shown: RwSignal::new(None) }
    }

    /// Notes that a command was started.
    fn started(self, command: &str, at: u64, status: Option<AppStatus>) {
        self.memory.update(|memory| memory.ran(command));
        let command = (!looks_secret(command)).then(|| command.to_owned());
        let before = status.map(|status| names(&status)).unwrap_or_default();
        self.expected.set(Some(Expected { started: Started { at, command }, before }));
    }

    /// The answer to starting a job does not name it: it is the one that was not there.
    fn find(self, status: &AppStatus) {
        let there = names(status);
        let found = self.expected.with_untracked(|expected| {
            let expected = expected.as_ref()?;
            let new = there.iter().find(|name| !expected.before.contains(*name))?;
            Some((new.clone(), expected.started.clone()))
        });
        if let Some((name, started)) = found {
            self.memory.update(|memory| {
                // What is not listed any more is of no use.
                memory.started.retain(|name, _| there.contains(name));
                memory.started.insert(name.clone(), started);
            });
            // Whoever starts something wants to see what it says.
            self.shown.set(Some(name));
            self.expected.set(None);
        }
    }
}

fn names(status: &AppStatus) -> BTreeSet<String> {
    status.pods.iter().filter(|pod| is_job(pod)).map(|pod| pod.name.clone()).collect()
}
