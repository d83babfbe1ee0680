"""The page that keeps what was measured: each benchmark replaces its own section only."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def record(name: str, section: str, page: Path = PAGE) -> None:
    """Put a section between the marks of its name, at the end of the page when it has none.

    Parameters
    ----------
    name
        Of the section, as in ``<!-- name -->``.
    section
        Markdown, without the marks.
    page
        The document; made when it is not there.
    """
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = page.read_text(encoding="utf-8") if page.exists() else "# Benchmarks\n"
    head, _, rest = text.partition(begin)
    parts = (head.strip(), f"{begin}\n\n{section.strip()}\n\n{end}", rest.partition(end)[2].strip())
    page.write_text("\n\n".join(filter(None, parts)) + "\n", encoding="utf-8")
