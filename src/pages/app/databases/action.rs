//! Actions on a standard database that need only a confirmation.

use backoffice_contract::database::{Database, Plan, ScaleDatabaseRequest};
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;

use crate::components::{CallDialog, ErrorNote, open_while_some};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::words;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::use_toasts;
use backoffice_web_client::{Mutation, use_mutation};

/// An action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Stops it and starts it again.
    Restart,
    /// Stops it.
    Stop,
    /// Starts it.
    Start,
    /// Adds a standby machine.
    AvailabilityOn,
    /// Removes the standby machine.
    AvailabilityOff,
}

impl Action {
    /// The verb on the button.
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

    /// What it interrupts and costs.
    fn consequence(self, database: &Database) -> String {
        let price = |on: bool| {
            let plan = database.plan()?;
            Some(words::difference(plan.price(!on), plan.price(on)))
        };
        let minutes = || {
            let (least, most) = database.plan().map_or((4, 25), Plan::minutes_to_scale);
            format!("This takes {least} to {most} minutes and closes all connections.")
        };
        match self {
            Self::Restart => {
                "All connections are closed, and app requests that need the database fail for \
                 about a minute. The app reconnects automatically."
                    .to_owned()
            }
            Self::Stop => {
                "All connections are closed, and app requests that need the database fail until \
                 you start it again. Data and backups are kept."
                    .to_owned()
            }
            Self::Start => "It accepts connections again after a few minutes.".to_owned(),
            Self::AvailabilityOn => format!(
                "A standby machine with all data takes over when the first one fails. {} {}",
                price(true).unwrap_or_else(|| "The price doubles.".to_owned()),
                minutes()
            ),
            Self::AvailabilityOff => format!(
                "If the machine fails, the database is unavailable until the platform has \
                 replaced it. {} {}",
                price(false).unwrap_or_else(|| "The price halves.".to_owned()),
                minutes()
            ),
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Restart => "The database is restarting.",
            Self::Stop => "Database stopped.",
            Self::Start => "The database is starting.",
            Self::AvailabilityOn | Self::AvailabilityOff => "Changing high availability.",
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

    /// Sends the current size too, so that nothing depends on how the API reads `null`.
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

/// Asks the user to confirm an action.
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
