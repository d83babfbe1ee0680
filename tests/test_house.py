"""The house: which part may import which, and that every part says what it is."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What each part may import of the others; arrows run one way.
ARROWS = {
    "geo": set(),
    "maps": {"geo"},
    "api": {"maps", "geo"},
    "ui": {"maps", "geo"},
    "pages": {"ui"},
}
#: Libraries of the edges that the core must not know.
EDGE_LIBRARIES = {"streamlit", "streamlit_folium", "folium", "branca", "matplotlib", "starlette"}
FILES = sorted(path for part in ARROWS for path in (ROOT / part).rglob("*.py"))


@cache
def imported(path: Path) -> set[str]:
    """Return the top-level names that a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_imports_follow_the_arrows() -> None:
    against = {}
    for path in FILES:
        part = path.relative_to(ROOT).parts[0]
        others = imported(path) & (set(ARROWS) | {"app"}) - {part}
        against[str(path)] = others - ARROWS[part]
    assert len(against) > 300
    assert {path: names for path, names in against.items() if names} == {}


def test_the_core_knows_no_edge_library() -> None:
    core = [path for path in FILES if path.is_relative_to(ROOT / "geo")]
    assert [str(path) for path in core if imported(path) & EDGE_LIBRARIES] == []


def test_pages_compute_nothing() -> None:
    """A page reads the view, asks and draws: no pandas, no loops over data, few lines."""
    for path in (ROOT / "pages").glob("*.py"):
        assert imported(path) <= {"ui", "streamlit"}
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 40


def test_files_fit_in_a_head() -> None:
    lines = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path: count for path, count in lines.items() if count > 450} == {}


#: Of what a page, an export or a command needs later, and the first page must not wait for.
_FOR_LATER = {
    "astral", "dateparser", "docx", "lxml", "matplotlib", "numba", "pptx", "pypdf", "typer",
    "typst", "xlsxwriter",
}  # fmt: skip


def test_the_first_page_reads_no_library_that_it_does_not_need() -> None:
    asked = "import json, sys, ui.desk, ui.frame, ui.watchline; print(json.dumps([*sys.modules]))"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    read = {name.split(".")[0] for name in json.loads(said)}
    assert {"folium", "geopandas"} <= read
    assert not read & _FOR_LATER
