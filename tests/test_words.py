"""Every word that a person reads can be translated, and every page lets it be."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from streamlit.testing.v1 import AppTest

from geo import i18n
from geo.i18n import message

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("geo", "maps", "ui", "api")
KEYWORDS = {"_": None, "gettext": None, "message": None, "ngettext": (1, 2), "counted": (1, 2)}


@cache
def extracted() -> set[str | tuple[str, ...]]:
    """Return every message in the code, plural pairs as tuples."""
    found: set[str | tuple[str, ...]] = set()
    for part in PARTS:
        rows = extract_from_dir(ROOT / part, [("**.py", "python")], keywords=KEYWORDS)
        found |= {row[2] for row in rows}
    return found


def written() -> dict[str | tuple[str, ...], str]:
    """Return every message that the code would look up, with where it stands."""
    found: dict[str | tuple[str, ...], str] = {}
    for path in (path for part in PARTS for path in (ROOT / part).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in KEYWORDS:
                continue
            forms = node.args[: len(KEYWORDS[node.func.id] or (1,))]
            texts = tuple(getattr(form, "value", None) for form in forms)
            if all(isinstance(text, str) for text in texts):
                found[texts if len(texts) > 1 else texts[0]] = f"{path.name}:{node.lineno}"
    return found


def bracketed(text: str) -> str:
    return f"⟦{text}⟧"


@pytest.fixture(scope="module")
def pseudo_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a catalogue whose every message is the English one in brackets."""
    catalogue = Catalog(locale="de")
    for text in extracted():
        if isinstance(text, tuple):
            catalogue.add(text, tuple(bracketed(form) for form in text))
        else:
            catalogue.add(text, bracketed(text))
    home = tmp_path_factory.mktemp("locale")
    folder = home / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "piste.po").open("wb") as file:
        write_po(file, catalogue)
    return home


@pytest.fixture
def pseudo_language(pseudo_catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install that language."""
    monkeypatch.setattr(i18n, "LOCALE_DIR", pseudo_catalogue)
    return "de"


def test_a_message_is_translated_when_it_is_shown_not_when_it_is_made(
    pseudo_language: str,
) -> None:
    made = message("{name} = “{value}” ({reason})", name="on", value="x", reason=message("0 or 1"))
    i18n.activate(pseudo_language)
    try:
        assert str(made) == "⟦on = “x” (⟦0 or 1⟧)⟧"
    finally:
        i18n.activate("en")
    assert str(made) == "on = “x” (0 or 1)"


@pytest.mark.parametrize(
    "page",
    [
        "map",
        "road",
        "route",
        "changes",
        "hotspots",
        "briefing",
        "reports",
        "ledger",
        "incidents",
        "geocode",
        "method",
        "about",
    ],
)
def test_every_label_of_a_page_goes_through_the_catalogue(
    page: str, pseudo_language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    app.query_params["lang"] = pseudo_language
    app.switch_page(str(ROOT / "pages" / f"{page}.py")) if page != "map" else None
    app.run()
    assert not app.exception
    labels = [
        element.label
        for kind in ("date_input", "selectbox", "multiselect", "toggle", "button", "metric",
                     "text_input")
        for element in app.get(kind)
    ]  # fmt: skip
    labels += [element.value for element in app.get("subheader")]
    assert labels
    # An incident's own names stand beside a word of ours: "7 Feb 2025 · ⟦Ambush⟧ · Kobé".
    assert [label for label in labels if "⟦" not in label] == []


def test_the_extraction_sees_every_message() -> None:
    """It does not look inside f-strings."""
    seen = extracted()
    assert {text: where for text, where in written().items() if text not in seen} == {}


CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/piste.po"))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_says_everything_and_nothing_else(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file)
    entries = {entry.id: entry for entry in catalogue if entry.id}
    texts = extracted()
    assert set(entries) - texts == set(), "unused: update the catalogue"
    assert texts - set(entries) == set(), "not in the catalogue: update it"
    assert not catalogue.obsolete
    assert [entry.id for entry in entries.values() if entry.fuzzy] == []
    for text, entry in entries.items():
        plural = isinstance(text, tuple)
        said = entry.string if plural else (entry.string,)
        assert len(said) == (catalogue.num_plurals if plural else 1), text
        assert all(said), f"untranslated: {text}"
        wanted = set.union(*map(fields, text)) if plural else fields(text)
        for form in said:
            # A form for one may say the number in words.
            assert fields(form) == wanted or (plural and fields(form) < wanted), text


def test_values_go_into_a_text_where_it_is_translated() -> None:
    """``_("…").format(…)`` would write numbers and dates as Python does, whoever reads."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in (path for part in PARTS for path in (ROOT / part).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "format"
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id in KEYWORDS
    ]
    assert found == []
