"""The text of a saved web page: what a reader sees, without scripts, menus and remote parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

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
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
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
_MOST_HIDDEN = 200


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows, its title and its day."""

    text: str
    title: str
    published: date | None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self.stamps: list[str] = []
        self._hidden: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        named = {name: value or "" for name, value in attrs}
        if tag == "title" and not self.title:
            self._in_title = True
        if tag == "meta":
            key = (
                named.get("property") or named.get("name") or named.get("itemprop") or ""
            ).lower()
            if key in _DATES:
                self.stamps.append(named.get("content", ""))
            if key == "og:title":
                self.title.insert(0, named.get("content", ""))
        if tag == "time" and named.get("datetime"):
            self.stamps.append(named["datetime"])
        if tag in _HIDDEN and tag not in _VOID and len(self._hidden) < _MOST_HIDDEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS and not self._hidden:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close an element; one that was never closed ends with what surrounds it."""
        if tag == "title":
            self._in_title = False
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _BLOCKS and not self._hidden:
            self.parts.append("\n\n" if tag != "li" else "\n")

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        if self._in_title:
            self.title.append(data)
        elif not self._hidden:
            self.parts.append(data.replace("\n", " "))


def html_text(page: str) -> Page:
    """Return what a page shows; nothing is fetched and nothing is run."""
    reader = _Reader()
    # In pieces: an opening bracket that is never closed must not be searched again and again.
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    stamps = (day for stamp in reader.stamps if (day := parse_day(stamp)) is not None)
    return Page(text.strip(), " ".join("".join(reader.title[:1]).split()), next(stamps, None))
