//! The palette's field and what fits what is typed into it: a combobox with a listbox,
//! as the ARIA practices have it. The focus stays in the field.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::components::frame::shortcuts::use_shortcuts;
use crate::components::palette::entry::{Entry, Group};
use crate::components::palette::search::{AppName, Found, Scope, search};
use backoffice_contract::op;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{Icon, IconButton, IconName, Keys, LiveRegion};
use backoffice_web_client::{explain, use_query_within};

/// How old the list of apps may be, in milliseconds: opening the palette should rarely
/// cost a request.
const APPS_AGE: u64 = 10 * 60 * 1_000;

const LIST_ID: &str = "palette-list";

fn option_id(at: usize) -> String {
    format!("palette-option-{at}")
}

/// The field and the list.
#[component]
pub(super) fn PaletteList(
    /// Pages and actions.
    fixed: Vec<Entry>,
    /// Ids of what was used, the last one first.
    recent: Vec<String>,
    /// The page that is open.
    here: String,
    /// Does what an entry is for, in a new tab where the second value says so.
    choose: Callback<(Entry, bool)>,
    /// Closes the palette; a phone has no Esc, and nothing beside the palette to press.
    on_close: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let apps = use_query_within(APPS_AGE, || Some(op::ListApps {}));
    // Not compared: a new answer is a new list, and comparing thousands costs more.
    let names = Memo::new_with_compare(
        move |_| {
            let mut names: Vec<AppName> = apps
                .data()
                .unwrap_or_default()
                .into_iter()
                .map(|app| AppName::new(app.unique_name))
                .collect();
            names.sort_by(|a, b| a.name.cmp(&b.name));
            names
        },
        |_, _| true,
    );
    let found = Memo::new_with_compare(
        move |_| {
            names.with(|apps| {
                let scope = Scope { fixed: &fixed, apps, recent: &recent, here: &here };
                typed.with(|typed| search(typed, &scope))
            })
        },
        |_, _| true,
    );
    let count = Memo::new(move |_| {
        found.with(|groups| groups.iter().map(|(_, list)| list.len()).sum::<usize>())
    });
    let at = Memo::new(move |_| active.get().min(count.get().saturating_sub(1)));
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // The specification lists no error for focus().
            let _ = field.focus();
        }
    });
    Effect::new(move |_| {
        let (at, Some(list)) = (at.get(), list.get()) else { return };
        found.track();
        request_animation_frame(move || bring_into_view(&list, at));
    });
    let pick = move |at: usize, new_tab: bool| {
        let entry = found.with_untracked(|groups| {
            groups.iter().flat_map(|(_, list)| list).nth(at).map(|found| found.entry.clone())
        });
        if let Some(entry) = entry {
            choose.run((entry, new_tab));
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let (now, last) = (at.get_untracked(), count.get_untracked().saturating_sub(1));
        match event.key().as_str() {
            "ArrowDown" => active.set(if now == last { 0 } else { now + 1 }),
            "ArrowUp" => active.set(now.checked_sub(1).unwrap_or(last)),
            "PageDown" => active.set((now + 8).min(last)),
            "PageUp" => active.set(now.saturating_sub(8)),
            "Enter" => pick(now, event.ctrl_key() || event.meta_key()),
            _ => return,
        }
        event.prevent_default();
    };
    let said = Signal::derive(move || match count.get() {
        0 => "Nothing found".to_owned(),
        count => counted(count, "result", "results"),
    });
    let groups = move || {
        let mut first = 0;
        found.with(|groups| {
            groups
                .iter()
                .map(|(group, list)| {
                    let begin = first;
                    first += list.len();
                    group_view(*group, list, begin, at, active, pick)
                })
                .collect_view()
        })
    };
    view! {
        <div class="palette__field">
            <Icon name=IconName::Search />
            <input
                class="palette__input"
                type="text"
                role="combobox"
                aria-label="Search pages, apps and actions"
                aria-expanded="true"
                aria-haspopup="listbox"
                aria-controls=LIST_ID
                aria-autocomplete="list"
                aria-activedescendant=move || (count.get() > 0).then(|| option_id(at.get()))
                placeholder="Go to a page or an app, or do something"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                node_ref=field
                prop:value=typed
                on:input:target=move |event| {
                    active.set(0);
                    typed.set(event.target().value());
                }
                on:keydown=key
            />
            <span class="only-phone"><IconButton icon=IconName::Close label="Close" on_click=on_close /></span>
            <LiveRegion text=said />
        </div>
        <div class="palette__list" id=LIST_ID role="listbox" aria-label="Results" node_ref=list>
            {groups}
        </div>
        {move || (count.get() == 0).then(|| view! {
            <p class="palette__none">"Nothing is called like that."</p>
        })}
        {move || {
            let reading = apps.data().is_none() && apps.loading();
            let failed = apps.error().filter(|_| apps.data().is_none()).map(|error| explain(&error).detail);
            match failed {
                Some(why) => Some(view! { <p class="palette__note">{format!("The apps could not be listed. {why}")}</p> }),
                None if reading => Some(view! { <p class="palette__note">{"Reading the list of apps…".to_owned()}</p> }),
                None => None,
            }
        }}
        <p class="palette__foot" aria-hidden="true">
            <span><Keys keys="↑ ↓" />" move"</span>
            <span><Keys keys="↵" />" go"</span>
            <span><Keys keys="Ctrl ↵" />" in a new tab"</span>
            <span><Keys keys="Esc" />" close"</span>
        </p>
    }
}

fn group_view(
    group: Group,
    list: &[Found],
    begin: usize,
    at: Memo<usize>,
    active: RwSignal<usize>,
    pick: impl Fn(usize, bool) + Copy + 'static,
) -> AnyView {
    let keys_work = use_shortcuts().on;
    let option = |(offset, found): (usize, &Found)| {
        let own = begin + offset;
        let Entry { icon, detail, keys, label, .. } = found.entry.clone();
        view! {
            <div
                class="palette__option"
                class=("palette__option--active", move || at.get() == own)
                id=option_id(own)
                role="option"
                aria-selected=move || (at.get() == own).to_string()
                // Not on entering: the list also scrolls below a pointer that rests.
                on:mousemove=move |_| {
                    if at.get_untracked() != own {
                        active.set(own);
                    }
                }
                // The field keeps the focus.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |event| pick(own, event.ctrl_key() || event.meta_key())
            >
                <Icon name=icon />
                <span class="palette__label">{marked(&label, &found.marks)}</span>
                <span class="palette__detail">{detail}</span>
                {move || (!keys.is_empty() && keys_work.get()).then(|| view! { <Keys keys=keys /> })}
            </div>
        }
        .into_any()
    };
    view! {
        <div class="palette__group" role="group" aria-label=group.title()>
            <p class="palette__title" aria-hidden="true">{group.title()}</p>
            {list.iter().enumerate().map(option).collect_view()}
        </div>
    }
    .into_any()
}

/// The label with the letters that fit set apart.
fn marked(label: &str, marks: &[usize]) -> Vec<AnyView> {
    // Lower-casing keeps the places of ASCII letters only.
    if marks.is_empty() || !label.is_ascii() {
        return vec![label.to_owned().into_any()];
    }
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (at, letter) in label.char_indices() {
        let is_mark = marks.contains(&at);
        match parts.last_mut() {
            Some((mark, text)) if *mark == is_mark => text.push(letter),
            _ => parts.push((is_mark, letter.to_string())),
        }
    }
    parts
        .into_iter()
        .map(
            |(mark, text)| {
                if mark { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
            },
        )
        .collect()
}

/// Scrolls the list, and nothing around it, so that an option can be seen.
fn bring_into_view(list: &web_sys::HtmlDivElement, at: usize) {
    let Some(option) = document().get_element_by_id(&option_id(at)) else { return };
    if at == 0 {
        // With the heading above it.
        list.set_scroll_top(0);
        return;
    }
    let (frame, option) = (list.get_bounding_client_rect(), option.get_bounding_client_rect());
    let off = (option.top() - frame.top()).min(0.0) + (option.bottom() - frame.bottom()).max(0.0);
    if off != 0.0 {
        list.scroll_by_with_x_and_y(0.0, off);
    }
}
