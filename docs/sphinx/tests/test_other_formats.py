"""Writers of other formats show only the code block, without the element."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Build

SOURCE = """
Page
====

.. code-block:: bash

   gigalixir apps

.. playground::
   :command: gigalixir create
   :height: 300

.. playground::
   :operation: list_apps
"""


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "epub", "xml", "gettext"])
def test_only_the_code_is_there(build: Build, builder: str) -> None:
    config = {
        "man_pages": [("index", "page", "Page", "", "1")],
        "epub_show_urls": "no",
        "copyright": "us",
        "version": "1",
    }
    out = build({"index": SOURCE}, builder, backoffice_playground_run_code_blocks=True, **config)
    written = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(out.rglob("*"))
        if path.suffix in {".tex", ".txt", ".1", ".texi", ".xhtml", ".xml", ".pot"}
    )
    assert "backoffice-playground" not in written
    assert "embed.js" not in written
    if builder != "gettext":
        for code in ("gigalixir", "create", "apps"):
            assert code in written
