//! A console to look at while working on it, compiled with cargo's dev profile: soon there, large
//! and slow, with the gallery.
//!
//! `index.html` says what belongs to it, as it does for Trunk. Trunk itself takes minutes to install
//! and makes every program again when one has changed, so this does without it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use super::{bindgen, compiler, styles};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::process;
use crate::project::{self, Project};
use crate::tools::pinned::{WASM_BINDGEN, toml_text};
use crate::tools::rust::{self, WASM};

/// The programs of the sign-in page and of the pages behind it.
const FIRST: [&str; 2] = ["backoffice-console", "entrance"];

/// Which programs are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Programs {
    /// Those without which there is no page to look at.
    First,
    /// Those of the playground and the sandbox in the browser, too.
    All,
}

/// What a line of `index.html` asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asset<'a> {
    /// A file that is served as it is.
    File(&'a str),
    /// A style sheet of every page.
    Sheet(&'a str),
    /// A program of the package whose manifest this is.
    Program {
        name: &'a str,
        manifest: &'a str,
        features: Option<&'a str>,
        is_main: bool,
        has_loader: bool,
    },
}

/// Where the files are.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.target.join("xtask/quick")
}

/// Whether there is a page, of whatever age.
pub(crate) fn exists(project: &Project) -> bool {
    folder(project).join("index.html").exists()
}

/// Brings the files up to date.
pub(crate) fn build(project: &Project, programs: Programs) -> Result<()> {
    let folder = folder(project);
    project::create_folder(&folder)?;
    rust::ensure_wasm()?;
    styles::join(project)?;
    let page = project.read("index.html")?;
    let mut assets: Vec<Asset<'_>> = page.split_inclusive('>').filter_map(asset).collect();
    assets.retain(|asset| match asset {
        Asset::Program { name, .. } => programs == Programs::All || FIRST.contains(name),
        _ => true,
    });
    // The compiler does not need the tool that takes what it makes.
    let wasm_bindgen = thread::scope(|scope| {
        let tool = scope.spawn(|| WASM_BINDGEN.ensure(project));
        let compiled = compile_all(project, &assets);
        let tool = tool.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
        compiled.and(tool)
    })?;
    thread::scope(|scope| {
        let made = assets.iter().map(|asset| {
            let (folder, wasm_bindgen) = (&folder, &wasm_bindgen);
            scope.spawn(move || make(project, asset, folder, wasm_bindgen))
        });
        let made: Vec<_> = made.collect();
        made.into_iter().try_for_each(|made| {
            made.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
        })
    })?;
    let loader = toml_text(&project.read("Trunk.toml")?, "pattern_script")
        .ok_or_else(|| Error::new("Trunk.toml has no line pattern_script = '…'"))?;
    project::write_text(&folder.join("index.html"), &served(&page, &loader))
}

/// Compiles the programs of each package at once.
fn compile_all(project: &Project, assets: &[Asset<'_>]) -> Result<()> {
    let mut packages: Vec<(&str, Option<&str>, Vec<&str>)> = Vec::new();
    for asset in assets {
        let Asset::Program { name, manifest, features, .. } = asset else { continue };
        match packages.iter_mut().find(|(known, ..)| known == manifest) {
            Some((.., names)) => names.push(name),
            None => packages.push((manifest, *features, vec![name])),
        }
    }
    packages.into_iter().try_for_each(|(manifest, features, names)| {
        let manifest = project.path(manifest);
        let package = manifest.parent().unwrap_or(&project.root);
        let mut cargo = compiler(project, package, "dev", &names);
        process::run(cargo.args(features.into_iter().flat_map(|names| ["--features", names])))
    })
}

/// Puts what a line asks for into the folder.
fn make(project: &Project, asset: &Asset<'_>, folder: &Path, wasm_bindgen: &Path) -> Result<()> {
    match asset {
        Asset::File(path) | Asset::Sheet(path) => {
            let from = project.path(path);
            fs::copy(&from, folder.join(file_name(path)))
                .map(|_| ())
                .map_err(|cause| Error::file("copy", &from, &cause))
        }
        Asset::Program { name, has_loader, .. } => {
            if *has_loader {
                let loader = format!("import init from './{name}.js';await init();");
                project::write_text(&folder.join(format!("{name}_loader.js")), &loader)?;
            }
            let wasm = project.target.join(WASM).join("debug").join(format!("{name}.wasm"));
            // A change of a page links the other programs once more, as they were.
            let mut content = Fingerprint::default();
            content.add_path(&wasm)?;
            let stamp = project.target.join(format!("xtask/quick-{name}.stamp"));
            let is_there = folder.join(format!("{name}_bg.wasm")).exists();
            if is_there && fs::read_to_string(&stamp).is_ok_and(|made| made == content.text()) {
                return Ok(());
            }
            bindgen(wasm_bindgen, name, &wasm, folder)?;
            project::write_text(&stamp, &content.text())
        }
    }
}

/// What a tag asks for, if it is one for Trunk.
fn asset(tag: &str) -> Option<Asset<'_>> {
    let (_, tag) = tag.split_once("<link data-trunk ")?;
    match attribute(tag, "rel")? {
        "copy-file" => attribute(tag, "href").map(Asset::File),
        "css" => attribute(tag, "href").map(Asset::Sheet),
        "rust" => Some(Asset::Program {
            name: attribute(tag, "data-bin")?,
            manifest: attribute(tag, "href").unwrap_or("Cargo.toml"),
            features: attribute(tag, "data-cargo-features"),
            is_main: attribute(tag, "data-type") == Some("main"),
            has_loader: tag.contains("data-loader-shim"),
        }),
        _ => None,
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The page with tags for the browser in place of those for Trunk.
fn served(page: &str, loader: &str) -> String {
    let tags = page.split_inclusive('>').map(|tag| {
        let replaced = match asset(tag) {
            None => return tag.replace("data-trunk-public-url", "href=\"/\""),
            Some(Asset::Sheet(path)) => {
                format!("<link rel=\"stylesheet\" href=\"/{}\">", file_name(path))
            }
            Some(Asset::Program { name, is_main: true, .. }) => loader
                .replace("{base}", "/")
                .replace("{js}", &format!("{name}.js"))
                .replace("{wasm}", &format!("{name}_bg.wasm")),
            Some(_) => String::new(),
        };
        let before = tag.split_once('<').map_or("", |(before, _)| before);
        format!("{before}{replaced}")
    });
    tags.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<base data-trunk-public-url>
<link data-trunk rel="copy-file" href="public/boot.js">
<link data-trunk rel="css" href="target/xtask/common.css">
<link data-trunk rel="rust" data-bin="app" data-type="main" data-wasm-opt="z">
<link data-trunk rel="rust" href="crates/a/Cargo.toml" data-bin="b" data-cargo-features="worker" data-loader-shim>
<link rel="icon" href="favicon.svg">"#;

    #[test]
    fn the_page_says_what_belongs_to_it() {
        let assets: Vec<Asset<'_>> = PAGE.split_inclusive('>').filter_map(asset).collect();
        let expected = [
            Asset::File("public/boot.js"),
            Asset::Sheet("target/xtask/common.css"),
            Asset::Program {
                name: "app",
                manifest: "Cargo.toml",
                features: None,
                is_main: true,
                has_loader: false,
            },
            Asset::Program {
                name: "b",
                manifest: "crates/a/Cargo.toml",
                features: Some("worker"),
                is_main: false,
                has_loader: true,
            },
        ];
        assert_eq!(assets, expected);
    }

    #[test]
    fn a_browser_gets_tags_of_its_own() {
        let loader = r#"<script src="{base}boot.js" data-js="{base}{js}" data-wasm="{base}{wasm}"></script>"#;
        let expected = "<base href=\"/\">\n\n<link rel=\"stylesheet\" href=\"/common.css\">\n\
            <script src=\"/boot.js\" data-js=\"/app.js\" data-wasm=\"/app_bg.wasm\"></script>\n\n\
            <link rel=\"icon\" href=\"favicon.svg\">";
        assert_eq!(served(PAGE, loader), expected);
    }
}
