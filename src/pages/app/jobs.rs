//! One-off commands, each in its own container.

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

/// A started job that the API does not list yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Expected {
    started: Started,
    /// The jobs that were listed before.
    before: BTreeSet<String>,
}

/// The form's id.
const RUN: &str = "run-command";

/// State that the parts of the page share.
#[derive(Clone, Copy)]
struct Jobs {
    memory: RwSignal<JobMemory>,
    expected: RwSignal<Option<Expected>>,
    /// The job whose output is shown.
    shown: RwSignal<Option<String>>,
}

/// The command line, presets and the list of jobs.
#[component]
pub fn JobsPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    // Each app has its own jobs.
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
                "Run a command in its own container: migrations, seeds or anything else that ends within 5 minutes."
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
        // Tab memory is cleared with the session, so this finds no other user's jobs.
        let key = format!("jobs.{app}");
        let memory = RwSignal::new(tab_memory::recall::<JobMemory>(&key).unwrap_or_default());
        Effect::new(move |_| {
            memory.with(|memory| {
                if *memory != JobMemory::default() {
                    // If storage is blocked, it lasts as long as the page.
                    tab_memory::remember(&key, memory);
                }
            });
        });
        Self { memory, expected: RwSignal::new(None), shown: RwSignal::new(None) }
    }

    /// Remembers that a command was started.
    fn started(self, command: &str, at: u64, status: Option<AppStatus>) {
        self.memory.update(|memory| memory.ran(command));
        let command = (!looks_secret(command)).then(|| command.to_owned());
        let before = status.map(|status| names(&status)).unwrap_or_default();
        self.expected.set(Some(Expected { started: Started { at, command }, before }));
    }

    /// Finds the started job. The answer to starting it does not name it: it is the one
    /// that was not listed before.
    fn find(self, status: &AppStatus) {
        let there = names(status);
        let found = self.expected.with_untracked(|expected| {
            let expected = expected.as_ref()?;
            let new = there.iter().find(|name| !expected.before.contains(*name))?;
            Some((new.clone(), expected.started.clone()))
        });
        if let Some((name, started)) = found {
            self.memory.update(|memory| {
                // Jobs that are no longer listed are of no use.
                memory.started.retain(|name, _| there.contains(name));
                memory.started.insert(name.clone(), started);
            });
            // Users who start a job want to see its output.
            self.shown.set(Some(name));
            self.expected.set(None);
        }
    }
}

fn names(status: &AppStatus) -> BTreeSet<String> {
    status.pods.iter().filter(|pod| is_job(pod)).map(|pod| pod.name.clone()).collect()
}
