//! What lies over the page or beside it.

use leptos::prelude::*;

use crate::gallery::Section;
use backoffice_ui::{
    Button, ButtonVariant, ConfirmDialog, Dialog, Drawer, IconName, Menu, MenuItem, Popover, Tone,
    use_toasts,
};

/// Dialog, ConfirmDialog, Drawer, Popover, Menu, toasts.
#[component]
pub(super) fn Layers() -> impl IntoView {
    let toasts = use_toasts();
    let dialogs = [(); 5].map(|()| RwSignal::new(false));
    let [plain, wide, kept, confirm, phrase] = dialogs;
    let drawer = RwSignal::new(false);
    let popover = RwSignal::new(false);
    let opens = |open: RwSignal<bool>, text: &'static str| {
        view! { <Button on_click=move || open.set(true)>{text}</Button> }
    };
    let items = Signal::stored(vec![
        MenuItem::new("An action", Callback::new(|()| {})).icon(IconName::Copy),
        MenuItem::new("Not now", Callback::new(|()| {}))
            .disabled(Some("The reason why.".to_owned())),
    ]);
    let close = move |open: RwSignal<bool>| {
        move || {
            view! {
                <Button variant=ButtonVariant::Quiet on_click=move || open.set(false)>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary on_click=move || open.set(false)>"Done"</Button>
            }
        }
    };
    view! {
        <Section title="Dialog">
            <div class="row">
                {opens(plain, "Dialog")}
                {opens(wide, "Wide")}
                {opens(kept, "Closed by its buttons only")}
            </div>
            <Dialog title="A dialog" open=plain foot=close(plain)><p>"Its content."</p></Dialog>
            <Dialog title="A wide dialog" open=wide wide=true guarded=true foot=close(wide)>
                <p>"A click beside it does not close it."</p>
            </Dialog>
            <Dialog title="A dialog that stays" open=kept persistent=true foot=close(kept)>
                <p>"Neither Esc nor a click beside it closes it."</p>
            </Dialog>
        </Section>
        <Section title="ConfirmDialog">
            <div class="row">{opens(confirm, "A question")} {opens(phrase, "With a name to type")}</div>
            <ConfirmDialog
                open=confirm
                title="Restart the app?"
                confirm_label="Restart"
                command=Signal::stored("gigalixir ps:restart -a my-app".to_owned())
                on_confirm=move || confirm.set(false)
            >
                <p>"What happens."</p>
            </ConfirmDialog>
            <ConfirmDialog
                open=phrase
                title="Delete the app?"
                confirm_label="Delete"
                danger=true
                phrase="my-app"
                on_confirm=move || phrase.set(false)
            >
                <p>"What is lost."</p>
            </ConfirmDialog>
        </Section>
        <Section title="Drawer">
            <div class="row">{opens(drawer, "Drawer")}</div>
            <Drawer title="A drawer" open=drawer><p class="card__body">"Its content."</p></Drawer>
        </Section>
        <Section title="Popover">
            <div class="row">
                <Popover
                    title="A popover"
                    open=popover
                    button_class="button button--default"
                    button_label="Popover"
                    button=|| "Popover"
                    status=|| "Beside the heading"
                >
                    <p>"Its content."</p>
                </Popover>
            </div>
        </Section>
        <Section title="Menu">
            <div class="row">
                <Menu label="More" items />
                <Menu label="With its name" icon=IconName::ChevronDown with_text=true items />
            </div>
        </Section>
        <Section title="Toast">
            <div class="row">
                <Button on_click=move || toasts.ok("It has worked.")>"Worked"</Button>
                <Button on_click=move || toasts.info("Worth knowing.")>"Information"</Button>
                <Button on_click=move || toasts.push(Tone::Bad, "It has failed.", Some("And stays until it is dismissed.".to_owned()))>
                    "Failure"
                </Button>
            </div>
        </Section>
    }
}
