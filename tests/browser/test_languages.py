"""A reader chooses a language, keeps it from page to page, and meets no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import expect

from tests.browser import accessibility
from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
CATALOGUE = (
    Path(__file__).resolve().parent.parent.parent / "locale" / "fr" / "LC_MESSAGES" / "piste.po"
)
FIELD = re.compile(r"\{[^}]*\}")
VIEW = "on=2025-02-12&period=36m&pick=road:ML-RN17:0:97000"
#: Streamlit calls the arrow of a choice so, in every language; it has no setting for it.
STREAMLITS = {"Open"}
#: What the data says is not ours to translate.
DATA = "[data-testid='stDataFrame'] tbody, .piste-file ul"


@cache
def english() -> re.Pattern[str]:
    """Return what matches a whole English sentence or label that reads otherwise in French."""
    with CATALOGUE.open("rb") as file:
        every = [entry for entry in read_po(file) if entry.id]
    entries = [entry for entry in every if entry.string != entry.id]
    french = {entry.string for entry in every}
    texts = {
        text
        for entry in entries
        for text in (entry.id if isinstance(entry.id, tuple) else (entry.id,))
    }
    # Of a template only what has enough words of its own.
    told = {text for text in texts if len(re.findall(r"[A-Za-z]{2,}", FIELD.sub("", text))) > 1}
    told |= {text for text in texts if not FIELD.search(text)} - french
    return re.compile("|".join(".+".join(map(re.escape, FIELD.split(text))) for text in told))


def left_over(visitor: Visitor, *, on_map: bool = False) -> list[str]:
    """Return the lines of a page, and of its map if wanted, that are English."""
    visitor.page.locator(DATA).evaluate_all("nodes => nodes.forEach(n => { n.hidden = true; })")
    texts = [visitor.page.locator("body").inner_text()]
    if on_map:
        visitor.open_panel()
        for summary in visitor.map.locator("summary").all()[1:]:
            summary.click()
        texts.append(visitor.map.locator("body").inner_text())
    names = "nodes => nodes.map(n => n.getAttribute('aria-label') || n.placeholder || '')"
    texts += visitor.page.locator("[aria-label], [placeholder]").evaluate_all(names)
    lines = {line.strip() for text in texts for line in text.splitlines()}
    return sorted(line for line in lines - STREAMLITS if english().fullmatch(line))


def barriers(visitor: Visitor) -> list[str]:
    """Return what keeps a reader out, before anything is hidden; see ``test_accessible``."""
    return accessibility.violations(visitor.page) if accessibility.installed() else []


def test_the_pattern_knows_english_from_french() -> None:
    for line in (
        "Threat map",
        "3 incidents here",
        "RN17 · as of Feb 7, 2025, as known on Feb 8, 2025",
    ):
        assert english().fullmatch(line), line
    for line in ("Carte", "3 incidents ici", "Mali", "Incidents", "PK 0+000"):
        assert not english().fullmatch(line), line


def test_a_reader_who_chooses_french_reads_french_on_every_page(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    # French words are longer: what does not fit goes into a menu that hides its copies.
    visitor = visit(server, f"/?{VIEW}", viewport={"width": 1800, "height": 900})
    visitor.await_map()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.page.get_by_role("radio", name="Français").click()
    visitor.await_query("lang", "fr")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "fr")
    expect(visitor.page.locator("[data-testid='stTopNavLink']").first).to_have_text(
        re.compile("Carte")
    )
    visitor.idle()  # or the map of before is still there too
    visitor.await_map()
    links = visitor.page.locator("[data-testid='stTopNavLink']")
    titles = visitor.titles()
    assert len(titles) == len(list((Path(__file__).parents[2] / "pages").glob("*.py")))
    barred = {titles[0]: barriers(visitor)}
    found = {titles[0]: left_over(visitor, on_map=True)}
    for title in titles[1:]:
        visitor.go_to(title)
        visitor.await_query("lang", "fr")
        visitor.idle()
        barred[title] = barriers(visitor)
        found[title] = left_over(visitor)
    assert found == {title: [] for title in titles}
    assert barred == {title: [] for title in titles}
    # Choosing the other one brings the first back, and the address stays a whole one.
    visitor.page.get_by_role("radio", name="English").click()
    visitor.await_query("lang", "en")
    expect(links.first).to_have_text(re.compile("Threat map"))
    visitor.idle()
    assert "Threat map" in left_over(visitor)


def test_a_browser_that_asks_for_french_gets_it(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/about", locale="fr-ML")
    expect(visitor.page.get_by_role("heading", name="Ce que Piste ne sait pas")).to_be_visible()
    assert "lang" not in visitor.query
