//! How to connect to a database, and with how many connections.

use backoffice_contract::database::Database;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::nav::AppPage;
use crate::pages::app::databases::connection::{self, Way};
use crate::pages::app::databases::pool;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::{CodeBlock, Note, SecretBlock, Segments, Tone};

/// Lines to copy, a way to connect at a time.
#[component]
pub fn Connect(database: Memo<Database>) -> impl IntoView {
    let AppContext { status, .. } = use_app();
    let way = RwSignal::new(Way::Url);
    let pool = Memo::new(move |_| {
        let replicas = status.data().map_or(1, |status| status.replicas_desired);
        database.with(|database| pool::advice(database, replicas)).map_or(9, |advice| advice.size)
    });
    let lines = move |masked| {
        Signal::derive(move || {
            database.with(|database| connection::lines(way.get(), database, pool.get(), masked))
        })
    };
    view! {
        <section class="database__part stack stack--close">
            <h3>"Connect"</h3>
            <div class="database__ways"><Segments label="Connect with" value=way items=Way::ALL.to_vec() /></div>
            {move || {
                let way = way.get();
                if way.has_secret() {
                    view! { <SecretBlock code=lines(false) masked=lines(true) label=way.label() /> }.into_any()
                } else {
                    view! { <CodeBlock code=lines(false) label=way.label() /> }.into_any()
                }
            }}
            <p class="muted small">{move || way.get().hint()}</p>
        </section>
    }
}

/// The advice on `POOL_SIZE`. What it is set to would cost a request, so it is not read.
#[component]
pub fn PoolSize(database: Memo<Database>) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let advice = Memo::new(move |_| {
        let replicas = status.data()?.replicas_desired;
        database.with(|database| pool::advice(database, replicas))
    });
    move || {
        let advice = advice.get()?;
        Some(view! {
            <section class="database__part stack stack--close">
                <h3>"Connections of each replica"</h3>
                <p>
                    "Set " <code>"POOL_SIZE"</code> " to at most " <b>{advice.size}</b> ". "
                    <span class="muted">{advice.why}</span>
                </p>
                {advice.warning.map(|warning| view! {
                    <Note tone=Tone::Limit title="Connections are tight"><p>{warning}</p></Note>
                })}
                <p class="muted small">
                    "What it is set to now is in "
                    <A href=paths::app(&name.get(), AppPage::Config) attr:class="link">"Config"</A>
                    "; the app reads it when it starts."
                </p>
            </section>
        })
    }
}
