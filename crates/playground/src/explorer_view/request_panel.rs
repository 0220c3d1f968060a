//! The request as it will be sent, and as other programs write it.

use backoffice_explorer::{Language, Request, snippet};
use leptos::prelude::*;

use super::super::frame::{address, use_playground};
use super::exchange::{command, endpoint_of};
use backoffice_ui::{CodeBlock, CommandStrip, Segments};

/// How the request is shown; `None` as HTTP writes it.
type Form = Option<Language>;

/// The request in one of several languages, with placeholders for secrets.
#[component]
pub fn RequestPanel(
    /// The request; `None` while it cannot be made.
    request: Memo<Option<Request>>,
    /// The operation's id in the description of the console's API.
    own: Option<String>,
) -> impl IntoView {
    let settings = use_playground().settings;
    let form = RwSignal::new(None::<Language>);
    let mut items: Vec<(Form, &'static str)> = vec![(None, "HTTP")];
    items.extend(Language::ALL.map(|language| (Some(language), language.label())));
    let text = Signal::derive(move || {
        request.with(|request| {
            request.as_ref().map(|request| match form.get() {
                None => request.preview(),
                Some(language) => snippet(request, language),
            })
        })
    });
    let code = Signal::derive(move || text.get().unwrap_or_default());
    let endpoint = own.as_deref().and_then(endpoint_of);
    let cli = Memo::new(move |_| {
        let endpoint = endpoint?;
        request.with(|request| command(endpoint, request.as_ref()?))
    });
    view! {
        <section class="http__request" aria-label="Request">
            <div class="http__languages"><Segments label="Form of the request" value=form items /></div>
            <Show
                when=move || text.with(Option::is_some)
                fallback=|| view! { <p class="http__hint">"The request shows here once what is required has been filled in."</p> }
            >
                <CodeBlock code label="Text of the request" />
            </Show>
            {move || cli.get().map(|command| {
                let href = settings.with(|settings| {
                    let run = [("view", None), ("command", Some(command.as_str())), ("script", None), ("transcript", None), ("run", None)];
                    address(&settings.with(&run))
                });
                view! {
                    <CommandStrip command=command framed=true />
                    <p class="http__same"><a class="link" href=href>"Open this command in the shell"</a></p>
                }
            })}
        </section>
    }
}
