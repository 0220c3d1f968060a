"""A mistake of the author gets a clear message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from conftest import Build

PAGE = {"index": "Page\n====\n"}


@pytest.mark.parametrize(
    "url",
    [
        "console.example.com",
        "ftp://console.example.com",
        "https://",
        "https://console.example.com/?a",
        "https://console.example.com/#a",
        "https://user@console.example.com",
        "https://console.example.com /",
        "https://[console",
    ],
)
def test_an_invalid_address(build: Build, url: str) -> None:
    with pytest.raises(ConfigError, match="which is not the address of a console"):
        build(PAGE, backoffice_playground_url=url)


def test_no_address(build: Build) -> None:
    with pytest.raises(ConfigError, match="backoffice_playground_url is not set"):
        build(PAGE, backoffice_playground_url="")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("", "needs something to run"),
        (":command: ls\n\n   ls", "not both"),
        (":operation: list_everything", "there is no operation 'list_everything'"),
        (":operation: list_apps\n   :command: ls", "do not combine"),
        (":command: ls\n   :mode: real", 'choose from "sandbox"'),
        (":command: ls\n   :seed: -1", "negative value"),
        (":api: openapi.json", "must be an address that begins with"),
    ],
)
def test_an_invalid_directive(build: Build, options: str, sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence):
        build({"index": f"Page\n====\n\n.. playground::\n   {options}\n"})
