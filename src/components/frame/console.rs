//! The frame around every page of somebody signed in: rail, top bar, drawer.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use leptos_router::hooks::use_location;

use crate::components::budget::meter::BudgetMeter;
use crate::components::frame::help_sheet::HelpSheet;
use crate::components::frame::notices::Notices;
use crate::components::frame::page_actions::provide_page_actions;
use crate::components::frame::shortcuts::{Panels, palette_keys, provide_shortcuts};
use crate::components::journal::drawer::JournalDrawer;
use crate::components::palette::Palette;
use crate::components::sign_in::dialog::SignInDialog;
use crate::components::sign_in::sign_out::{SignOutDialog, provide_sign_out, use_sign_out};
use crate::components::waiting::waiting_note::WaitingNote;
use crate::nav::{AppPage, Page, Section, app_at};
use crate::paths;
use backoffice_ui::{Badge, Icon, IconName, Keys, ThemeToggle, Tone};
use backoffice_web_client::use_api;

/// Rail, top bar, the page, and the journal beside it.
#[component]
pub fn ConsoleFrame() -> impl IntoView {
    let api = use_api();
    let rail_open = RwSignal::new(false);
    let journal_open = RwSignal::new(false);
    let panels =
        Panels { palette: RwSignal::new(false), help: RwSignal::new(false), journal: journal_open };
    let actions = provide_page_actions();
    provide_shortcuts(actions, panels);
    let sign_out = provide_sign_out();
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        rail_open.set(false);
    });
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            rail_open.set(false);
        }
    });
    on_cleanup(move || escape.remove());
    let choice = api.choice();
    let main = NodeRef::<html::Main>::new();
    let skip = move |event: ev::MouseEvent| {
        // A fragment is relative to <base>, so the browser would load another page.
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            // A browser that keeps the focus elsewhere loses nothing else.
            let _ = main.focus();
        }
    };
    // The link that led here may be gone, and the focus with it; the page takes it then.
    Effect::new(move |previous: Option<String>| {
        let path = path.get();
        if previous.is_some_and(|previous| previous != path) {
            request_animation_frame(move || {
                let lost = document().active_element().is_none_or(|at| at.tag_name() == "BODY");
                // The frame may come after the page has gone.
                if let (true, Some(main)) = (lost, main.try_get_untracked().flatten()) {
                    // A browser that keeps the focus elsewhere loses nothing else.
                    let _ = main.focus();
                }
            });
        }
        path
    });
    // Log lines are long, and are read rather than scanned.
    let is_logs = Memo::new(move |_| {
        path.with(|path| AppPage::at(path) == Some(AppPage::Logs) && app_at(path).is_some())
    });
    view! {
        <div class="shell" data-rail=move || if rail_open.get() { "open" } else { "closed" }>
            <a class="skip-link" href="#main" on:click=skip>"Skip to content"</a>
            <Rail panels />
            <button
                class="shell__scrim"
                type="button"
                aria-label="Close menu"
                tabindex="-1"
                on:click=move |_| rail_open.set(false)
            ></button>
            <header class="bar">
                <button
                    class="bar__menu icon-button"
                    type="button"
                    aria-label="Menu"
                    aria-expanded=move || rail_open.get().to_string()
                    on:click=move |_| rail_open.update(|open| *open = !*open)
                >
                    <Icon name=IconName::Menu />
                </button>
                <Trail />
                <div class="bar__end">
                    <button
                        class="bar__search"
                        type="button"
                        aria-label="Search or run a command"
                        aria-haspopup="dialog"
                        aria-keyshortcuts="Control+K Meta+K"
                        title="Search or run a command"
                        on:click=move |_| panels.palette.set(true)
                    >
                        <Icon name=IconName::Search />
                        <span class="bar__search-text">"Search"</span>
                        <Keys keys=palette_keys() />
                    </button>
                    <BudgetMeter on_journal=Callback::new(move |()| journal_open.set(true)) />
                    <span class="bar__environment">
                        {if choice.is_sandbox() {
                            view! { <Badge tone=Tone::Wait icon=IconName::Sandbox>"Sandbox"</Badge> }.into_any()
                        } else {
                            view! { <Badge tone=Tone::Neutral icon=IconName::Globe>{choice.label()}</Badge> }.into_any()
                        }}
                    </span>
                    <span class="hide-phone"><ThemeToggle /></span>
                </div>
            </header>
            <main class="main" class=("main--wide", move || is_logs.get()) id="main" tabindex="-1" node_ref=main>
                <WaitingNote on_show=Callback::new(move |()| journal_open.set(true)) />
                <Outlet />
            </main>
            <JournalDrawer open=journal_open />
            <Palette actions panels />
            <HelpSheet open=panels.help />
            <SignInDialog />
            <SignOutDialog sign_out />
            <Notices />
        </div>
    }
}

#[component]
fn Rail(panels: Panels) -> impl IntoView {
    let api = use_api();
    let sign_out = use_sign_out();
    view! {
        <nav class="rail" aria-label="Main">
            <A href=paths::APPS attr:class="rail__brand">
                <span class="brand-mark" aria-hidden="true"></span>
                "Backoffice"
            </A>
            <RailSection section=Section::Work />
            <RailSection section=Section::Deploying />
            <RailSection section=Section::Account />
            <span class="rail__grow"></span>
            <button class="rail__link rail__link--keys" type="button" aria-haspopup="dialog" on:click=move |_| panels.help.set(true)>
                <Icon name=IconName::Info />
                "Shortcuts"
                <Keys keys="?" />
            </button>
            <div class="rail__theme only-phone">"Theme" <ThemeToggle /></div>
            <p class="rail__user" title=move || api.email()>{move || api.email()}</p>
            <button class="rail__link" type="button" on:click=move |_| sign_out.run()>
                <Icon name=IconName::SignOut />
                "Sign out"
            </button>
        </nav>
    }
}

#[component]
fn RailSection(section: Section) -> impl IntoView {
    let links = Page::ALL
        .iter()
        .filter(|page| page.section() == section)
        .map(|page| {
            let content = view! { <Icon name=page.icon() />{page.title()} };
            if *page == Page::Playground {
                // A program of its own: the router must leave the link to the browser.
                return view! { <a class="rail__link" href=page.path() rel="external">{content}</a> }
                    .into_any();
            }
            // Other pages of the account are below its own.
            let exact = *page == Page::Account;
            view! { <A href=page.path() exact=exact attr:class="rail__link">{content}</A> }
                .into_any()
        })
        .collect_view();
    view! {
        {section.title().map(|title| view! { <p class="rail__label">{title}</p> })}
        {links}
    }
}

/// Where the page is, from its address.
#[component]
fn Trail() -> impl IntoView {
    let path = use_location().pathname;
    let steps = Memo::new(move |_| path.with(|path| trail(path)));
    view! {
        <nav class="trail" aria-label="Trail">
            <ol>
                {move || {
                    let steps = steps.get();
                    let last = steps.len().saturating_sub(1);
                    steps
                        .into_iter()
                        .enumerate()
                        .map(|(at, (label, href))| {
                            if at == last {
                                view! { <li><b aria-current="page">{label}</b></li> }.into_any()
                            } else {
                                view! { <li class="trail__up"><A href=href exact=true>{label}</A></li> }.into_any()
                            }
                        })
                        .collect_view()
                }}
            </ol>
        </nav>
    }
}

/// Names and addresses from the top down to the page at `path`.
fn trail(path: &str) -> Vec<(String, String)> {
    let step = |(label, href): (&str, &str)| (label.to_owned(), href.to_owned());
    let of_page = |page: Page| (page.trail_title(), page.path());
    let Some(name) = app_at(path) else {
        let page = Page::at(path).unwrap_or(Page::Apps);
        return page.above().into_iter().chain([of_page(page)]).map(step).collect();
    };
    let mut steps =
        vec![step(of_page(Page::Apps)), (name.clone(), paths::app(&name, AppPage::Overview))];
    if let Some(page) = AppPage::at(path).filter(|page| *page != AppPage::Overview) {
        steps.push((page.title().to_owned(), paths::app(&name, page)));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trail_follows_the_address() {
        let labels = |path: &str| {
            trail(path).into_iter().map(|(label, _)| label).collect::<Vec<_>>().join(" / ")
        };
        assert_eq!(labels("/apps"), "Apps");
        assert_eq!(labels("/apps/my-app"), "Apps / my-app");
        assert_eq!(labels("/apps/a%20b/config"), "Apps / a b / Config");
        assert_eq!(labels("/new-app"), "Apps / New app");
        assert_eq!(labels("/account/ssh-keys"), "Account / SSH keys");
    }
}
