"""The script, on the pages that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .node import playground
from .settings import script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_script(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the script to a page with a playground, once."""
    if app.builder.name == "epub" or doctree is None:
        return
    if next(doctree.findall(playground), None) is not None:
        app.add_js_file(script(app.config), loading_method="async", type="module")
