"""Makes the commands and requests of Sphinx pages runnable in the page.

The reader sees an ordinary code block inside the element of a deployment's ``embed.js``. Builders
that write no HTML show only the code block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import RunCodeBlocks
from .directive import PlaygroundDirective
from .node import depart_html, playground, visit_html
from .page import add_script
from .settings import check

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    app.add_config_value("backoffice_playground_url", None, "html", types=(str,))
    app.add_config_value(
        "backoffice_playground_run_code_blocks", default=False, rebuild="env", types=(bool,)
    )
    app.add_node(playground, html=(visit_html, depart_html))
    app.add_directive("playground", PlaygroundDirective)
    app.add_transform(RunCodeBlocks)
    app.connect("config-inited", check)
    app.connect("html-page-context", add_script)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
