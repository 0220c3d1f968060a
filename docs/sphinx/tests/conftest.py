"""Building small sites."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://console.example.com"


class Build(Protocol):
    """Builds pages and returns the folder of the output."""

    def __call__(self, pages: dict[str, str], builder: str = "html", **config: Any) -> Path:
        """Build."""
        ...


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def build(pages: dict[str, str], builder: str = "html", **config: Any) -> Path:
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        for name, text in pages.items():
            (source / f"{name}.rst").write_text(text, encoding="utf-8")
        settings = {
            "extensions": ["sphinx_backoffice_playground", "sphinx_tabs.tabs"],
            "backoffice_playground_url": URL,
            "html_theme": "basic",
            **config,
        }
        out = tmp_path / builder
        warnings = StringIO()
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                source,
                None,
                out,
                tmp_path / "doctrees" / builder,
                builder,
                confoverrides=settings,
                status=None,
                warning=warnings,
                freshenv=True,
            )
            app.build()
        assert not warnings.getvalue(), warnings.getvalue()
        return out

    return build
