//! The open operation: what it is for, its form, its request and its answer.

use std::rc::Rc;

use backoffice_explorer::{Form, Location, Request, Server};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::super::frame::{address, needs_sign_in, use_playground};
use super::answer_panel::AnswerPanel;
use super::controls::select;
use super::credentials::{SecretField, Secrets, WhoCalls};
use super::exchange::{Exchange, endpoint_of};
use super::field_view::field_view;
use super::form_state::{Drafts, FormState};
use super::group_view::properties_view;
use super::operation_list::EntryText;
use super::prose::Prose;
use super::request_panel::RequestPanel;
use super::source::Opened;
use backoffice_ui::{Button, ButtonType, ButtonVariant, Disclosure, Note, Tone, unique_id};

/// An operation that can be filled in and sent.
#[component]
pub fn OperationView(
    /// The description.
    opened: StoredValue<Opened, LocalStorage>,
    /// The position of the operation.
    at: usize,
    /// What was entered before.
    drafts: Drafts,
    /// The secrets that were entered.
    secrets: Secrets,
) -> impl IntoView {
    let form = opened.with_value(|opened| Form::open(&opened.document, at));
    form.map(|form| view! { <Opening opened form at drafts secrets /> })
}

#[component]
fn Opening(
    opened: StoredValue<Opened, LocalStorage>,
    form: Form,
    at: usize,
    drafts: Drafts,
    secrets: Secrets,
) -> impl IntoView {
    let playground = use_playground();
    let api = playground.api;
    let form_state = FormState::new(form, at, drafts);
    let exchange = Exchange::new(api);
    let (own, base) = opened.with_value(|opened| (opened.own, opened.base.clone()));
    let id = form_state.ask(|form| form.operation().entry.id.clone());
    let endpoint = own.then(|| endpoint_of(&id)).flatten();
    let base: Rc<str> = base.into();
    let base = StoredValue::new_local(base);
    let request = Memo::new(move |_| -> Option<Request> {
        let base = base.get_value();
        let request = form_state.with(|form, draft| form.request(draft, &base)).ok()?;
        match form_state.ask(|form| secrets.credential(form, endpoint.is_some())) {
            Some(credential) => Some(request.with(credential)),
            None => Some(request),
        }
    });
    let whole = NodeRef::<html::Form>::new();
    let send = move || {
        form_state.attempted.set(true);
        match (request.get_untracked(), endpoint) {
            (Some(request), Some(endpoint)) => exchange.send_own(endpoint, &request),
            (Some(request), None) => exchange.send(&request),
            (None, _) => focus_first_problem(whole),
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    Effect::new(move |before: Option<u32>| {
        let asked = playground.asked_to_run.get();
        let at_once =
            before.is_none() && playground.settings.with_untracked(|settings| settings.run);
        // A page or a link sends nothing beyond the sandbox: that takes a press.
        let harmless = endpoint.is_some() && !api.place().is_live();
        if harmless && (at_once || before.is_some_and(|before| before != asked)) {
            send();
        }
        asked
    });
    let blocked = Signal::derive(move || {
        let wanted = endpoint.is_some_and(|row| row.auth == backoffice_contract::Auth::Access);
        (wanted && needs_sign_in(api)).then(|| "Sign in first.".to_owned())
    });
    let cancel = Callback::new(move |()| exchange.cancel());
    let shown_id = endpoint.is_some().then(|| id.clone());
    view! {
        <article class="http__open-one">
            <Head form_state />
            <form class="http__form" node_ref=whole novalidate on:submit=submit>
                <Servers form_state />
                <Parameters form_state location=Location::Path title="In the path" />
                <Parameters form_state location=Location::Query title="In the query" />
                <Parameters form_state location=Location::Header title="Headers" />
                <Parameters form_state location=Location::Cookie title="Cookies" />
                <RequestBody form_state />
                {match endpoint {
                    Some(_) => view! { <WhoCalls form_state /> }.into_any(),
                    None => view! { <SecretField form_state secrets /> }.into_any(),
                }}
                <div class="http__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit disabled_reason=blocked>"Send"</Button>
                    <Show when=move || exchange.under_way.get()>
                        <Button on_click=cancel>"Cancel"</Button>
                    </Show>
                    <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| form_state.reset())>"Reset"</Button>
                    <Blocking form_state />
                </div>
            </form>
            <AnswerPanel exchange />
            <RequestPanel request own=shown_id />
            <Answers form_state />
        </article>
    }
}

/// Method, path, and what the description says.
#[component]
fn Head(form_state: FormState) -> impl IntoView {
    let settings = use_playground().settings;
    let (entry, description, notes) = form_state.ask(|form| {
        let operation = form.operation();
        (operation.entry.clone(), operation.description.clone(), operation.notes.clone())
    });
    let repeats = description.trim() == entry.summary.trim();
    let back = move || settings.with(|settings| address(&settings.with(&[("operation", None)])));
    let deprecated = entry.deprecated;
    view! {
        <a class="link http__back" href=back>"All operations"</a>
        <h3 class="http__heading"><EntryText entry /></h3>
        {deprecated.then(|| view! { <p class="http__hint">"The description advises against using this one."</p> })}
        {(!repeats && !description.is_empty()).then(|| view! { <Prose text=description /> })}
        {(!notes.is_empty()).then(|| {
            let notes: Vec<AnyView> = notes.into_iter().map(|note| view! { <p>{note}</p> }.into_any()).collect();
            view! { <Note tone=Tone::Limit title="Parts of the description could not be read">{notes}</Note> }
        })}
    }
}

/// Which server is asked, where there are several.
#[component]
fn Servers(form_state: FormState) -> impl IntoView {
    let servers = form_state.ask(|form| form.operation().servers.clone());
    let several = servers.len() > 1;
    let id = unique_id("server");
    let below = format!("{id}-below");
    let path = StoredValue::new(Form::server_path());
    let chosen = Memo::new(move |_| {
        path.with_value(|path| Some(form_state.draft.with(|draft| draft.length(path))))
    });
    let name = |server: Server| match server.description.as_str() {
        "" => server.url,
        text => format!("{} ({text})", server.url),
    };
    let names: Vec<String> = servers.into_iter().map(name).collect();
    let pick = move |at: Option<usize>| {
        path.with_value(|path| form_state.change(|draft| draft.set(path, at.unwrap_or_default())));
    };
    let fields = move || {
        chosen.track();
        let fields = untrack(|| form_state.with(Form::server_fields));
        fields.into_iter().map(|field| field_view(form_state, field)).collect::<Vec<_>>()
    };
    view! {
        {several.then(|| view! {
            <div class="field http__field">
                <div class="http__label"><label class="field__label" for=id.clone()>"Server"</label></div>
                {select(chosen, names, None, pick, id, below)}
            </div>
        })}
        {fields}
    }
}

#[component]
fn Parameters(form_state: FormState, location: Location, title: &'static str) -> impl IntoView {
    let fields = form_state.ask(|form| form.parameters(location));
    // What has to be there comes first; the rest is not in the way.
    let (required, optional): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|field| field.required);
    let any = !required.is_empty() || !optional.is_empty();
    any.then(|| {
        let fields: Vec<AnyView> = required
            .into_iter()
            .chain(optional)
            .map(|field| field_view(form_state, field))
            .collect();
        view! {
            <fieldset class="http__part">
                <legend>{title}</legend>
                <div class="http__fields">{fields}</div>
            </fieldset>
        }
    })
}

/// The body in the chosen format.
#[component]
fn RequestBody(form_state: FormState) -> impl IntoView {
    let media: Vec<String> = form_state.ask(|form| {
        let body = form.operation().body.as_ref();
        body.map(|body| body.media.iter().map(|media| media.name.clone()).collect())
            .unwrap_or_default()
    });
    if media.is_empty() {
        return None;
    }
    let several = media.len() > 1;
    let names = media.clone();
    let path = StoredValue::new(Form::media_path());
    let chosen = Memo::new(move |_| {
        form_state.with(|form, draft| {
            let media = form.media(draft)?;
            names.iter().position(|name| *name == media.name)
        })
    });
    let pick = move |at: Option<usize>| {
        path.with_value(|path| form_state.change(|draft| draft.set(path, at.unwrap_or_default())));
    };
    let id = unique_id("media");
    let below = format!("{id}-below");
    let fields = move || {
        chosen.track();
        let field = untrack(|| form_state.with(Form::body))?;
        let description = (!field.description.is_empty()).then(|| field.description.clone());
        let object = matches!(field.kind, backoffice_explorer::Kind::Object { .. });
        let label = field.name.clone();
        let whole = field.clone();
        let example = field.suggestion.clone().map(|json| {
            let fill = Callback::new(move |()| form_state.fill(&whole, &json));
            view! { <p><Button small=true on_click=fill>"Fill in the example"</Button></p> }
        });
        let fields = if object {
            properties_view(form_state, field, label)
        } else {
            field_view(form_state, field)
        };
        Some(view! {
            {description.map(|text| view! { <Prose text /> })}
            {example}
            {fields}
        })
    };
    Some(view! {
        <fieldset class="http__part">
            <legend>"Request body"</legend>
            {several.then(|| view! {
                <div class="field http__field">
                    <div class="http__label"><label class="field__label" for=id.clone()>"Format of the body"</label></div>
                    {select(chosen, media, None, pick, id, below)}
                </div>
            })}
            {fields}
        </fieldset>
    })
}

/// Says how much is missing, once somebody has tried to send it.
#[component]
fn Blocking(form_state: FormState) -> impl IntoView {
    let blocking = move || {
        let attempted = form_state.attempted.get();
        let count =
            form_state.problems.with(|all| all.iter().filter(|problem| problem.blocks).count());
        let words = match count {
            1 => "One field keeps this from being sent.".to_owned(),
            count => format!("{count} fields keep this from being sent."),
        };
        (attempted && count > 0).then_some(words)
    };
    view! { <p class="http__blocking" role="status">{blocking}</p> }
}

/// The answers that the description promises.
#[component]
fn Answers(form_state: FormState) -> impl IntoView {
    let responses = form_state.ask(|form| form.operation().responses.clone());
    let detail = responses.iter().map(|one| one.status.clone()).collect::<Vec<_>>().join(", ");
    (!responses.is_empty()).then(|| {
        view! {
            <Disclosure title="Answers to expect" detail>
                <dl class="http__headers">
                    {responses.iter().cloned().map(|one| view! {
                        <div class="http__header">
                            <dt>{one.status}</dt>
                            <dd><Prose text=one.description />{one.media.join(", ")}</dd>
                        </div>
                    }.into_any()).collect::<Vec<_>>()}
                </dl>
            </Disclosure>
        }
    })
}

fn focus_first_problem(form: NodeRef<html::Form>) {
    // What is wrong is marked with the next frame.
    request_animation_frame(move || {
        let Some(form) = form.try_get_untracked().flatten() else { return };
        let found = form.query_selector("[aria-invalid], .http__group:has(.field__error) button");
        if let Some(control) =
            found.ok().flatten().and_then(|one| one.dyn_into::<HtmlElement>().ok())
        {
            // What cannot take the focus leaves it where it is.
            let _ = control.focus();
        }
    });
}
