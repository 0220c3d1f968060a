//! The list of keyboard shortcuts.

use leptos::prelude::*;

use crate::components::frame::shortcuts::{self, Shortcut, palette_keys, use_shortcuts};
use backoffice_ui::{Checkbox, Dialog, Keys};

/// All shortcuts, and the switch that turns single keys off.
#[component]
pub fn HelpSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let on = use_shortcuts().on;
    let list = |title: &'static str, shortcuts: Vec<Shortcut>| {
        view! {
            <section class="help-sheet__part">
                <h3>{title}</h3>
                <dl class="help-sheet__list">
                    {shortcuts.into_iter().map(|shortcut| view! {
                        <div>
                            <dt>{shortcut.label}</dt>
                            <dd><Keys keys=shortcut.keys /></dd>
                        </div>
                    }).collect_view()}
                </dl>
            </section>
        }
    };
    view! {
        <Dialog title="Keyboard shortcuts" open=open wide=true>
            <div class="help-sheet">
                <section class="help-sheet__part">
                    <h3>"Always"</h3>
                    <dl class="help-sheet__list">
                        <div><dt>"Command palette"</dt><dd><Keys keys=palette_keys() /></dd></div>
                        <div><dt>"Close what is in front"</dt><dd><Keys keys="Esc" /></dd></div>
                    </dl>
                </section>
                {list("On every page", shortcuts::anywhere())}
                {list("Go to", shortcuts::pages())}
                {list("Go to, in an app", shortcuts::app_pages())}
            </div>
            <Checkbox
                label="Single-key shortcuts"
                value=on
                hint="They work while nothing is typed. Turn them off if they get in the way of your keyboard, voice control or screen reader; the command palette still works. This browser remembers it."
            />
        </Dialog>
    }
}
