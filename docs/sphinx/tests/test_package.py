"""The installed package is complete."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_an_installed_package_has_all_its_files(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("pyproject.toml", "README.md"):
        source.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, source)
    ignored = shutil.ignore_patterns("*.egg-info", "__pycache__")
    shutil.copytree(ROOT / "src", source / "src", ignore=ignored)
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    own = ["--no-deps", "--no-index", "--no-build-isolation", "--target", str(tmp_path / "out")]
    subprocess.run([*command, *own, str(source)], check=True)  # noqa: S603 - all of it is ours
    kept = {path.name for path in (source / "src/sphinx_backoffice_playground").iterdir()}
    installed = {path.name for path in (tmp_path / "out/sphinx_backoffice_playground").iterdir()}
    assert kept <= installed
