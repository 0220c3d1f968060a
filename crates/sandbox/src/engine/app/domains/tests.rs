//! Custom domains of an app.

use backoffice_contract::network::{DomainRequest, DomainState};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

fn add(app: &str, fqdn: &str) -> op::AddDomain {
    op::AddDomain { app: app.into(), body: DomainRequest { fqdn: fqdn.into() } }
}

fn remove(app: &str, fqdn: &str) -> op::RemoveDomain {
    op::RemoveDomain { app: app.into(), body: DomainRequest { fqdn: fqdn.into() } }
}

fn names(api: &mut Api, app: &str) -> Vec<String> {
    let domains = api.call(op::ListDomains { app: app.into() }).unwrap();
    domains.into_iter().map(|domain| domain.fqdn).collect()
}

#[test]
fn a_domain_becomes_active_by_itself() {
    let mut api = Api::on(Tier::Standard);
    api.create_app("my-app");
    let added = api.call(add("my-app", " WWW.Example.com. ")).unwrap();
    assert_eq!(added.fqdn, "www.example.com");
    assert_eq!(added.cname.as_deref(), Some("www.example.com.gigalixirdns.com"));
    let mut state = |wait| {
        api.wait(wait);
        api.call(op::ListDomains { app: "my-app".into() }).unwrap()[0].state.clone().unwrap()
    };
    assert_eq!(state(119_999), DomainState::Pending);
    assert_eq!(state(1), DomainState::Issuing);
    assert_eq!(state(179_999), DomainState::Issuing);
    assert_eq!(state(1), DomainState::Active);
}

#[test]
fn what_cannot_be_a_custom_domain_is_refused() {
    let mut api = Api::on(Tier::Standard);
    api.create_app("my-app");
    api.refuse(add("my-app", " "), 422, "Fqdn can't be blank.");
    let path = "Fqdn must be a name alone, without https:// before or a path behind it.";
    api.refuse(add("my-app", "https://example.com"), 422, path);
    for own in ["my-app.gigalixirapp.com", "gigalixirdns.com"] {
        api.refuse(add("my-app", own), 422, "Fqdn belongs to the platform.");
    }
    api.call(add("my-app", "my-gigalixirapp.com")).unwrap();
}

#[test]
fn a_domain_is_unique_on_the_platform_until_it_is_given_up() {
    let mut api = Api::on(Tier::Standard);
    api.create_app("my-app");
    api.create_app("other-app");
    for fqdn in ["example.com", "www.example.com"] {
        api.call(add("my-app", fqdn)).unwrap();
    }
    api.refuse(add("other-app", "example.com"), 422, "Fqdn has already been taken.");
    api.refuse(remove("other-app", "example.com"), 404, "The app has no domain `example.com`.");
    api.call(remove("my-app", "Example.com")).unwrap();
    api.call(add("other-app", "example.com")).unwrap();
    assert_eq!(names(&mut api, "my-app"), ["www.example.com"]);
    api.call(op::DeleteApp { app: "my-app".into() }).unwrap();
    api.call(add("other-app", "www.example.com")).unwrap();
    assert_eq!(names(&mut api, "other-app"), ["example.com", "www.example.com"]);
    let activity = api.call(op::ListActivity { app: "other-app".into() }).unwrap();
    assert_eq!(activity[0].summary, "Added domain www.example.com.");
}

#[test]
fn a_hundred_domains_are_enough() {
    let mut api = Api::on(Tier::Standard);
    api.create_app("my-app");
    for number in 0..100 {
        api.call(add("my-app", &format!("n{number}.example.com"))).unwrap();
    }
    let limit = "Fqdn is one too many: an app can have 100.";
    api.refuse(add("my-app", "one-more.example.com"), 422, limit);
}
