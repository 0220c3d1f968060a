//! The output of a build, and its timing.

use crate::engine::Millis;
use crate::engine::app::App;
use crate::engine::running::deploy::{Build, Outcome};

/// How long a build takes.
pub(crate) fn duration(outcome: Outcome) -> Millis {
    match outcome {
        Outcome::Ok | Outcome::Unhealthy => 12_000,
        Outcome::BuildFails => 9_000,
    }
}

/// The lines of a build, each with the time since its start.
pub(crate) fn lines(app: &App, build: &Build) -> Vec<(Millis, String)> {
    let code = app.code_name();
    let mut lines = vec![
        (
            0,
            format!("Building {} of branch {}: {}", build.short_sha(), build.branch, build.message),
        ),
        (200, "-----> Elixir app detected".into()),
        (500, "-----> Checking Erlang and Elixir versions".into()),
        (510, "       Will use the following versions:".into()),
        (520, format!("       * Stack {}", build.stack)),
        (530, "       * Erlang 23.2".into()),
        (540, "       * Elixir 1.11.3".into()),
        (1_200, "-----> Fetching Erlang 23.2".into()),
        (2_100, "-----> Fetching Elixir 1.11.3".into()),
        (2_900, "-----> Fetching app dependencies with mix".into()),
        (3_400, "       Resolving Hex dependencies...".into()),
        (4_000, "       * Getting phoenix (Hex package)".into()),
        (4_400, "       * Getting ecto_sql (Hex package)".into()),
        (4_800, "       * Getting postgrex (Hex package)".into()),
        (5_200, "       * Getting plug_cowboy (Hex package)".into()),
        (6_300, "-----> Compiling".into()),
        (7_500, format!("       ==> {code}")),
        (7_600, "       Compiling 24 files (.ex)".into()),
    ];
    if build.outcome == Outcome::BuildFails {
        lines.extend([
            (8_700, format!("       == Compilation error in file lib/{code}_web/router.ex ==")),
            (
                8_700,
                format!(
                    "       ** (CompileError) lib/{code}_web/router.ex:24: undefined function live_dashboard/2"
                ),
            ),
            (8_990, "-----> Build failed; nothing was released".into()),
        ]);
    } else {
        lines.extend([
            (8_900, format!("       Generated {code} app")),
            (9_200, "-----> Phoenix app detected; building assets with Node.js 14.15.4".into()),
            (10_600, "       Check your digested files at \"priv/static\"".into()),
            (11_200, "-----> Building the slug".into()),
            (11_800, "-----> Slug size: 34.7 MB".into()),
            (11_900, "-----> Build succeeded".into()),
        ]);
    }
    lines
}
