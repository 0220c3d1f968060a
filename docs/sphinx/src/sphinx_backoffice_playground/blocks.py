"""Makes ordinary code blocks runnable, if the author wants it."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .node import element, of_commands, playground
from .shell import can_run

LANGUAGES = frozenset({"bash", "sh", "shell"})

#: The class with which an author excludes a block.
OPT_OUT = "no-playground"


class RunCodeBlocks(SphinxTransform):
    """Puts a playground around each block of commands that the shell knows."""

    # After the contents of directives exist; among transforms that only move nodes, the order is
    # irrelevant.
    default_priority = 500

    def apply(self, **_kwargs: Any) -> None:  # noqa: ANN401 - as in the base class
        """Change the page's tree."""
        if not self.config.backoffice_playground_run_code_blocks:
            return
        for block in list(self.document.findall(nodes.literal_block)):
            text = block.astext()
            outer = _with_caption(block)
            if (
                block.get("language") in LANGUAGES
                and not {OPT_OUT} & {*block["classes"], *outer["classes"]}
                and not isinstance(outer.parent, playground)
                and can_run(text)
            ):
                node = element(of_commands(text))
                outer.parent[outer.parent.index(outer)] = node
                node += outer


def _with_caption(block: nodes.literal_block) -> nodes.Element:
    parent = block.parent
    return parent if isinstance(parent, nodes.container) and parent.get("literal_block") else block
