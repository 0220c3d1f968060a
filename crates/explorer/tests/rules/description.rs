//! Opens the project's own description and makes a request of every operation.

use std::rc::Rc;

use backoffice_explorer::{Document, Form, Language, Location, snippet};

#[test]
fn every_operation_has_a_form_and_a_request() {
    let text = include_str!("../../../../docs/openapi.json").to_owned();
    let document = Rc::new(Document::open(text).unwrap());
    assert_eq!(document.title(), "Backoffice API");
    assert!(document.entries().len() > 70);
    for (at, entry) in document.entries().iter().enumerate() {
        let form = Form::open(&document, at).unwrap();
        assert_eq!(form.operation().notes, Vec::<String>::new(), "{}", entry.id);
        let mut draft = form.draft();
        for field in form.parameters(Location::Path) {
            assert_eq!(field.note, None);
            draft.set(&field.path, "7");
        }
        if let Some(body) = form.body(&draft) {
            for field in form.children(&body, &draft) {
                assert_eq!(field.note, None, "{} {}", entry.id, field.path);
            }
        }
        let request = form.request(&draft, "https://api.test/openapi.json").unwrap();
        assert!(request.url().starts_with("https://api.test/"), "{}", request.url());
        assert!(!request.url().contains('{'), "{}", request.url());
        for language in Language::ALL {
            assert!(snippet(&request, language).contains(request.shown_url()));
        }
    }
}

#[test]
fn operations_are_found_by_any_of_their_words() {
    let text = include_str!("../../../../docs/openapi.json").to_owned();
    let document = Document::open(text).unwrap();
    let ids = |query: &str| -> Vec<String> {
        let found = document.search(query).into_iter();
        found.map(|at| document.entries()[at].id.clone()).collect()
    };
    assert_eq!(ids("create_app").first().unwrap(), "create_app");
    assert_eq!(ids("APP create post").first().unwrap(), "create_app");
    assert!(ids("old one stops working").contains(&"regenerate_api_key".to_owned()));
    assert_eq!(ids("no such words at all"), Vec::<String>::new());
    assert_eq!(ids("  ").len(), document.entries().len());
}
