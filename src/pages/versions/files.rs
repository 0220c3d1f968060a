//! The files that the build reads, as the guide and the buildpacks describe them. An
//! option that is left as the buildpack has it is left out.

use backoffice_contract::argv::quote;

use crate::pages::versions::choices::{Choices, Phoenix};

/// A file of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BuildFile {
    /// Its path from the root of the repository.
    pub(super) path: String,
    /// What it is for.
    pub(super) about: &'static str,
    pub(super) text: String,
}

impl BuildFile {
    /// Its name without folders.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// All files for some choices.
pub(super) fn files(choices: &Choices) -> Vec<BuildFile> {
    let mut files = vec![BuildFile {
        path: "elixir_buildpack.config".to_owned(),
        about: "In the root of the repository. The build reads it as a shell script.",
        text: elixir(choices),
    }];
    if choices.phoenix == Phoenix::Without {
        return files;
    }
    files.push(BuildFile {
        path: "phoenix_static_buildpack.config".to_owned(),
        about: "Beside it. It says how assets are built.",
        text: assets(choices),
    });
    if choices.phoenix.has_esbuild() {
        files.push(BuildFile {
            path: below(&choices.phoenix_path, "assets/package.json"),
            about: "Only if there is none yet; otherwise add its script to yours. The build calls \
                    npm run deploy, and Phoenix builds its assets with esbuild.",
            text: PACKAGE.to_owned(),
        });
    }
    files
}

/// The command that commits the files.
pub(super) fn commit(files: &[BuildFile]) -> String {
    let paths: Vec<String> = files.iter().map(|file| quote(&file.path)).collect();
    format!("git add {} && git commit -m \"Set the versions of the build\"", paths.join(" "))
}

const PACKAGE: &str = r#"{
  "scripts": {
    "deploy": "cd .. && mix assets.deploy && rm -f _build/esbuild"
  }
}
"#;

fn elixir(choices: &Choices) -> String {
    let mut lines = Lines::default();
    lines.set("elixir_version", &choices.elixir);
    lines.set("erlang_version", &choices.erlang);
    lines.flag("always_rebuild", choices.always_rebuild);
    lines.flag("release", choices.release);
    lines.set("hook_pre_fetch_dependencies", &choices.hook_pre_fetch);
    lines.set("hook_pre_compile", &choices.hook_pre_compile);
    lines.set("hook_compile", &choices.hook_compile);
    lines.set("hook_post_compile", &choices.hook_post_compile);
    lines.0
}

fn assets(choices: &Choices) -> String {
    let mut lines = Lines::default();
    lines.set("node_version", &choices.node);
    lines.set("npm_version", &choices.npm);
    lines.flag("clean_cache", choices.clean_cache);
    lines.flag("remove_node", choices.remove_node);
    lines.set("phoenix_relative_path", &choices.phoenix_path);
    let (path, tasks) = match choices.phoenix {
        Phoenix::V12 => (".", "phoenix"),
        _ => ("assets", "phx"),
    };
    lines.set("assets_path", path);
    lines.set("phoenix_ex", tasks);
    lines.0
}

fn below(folder: &str, path: &str) -> String {
    match folder.trim().trim_matches('/') {
        "" | "." => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

/// Assignments of a shell script.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// One assignment, quoted where the shell would read more into the value.
    fn set(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.0.push_str(&format!("{name}={}\n", quote(value)));
        }
    }

    fn flag(&mut self, name: &str, on: bool) {
        if on {
            self.0.push_str(&format!("{name}=true\n"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(choices: &Choices, path: &str) -> Option<String> {
        files(choices).into_iter().find(|file| file.path == path).map(|file| file.text)
    }

    #[test]
    fn the_guides_own_example() {
        let choices = Choices {
            elixir: "1.11.3".into(),
            erlang: "23.2".into(),
            node: "14.15.4".into(),
            phoenix: Phoenix::V16,
            ..Choices::default()
        };
        let elixir = "elixir_version=1.11.3\nerlang_version=23.2\n";
        assert_eq!(text(&choices, "elixir_buildpack.config").unwrap(), elixir);
        let assets = "node_version=14.15.4\nassets_path=assets\nphoenix_ex=phx\n";
        assert_eq!(text(&choices, "phoenix_static_buildpack.config").unwrap(), assets);
        let package = text(&choices, "assets/package.json").unwrap();
        let json: serde_json::Value = serde_json::from_str(&package).unwrap();
        assert_eq!(json["scripts"]["deploy"], "cd .. && mix assets.deploy && rm -f _build/esbuild");
        assert_eq!(
            commit(&files(&choices)),
            "git add elixir_buildpack.config phoenix_static_buildpack.config assets/package.json \
             && git commit -m \"Set the versions of the build\""
        );
    }

    #[test]
    fn every_option_is_written_once_and_quoted() {
        let choices = Choices {
            always_rebuild: true,
            release: true,
            hook_pre_fetch: "./clean deps".into(),
            hook_pre_compile: "echo $HOME; it's".into(),
            hook_compile: "mix compile --force".into(),
            hook_post_compile: "pwd".into(),
            npm: "10.8.2".into(),
            clean_cache: true,
            remove_node: true,
            phoenix_path: "apps/web".into(),
            ..Choices::default()
        };
        let elixir = text(&choices, "elixir_buildpack.config").unwrap();
        assert_eq!(elixir.lines().count(), 8, "{elixir}");
        for line in elixir.lines() {
            // Nothing that a shell would expand or that would end the assignment.
            assert_eq!(backoffice_contract::argv::split(line).unwrap().len(), 1, "{line}");
        }
        assert!(elixir.contains("hook_pre_compile='echo $HOME"), "{elixir}");
        let assets = text(&choices, "phoenix_static_buildpack.config").unwrap();
        assert_eq!(
            assets,
            "node_version=20.18.0\nnpm_version=10.8.2\nclean_cache=true\nremove_node=true\n\
             phoenix_relative_path=apps/web\nassets_path=assets\nphoenix_ex=phx\n"
        );
        assert!(text(&choices, "apps/web/assets/package.json").is_some());
    }

    #[test]
    fn older_apps_and_apps_without_assets() {
        let old = Choices { phoenix: Phoenix::V12, ..Choices::default() };
        let assets = text(&old, "phoenix_static_buildpack.config").unwrap();
        assert!(assets.ends_with("assets_path=.\nphoenix_ex=phoenix\n"), "{assets}");
        assert_eq!(files(&old).len(), 2);
        let none = Choices { phoenix: Phoenix::Without, ..Choices::default() };
        assert_eq!(files(&none).len(), 1);
    }
}
