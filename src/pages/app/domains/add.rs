//! Adding a custom domain.

use backoffice_contract::network::{Domain, DomainRequest};
use backoffice_contract::{fqdn, op};
use leptos::prelude::*;

use crate::components::{ErrorNote, FormCard};
use crate::pages::app::domains::dns_record::{counterpart, record_of};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Button, ButtonType, ButtonVariant, TextField, use_toasts};
use backoffice_web_client::{Query, use_mutation};

/// The id of the form.
pub const ADD: &str = "add-domain";

/// The form, which says as one types which record the name will need.
#[component]
pub fn AddDomain(
    /// What is there already.
    domains: Query<Vec<Domain>>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let add = use_mutation();
    let text = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let typed = Memo::new(move |_| text.with(|text| fqdn::normal(text)));
    let known = move |name: &str| {
        domains.data().is_some_and(|list| list.iter().any(|domain| domain.fqdn == name))
    };
    let fault = Memo::new(move |_| {
        let typed = typed.get();
        match fqdn::check(&typed) {
            Err(rule) => Some(format!("The name {rule}")),
            Ok(()) if known(&typed) => Some("The name is in the list already.".to_owned()),
            Ok(()) => None,
        }
    });
    let from_api = add.field_error("fqdn");
    let error = Signal::derive(move || {
        let shown = checked.get() || typed.with(|typed| is_worth_correcting(typed));
        fault.get().filter(|_| shown).or_else(|| from_api.get())
    });
    let operation = Signal::derive(move || op::AddDomain {
        app: name.get(),
        body: DomainRequest { fqdn: typed.get() },
    });
    let preview = move || {
        let fqdn = typed.get();
        if fault.with(Option::is_some) {
            return None;
        }
        let other = counterpart(&fqdn).filter(|other| !known(other));
        let record = record_of(&Domain { fqdn: fqdn.clone(), ..Default::default() });
        Some(view! {
            <p class="small muted">
                "It will need a record of type " <b>{record.kind}</b> " called " <b class="mono">{record.name}</b> "."
            </p>
            {other.map(|other| view! {
                <p class="small muted">
                    <b class="mono">{other}</b> " is a name of its own: add it as well if people may type it."
                </p>
            })}
        })
    };
    let submit = move || {
        checked.set(true);
        if fault.with_untracked(Option::is_some) {
            return;
        }
        let sent = text.get_untracked();
        add.run(operation.get_untracked(), move |domain| {
            // Somebody may have gone on typing.
            if text.with_untracked(|text| *text == sent) {
                text.set(String::new());
            }
            checked.set(false);
            toasts.ok(format!(
                "{} is added. Create its DNS record next.",
                domain_name(domain, &sent)
            ));
        });
    };
    view! {
        <FormCard id=ADD title="Add a domain" operation on_submit=submit>
            <div class="form card__body">
                <ErrorNote error=add.general_error(&["fqdn"]) />
                <TextField
                    focus_on_error=true
                    label="Name"
                    value=text
                    mono=true
                    autocomplete="off"
                    placeholder="www.example.com"
                    inputmode="url"
                    hint="example.com and www.example.com are two names, each with a record of its own."
                    error=error
                />
                {preview}
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=add.pending>
                        "Add domain"
                    </Button>
                </div>
            </div>
        </FormCard>
    }
}

/// Whether a faulty name is more than one that is not finished yet.
fn is_worth_correcting(typed: &str) -> bool {
    let finished = typed.contains('.') && typed.ends_with(|c: char| c.is_ascii_alphanumeric());
    finished || typed.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'))
}

/// What the server calls it, or what was sent when it does not say.
fn domain_name(added: Domain, sent: &str) -> String {
    if added.fqdn.is_empty() { fqdn::normal(sent) } else { added.fqdn }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_corrected_in_the_middle_of_a_name() {
        for unfinished in ["", "www", "www.", "www.ex-"] {
            assert!(!is_worth_correcting(unfinished), "{unfinished}");
        }
        for finished in ["https:", "my_app", "*.example.com", "www.example"] {
            assert!(is_worth_correcting(finished), "{finished}");
        }
    }
}
