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
    """Refuse to build without an address that a browser can load the script from."""
    url = config[NAME]
    if not url:
        message = (
            f"{NAME} is not set: it is the address of the console that the playground comes "
            "from, such as 'https://console.example.com'"
        )
        raise ConfigError(message)
    if not is_address(url):
        message = (
            f"{NAME} is {url!r}, which is no address of a console: it begins with http:// or "
            "https:// and has neither ? nor #"
        )
        raise ConfigError(message)


def is_address(url: object) -> bool:
    """Whether this is an address of a site, or of a folder on one."""
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
    """Tell the address of the script that defines the element."""
    return f"{config[NAME].rstrip('/')}/embed.js"
