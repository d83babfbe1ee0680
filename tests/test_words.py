"""Every word that a person reads can be translated, and every page lets it be."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po
from streamlit.testing.v1 import AppTest

from geo import i18n
from geo.i18n import message

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("geo", "maps", "ui", "api")
KEYWORDS = {"_": None, "gettext": None, "message": None, "ngettext": (1, 2), "counted": (1, 2)}


def extracted() -> set[str | tuple[str, ...]]:
    """Return every message in the code, plural pairs as tuples."""
    found: set[str | tuple[str, ...]] = set()
    for part in PARTS:
        rows = extract_from_dir(ROOT / part, [("**.py", "python")], keywords=KEYWORDS)
        found |= {row[2] for row in rows}
    return found


def bracketed(text: str) -> str:
    return f"⟦{text}⟧"


@pytest.fixture
def pseudo_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install a language whose every message is the English one in brackets."""
    catalogue = Catalog(locale="de")
    for text in extracted():
        if isinstance(text, tuple):
            catalogue.add(text, tuple(bracketed(form) for form in text))
        else:
            catalogue.add(text, bracketed(text))
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "piste.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
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
    "page", ["map", "road", "changes", "ledger", "incidents", "geocode", "about"]
)
def test_every_label_of_a_page_goes_through_the_catalogue(
    page: str, pseudo_language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
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
    assert [label for label in labels if not label.startswith("⟦")] == []
