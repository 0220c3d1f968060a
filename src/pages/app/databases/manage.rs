//! What can be done to a standard database, a row each.

use backoffice_contract::database::{Database, DatabaseState, newer_versions};
use leptos::prelude::*;

use crate::pages::app::databases::action::Action;
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::words;
use backoffice_ui::{Button, ButtonVariant, IconName};

/// Size, availability, restart, stop and start, version. While something is under way,
/// none of it can be done; the note above says what.
#[component]
pub fn Manage(database: Memo<Database>) -> impl IntoView {
    let dialogs = use_dialogs();
    let stopped =
        Memo::new(move |_| database.with(|database| database.state == DatabaseState::Stopped));
    let busy = Signal::derive(move || database.with(|database| database.state.in_transition()));
    let running = Signal::derive(move || !busy.get() && !stopped.get());
    let halted = Signal::derive(move || !running.get());
    let ask = move |action: Action| {
        Callback::new(move |()| dialogs.action.set(Some((action, database.get_untracked()))))
    };
    let size = move || {
        database.with(|database| {
            let plan = database.plan()?;
            let price = plan.price(database.is_highly_available().unwrap_or_default());
            Some(format!("{} GB of memory for {} a month.", plan.size, words::dollars(price)))
        })
    };
    let availability = Memo::new(move |_| database.with(Database::is_highly_available));
    let available = move || match availability.get() {
        Some(true) => "On: a second machine takes over when the first fails.",
        Some(false) => "Off: no second machine stands by.",
        None => "The API does not say whether it is on.",
    };
    let power = move || if stopped.get() { Action::Start } else { Action::Stop };
    let version = Memo::new(move |_| database.with(|database| database.version.clone()));
    let newest = Memo::new(move |_| {
        version.with(|version| newer_versions(version.as_deref()?).last().copied())
    });
    let versions = move || match newest.get() {
        Some(newest) => format!("Up to {}. There is no way back.", words::version(newest)),
        None => "The newest version that the console knows.".to_owned(),
    };
    view! {
        <section class="database__part">
            <h3>"Manage"</h3>
            <ul class="rows">
                <Row title="Size" detail=Signal::derive(move || size().unwrap_or_else(|| "Not on the price list.".to_owned()))>
                    <Button
                        icon=IconName::Scale
                        label="Scale the database"
                        disabled=halted
                        on_click=Callback::new(move |()| dialogs.scale.set(Some(database.get_untracked())))
                    >
                        "Scale"
                    </Button>
                </Row>
                <Row title="High availability" detail=Signal::derive(move || available().to_owned())>
                    // A server that does not say gets both.
                    {move || (availability.get() != Some(true)).then(|| view! {
                        <Button label="Turn high availability on" disabled=halted on_click=ask(Action::AvailabilityOn)>"Turn on"</Button>
                    })}
                    {move || (availability.get() != Some(false)).then(|| view! {
                        <Button label="Turn high availability off" disabled=halted on_click=ask(Action::AvailabilityOff)>"Turn off"</Button>
                    })}
                </Row>
                <Row title="Version" detail=Signal::derive(versions)>
                    {move || newest.get().map(|_| view! {
                        <Button
                            label="Upgrade the database"
                            disabled=halted
                            on_click=Callback::new(move |()| dialogs.upgrade.set(Some(database.get_untracked())))
                        >
                            "Upgrade"
                        </Button>
                    })}
                </Row>
                <Row title="Power" detail=Signal::derive(move || power_detail(stopped.get()).to_owned())>
                    <Button icon=IconName::Restart label="Restart the database" disabled=halted on_click=ask(Action::Restart)>"Restart"</Button>
                    <Button
                        label=Signal::derive(move || format!("{} the database", power().label()))
                        disabled=busy
                        on_click=Callback::new(move |()| ask(untrack(power)).run(()))
                    >
                        {move || power().label()}
                    </Button>
                </Row>
            </ul>
        </section>
    }
}

const fn power_detail(stopped: bool) -> &'static str {
    if stopped {
        "Stopped: nothing can connect."
    } else {
        "A restart or stop breaks all connections off."
    }
}

/// Deleting, apart from the rest.
#[component]
pub fn DeleteRow(database: Memo<Database>) -> impl IntoView {
    let deleting = use_dialogs().delete;
    view! {
        <ul class="rows rows--apart">
            <Row title="Delete the database" detail=Signal::stored("All data is lost, and cannot be brought back.".to_owned())>
                <Button
                    variant=ButtonVariant::Danger
                    label=Signal::derive(move || format!("Delete {}", database.with(words::name)))
                    on_click=Callback::new(move |()| deleting.set(Some(database.get_untracked())))
                >
                    "Delete"
                </Button>
            </Row>
        </ul>
    }
}

#[component]
fn Row(title: &'static str, detail: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <li class="rows__row">
            <div class="rows__text">
                <p class="rows__title">{title}</p>
                <p class="muted small">{detail}</p>
            </div>
            <div class="rows__actions">{children()}</div>
        </li>
    }
}
