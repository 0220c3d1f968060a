//! The body of an answer as it comes: indented or as it was sent, folded and searched,
//! whatever its size. Reading and searching go on in slices of a few milliseconds.

mod copy_body;
mod facts;
mod keys;
mod rows;
mod scale;
mod shown;
mod turn;
mod work;

use backoffice_answer::{Find, View};
use futures_util::Stream;
use leptos::prelude::*;
use leptos::task::spawn_local;

use backoffice_ui::{
    Button, Checkbox, CopyButton, IconName, LiveRegion, Note, SearchField, Segments,
};
use copy_body::copy_body;
use facts::{note, search_words, size_words};
use rows::{Rows, Sight};
use work::{Facts, Transfer, Work};

/// Shows a body. It is taken in as fast as it can be read; going away drops it.
#[component]
pub fn AnswerView<S>(
    /// The body in pieces, each of which may end inside of a character. The error is a
    /// sentence on why the rest does not come.
    body: S,
    /// An id that no other view on the page has.
    #[prop(into)]
    id: String,
) -> impl IntoView
where
    S: Stream<Item = Result<Vec<u8>, String>> + Unpin + 'static,
{
    let sight = Sight::new(Work::start(body));
    let Sight { work, version, wrap, .. } = sight;
    let leave = work.with_value(Work::clone);
    let leave = StoredValue::new_local(leave);
    on_cleanup(move || leave.with_value(Work::cancel));
    let facts = Memo::new(move |_| {
        version.track();
        work.with_value(Work::facts)
    });
    let view = RwSignal::new(View::Pretty);
    let query = RwSignal::new(String::new());
    Effect::new(move |_| {
        let (query, view) = (query.get(), view.get());
        work.with_value(|work| {
            work.change(|model| {
                model.view = view;
                let form = model.form();
                model.find = (!query.is_empty()).then(|| Find::new(&query, form));
            });
        });
        sight.go_to(None);
    });
    let step = move |back: bool| {
        let place = work.with_value(|work| {
            work.change(|model| {
                let find = model.find.as_mut()?;
                let found = if back { find.go_back() } else { find.go_next() }?;
                match model.form() {
                    View::Pretty => model.answer.reveal(found),
                    View::Rows => model.answer.row_at(found),
                }
            })
        });
        if let Some(place) = place {
            if is_pretty(facts, view) { sight.select(place) } else { sight.go_to(Some(place)) }
        }
    };
    let fold = move |all: bool| {
        work.with_value(|work| {
            work.change(
                |model| if all { model.answer.fold_all() } else { model.answer.unfold_all() },
            );
        });
        sight.go_to(Some(untrack(|| sight.place())));
    };
    let copied = RwSignal::new("");
    let copy_all = move || {
        let work = work.with_value(Work::clone);
        spawn_local(async move {
            copied.try_set("");
            let done = copy_body(&work).await;
            copied.try_set(if done { "Copied" } else { "Copying is blocked here" });
        });
    };
    let path = Memo::new(move |_| {
        let place = sight.place();
        version.track();
        work.with_value(|work| work.read(|model| model.answer.path(place)))
    });
    let words = Memo::new(move |_| {
        if query.with(String::is_empty) { String::new() } else { facts.with(search_words) }
    });
    // What changes many times a second is not read out.
    let said = Memo::new(move |before: Option<&String>| {
        if facts.with(|facts| facts.idle) {
            words.get()
        } else {
            before.cloned().unwrap_or_default()
        }
    });
    let coming = Memo::new(move |_| facts.with(|facts| facts.transfer == Transfer::Coming));
    let pretty = Memo::new(move |_| is_pretty(facts, view));
    let no_json = Memo::new(move |_| facts.with(|facts| !facts.may_be_json()));
    let problem = Memo::new(move |_| facts.with(note));
    let nothing = Signal::derive(move || facts.with(|facts| facts.found == 0));
    view! {
        <section class="answer" aria-label="Body">
            <div class="answer__bar">
                <Show
                    when=move || !no_json.get()
                    fallback=|| view! { <span class="answer__form">"As it was sent"</span> }
                >
                    <Segments
                        label="Form"
                        value=view
                        items=vec![(View::Pretty, "Pretty"), (View::Rows, "Raw")]
                    />
                </Show>
                <Show
                    when=move || pretty.get()
                    fallback=move || view! { <Checkbox label="Wrap" value=wrap /> }
                >
                    <Button small=true on_click=Callback::new(move |()| fold(true))>"Fold all"</Button>
                    <Button small=true on_click=Callback::new(move |()| fold(false))>"Unfold all"</Button>
                </Show>
                <span class="answer__size">{move || facts.with(size_words)}</span>
                <Show when=move || coming.get()>
                    <Button
                        small=true
                        on_click=Callback::new(move |()| work.with_value(Work::cancel))
                    >
                        "Cancel"
                    </Button>
                </Show>
                <Button small=true icon=IconName::Copy on_click=Callback::new(move |()| copy_all())>
                    "Copy all"
                </Button>
                <span role="status">{copied}</span>
            </div>
            <div
                class="answer__bar"
                role="search"
                on:keydown=move |event| {
                    let in_field = event.target().is_some_and(|target| event_is_in_field(&target));
                    if event.key() == "Enter" && in_field && !event.is_composing() {
                        event.prevent_default();
                        step(event.shift_key());
                    }
                }
            >
                <SearchField label="Find in the answer" value=query />
                <Button small=true disabled=nothing on_click=Callback::new(move |()| step(true))>
                    "Previous"
                </Button>
                <Button small=true disabled=nothing on_click=Callback::new(move |()| step(false))>
                    "Next"
                </Button>
                <span class="answer__size" aria-hidden="true">{words}</span>
                <LiveRegion text=said />
            </div>
            {move || problem.get().map(|(tone, text)| view! { <Note tone title=text /> })}
            <Rows sight id />
            <Show when=move || pretty.get()>
                <div class="answer__bar">
                    <code class="answer__path">
                        {move || if path.with(String::is_empty) { "The whole answer".to_owned() } else { path.get() }}
                    </code>
                    <Show when=move || !path.with(String::is_empty)>
                        <CopyButton text=path what="the path of the line" />
                    </Show>
                </div>
            </Show>
        </section>
    }
}

/// Whether the indented form is shown.
fn is_pretty(facts: Memo<Facts>, view: RwSignal<View>) -> bool {
    facts.with(Facts::may_be_json) && view.get() == View::Pretty
}

/// Whether an event comes from the field rather than from a button beside it.
fn event_is_in_field(target: &leptos::web_sys::EventTarget) -> bool {
    use leptos::wasm_bindgen::JsCast as _;
    target.dyn_ref::<leptos::web_sys::HtmlInputElement>().is_some()
}
