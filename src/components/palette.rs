//! The command palette: every page, app and action by its name, by keyboard alone.

mod entry;
mod fuzzy;
mod list;
mod recent;
mod search;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::components::frame::page_actions::{Offer, PageActions};
use crate::components::frame::shortcuts::Panels;
use crate::components::sign_in::sign_out::use_sign_out;
use crate::nav::app_at;
use backoffice_ui::{IconName, copy_text, use_theme, use_toasts};
use backoffice_web_client::use_api;

use entry::{Entry, Group, Target, app_pages, pages};
use list::PaletteList;

/// The palette in front of the page. Its content is made when it opens.
#[component]
pub fn Palette(
    /// What the page offers.
    actions: PageActions,
    /// What it opens, itself among them.
    panels: Panels,
) -> impl IntoView {
    let open = panels.palette;
    let api = use_api();
    let path = use_location().pathname;
    let navigate = use_navigate();
    let toasts = use_toasts();
    let sign_out = use_sign_out();
    let theme = use_theme();
    let node = NodeRef::<html::Dialog>::new();
    let email = move || {
        api.session.with_untracked(|session| session.email().unwrap_or_default().to_owned())
    };
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            // It fails for a dialog that is open already, which is what is wanted.
            let _ = dialog.show_modal();
        } else if dialog.open() {
            dialog.close();
        }
    });
    // Where one was is where one wants to go back to.
    Effect::new(move |_| path.with(|path| recent::used(&email(), path)));
    let choose = Callback::new(move |(entry, new_tab): (Entry, bool)| {
        // At once, so that the focus is back in the page before it goes anywhere else.
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
        match entry.target {
            Target::Page(path) if new_tab => open_tab(&path),
            Target::Page(path) => navigate(&path, NavigateOptions::default()),
            Target::Copy(command) => spawn_local(async move {
                if copy_text(&command).await {
                    toasts.ok("The command is copied.");
                } else {
                    toasts.info("Copying is blocked here. Copy the command from the page instead.");
                }
            }),
            Target::Offered(run) => {
                // What offered it may have gone.
                let _ = run.try_run(());
            }
            Target::Refresh => actions.refresh(),
            Target::Theme => theme.choice.update(|choice| *choice = choice.next()),
            Target::Journal => panels.journal.update(|open| *open = !*open),
            Target::Help => panels.help.set(true),
            Target::SignOut => sign_out.run(),
        }
    });
    let pressed_beside = StoredValue::new(false);
    let is_beside = move |event: &web_sys::Event| {
        let target = event.target();
        target.is_some() && target == node.get_untracked().map(Into::into)
    };
    view! {
        <dialog
            class="palette"
            node_ref=node
            aria-label="Command palette"
            on:mousedown=move |event| pressed_beside.set_value(is_beside(&event))
            on:click=move |event| {
                if pressed_beside.get_value() && is_beside(&event) {
                    open.set(false);
                }
            }
            on:close=move |_| open.set(false)
        >
            <Show when=move || open.get()>
                <PaletteList
                    fixed=fixed(&path.get_untracked(), actions)
                    recent=recent::recent(&email())
                    here=path.get_untracked()
                    choose
                    on_close=Callback::new(move |()| open.set(false))
                />
            </Show>
        </dialog>
    }
}

/// Opens a page of the console in another tab, which learns nothing about this one.
fn open_tab(path: &str) {
    // A browser that forbids it says so itself.
    let _ = window().open_with_url_and_target_and_features(path, "_blank", "noopener");
}

/// Everything but the apps.
fn fixed(path: &str, actions: PageActions) -> Vec<Entry> {
    let offers = untrack(|| actions.offers());
    let this_app = app_at(path).into_iter().flat_map(|app| app_pages(&app).collect::<Vec<_>>());
    let can_refresh = offers.iter().any(|offer| matches!(offer, Offer::Refresh(_)));
    let refresh = can_refresh.then(|| {
        action(
            "refresh",
            Group::ThisPage,
            IconName::Refresh,
            "Refresh what the page shows",
            "reload",
            "r",
            Target::Refresh,
        )
    });
    let mut offered: Vec<Entry> = Vec::new();
    for offer in offers {
        let entry = match offer {
            Offer::Action { label, also, icon, run } => {
                action(label, Group::ThisPage, icon, label, also, "", Target::Offered(run))
            }
            Offer::Command(command) => {
                let Some(command) = command.try_get_untracked() else { continue };
                let label = format!("Copy {command}");
                let target = Target::Copy(command);
                action(&label, Group::ThisPage, IconName::Copy, &label, "cli", "", target)
            }
            Offer::Refresh(_) => continue,
        };
        if !offered.iter().any(|other| other.id == entry.id) {
            offered.push(entry);
        }
    }
    let own = [
        action(
            "theme",
            Group::Actions,
            IconName::Moon,
            "Switch theme",
            "dark light system",
            "",
            Target::Theme,
        ),
        action(
            "journal",
            Group::Actions,
            IconName::Requests,
            "Journal beside the page",
            "requests",
            "j",
            Target::Journal,
        ),
        action(
            "help",
            Group::Actions,
            IconName::Info,
            "Keyboard shortcuts",
            "keys",
            "?",
            Target::Help,
        ),
        action(
            "sign-out",
            Group::Actions,
            IconName::SignOut,
            "Sign out",
            "logout",
            "",
            Target::SignOut,
        ),
    ];
    this_app
        .chain(refresh)
        .chain(offered)
        .chain(pages())
        .chain(own)
        .filter(|entry| entry.id != path)
        .collect()
}

fn action(
    id: &str,
    group: Group,
    icon: IconName,
    label: &str,
    also: &'static str,
    keys: &'static str,
    target: Target,
) -> Entry {
    let (id, label) = (id.to_owned(), label.to_owned());
    Entry { id, group, icon, label, detail: String::new(), also, keys, target }
}
