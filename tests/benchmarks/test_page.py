"""A benchmark writes its own section of the page and leaves what others measured."""

from __future__ import annotations

from pathlib import Path

from benchmarks.page import record


def test_a_section_replaces_only_itself(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    record("one", "first", page)
    assert page.read_text(encoding="utf-8") == (
        "# Benchmarks\n\n<!-- one -->\n\nfirst\n\n<!-- /one -->\n"
    )
    text = page.read_text(encoding="utf-8") + "\nOther words.\n"
    page.write_text(text, encoding="utf-8")
    record("two", "## Two", page)
    record("one", "second\n", page)
    assert page.read_text(encoding="utf-8") == (
        text.replace("first", "second") + "\n<!-- two -->\n\n## Two\n\n<!-- /two -->\n"
    )
