//! What says how things are, and what stands where nothing is.

use leptos::prelude::*;

use crate::gallery::Section;
use backoffice_ui::{
    Badge, Button, EmptyState, ErrorPanel, IconName, LiveRegion, Note, Skeleton, SkeletonShape,
    Spinner, Tone,
};

const TONES: [(Tone, &str); 6] = [
    (Tone::Ok, "It works"),
    (Tone::Wait, "Under way"),
    (Tone::Bad, "It failed"),
    (Tone::Limit, "A limit holds it back"),
    (Tone::Info, "Worth knowing"),
    (Tone::Neutral, "None of these"),
];

/// Badge, Note, LiveRegion.
#[component]
pub(super) fn Messages() -> impl IntoView {
    let said = RwSignal::new(String::new());
    view! {
        <Section title="Badge">
            <div class="row">
                {TONES.map(|(tone, text)| view! { <Badge tone>{text}</Badge> }).collect_view()}
                <Badge tone=Tone::Wait icon=IconName::Sandbox>"With an icon of its own"</Badge>
            </div>
        </Section>
        <Section title="Note">
            {TONES.map(|(tone, title)| view! {
                <Note tone title><p>"More about it, and what can be done."</p></Note>
            }).collect_view()}
            <Note title="With an action" actions=|| view! { <Button small=true>"Act"</Button> } />
        </Section>
        <Section title="LiveRegion">
            <p>"It is heard, not seen."</p>
            <div class="row"><Button on_click=move || said.set("It was pressed.".to_owned())>"Say something"</Button></div>
            <LiveRegion text=said />
        </Section>
    }
}

/// EmptyState, ErrorPanel, Skeleton, Spinner.
#[component]
pub(super) fn Placeholders() -> impl IntoView {
    view! {
        <Section title="EmptyState">
            <EmptyState icon=IconName::Apps title="Nothing yet">
                <p>"What would be here, and the way to it."</p>
                <Button>"Make one"</Button>
            </EmptyState>
        </Section>
        <Section title="ErrorPanel">
            <ErrorPanel title="The API failed" message="Something went wrong." on_retry=|()| {} />
            <ErrorPanel title="Not found" message="Trying again would not help." />
        </Section>
        <Section title="Skeleton">
            <Skeleton lines=3 />
            <Skeleton lines=3 shape=SkeletonShape::Table />
        </Section>
        <Section title="Spinner">
            <div class="row"><Spinner /></div>
        </Section>
    }
}
