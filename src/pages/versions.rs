//! The files that choose versions for a build.

mod choices;
mod compat;
mod files;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::components::PageTitle;
use crate::paths;
use backoffice_ui::{
    Button, ButtonVariant, Card, Checkbox, CodeBlock, CommandStrip, CopyButton, Note, Segments,
    TextField, Tone, download, use_toasts,
};
use choices::{Choices, Phoenix};
use compat::Verdict;
use files::{BuildFile, commit, files};

/// The choices on the left, the files that come of them on the right. The address holds
/// the choices, so that a link to it is a link to the files.
#[component]
pub fn VersionsPage() -> impl IntoView {
    let query = use_query_map();
    let fields =
        Fields::new(&query.with_untracked(|query| Choices::of_query(|name| query.get(name))));
    let choices = Memo::new(move |_| fields.choices());
    let address = Signal::derive(move || match choices.with(Choices::query) {
        query if query.is_empty() => paths::VERSIONS.to_owned(),
        query => format!("{}?{query}", paths::VERSIONS),
    });
    let navigate = use_navigate();
    Effect::new(move |before: Option<String>| {
        let address = address.get();
        if before.is_some_and(|before| before != address) {
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&address, options);
        }
        address
    });
    let link = Signal::derive(move || {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}{}", address.get())
    });
    view! {
        <PageTitle title="Versions" purpose="The files that tell a build which Elixir, Erlang and Node to use. Take those that you develop with.">
            <span class="row"><span class="stamp">"Link to these choices"</span><CopyButton text=link what="the link to these choices" /></span>
        </PageTitle>
        <div class="grid grid--even">
            <div class="stack">
                <ElixirCard fields choices />
                <AssetsCard fields />
                <HooksCard fields />
            </div>
            <Files choices />
        </div>
    }
}

/// One signal for each choice.
#[derive(Clone, Copy)]
struct Fields {
    elixir: RwSignal<String>,
    erlang: RwSignal<String>,
    always_rebuild: RwSignal<bool>,
    release: RwSignal<bool>,
    hook_pre_fetch: RwSignal<String>,
    hook_pre_compile: RwSignal<String>,
    hook_compile: RwSignal<String>,
    hook_post_compile: RwSignal<String>,
    phoenix: RwSignal<Phoenix>,
    node: RwSignal<String>,
    npm: RwSignal<String>,
    clean_cache: RwSignal<bool>,
    remove_node: RwSignal<bool>,
    phoenix_path: RwSignal<String>,
}

impl Fields {
    fn new(choices: &Choices) -> Self {
        let text = |text: &String| RwSignal::new(text.clone());
        Self {
            elixir: text(&choices.elixir),
            erlang: text(&choices.erlang),
            always_rebuild: RwSignal::new(choices.always_rebuild),
            release: RwSignal::new(choices.release),
            hook_pre_fetch: text(&choices.hook_pre_fetch),
            hook_pre_compile: text(&choices.hook_pre_compile),
            hook_compile: text(&choices.hook_compile),
            hook_post_compile: text(&choices.hook_post_compile),
            phoenix: RwSignal::new(choices.phoenix),
            node: text(&choices.node),
            npm: text(&choices.npm),
            clean_cache: RwSignal::new(choices.clean_cache),
            remove_node: RwSignal::new(choices.remove_node),
            phoenix_path: text(&choices.phoenix_path),
        }
    }

    fn choices(self) -> Choices {
        Choices {
            elixir: self.elixir.get(),
            erlang: self.erlang.get(),
            always_rebuild: self.always_rebuild.get(),
            release: self.release.get(),
            hook_pre_fetch: self.hook_pre_fetch.get(),
            hook_pre_compile: self.hook_pre_compile.get(),
            hook_compile: self.hook_compile.get(),
            hook_post_compile: self.hook_post_compile.get(),
            phoenix: self.phoenix.get(),
            node: self.node.get(),
            npm: self.npm.get(),
            clean_cache: self.clean_cache.get(),
            remove_node: self.remove_node.get(),
            phoenix_path: self.phoenix_path.get(),
        }
    }
}

/// A version, corrected as it is typed.
#[component]
fn VersionField(
    label: &'static str,
    value: RwSignal<String>,
    fault: fn(&str) -> Option<String>,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let error = Signal::derive(move || value.with(|text| fault(text)));
    let hint = MaybeProp::from(hint.map(str::to_owned));
    view! { <TextField label value mono=true autocomplete="off" hint error /> }
}

#[component]
fn ElixirCard(fields: Fields, choices: Memo<Choices>) -> impl IntoView {
    let verdicts = move || {
        choices.with(|choices| {
            let pair = compat::elixir_on_otp(&choices.elixir, &choices.erlang);
            let phoenix = compat::phoenix_on_elixir(choices.phoenix, &choices.elixir);
            pair.into_iter().chain(phoenix).collect::<Vec<_>>()
        })
    };
    let verdict = |verdict: Verdict| {
        let (tone, text) = match verdict {
            Verdict::Good(text) => (Tone::Ok, text),
            Verdict::Bad(text) => (Tone::Bad, text),
            Verdict::Unknown(text) => (Tone::Info, text),
        };
        view! { <Note tone title=text /> }
    };
    view! {
        <Card title="Elixir and Erlang">
            <div class="form card__body">
                <div class="form__row">
                    <VersionField label="Elixir" value=fields.elixir fault=compat::elixir_fault />
                    <VersionField label="Erlang/OTP" value=fields.erlang fault=compat::erlang_fault />
                </div>
                <div class="field">
                    <span class="field__label" id="phoenix-label">"Phoenix"</span>
                    <Segments
                        label="Phoenix"
                        value=fields.phoenix
                        items=Phoenix::ALL.into_iter().map(|phoenix| (phoenix, phoenix.label())).collect()
                    />
                </div>
                <div class="stack stack--close" role="status">{move || verdicts().into_iter().map(verdict).collect_view()}</div>
                <div class="stack stack--close">
                    <p class="stamp">"What you develop with:"</p>
                    <CommandStrip command=Signal::stored("elixir --version".to_owned()) framed=true />
                    <p class="stamp">"Not every version has been built for every stack. A build that finds none says so in its log."</p>
                </div>
                <Checkbox label="Rebuild everything with every deploy" value=fields.always_rebuild hint="always_rebuild: slower, and free of what an older build left." />
                <Checkbox label="Build an Elixir release" value=fields.release hint="release: needs Elixir 1.9. Not together with assets that are built after it." />
            </div>
        </Card>
    }
}

#[component]
fn AssetsCard(fields: Fields) -> impl IntoView {
    view! {
        <Show when=move || fields.phoenix.get() != Phoenix::Without>
            <Card title="Assets">
                <div class="form card__body">
                    <div class="form__row">
                        <VersionField label="Node" value=fields.node fault=compat::node_fault hint="Empty: the buildpack's default, which is old." />
                        <VersionField label="npm" value=fields.npm fault=compat::node_fault hint="Empty: the one that comes with Node." />
                    </div>
                    <TextField
                        label="Folder of the Phoenix app"
                        value=fields.phoenix_path
                        mono=true
                        autocomplete="off"
                        placeholder="apps/my_app_web"
                        hint="For umbrella projects; empty when it is the root."
                    />
                    <Checkbox label="Empty the cache before each build" value=fields.clean_cache hint="clean_cache: for when node_modules went wrong." />
                    <Checkbox label="Remove Node after the build" value=fields.remove_node hint="remove_node: a smaller slug, without Node at run time." />
                </div>
            </Card>
        </Show>
    }
}

#[component]
fn HooksCard(fields: Fields) -> impl IntoView {
    let hook = |label: &'static str, value: RwSignal<String>, placeholder: &'static str| {
        view! { <TextField label value mono=true autocomplete="off" placeholder /> }
    };
    view! {
        <Card title="Commands during the build">
            <div class="form card__body">
                <p class="muted">"Run in the root of the app. They end up in your repository and in the address of this page: keep secrets in config."</p>
                {hook("Before dependencies are fetched", fields.hook_pre_fetch, "hook_pre_fetch_dependencies")}
                {hook("Before compiling", fields.hook_pre_compile, "hook_pre_compile")}
                {hook("Instead of compiling", fields.hook_compile, "mix compile --force --warnings-as-errors")}
                {hook("After compiling", fields.hook_post_compile, "hook_post_compile")}
            </div>
        </Card>
    }
}

#[component]
fn Files(choices: Memo<Choices>) -> impl IntoView {
    let all = Memo::new(move |_| choices.with(files));
    let paths = Memo::new(move |_| {
        all.with(|files| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>())
    });
    let command = Signal::derive(move || all.with(|files| commit(files)));
    view! {
        <div class="stack">
            <For each=move || paths.get() key=String::clone children=move |path| view! { <FileCard path all /> } />
            <Card title="Commit" foot=move || view! { <CommandStrip command /> }.into_any()>
                <p class="card__body muted">"The next push builds with them. A push that changes versions takes longer, since everything is compiled anew."</p>
            </Card>
        </div>
    }
}

#[component]
fn FileCard(path: String, all: Memo<Vec<BuildFile>>) -> impl IntoView {
    let toasts = use_toasts();
    let file = {
        let path = path.clone();
        Memo::new(move |_| all.with(|files| files.iter().find(|file| file.path == path).cloned()))
    };
    let text = Signal::derive(move || file.get().map(|file| file.text).unwrap_or_default());
    let about = move || file.get().map(|file| file.about);
    let keep = Callback::new(move |()| {
        let kept = file.with_untracked(|file| {
            file.as_ref().is_some_and(|file| download(file.name(), "text/plain", &file.text))
        });
        if !kept {
            toasts.info("The browser does not allow the download. Copy the text instead.");
        }
    });
    view! {
        <Card
            title=path.clone()
            actions=move || view! {
                <Button small=true variant=ButtonVariant::Quiet on_click=keep>"Download"</Button>
            }.into_any()
        >
            <div class="card__body stack stack--close">
                <p class="muted">{about}</p>
                <CodeBlock code=text label=format!("Text of {path}") />
            </div>
        </Card>
    }
}
