//! A button and a list of actions.

use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::dom::{find_all, focus, focused, hide, place, unique_id};
use super::{ButtonVariant, Icon, IconName, MenuItem};

/// A menu. Arrow keys, Home, End and first letters move in it; Esc and a click beside
/// it close it.
#[component]
pub fn Menu(
    /// The name of the button, and its tooltip when it is only an icon.
    #[prop(into)]
    label: Signal<String>,
    /// The icon of the button.
    #[prop(default = IconName::More)]
    icon: IconName,
    /// Shows the label beside the icon.
    #[prop(optional)]
    with_text: bool,
    /// The actions.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let id = unique_id("menu");
    let anchor = NodeRef::<html::Button>::new();
    let panel = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let entries = move || {
        panel.get_untracked().map(|panel| find_all(&panel, "[role=menuitem]")).unwrap_or_default()
    };
    let toggled = move |_: Event| {
        let (Some(anchor), Some(panel)) = (anchor.get_untracked(), panel.get_untracked()) else {
            return;
        };
        let is_open = panel.matches(":popover-open").unwrap_or_default();
        open.set(is_open);
        if is_open {
            place(&panel, &anchor);
            if let Some(first) = entries().first() {
                focus(first);
            }
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Tab" {
            hide(panel);
        } else if let Some(next) = next(&entries(), &event.key()) {
            event.prevent_default();
            focus(&next);
        }
    };
    let item = move |item: MenuItem| {
        let disabled = item.disabled_reason.is_some();
        view! {
            <button
                class="menu__item"
                type="button"
                role="menuitem"
                tabindex="-1"
                aria-disabled=disabled.then_some("true")
                on:click=move |_| {
                    if !disabled {
                        hide(panel);
                        item.on_pick.run(());
                    }
                }
            >
                {item.icon.map(|name| view! { <Icon name /> })}
                <span class="menu__text">
                    {item.label}
                    {item.disabled_reason.map(|reason| view! { <span class="menu__detail">{reason}</span> })}
                </span>
            </button>
        }
    };
    view! {
        <span class="menu">
            <button
                class=ButtonVariant::Quiet.class(true)
                class=("button--icon", !with_text)
                type="button"
                node_ref=anchor
                popovertarget=id.clone()
                title=label
                aria-label=label
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
            >
                <Icon name=icon />
                {with_text.then_some(label)}
            </button>
            <div class="menu__panel" id=id node_ref=panel popover="auto" role="menu" aria-label=label on:toggle=toggled on:keydown=key>
                {move || items.get().into_iter().map(item).collect_view()}
            </div>
        </span>
    }
}

/// Where a key leads from the entry that has the focus.
fn next(entries: &[HtmlElement], key: &str) -> Option<HtmlElement> {
    let at = focused().and_then(|focused| entries.iter().position(|entry| *entry == focused));
    let last = entries.len().checked_sub(1)?;
    let after = at.map_or(0, |at| if at == last { 0 } else { at + 1 });
    let index = match key {
        "ArrowDown" => after,
        "ArrowUp" => at.and_then(|at| at.checked_sub(1)).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        letter => {
            let starts = |entry: &&HtmlElement| {
                let text = entry.inner_text().trim().to_lowercase();
                letter.chars().count() == 1 && text.starts_with(&letter.to_lowercase())
            };
            return entries.iter().cycle().skip(after).take(entries.len()).find(starts).cloned();
        }
    };
    entries.get(index).cloned()
}
