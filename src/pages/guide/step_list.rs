//! The steps under one another: one is open, and the next one opens when it is done.

use leptos::html;
use leptos::prelude::*;

use crate::pages::guide::commands::blocks;
use crate::pages::guide::context::use_guide;
use crate::pages::guide::progress::{State, Step, current, state};
use crate::pages::guide::step_body::StepBody;
use backoffice_ui::{Badge, Button, ButtonVariant, CodeBlock, Icon, IconName, Tone};

/// All steps.
#[component]
pub(super) fn StepList() -> impl IntoView {
    let guide = use_guide();
    let next = Memo::new(move |_| guide.facts.with(current));
    let open = RwSignal::new(None::<Step>);
    Effect::new(move |_| open.set(next.get()));
    view! {
        <ol class="guide card">
            {Step::ALL.into_iter().map(|step| view! { <StepItem step open next /> }).collect_view()}
        </ol>
    }
}

#[component]
fn StepItem(step: Step, open: RwSignal<Option<Step>>, next: Memo<Option<Step>>) -> impl IntoView {
    let guide = use_guide();
    let here = Memo::new(move |_| guide.facts.with(|facts| state(step, facts)));
    let is_open = Memo::new(move |_| open.get() == Some(step));
    let is_next = Memo::new(move |_| next.get() == Some(step));
    let number = Step::ALL.iter().position(|other| *other == step).unwrap_or_default() + 1;
    let id = format!("guide-{}", step.word());
    let head = NodeRef::<html::Button>::new();
    // What was pressed in a step goes away with it, and the focus with that.
    Effect::new(move |before: Option<bool>| {
        let is_open = is_open.get();
        if is_open && before == Some(false) {
            request_animation_frame(move || {
                let lost = document().active_element().is_none_or(|at| at.tag_name() == "BODY");
                if let (true, Some(head)) = (lost, head.try_get_untracked().flatten()) {
                    // The specification lists no error for focus().
                    let _ = head.focus();
                }
            });
        }
        is_open
    });
    let mark = move || {
        if here.get().is_done() {
            view! { <Icon name=IconName::Check /> }.into_any()
        } else {
            number.into_any()
        }
    };
    let class = move || match (here.get(), is_next.get()) {
        (state, _) if state.is_done() => "guide__step guide__step--done",
        (_, true) => "guide__step guide__step--next",
        _ => "guide__step",
    };
    view! {
        <li class=class>
            <h2 class="guide__heading">
                <button
                    class="guide__head"
                    type="button"
                    node_ref=head
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=id.clone()
                    on:click=move |_| open.update(|open| *open = (*open != Some(step)).then_some(step))
                >
                    <span class="guide__mark" aria-hidden="true">{mark}</span>
                    <span class="guide__title">{step.title()}</span>
                    {move || view! { <StateBadge state=here.get() is_next=is_next.get() /> }}
                    <Icon name=IconName::ChevronDown />
                </button>
            </h2>
            <div class="guide__body stack stack--close" id=id hidden=move || !is_open.get()>
                <Show when=move || is_open.get()>
                    <StepBody step />
                    <Blocks step />
                    {step.by_hand().then(|| view! { <ByHand step here /> })}
                </Show>
            </div>
        </li>
    }
}

#[component]
fn StateBadge(state: State, is_next: bool) -> impl IntoView {
    match state {
        State::Checked => view! { <Badge tone=Tone::Ok>"Done"</Badge> }.into_any(),
        State::Ticked => view! { <Badge tone=Tone::Ok>"Done, you say"</Badge> }.into_any(),
        State::Follows => view! { <Badge tone=Tone::Ok>"Done, it seems"</Badge> }.into_any(),
        State::Doing => view! { <Badge tone=Tone::Wait>"In progress"</Badge> }.into_any(),
        State::Todo if is_next => {
            view! { <Badge icon=IconName::ArrowRight>"Next"</Badge> }.into_any()
        }
        State::Todo => view! { <span class="stamp">"To do"</span> }.into_any(),
        State::NoApp => view! { <span class="stamp">"Needs an app"</span> }.into_any(),
    }
}

/// The commands of a step, each to copy.
#[component]
fn Blocks(step: Step) -> impl IntoView {
    let guide = use_guide();
    let shown = move || {
        let app = guide.app.get();
        let app = if app.is_empty() { "my-app" } else { &app };
        blocks(step, guide.platform.get(), app)
    };
    move || {
        shown()
            .into_iter()
            .map(|(about, lines)| {
                view! {
                    <p class="guide__about">{about}</p>
                    <CodeBlock code=Signal::stored(lines) label=format!("Commands: {about}") />
                }
            })
            .collect_view()
    }
}

/// The button for what only whoever did it knows.
#[component]
fn ByHand(step: Step, here: Memo<State>) -> impl IntoView {
    let guide = use_guide();
    let tick = move |is_done| Callback::new(move |()| guide.tick(step, is_done));
    move || {
        match here.get() {
        State::Ticked => view! {
            <p class="row"><Button small=true variant=ButtonVariant::Quiet on_click=tick(false)>"It is not done after all"</Button></p>
        }
        .into_any(),
        State::Follows => view! {
            <p class="stamp">"The app has a release with code, so this must have been done."</p>
        }
        .into_any(),
        State::NoApp => ().into_any(),
        _ => view! {
            <p class="row">
                <Button icon=IconName::Check on_click=tick(true)>"I have done this"</Button>
                <span class="stamp">"The console cannot see it from here."</span>
            </p>
        }
        .into_any(),
    }
    }
}
