//! The files of a small Phoenix app.

/// The files of an app with this name, by path. The files for releases come with `mix
/// phx.gen.release`.
pub(crate) fn files(name: &str) -> Vec<(String, String)> {
    let module: String = name.split(['-', '_']).map(capitalised).collect();
    let name = name.replace('-', "_");
    let file = |path: &str, text: String| (path.to_owned(), text);
    vec![
        file(".gitignore", "/_build/\n/deps/\n/node_modules/\n".into()),
        file("README.md", format!("# {module}\n\nA Phoenix app to be deployed.\n")),
        file(
            "mix.exs",
            format!(
                "defmodule {module}.MixProject do\n  use Mix.Project\n\n  def project do\n    [\n      \
                 app: :{name},\n      version: \"0.1.0\",\n      elixir: \"~> 1.11\",\n      \
                 deps: deps()\n    ]\n  end\n\n  defp deps do\n    [\n      {{:phoenix, \"~> 1.6\"}},\n      \
                 {{:ecto_sql, \"~> 3.6\"}},\n      {{:postgrex, \">= 0.0.0\"}}\n    ]\n  end\nend\n"
            ),
        ),
        file("mix.lock", "%{}\n".into()),
        file(
            "config/prod.exs",
            format!(
                "import Config\n\nconfig :{name}, {module}Web.Endpoint,\n  \
                 http: [port: {{:system, \"PORT\"}}],\n  server: true\n\nconfig :{name}, {module}.Repo,\n  \
                 url: System.get_env(\"DATABASE_URL\"),\n  \
                 pool_size: String.to_integer(System.get_env(\"POOL_SIZE\") || \"2\")\n"
            ),
        ),
        file(
            &format!("lib/{name}/application.ex"),
            format!("defmodule {module}.Application do\n  use Application\nend\n"),
        ),
        file(
            &format!("lib/{name}_web/router.ex"),
            format!("defmodule {module}Web.Router do\n  use {module}Web, :router\nend\n"),
        ),
        file("assets/js/app.js", "import \"phoenix_html\"\n".into()),
    ]
}

fn capitalised(part: &str) -> String {
    let mut chars = part.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
