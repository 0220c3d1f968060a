//! Mails of the sandbox, which go nowhere else.

use backoffice_contract::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;

use backoffice_ui::{Button, ButtonVariant, IconName, Note, Tone};
use backoffice_web_client::{Mail, use_api};

/// The newest mail to an address, with a button that takes its code or link over.
/// Shows nothing unless the API is a sandbox.
#[component]
pub fn Mailbox(
    /// Whose mail.
    #[prop(into)]
    to: Signal<String>,
    /// What the button says.
    action: &'static str,
    /// Hands over the link of the mail rather than its code.
    #[prop(optional)]
    link: bool,
    /// Gets the code or, when there is none, the link.
    on_use: Callback<Secret>,
) -> impl IntoView {
    let api = use_api();
    let mail = RwSignal::new(None::<Mail>);
    let problem = RwSignal::new(None::<String>);
    let pending = RwSignal::new(false);
    let look = move || {
        pending.set(true);
        let to = to.get_untracked();
        spawn_local(async move {
            let mails = api.mailbox(&to).await;
            // The page may have been left meanwhile.
            let _ = pending.try_set(false);
            match mails {
                Ok(mails) => {
                    let _ = problem.try_set(
                        mails.is_empty().then(|| format!("There is no mail to {to} yet.")),
                    );
                    let _ = mail.try_set(mails.into_iter().next());
                }
                Err(reason) => {
                    let _ = problem.try_set(Some(reason));
                }
            }
        });
    };
    if api.choice().is_sandbox() {
        look();
    }
    let newest = move || {
        mail.get().map(|mail| {
            let value = if link { mail.link } else { mail.code.or(mail.link) };
            view! {
                <p>"Newest mail: " <b>{mail.subject}</b></p>
                {value.map(|value| view! {
                    <Button small=true icon=IconName::Check on_click=Callback::new(move |()| on_use.run(value.clone()))>
                        {action}
                    </Button>
                })}
            }
        })
    };
    api.choice().is_sandbox().then(move || {
        view! {
            <Note tone=Tone::Info title="A sandbox sends no mail">
                <p>"It keeps what it would have sent in a mailbox of its own."</p>
                {newest}
                {move || problem.get().map(|problem| view! { <p>{problem}</p> })}
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    icon=IconName::Refresh
                    pending=pending
                    on_click=Callback::new(move |()| look())
                >
                    "Look again"
                </Button>
            </Note>
        }
    })
}
