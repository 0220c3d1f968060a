"""The commands and operations that the playground's shell knows, as its tests list them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Known(NamedTuple):
    """Names that the shell or the API knows."""

    #: Commands of the platform's client.
    commands: frozenset[str]
    #: Method and path of each operation, by its id.
    operations: dict[str, str]
    #: Programs of the shell.
    programs: frozenset[str]


@cache
def known() -> Known:
    """Read the file."""
    text = files(__package__).joinpath("commands.json").read_text(encoding="utf-8")
    names = json.loads(text)
    return Known(
        commands=frozenset(names["commands"]),
        operations=names["operations"],
        programs=frozenset(names["programs"]),
    )
