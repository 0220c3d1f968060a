//! The tools that turn sources into files for the browser, each at one version.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{npm, on_path};
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::{self, Project};

/// A tool, which version is wanted, and how that is installed.
pub(crate) struct Pinned {
    /// What the program is called, and its folder in this machine's cache.
    name: &'static str,
    version: Version,
    how: How,
    /// How long the installation takes.
    usually: &'static str,
}

/// Where a version is written down.
enum Version {
    /// In `Cargo.lock`, as that of the crate of the same name.
    Locked,
    /// In `Trunk.toml`: the key, and what the version follows in its value.
    TrunkConfig(&'static str, &'static str),
}

/// How a tool is installed.
enum How {
    /// Built from source by `cargo install`.
    Cargo {
        package: &'static str,
        args: &'static [&'static str],
        /// These tools run for seconds: compiling them fast is worth more than fast tools.
        opt_level: &'static str,
    },
    /// With the npm packages of `tools/`.
    Npm,
}

/// Builds `dist/`. It copies, hashes and starts other programs, for which it need not be fast, and
/// downloads nothing, for which it would need TLS.
pub(crate) const TRUNK: Pinned = Pinned {
    name: "trunk",
    version: Version::TrunkConfig("trunk-version", "="),
    how: How::Cargo {
        package: "trunk",
        args: &["--locked", "--no-default-features"],
        opt_level: "0",
    },
    usually: "4 minutes on 2 cores",
};

/// Writes the JavaScript beside a WebAssembly file. It reads and writes whole programs, so it is
/// compiled with some care.
pub(crate) const WASM_BINDGEN: Pinned = Pinned {
    name: "wasm-bindgen",
    version: Version::Locked,
    how: How::Cargo {
        package: "wasm-bindgen-cli",
        // Without --locked: its lock file can name versions that the registry no longer has.
        args: &["--bin", "wasm-bindgen", "--no-default-features"],
        opt_level: "1",
    },
    usually: "3 minutes on 2 cores",
};

/// Makes WebAssembly smaller; it comes with the npm package `binaryen`.
pub(crate) const WASM_OPT: Pinned = Pinned {
    name: "wasm-opt",
    version: Version::TrunkConfig("wasm_opt", "version_"),
    how: How::Npm,
    usually: "10 seconds",
};

impl Pinned {
    /// Whether the tool is there at its version.
    pub(crate) fn is_installed(&self, project: &Project) -> Result<bool> {
        Ok(self.find(&self.version.read(project, self.name)?)?.is_some())
    }

    /// Finds the program, or installs it.
    pub(crate) fn ensure(&self, project: &Project) -> Result<PathBuf> {
        let name = self.name;
        let version = self.version.read(project, name)?;
        if let Some(found) = self.find(&version)? {
            return Ok(found);
        }
        let title = format!("Installing {name} {version}, once per machine");
        progress::step(&title, self.usually, || self.install(project, &version))?;
        self.find(&version)?.ok_or_else(|| {
            Error::new(format!("{name} was installed but does not run as version {version}"))
        })
    }

    /// The program at exactly this version: on the search path, or in the cache. Running it also
    /// shows that an interrupted installation left nothing half done.
    fn find(&self, version: &str) -> Result<Option<PathBuf>> {
        let has_version = |program: &PathBuf| {
            process::capture(Command::new(program).arg("--version"))
                .is_ok_and(|output| printed(&output) == Some(version))
        };
        let folder = match self.how {
            How::Cargo { .. } => "bin",
            How::Npm => "node_modules/.bin",
        };
        let cached = project::tool_cache(self.name, version)?.join(folder).join(self.name);
        Ok(on_path(self.name).into_iter().chain([cached]).find(has_version))
    }

    fn install(&self, project: &Project, version: &str) -> Result<()> {
        let root = project::tool_cache(self.name, version)?;
        match self.how {
            How::Cargo { package, args, opt_level } => process::run(
                project
                    .cargo()
                    .args(["install", package, "--version", version, "--quiet", "--force"])
                    .args(args)
                    .arg("--root")
                    .arg(root)
                    .env("CARGO_PROFILE_RELEASE_LTO", "off")
                    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
                    // Their build would only fill the project's target folder.
                    .env_remove("CARGO_TARGET_DIR"),
            ),
            How::Npm => npm::install_copy(project, Path::new("tools"), &root),
        }
    }
}

impl Version {
    fn read(&self, project: &Project, name: &str) -> Result<String> {
        let (file, version) = match self {
            Self::Locked => ("Cargo.lock", locked(&project.read("Cargo.lock")?, name)),
            Self::TrunkConfig(key, before) => {
                let value = toml_text(&project.read("Trunk.toml")?, key);
                ("Trunk.toml", value.and_then(|value| Some(value.strip_prefix(before)?.to_owned())))
            }
        };
        version.ok_or_else(|| Error::new(format!("{file} names no version of {name}")))
    }
}

/// The version in the output of `tool --version`, such as `trunk 0.21.14`.
fn printed(output: &str) -> Option<&str> {
    output.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The version of a package in a lock file.
fn locked(lock: &str, package: &str) -> Option<String> {
    lock.split("[[package]]")
        .find(|entry| toml_text(entry, "name").as_deref() == Some(package))
        .and_then(|entry| toml_text(entry, "version"))
}

/// The value of a line `key = "value"`.
pub(crate) fn toml_text(text: &str, key: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        let mut quoted = value.trim().chars();
        let quote = quoted.next().filter(|quote| ['"', '\''].contains(quote))?;
        (name.trim() == key && quoted.next_back() == Some(quote)).then(|| quoted.collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_versions() {
        assert_eq!(printed("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(printed("wasm-opt version 132 (version_132)\n"), Some("132"));
        assert_eq!(printed("no version"), None);
    }

    #[test]
    fn locked_versions() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\n \"b\",\n]\n\n\
                    [[package]]\nname = \"b\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked(lock, "b").as_deref(), Some("0.2.130"));
        assert_eq!(locked(lock, "c"), None);
    }

    #[test]
    fn texts_have_either_quote() {
        let text = "a = 1\npattern = '<b c=\"d\">'\n";
        assert_eq!(toml_text(text, "pattern").as_deref(), Some("<b c=\"d\">"));
        assert_eq!(toml_text(text, "a"), None);
    }

    #[test]
    fn one_version_of_wasm_opt() {
        let project = Project::find().unwrap();
        let wanted = WASM_OPT.version.read(&project, "wasm-opt").unwrap();
        let package: serde_json::Value =
            serde_json::from_str(&project.read("tools/package.json").unwrap()).unwrap();
        let installed = package["dependencies"]["binaryen"].as_str().unwrap();
        assert_eq!(installed, format!("{wanted}.0.0"));
    }
}
