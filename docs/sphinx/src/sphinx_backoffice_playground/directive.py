"""The directive ``playground``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from .known import known
from .node import element, of_commands
from .settings import is_address

if TYPE_CHECKING:
    from collections.abc import Callable


def _mode(argument: str) -> str:
    return directives.choice(argument, ("sandbox", "live"))


def _theme(argument: str) -> str:
    return directives.choice(argument, ("light", "dark"))


def _number(argument: str) -> str:
    return str(directives.nonnegative_int(argument))


def _address(argument: str) -> str:
    url = argument.split("?", 1)[0]
    if not is_address(url) or "#" in argument:
        message = f"{argument!r} must be an address that begins with http:// or https://"
        raise ValueError(message)
    return argument


class PlaygroundDirective(SphinxDirective):
    """Commands that a reader runs in the shell, or a request that a reader sends.

    The shell runs the body or ``:command:``. With ``:operation:`` or ``:api:`` the directive is a
    request, and the body is shown only where nothing can run.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], str]]] = {
        "command": directives.unchanged_required,
        "operation": directives.unchanged_required,
        "api": _address,
        "mode": _mode,
        "theme": _theme,
        "seed": _number,
        "height": _number,
        "title": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Create the block and the element around it."""
        values = {name: value for name, value in self.options.items() if name != "title"}
        if "title" in self.options:
            values["label"] = self.options["title"]
        text = "\n".join(self.content).strip("\n")
        if "operation" in values or "api" in values:
            shown, language = self._request(values, text)
        else:
            shown, language = self._commands(values, text), "bash"
            values |= of_commands(shown)
        block = nodes.literal_block(shown, shown, language=language)
        self.set_source_info(block)
        node = element(values)
        self.set_source_info(node)
        node += block
        return [node]

    def _commands(self, values: dict[str, str], text: str) -> str:
        command = values.pop("command", None)
        if command is not None and text:
            message = "a playground takes its commands from :command: or from its body, not both"
            raise self.error(message)
        if not (command or text):
            message = "a playground needs something to run: a body, :command:, :operation: or :api:"
            raise self.error(message)
        return command or text

    def _request(self, values: dict[str, str], text: str) -> tuple[str, str]:
        """Return the text shown instead of a request, and its language."""
        if "command" in values:
            message = (
                "a playground is a command or a request: do not combine :command: with "
                ":operation: or :api:"
            )
            raise self.error(message)
        operation, api = values.get("operation"), values.get("api")
        if api is not None:
            described = f"{operation} of {api}" if operation else api
            return text or described, "text"
        request = known().operations.get(operation or "")
        if request is None:
            message = (
                f"there is no operation {operation!r}; for another API, set :api: to the address "
                "of its description"
            )
            raise self.error(message)
        return (text, "text") if text else (f"{request} HTTP/1.1", "http")
