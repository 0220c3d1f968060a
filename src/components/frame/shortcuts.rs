//! Keyboard shortcuts: single keys that work while nothing is typed, and that can be
//! turned off, as WCAG 2.1.4 asks.

mod table;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use web_sys::{Element, HtmlElement};

use crate::components::frame::page_actions::PageActions;
use crate::nav::app_at;
use crate::paths;
use backoffice_ui::is_apple;
use backoffice_web_client::remembered::{recall, remember};

use table::Sequence;
pub use table::{Does, Shortcut, anywhere, app_pages, pages};

/// Where the choice is remembered.
const NAME: &str = "shortcuts";

/// Whether single keys work, for whoever shows or changes it.
#[derive(Clone, Copy)]
pub struct Shortcuts {
    /// The choice; remembered when it changes.
    pub on: RwSignal<bool>,
}

/// The shortcuts' choice, from the frame around the page.
#[must_use]
pub fn use_shortcuts() -> Shortcuts {
    expect_context()
}

/// What the keys of the frame open.
#[derive(Clone, Copy)]
pub struct Panels {
    /// The command palette.
    pub palette: RwSignal<bool>,
    /// The list of shortcuts.
    pub help: RwSignal<bool>,
    /// The journal beside the page.
    pub journal: RwSignal<bool>,
}

/// The keys of the command palette as this keyboard has them.
#[must_use]
pub fn palette_keys() -> &'static str {
    if is_apple() { "⌘ K" } else { "Ctrl K" }
}

/// Makes the shortcuts work as long as the calling component is there.
pub fn provide_shortcuts(actions: PageActions, panels: Panels) {
    let on = RwSignal::new(recall(NAME).unwrap_or(true));
    provide_context(Shortcuts { on });
    Effect::new(move |before: Option<bool>| {
        let on = on.get();
        if before.is_some_and(|before| before != on) {
            remember(NAME, &on);
        }
        on
    });
    let path = use_location().pathname;
    let navigate = use_navigate();
    let sequence = StoredValue::new(Sequence::default());
    let act = move |does: Does| {
        let go = |path: &str| navigate(path, NavigateOptions::default());
        match does {
            Does::Page(path) => go(path),
            Does::AppPage(page) => {
                if let Some(app) = path.with_untracked(|path| app_at(path)) {
                    go(&paths::app(&app, page));
                }
            }
            Does::Search => focus_search(),
            Does::Refresh => actions.refresh(),
            Does::Journal => panels.journal.update(|open| *open = !*open),
            Does::Help => panels.help.set(true),
        }
    };
    let pressed = window_event_listener(leptos::ev::keydown, move |event| {
        let command = if is_apple() { event.meta_key() } else { event.ctrl_key() };
        if command
            && !event.alt_key()
            && !event.shift_key()
            && event.key().eq_ignore_ascii_case("k")
        {
            // Firefox would go to its own search field.
            event.prevent_default();
            if panels.palette.get_untracked() || !dialog_is_open() {
                panels.palette.update(|open| *open = !*open);
            }
        } else if on.get_untracked() && is_plain(&event) && !is_typing() && !dialog_is_open() {
            let does =
                sequence.try_update_value(|keys| keys.press(&event.key(), event.time_stamp()));
            if let Some(does) = does.flatten() {
                event.prevent_default();
                act(does);
            }
        }
    });
    on_cleanup(move || pressed.remove());
}

/// A key by itself. Shift is part of how some keyboards write `?` and `/`.
fn is_plain(event: &KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    !held && !event.default_prevented() && !event.is_composing() && !event.repeat()
}

/// Whether the focus is where letters are text, or choose among options.
fn is_typing() -> bool {
    const TYPING: &str = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, \
        [contenteditable], [role=textbox], [role=combobox], [role=menu] *";
    let at = document().active_element();
    at.is_some_and(|at| at.closest(TYPING).is_ok_and(|found| found.is_some()))
}

/// Whether something is in front of the page.
fn dialog_is_open() -> bool {
    document().query_selector("dialog[open], :popover-open").is_ok_and(|found| found.is_some())
}

fn focus_search() {
    let found = document().query_selector("main input[type=search]");
    let field =
        found.ok().flatten().and_then(|field: Element| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        // The specification lists no error for focus().
        let _ = field.focus();
    }
}
