//! The same request in every language, with texts that each language quotes differently.

use backoffice_explorer::{Credential, Draft, Form, Language, snippet};

use crate::shop::{enter, form};

fn all(form: &Form, draft: &Draft, credential: Option<Credential>) -> String {
    let mut request = form.request(draft, "https://api.test").unwrap();
    if let Some(credential) = credential {
        request = request.with(credential);
    }
    let one =
        |language: Language| format!("## {}\n{}", language.label(), snippet(&request, language));
    Language::ALL.map(one).join("\n")
}

#[test]
fn a_read_without_a_secret() {
    let form = form("listPets");
    let mut draft = form.draft();
    enter(&form, &mut draft, &["query", "next"], "\"[a]\"");
    insta::assert_snapshot!(all(&form, &draft, None));
}

#[test]
fn a_body_with_everything_that_needs_quotes() {
    let form = form("addPet");
    let mut draft = form.draft();
    enter(&form, &mut draft, &["kind"], "\"cat\"");
    let name = "it's \"quoted\" $HOME `id` ${x} #{y} \\ back\nline 🐈 ü \"\"\" \"# end\"";
    let json = serde_json::Value::from(name).to_string();
    enter(&form, &mut draft, &["name"], &json);
    let secret = Credential::new("Authorization", "Bearer ", "made-up", "TOKEN");
    insta::assert_snapshot!(all(&form, &draft, Some(secret)));
}

#[test]
fn a_text_with_line_breaks_and_control_characters() {
    let form = form("addPet");
    let mut draft = Draft::default();
    draft.set(&Form::media_path(), 3);
    let text = "@it's \"\"\"\r\n\t`x` ${y} #{z} \\n \u{1}1 \u{202e}\n\"\"\"\"";
    draft.set(&form.body(&draft).unwrap().path, text);
    let secret = Credential::new("X-Key", "", "made-up", "KEY");
    insta::assert_snapshot!(all(&form, &draft, Some(secret)));
}
