"""The address of the console, from ``conf.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

NAME = "backoffice_playground_url"


def check(_app: Sphinx, config: Config) -> None:
    """Refuse to build without an address from which a browser can load the script."""
    url = config[NAME]
    if not url:
        message = (
            f"{NAME} is not set: set it to the address of the console that provides the "
            "playground, such as 'https://console.example.com'"
        )
        raise ConfigError(message)
    if not is_address(url):
        message = (
            f"{NAME} is {url!r}, which is not the address of a console: it must begin with "
            "http:// or https:// and contain neither ? nor #"
        )
        raise ConfigError(message)


def is_address(url: object) -> bool:
    """Whether this is the address of a site or of a folder on one."""
    if not isinstance(url, str) or any(letter.isspace() for letter in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and not any(mark in url for mark in "?#")
    )


def script(config: Config) -> str:
    """Return the address of the script that defines the element."""
    return f"{config[NAME].rstrip('/')}/embed.js"
