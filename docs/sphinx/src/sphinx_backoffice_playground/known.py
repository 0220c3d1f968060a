"""What the shell of the playground knows, from the file that its own tests write."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Known(NamedTuple):
    """Names that mean something to the shell or the API."""

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
