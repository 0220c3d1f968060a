//! The size of files as a web server with brotli sends them: quality 11, window 22.

use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};
use crate::process;
use crate::project::Project;

/// The raw and the compressed size of each file.
pub(super) fn sizes(project: &Project, dist: &Path, paths: &[String]) -> Result<Vec<(u64, u64)>> {
    let output = process::capture(
        Command::new("node")
            .arg(project.path("xtask/src/commands/sizes/brotli.mjs"))
            .args(paths.iter().map(|path| dist.join(path))),
    )?;
    serde_json::from_str::<Vec<[u64; 2]>>(&output)
        .map(|sizes| sizes.into_iter().map(|[raw, brotli]| (raw, brotli)).collect())
        .map_err(|cause| Error::new(format!("cannot read the sizes from brotli.mjs: {cause}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_a_repetitive_file() {
        let project = Project::find().unwrap();
        let folder = std::env::temp_dir().join(format!("brotli-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a.txt"), "abc".repeat(10_000)).unwrap();
        let sizes = sizes(&project, &folder, &["a.txt".to_owned()]).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let [(raw, brotli)] = sizes.as_slice() else {
            panic!("one file, {} sizes", sizes.len());
        };
        assert_eq!(*raw, 30_000);
        assert!(*brotli < 100);
    }
}
