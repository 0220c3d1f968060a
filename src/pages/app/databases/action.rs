//! What a person may do to a standard database with no more than a yes.

use backoffice_contract::database::{Database, Plan, ScaleDatabaseRequest};
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;

use crate::components::{CallDialog, ErrorNote, open_while_some};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::words;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::use_toasts;
use backoffice_web_client::{Mutation, use_mutation};

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Stopping and starting it again.
    Restart,
    /// Switching it off.
    Stop,
    /// Switching it on.
    Start,
    /// A second machine that stands by.
    AvailabilityOn,
    /// No second machine.
    AvailabilityOff,
}

impl Action {
    /// The verb, for the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Restart => "Restart",
            Self::Stop => "Stop",
            Self::Start => "Start",
            Self::AvailabilityOn => "Turn on",
            Self::AvailabilityOff => "Turn off",
        }
    }

    const fn question(self) -> &'static str {
        match self {
            Self::Restart => "Restart the database?",
            Self::Stop => "Stop the database?",
            Self::Start => "Start the database?",
            Self::AvailabilityOn => "Turn high availability on?",
            Self::AvailabilityOff => "Turn high availability off?",
        }
    }

    /// What it interrupts, and what it costs.
    fn consequence(self, database: &Database) -> String {
        let price = |on: bool| {
            let plan = database.plan()?;
            Some(words::difference(plan.price(!on), plan.price(on)))
        };
        let minutes = || {
            let (least, most) = database.plan().map_or((4, 25), Plan::minutes_to_scale);
            format!("It takes {least} to {most} minutes, during which connections break off.")
        };
        match self {
            Self::Restart => {
                "All connections break off, and requests of the app that need the database fail \
                 for a minute or so. The app connects again by itself."
                    .to_owned()
            }
            Self::Stop => {
                "All connections break off, and requests of the app that need the database fail \
                 until you start it again. Data and backups are kept."
                    .to_owned()
            }
            Self::Start => "It takes connections again after a few minutes.".to_owned(),
            Self::AvailabilityOn => format!(
                "A second machine stands by with all data and takes over when the first fails. {} {}",
                price(true).unwrap_or_else(|| "It doubles the price.".to_owned()),
                minutes()
            ),
            Self::AvailabilityOff => format!(
                "When the machine fails, the database is away until the platform has replaced \
                 it. {} {}",
                price(false).unwrap_or_else(|| "It halves the price.".to_owned()),
                minutes()
            ),
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Restart => "The database restarts.",
            Self::Stop => "The database is stopped.",
            Self::Start => "The database starts.",
            Self::AvailabilityOn | Self::AvailabilityOff => "High availability is being changed.",
        }
    }

    fn cli(self, app: &str, database: &Database) -> String {
        let (app, id) = (app.to_owned(), database.id.clone());
        let command = match self {
            Self::Restart => op::RestartDatabase { app, database: id }.cli(),
            Self::Stop => op::StopDatabase { app, database: id }.cli(),
            Self::Start => op::StartDatabase { app, database: id }.cli(),
            Self::AvailabilityOn | Self::AvailabilityOff => self.scale(app, database).cli(),
        };
        command.unwrap_or_default()
    }

    /// The size goes along as it is, so that nothing depends on how `null` is read.
    fn scale(self, app: String, database: &Database) -> op::ScaleDatabase {
        let on = self == Self::AvailabilityOn;
        let body = ScaleDatabaseRequest {
            size: database.size,
            high_availability: Some(if on { "enabled" } else { "disabled" }.to_owned()),
        };
        op::ScaleDatabase { app, database: database.id.clone(), body }
    }

    fn run(self, app: String, database: &Database, call: Mutation, done: impl FnOnce() + 'static) {
        let id = database.id.clone();
        match self {
            Self::Restart => call.run(op::RestartDatabase { app, database: id }, |_| done()),
            Self::Stop => call.run(op::StopDatabase { app, database: id }, |_| done()),
            Self::Start => call.run(op::StartDatabase { app, database: id }, |_| done()),
            Self::AvailabilityOn | Self::AvailabilityOff => {
                call.run(self.scale(app, database), |_| done());
            }
        }
    }
}

/// Asks before an action.
#[component]
pub fn ActionDialog() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let target = use_dialogs().action;
    let toasts = use_toasts();
    let call = use_mutation();
    let open = open_while_some(target);
    let text = move |read: fn(Action, &Database, &str) -> String| {
        Signal::derive(move || {
            target
                .with(|target| {
                    let (action, database) = target.as_ref()?;
                    Some(read(*action, database, &name.get()))
                })
                .unwrap_or_default()
        })
    };
    let consequence = text(|action, database, _| action.consequence(database));
    view! {
        <CallDialog
            open
            title=text(|action, _, _| action.question().to_owned())
            confirm_label=text(|action, _, _| action.label().to_owned())
            call
            command=text(|action, database, app| action.cli(app, database))
            on_confirm=Callback::new(move |()| {
                let Some((action, database)) = target.get_untracked() else { return };
                action.run(name.get_untracked(), &database, call, move || {
                    open.set(false);
                    toasts.ok(action.done());
                });
            })
        >
            <p>{consequence}</p>
            <ErrorNote error=call.error />
        </CallDialog>
    }
}
