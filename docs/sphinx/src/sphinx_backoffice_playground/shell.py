"""Whether the shell of the playground can run a text.

The shell parses the part of the POSIX language that documentation uses: words, quotes, ``$(…)``,
``&&``, ``||``, ``;``, pipes, redirects, here-documents and comments. This module parses the same
part, as far as it takes to find the first word of every command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .known import known

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT = "gigalixir"

_SPACE = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_COMMENT = re.compile(r"#[^\n]*")
_HERE = re.compile(r"<<-?[ \t]*(?P<quote>['\"]?)(?P<end>\w+)(?P=quote)")
_REDIRECT = re.compile(r"[012]?(?:>>|>&|>|<)|&>")
_JOIN = re.compile(r"&&|\|\||[;|\n]")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_PLAIN = re.compile(r"[^\s;&|<>()'\"$`\\]+")
_SINGLE = re.compile(r"'[^']*'")
_ESCAPED = re.compile(r"\\.", re.DOTALL)


class NotReadableError(Exception):
    """The shell cannot parse the text."""


def can_run(text: str) -> bool:
    """Whether a text has commands and the shell knows all of them."""
    try:
        commands = list(_Reader(text).commands())
    except NotReadableError:
        return False
    return bool(commands) and all(map(_is_known, commands))


def _is_known(words: list[str]) -> bool:
    while words and _ASSIGNMENT.match(words[0]):
        words = words[1:]
    if not words:
        return True
    name, *rest = words
    if name == "sudo":
        return _is_known(rest) if rest else False
    if name not in known().programs:
        return False
    if name == CLIENT and rest and not rest[0].startswith("-"):
        return rest[0] in known().commands
    return True


class _Reader:
    """Reads commands as lists of words. Words keep their variables and substitutions."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at
        self.inner: list[list[str]] = []

    def commands(self) -> Iterator[list[str]]:
        """Yield all commands to the end of the text, including those inside words."""
        yield from self._until_end(inside=False)
        yield from self.inner

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def _until_end(self, *, inside: bool) -> Iterator[list[str]]:
        """Yield commands until the end of the text or of a ``$(…)``."""
        words: list[str] = []
        ends: list[str] = []
        while self.at < len(self.text):
            if self._take(_SPACE) or self._take(_COMMENT):
                continue
            if inside and self.text.startswith(")", self.at):
                break
            if here := self._take(_HERE):
                ends.append(here["end"])
            elif self._take(_REDIRECT):
                self._take(_SPACE)
                self._word()
            elif join := self._take(_JOIN):
                if words:
                    yield words
                    words = []
                elif join[0] != "\n":
                    raise NotReadableError
                self._skip_documents(ends if join[0] == "\n" else [])
            else:
                words.append(self._word())
        if words:
            yield words

    def _skip_documents(self, ends: list[str]) -> None:
        """Skip the texts of here-documents, each up to its last line."""
        for end in ends:
            match = re.compile(rf"^\t*{end}$", re.MULTILINE).search(self.text, self.at)
            if not match:
                raise NotReadableError
            self.at = match.end()
        ends.clear()

    def _word(self) -> str:
        start = self.at
        word = ""
        while self.at < len(self.text):
            if match := self._take(_PLAIN):
                word += match[0]
            elif match := self._take(_SINGLE):
                word += match[0][1:-1]
            elif match := self._take(_ESCAPED):
                word += match[0][1:]
            elif self.text.startswith('"', self.at):
                word += self._double()
            elif self.text.startswith("$", self.at):
                word += self._dollar()
            else:
                break
        if self.at == start:
            # A parenthesis, a background job, an unclosed quote, or a backtick.
            raise NotReadableError
        return word

    def _double(self) -> str:
        start = self.at
        self.at += 1
        while self.at < len(self.text):
            if self.text.startswith('"', self.at):
                self.at += 1
                return self.text[start + 1 : self.at - 1]
            if self.text.startswith("$", self.at):
                self._dollar()
            elif self.text.startswith("`", self.at):
                break
            elif not self._take(_ESCAPED):
                self.at += 1
        raise NotReadableError

    def _dollar(self) -> str:
        start = self.at
        self.at += 1
        if self.text.startswith("((", self.at):
            raise NotReadableError
        if self.text.startswith("(", self.at):
            self.at += 1
            self.inner.extend(self._until_end(inside=True))
            if not self.text.startswith(")", self.at):
                raise NotReadableError
            self.at += 1
        elif self.text.startswith("{", self.at):
            end = self.text.find("}", self.at)
            if end < 0:
                raise NotReadableError
            self.at = end + 1
        return self.text[start : self.at]
