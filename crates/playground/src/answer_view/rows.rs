//! The rows of an answer in a box that scrolls, of which only those in sight exist.

use std::time::Duration;

use backoffice_answer::View;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

use super::keys::{Move, movement};
use super::scale::Scale;
use super::shown::{Shown, shown};
use super::work::{COLUMNS, Work};

/// How long the scroll bar rests before it is put where the rows are.
const REST: Duration = Duration::from_millis(150);
/// How many characters the ruler has, and the least a wrapped row has.
const RULER: usize = 100;
const NARROWEST: usize = 20;

/// What the rows and the controls around them share.
#[derive(Clone, Copy)]
pub struct Sight {
    pub work: StoredValue<Work, LocalStorage>,
    pub version: RwSignal<u32>,
    /// The number of the line on which the keys act.
    pub current: RwSignal<usize>,
    /// Whether rows of the text end where the box does.
    pub wrap: RwSignal<bool>,
    top: RwSignal<f64>,
    /// Where the scroll bar was last.
    bar: StoredValue<f64>,
    /// The height of a row and of the box, and the characters that fit into it.
    size: RwSignal<(f64, f64, usize)>,
    scroller: NodeRef<html::Div>,
    ruler: NodeRef<html::Div>,
}

impl Sight {
    pub fn new(work: Work) -> Self {
        Self {
            version: work.version,
            work: StoredValue::new_local(work),
            current: RwSignal::new(0),
            wrap: RwSignal::new(false),
            top: RwSignal::new(0.0),
            bar: StoredValue::new(0.0),
            size: RwSignal::new((1.0, 0.0, COLUMNS)),
            scroller: NodeRef::new(),
            ruler: NodeRef::new(),
        }
    }

    fn scale(self) -> Scale {
        let (row, view, _) = self.size.get();
        self.version.track();
        Scale { rows: self.work.with_value(|work| work.read(super::work::Model::rows)), row, view }
    }

    /// Brings a row into sight, when the rows are laid out. `None` keeps the place.
    pub fn go_to(self, row: Option<usize>) {
        request_animation_frame(move || {
            let Some(element) = self.scroller.try_get_untracked().flatten() else { return };
            let scale = untrack(|| self.scale());
            let top = self.top.get_untracked();
            let top = row.map_or(top.min(scale.end()), |row| scale.reach(top, row));
            self.top.set(top);
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            element.set_scroll_top(scale.bar(top).round() as i32);
            self.bar.set_value(f64::from(element.scroll_top()));
        });
    }

    /// The place of the current line.
    pub fn place(self) -> usize {
        let number = self.current.get();
        self.version.track();
        self.work.with_value(|work| work.read(|model| model.answer.place_of(number)))
    }

    /// Folds or unfolds at a place.
    pub fn toggle(self, place: usize) {
        self.work.with_value(|work| work.change(|model| model.answer.toggle(place)));
        self.go_to(None);
    }

    fn measure(self) {
        let nodes =
            (self.scroller.try_get_untracked().flatten(), self.ruler.try_get_untracked().flatten());
        let (Some(scroller), Some(ruler)) = nodes else { return };
        let character = f64::from(ruler.offset_width()).max(1.0) / 100.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
        let columns = (f64::from(scroller.client_width()) / character) as usize;
        // Less than what stands before each row.
        let columns = columns.saturating_sub(10).max(NARROWEST);
        let row = f64::from(ruler.offset_height()).max(1.0);
        let size = (row, f64::from(scroller.client_height()), columns);
        if self.size.get_untracked() != size {
            self.size.set(size);
        }
    }

    fn scrolled(self) {
        let Some(element) = self.scroller.get_untracked() else { return };
        let now = f64::from(element.scroll_top());
        let scale = untrack(|| self.scale());
        let top = scale.moved(self.top.get_untracked(), self.bar.get_value(), now);
        self.bar.set_value(now);
        if (top - self.top.get_untracked()).abs() > f64::EPSILON {
            self.top.set(top);
        }
    }

    /// Acts on a key in the indented form.
    fn press(self, event: &KeyboardEvent) {
        let pretty =
            self.work.with_value(|work| work.read(super::work::Model::form)) == View::Pretty;
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        if !pretty || modified {
            return;
        }
        let place = untrack(|| self.place());
        let page = untrack(|| self.scale()).seen().saturating_sub(3).max(1);
        let to = self.work.with_value(|work| {
            work.read(|model| movement(&model.answer, place, &event.key(), page))
        });
        let Some(to) = to else { return };
        event.prevent_default();
        match to {
            Move::Toggle => self.toggle(place),
            Move::To(place) => self.select(place),
        }
    }

    /// Makes the line at a place the current one and brings it into sight.
    pub fn select(self, place: usize) {
        let line = self.work.with_value(|work| work.read(|model| model.answer.line(place)));
        if let Some(line) = line {
            self.current.set(line.number);
        }
        self.go_to(Some(place));
    }
}

/// The rows of an answer.
#[component]
pub fn Rows(
    /// What is looked at.
    sight: Sight,
    /// Begins the ids of rows.
    id: String,
) -> impl IntoView {
    let Sight { work, version, top, size, scroller, ruler, .. } = sight;
    let scale = Memo::new(move |_| sight.scale());
    let form = Memo::new(move |_| {
        version.track();
        work.with_value(|work| work.read(super::work::Model::form))
    });
    let rows = Memo::new(move |_| {
        version.track();
        let scale = scale.get();
        let (first, _) = scale.first(top.get());
        work.with_value(|work| {
            work.read(|model| {
                let near = model.find.as_ref().and_then(backoffice_answer::Find::current);
                let rows = first..(first + scale.seen()).min(scale.rows);
                shown(&model.answer, model.form(), rows, model.find.as_ref(), near)
            })
        })
    });
    let current = Memo::new(move |_| (form.get() == View::Pretty).then(|| sight.place()));
    Effect::new(move |_| {
        let Some(element) = scroller.get() else { return };
        sight.measure();
        // The browser keeps it as long as it observes the element, and not longer.
        let changed = Closure::<dyn FnMut()>::new(move || sight.measure()).into_js_value();
        if let Ok(observer) = ResizeObserver::new(changed.unchecked_ref()) {
            observer.observe(&element);
        }
    });
    Effect::new(move |_| {
        let columns = if sight.wrap.get() { size.get().2 } else { COLUMNS };
        work.with_value(|work| work.change(|model| model.answer.set_columns(columns)));
    });
    let resting = StoredValue::new(None::<TimeoutHandle>);
    let on_scroll = move |_| {
        sight.scrolled();
        if let Some(before) = resting.try_update_value(Option::take).flatten() {
            before.clear();
        }
        resting.set_value(set_timeout_with_handle(move || sight.go_to(None), REST).ok());
    };
    on_cleanup(move || {
        if let Some(timer) = resting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    });
    let begin = id.clone();
    let active = move || {
        let place = current.get()?;
        let there = rows.with(|rows| rows.iter().any(|row| row.place == place));
        there.then(|| format!("{begin}-{place}"))
    };
    let row = move |row: Shown| view! { <RowView row id=id.clone() form sight current /> };
    view! {
        <div
            class="answer__scroll"
            role=move || if form.get() == View::Pretty { "tree" } else { "list" }
            aria-label="Body of the answer"
            aria-activedescendant=active
            tabindex="0"
            node_ref=scroller
            on:scroll=on_scroll
            on:keydown=move |event| sight.press(&event)
        >
            <div class="answer__whole" role="none" style:height=move || format!("{}px", scale.get().height())>
                <div class="answer__sight" role="none" style:height=move || format!("{}px", size.get().1)>
                    <div
                        class="answer__rows"
                        role="none"
                        style:transform=move || format!("translateY(-{}px)", scale.get().first(top.get()).1)
                    >
                        <For each=move || rows.get() key=Clone::clone children=row />
                    </div>
                </div>
            </div>
            <div class="answer__ruler" aria-hidden="true" node_ref=ruler>{"0".repeat(RULER)}</div>
        </div>
    }
}

/// A row. In the indented form it is an item of a tree, except for a closing bracket,
/// which says nothing that its opening one does not.
#[component]
fn RowView(
    row: Shown,
    id: String,
    form: Memo<View>,
    sight: Sight,
    current: Memo<Option<usize>>,
) -> impl IntoView {
    let Shown { place, depth, number, expanded, closes, place_among, siblings, pieces } = row;
    let pretty = form.get_untracked() == View::Pretty;
    let is_current = Memo::new(move |_| current.get() == Some(place));
    let role = match (pretty, closes) {
        (true, true) => "none",
        (true, false) => "treeitem",
        (false, _) => "listitem",
    };
    let item = role != "none";
    let pieces = pieces.into_iter().map(|piece| {
        let parts = piece.parts.into_iter().map(|(text, found)| {
            if found { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
        });
        view! { <span class=piece.class>{parts.collect_view()}</span> }
    });
    view! {
        <div
            class="answer__row"
            class=("answer__row--current", is_current)
            id=format!("{id}-{place}")
            role=role
            aria-hidden=(!item).then_some("true")
            attr:aria-level=(pretty && item).then(|| (depth + 1).to_string())
            aria-expanded=expanded.map(|expanded| expanded.to_string())
            aria-posinset=item.then(|| place_among.to_string())
            aria-setsize=siblings.filter(|_| item).map(|siblings| siblings.to_string())
            aria-selected=(pretty && item).then_some(move || is_current.get().to_string())
            style:padding-inline-start=pretty.then(|| format!("{}ch", depth * 2))
            on:click=move |_| if pretty && item { sight.select(place) }
        >
            {if pretty {
                let class = match expanded {
                    None => "answer__twist",
                    Some(true) => "answer__twist answer__twist--open",
                    Some(false) => "answer__twist answer__twist--shut",
                };
                let toggle = move |_| if expanded.is_some() { sight.toggle(place) };
                view! { <span class=class aria-hidden="true" on:click=toggle></span> }.into_any()
            } else {
                let number = number.map(|number| number.to_string());
                view! { <span class="answer__line" aria-hidden="true">{number}</span> }.into_any()
            }}
            {pieces.collect_view()}
        </div>
    }
}
