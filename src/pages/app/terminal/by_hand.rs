//! Connecting without the command-line client, once asked for: it costs requests.

use backoffice_contract::app::{ObserverCommands, SshIp};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationCommand, QueryView};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::terminal::tasks;
use backoffice_ui::{Button, Card, CodeBlock, CommandStrip};
use backoffice_web_client::use_query;

/// The address and the commands that the client would run.
#[component]
pub(super) fn ByHand() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let wanted = RwSignal::new(false);
    let observed = RwSignal::new(false);
    Effect::new(move |_| {
        name.track();
        wanted.set(false);
        observed.set(false);
    });
    let ip = use_query(move || wanted.get().then(|| op::GetSshIp { app: name.get() }));
    let observer =
        use_query(move || observed.get().then(|| op::GetObserverCommands { app: name.get() }));
    let command = Signal::derive(move || op::GetSshIp { app: name.get() });
    view! {
        <Card title="By hand" foot=move || view! { <OperationCommand operation=command /> }.into_any()>
            <div class="card__body stack stack--close">
                <p class="muted">
                    "The client reads an address and runs " <code>"ssh"</code> ". It takes the key of "
                    <code>"GIGALIXIR_IDENTITY_FILE"</code> " where that is set, as " <code>"-i"</code> " does."
                </p>
                <CommandStrip command=Signal::stored("export GIGALIXIR_IDENTITY_FILE=~/.ssh/id_ed25519".to_owned()) framed=true />
                <Show
                    when=move || wanted.get()
                    fallback=move || view! {
                        <p class="row">
                            <Button on_click=Callback::new(move |()| wanted.set(true))>"Show the address"</Button>
                            <span class="stamp">"Costs 1 request"</span>
                        </p>
                    }
                >
                    <QueryView query=ip lines=2 show=Callback::new(|ip: Signal<SshIp>| view! { <Address ip /> }.into_any()) />
                </Show>
                <Show
                    when=move || observed.get()
                    fallback=move || view! {
                        <p class="row">
                            <Button on_click=Callback::new(move |()| observed.set(true))>"Show what the observer evaluates"</Button>
                            <span class="stamp">"Costs 1 request"</span>
                        </p>
                    }
                >
                    <QueryView query=observer lines=2 show=Callback::new(|commands| view! { <Observed commands /> }.into_any()) />
                </Show>
            </div>
        </Card>
    }
}

#[component]
fn Address(ip: Signal<SshIp>) -> impl IntoView {
    let commands = move || ip.with(|ip| tasks::by_hand(&ip.ssh_ip));
    view! {
        <dl class="by-hand">
            {move || commands().into_iter().map(|(title, command)| view! {
                <dt>{title}</dt>
                <dd><CommandStrip command=Signal::stored(command) framed=true /></dd>
            }).collect_view()}
        </dl>
    }
}

#[component]
fn Observed(commands: Signal<ObserverCommands>) -> impl IntoView {
    let code = Signal::derive(move || {
        commands.with(|commands| format!("{}\n{}", commands.get_cookie, commands.get_node_name))
    });
    view! {
        <p class="muted">"On the node, for its cookie and its name. With both, your own Erlang connects to it through two forwarded ports."</p>
        <CodeBlock code label="Code that the observer evaluates" />
    }
}
