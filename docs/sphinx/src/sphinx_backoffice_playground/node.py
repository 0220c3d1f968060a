"""The node around a code block that can be run, and its HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.writers.html5 import HTML5Translator

TAG = "backoffice-playground"

# In the order in which they are written.
ATTRIBUTES = (
    "command",
    "script",
    "operation",
    "api",
    "mode",
    "theme",
    "seed",
    "height",
    "label",
)


class playground(nodes.container):  # noqa: N801 - docutils names nodes so
    """A code block that a reader can run.

    It is a container, so that writers that do not know it write its contents.
    """


def of_commands(text: str) -> dict[str, str]:
    """Return the attribute for one command or for several."""
    text = text.strip("\n")
    return {"script" if "\n" in text else "command": text}


def element(values: Mapping[str, str]) -> playground:
    """Create a node of the element with these attributes."""
    return playground("", attributes_of_element=dict(values))


def opening_tag(values: Mapping[str, str]) -> str:
    """Return the element's opening tag; it keeps the line ends of a script."""
    given = [
        f' {name}="{escape(values[name]).replace(chr(10), "&#10;")}"'
        for name in ATTRIBUTES
        if values.get(name)
    ]
    return f"<{TAG}{''.join(given)}>\n"


def visit_html(self: HTML5Translator, node: playground) -> None:
    """Open the element."""
    # EPUB has neither scripts nor this element.
    if self.builder.name != "epub":
        self.body.append(opening_tag(node["attributes_of_element"]))


def depart_html(self: HTML5Translator, _node: playground) -> None:
    """Close the element."""
    if self.builder.name != "epub":
        self.body.append(f"</{TAG}>\n")
