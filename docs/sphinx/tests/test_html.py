"""What a page has in it."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Build

SCRIPT = '<script async="async" type="module" src="https://console.example.com/embed.js"></script>'


class Elements(HTMLParser):
    """The attributes and contents of all playgrounds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.texts: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "backoffice-playground":
            self.found.append(dict(attrs))
            self.texts.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "backoffice-playground":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def page(out: Path, name: str = "index") -> str:
    return (out / f"{name}.html").read_text(encoding="utf-8")


def block(text: str, language: str = "bash", options: str = "") -> str:
    body = "\n".join(f"   {line}" for line in text.split("\n"))
    return f"\n.. code-block:: {language}\n{options}\n{body}\n"


def test_one_command_several_and_a_request(build: Build) -> None:
    html = page(
        build(
            {
                "index": """
Page
====

.. playground::
   :command: gigalixir config:set A="<1> & 'two'"
   :mode: live
   :theme: dark
   :seed: 7
   :height: 300

.. playground::
   :title: Create and look

   gigalixir create
     gigalixir apps

.. playground::
   :operation: list_apps

.. playground::
   :operation: add_pet
   :api: https://api.example.com/openapi.json?a=1&b=2
""",
            },
        ),
    )
    elements = Elements(html)
    assert elements.found == [
        {
            "command": "gigalixir config:set A=\"<1> & 'two'\"",
            "mode": "live",
            "theme": "dark",
            "seed": "7",
            "height": "300",
        },
        {"script": "gigalixir create\n  gigalixir apps", "label": "Create and look"},
        {"operation": "list_apps"},
        {"operation": "add_pet", "api": "https://api.example.com/openapi.json?a=1&b=2"},
    ]
    texts = [text.strip() for text in elements.texts]
    assert texts[1:3] == ["gigalixir create\n  gigalixir apps", "GET /api/apps HTTP/1.1"]
    assert html.count('class="highlight-bash') == 2
    assert html.count('class="highlight-http') == 1
    assert html.count(SCRIPT) == 1


def test_pages_without_a_playground_load_nothing(build: Build) -> None:
    out = build(
        {
            "index": "Page\n====\n\n.. toctree::\n\n   other\n" + block("gigalixir apps"),
            "other": "Other\n=====\n\n.. playground::\n   :command: gigalixir apps\n",
        },
    )
    for name in ("index", "search", "genindex"):
        assert "embed.js" not in page(out, name)
    assert SCRIPT in page(out, "other")


def test_code_blocks_are_left_alone_unless_asked_for(build: Build) -> None:
    assert not Elements(page(build({"index": "Page\n====\n" + block("gigalixir apps")}))).found


def test_code_blocks_that_the_shell_knows_become_runnable(build: Build) -> None:
    source = (
        "Page\n====\n"
        + block("gigalixir apps")
        + block("gigalixir create\ngigalixir ps", "sh", "   :caption: With a name\n   :linenos:\n")
        + block("docker run image")
        + block("gigalixir apps", "text")
        + block("gigalixir apps", options="   :class: no-playground\n")
        + "\n.. playground::\n   :command: gigalixir ps\n"
    )
    html = page(build({"index": source}, backoffice_playground_run_code_blocks=True))
    elements = Elements(html)
    assert elements.found == [
        {"command": "gigalixir apps"},
        {"script": "gigalixir create\ngigalixir ps"},
        {"command": "gigalixir ps"},
    ]
    assert html.count(SCRIPT) == 1
    # The caption is inside, with the block that it belongs to.
    assert "With a name" in elements.texts[1]
    assert "docker" in unescape(html)


def test_blocks_in_tabs_become_runnable(build: Build) -> None:
    source = """
Page
====

.. tabs::

   .. group-tab:: macOS

      .. code-block:: bash

         brew install gigalixir

   .. group-tab:: Linux

      .. code-block:: bash

         pip3 install gigalixir --user

      .. playground::
         :operation: list_apps
"""
    html = page(build({"index": source}, backoffice_playground_run_code_blocks=True))
    assert Elements(html).found == [
        {"command": "brew install gigalixir"},
        {"command": "pip3 install gigalixir --user"},
        {"operation": "list_apps"},
    ]
    assert html.count('role="tabpanel"') == 2
    assert html.count(SCRIPT) == 1


def test_a_console_below_a_folder(build: Build) -> None:
    source = "Page\n====\n\n.. playground::\n   :command: ls\n"
    html = page(
        build({"index": source}, backoffice_playground_url="http://127.0.0.1:8080/console/")
    )
    assert 'src="http://127.0.0.1:8080/console/embed.js"' in html
