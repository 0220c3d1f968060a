//! What is pressed and what is filled in.

use leptos::prelude::*;

use crate::gallery::Section;
use backoffice_ui::{
    Button, ButtonVariant, Checkbox, Choice, FieldKind, IconButton, IconName, LinkButton,
    RadioCards, SearchField, Segments, TabItem, Tabs, TextArea, TextField,
};

const VARIANTS: [(ButtonVariant, &str); 5] = [
    (ButtonVariant::Primary, "Primary"),
    (ButtonVariant::Default, "Default"),
    (ButtonVariant::Quiet, "Quiet"),
    (ButtonVariant::Danger, "Danger, asks"),
    (ButtonVariant::DangerFill, "Danger"),
];

/// Button, IconButton, LinkButton, Segments, Tabs.
#[component]
pub(super) fn Buttons() -> impl IntoView {
    let pressed = RwSignal::new(true);
    let segment = RwSignal::new(1);
    let tab = |label, current: bool| {
        TabItem::new(crate::gallery::PATH.to_owned(), label, Signal::stored(current))
    };
    let row = |small: bool| {
        VARIANTS
            .map(|(variant, name)| view! { <Button variant small>{name}</Button> })
            .collect_view()
    };
    view! {
        <Section title="Button">
            <div class="row">{row(false)}</div>
            <div class="row">{row(true)}</div>
            <div class="row">
                {VARIANTS.map(|(variant, name)| view! { <Button variant pending=true>{name}</Button> }).collect_view()}
            </div>
            <div class="row">
                <Button icon=IconName::Plus>"With an icon"</Button>
                <Button disabled=true>"Disabled"</Button>
                <Button disabled_reason=Signal::stored(Some("The reason why.".to_owned()))>"With a reason"</Button>
                <Button title="A tooltip">"With a tooltip"</Button>
            </div>
        </Section>
        <Section title="IconButton">
            <div class="row">
                <IconButton icon=IconName::Refresh label="Refresh" on_click=|()| {} />
                <IconButton icon=IconName::Close label="Small" small=true on_click=|()| {} />
                <IconButton
                    icon=IconName::Eye
                    label="Pressed in"
                    pressed=pressed
                    on_click=move || pressed.update(|pressed| *pressed = !*pressed)
                />
            </div>
        </Section>
        <Section title="LinkButton">
            <div class="row">
                <LinkButton href=crate::gallery::PATH>"Inside"</LinkButton>
                <LinkButton href=crate::gallery::PATH variant=ButtonVariant::Primary>"Primary"</LinkButton>
                <LinkButton href=crate::gallery::PATH icon=IconName::External external=true>"In a new tab"</LinkButton>
            </div>
        </Section>
        <Section title="Segments">
            <div class="row"><Segments label="Span" value=segment items=vec![(0, "Hour"), (1, "Day"), (2, "Week")] /></div>
        </Section>
        <Section title="Tabs">
            <Tabs label="Parts" items=vec![tab("First", true), tab("Second", false), tab("Third", false)] />
        </Section>
    }
}

/// TextField, TextArea, SearchField, Checkbox, RadioCards.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let text = RwSignal::new("calm-ivory-wombat".to_owned());
    let empty = RwSignal::new(String::new());
    let password = RwSignal::new("made up password".to_owned());
    let error = Signal::stored(Some("can't be blank.".to_owned()));
    let ticked = RwSignal::new(true);
    let choice = RwSignal::new("two".to_owned());
    let choices = vec![
        Choice::new("one", "The first", "What it is."),
        Choice::new("two", "The second", "It is chosen."),
    ];
    view! {
        <Section title="TextField">
            <TextField label="Filled in" value=text hint="Help that is there before a mistake." />
            <TextField label="With an example" value=empty placeholder="my-app" required=true />
            <TextField label="Wrong" value=empty error=error hint="The hint stays." />
            <TextField label="Exact" value=text mono=true />
            <TextField label="Read only" value=text readonly=true />
            <TextField label="Password" value=password kind=FieldKind::Password autocomplete="off" />
            <TextField label="Email" value=empty kind=FieldKind::Email inputmode="email" />
        </Section>
        <Section title="TextArea">
            <TextArea label="Several lines" value=text rows=3 hint="It grows." />
            <TextArea label="Wrong" value=empty error=error mono=true rows=2 />
        </Section>
        <Section title="SearchField">
            <SearchField label="Search" value=empty />
        </Section>
        <Section title="Checkbox">
            <Checkbox label="Ticked" value=ticked hint="What else to know." />
            <Checkbox label="Wrong" value=ticked error=Signal::stored(Some("It has to be ticked.".to_owned())) />
            <Checkbox label="Disabled" value=ticked disabled=true />
        </Section>
        <Section title="RadioCards">
            <RadioCards legend="One of two" name="gallery-choice" value=choice choices hint="A hint." />
        </Section>
    }
}
