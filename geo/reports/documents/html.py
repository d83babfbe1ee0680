"""The text of a saved web page: what a reader sees, without scripts, menus and remote parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from geo.reports.header import parse_day

_HIDDEN = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "head", "nav", "footer",
     "aside", "form", "button", "select", "textarea"]
)  # fmt: skip
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "blockquote",
        "pre",
        "hr",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "main",
        "time",
        "address",
    ]
)
_DATES = frozenset(
    [
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dcterms.created",
        "pubdate",
        "publishdate",
    ]
)
_BREAKS = frozenset(["br", "hr"])
_MOST_HIDDEN, _DEEPEST = 200, 1_000
_CHUNK = 1 << 15


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows, its title and its day."""

    text: str
    title: str
    published: date | None


class TooDeepError(Exception):
    """Elements nested deeper than in any page that somebody reads."""


class _Reader:
    """Gathers what a page shows, told of its elements one by one: no tree is built."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.title = ""
        self.heading: list[str] = []
        self.stamps: list[str] = []
        self._hidden: list[str] = []
        self._in_title = False
        self._depth = 0

    def start(self, tag: str, named: Mapping[str, str]) -> None:
        """Open an element; beyond any page's depth the reader is stopped."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooDeepError
        if tag == "title":
            self._in_title = not self.heading
        elif tag == "meta":
            self._meta(named)
        elif tag == "time":
            self.stamps.append(named.get("datetime", ""))
        if tag in _HIDDEN and len(self._hidden) < _MOST_HIDDEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS and not self._hidden:
            self.parts.append("\n")

    def _meta(self, named: Mapping[str, str]) -> None:
        keys = (named.get(name, "").lower() for name in ("property", "name", "itemprop"))
        key = next((key for key in keys if key), "")
        if key in _DATES:
            self.stamps.append(named.get("content", ""))
        elif key == "og:title":
            self.title = self.title or named.get("content", "")

    def end(self, tag: str) -> None:
        """Close an element; one that was never closed ends with what surrounds it."""
        self._depth -= 1
        if tag == "title":
            self._in_title = False
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _BLOCKS - _BREAKS and not self._hidden:
            self.parts.append("\n" if tag == "li" else "\n\n")

    def data(self, text: str) -> None:
        """Keep what is shown."""
        if self._in_title:
            self.heading.append(text)
        elif not self._hidden:
            self.parts.append(text.replace("\n", " "))

    def close(self) -> str:
        """Return the text, with single spaces and at most one empty line between paragraphs."""
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def html_text(page: str) -> Page:
    """Return what a page shows; nothing is fetched and nothing is run.

    Raises
    ------
    TooDeepError
        When its elements are nested beyond ``_DEEPEST``: the reader's time would be unbounded.
    """
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        data = page.encode("utf-8", "replace")
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
        text = str(parser.close())
    except etree.LxmlError:
        text = reader.close()  # what came before the part that cannot be read
    stamps = (day for stamp in reader.stamps if (day := parse_day(stamp)) is not None)
    title = " ".join((reader.title or "".join(reader.heading)).split())
    return Page(text, title, next(stamps, None))
