"""Briefs as web pages: one file, opened without a server, that asks nobody for anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from geo import i18n
from maps.documents import write
from tests.briefing.test_building import material
from tests.browser import accessibility
from tests.browser.pictures import can_be_had
from tests.browser.server import Server
from tests.browser.visitor import Visitor
from tests.maps.documents.test_documents import brief, hostile
from tests.starter import KOBE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "column"), [("en", "Killed, claims"), ("fr", "Tués")])
def test_a_web_page_opens_offline_asks_nobody_and_keeps_nobody_out(
    chromium: Browser, tmp_path: Path, language: str, column: str
) -> None:
    path = tmp_path / "brief.html"
    i18n.activate(language)
    try:
        path.write_bytes(write(brief(), material(), "html"))
    finally:
        i18n.activate("en")
    page = chromium.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda note: problems.append(note.text) if note.type == "error" else None)
    page.goto(path.as_uri())
    inner = page.frames[1]
    inner.wait_for_function("() => window.Piste && Piste.state.map")
    inner.wait_for_function("() => Piste.state.map.getContainer().dataset.updates === '1'")
    bounds = inner.evaluate("() => Piste.state.map.getBounds().contains([16.27, -0.04])")
    assert bounds  # Gao
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert problems == []
    head = page.locator("th button", has_text=column).first
    head.focus()
    page.keyboard.press("Enter")
    assert head.locator("..").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.tagName") == "BUTTON"  # no trap
    if accessibility.installed():
        for still in page.get_by_role("figure").locator("summary").all():
            still.click()
        assert accessibility.violations(page) == []
        assert accessibility.violations(inner) == []
    page.close()


def test_hostile_words_in_a_web_page_are_text(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_bytes(write(*hostile(), "html"))
    page = chromium.new_page()
    page.on("dialog", lambda _dialog: pytest.fail("a script ran"))
    page.goto(path.as_uri())
    assert page.locator("h1").inner_text().startswith("<script>alert(1)</script>")
    assert page.locator("main script").count() == 0
    page.close()


def test_a_brief_is_seen_changed_and_taken_away(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    view = "on=2025-02-12&known=2025-02-12&country=ML&region=ML:Gao"
    visitor = visit(server, f"/briefing?{view}")
    page = visitor.page
    first_page = page.get_by_role("img", name=re.compile("^Page 1 of 3"))
    expect(first_page).to_be_visible()
    before = str(first_page.get_attribute("src"))
    page.get_by_text("Change the words", exact=True).click()
    sentence = page.get_by_role("textbox", name="In short, sentence 1")
    expect(sentence).to_have_value(re.compile("^7 incidents were reported in Gao"))
    visitor.idle()
    sentence.fill("Seven <b>incidents</b>, said Amina.")
    sentence.press("Control+Enter")
    expect(first_page).not_to_have_attribute("src", before)  # the page shows what was written
    visitor.idle()
    with page.expect_download() as taken:
        page.get_by_role("button", name="PDF", exact=True).click()
    assert taken.value.suggested_filename == "piste-area-20250212.pdf"
    text = PdfReader(taken.value.path()).pages[0].extract_text()
    assert "Seven <b>incidents</b>, said Amina." in text
    assert "7 incidents were reported" not in text


def test_what_the_map_shows_can_be_had_as_a_picture(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, f"/?on=2025-02-12&pick=incident:{KOBE}")
    visitor.await_map()
    page = visitor.page
    # The map went there by itself: no address and no click told the server.
    page.wait_for_function("new URL(location).searchParams.has('at')")
    visitor.idle()
    page.locator(".st-key-piste_desk_picture").get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="Reported incidents and road status")).to_be_visible()
    expect(dialog.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    with page.expect_download() as taken:
        dialog.get_by_role("button", name="PDF", exact=True).click()
    words = PdfReader(taken.value.path()).pages[0].extract_text()
    assert "Reported incidents and road status" in words
    assert "Ansongo" in words  # where the map looks
    assert "Bamako" not in words


def test_a_chart_can_be_had_as_a_picture(server: Server, visit: Callable[..., Visitor]) -> None:
    can_be_had(visit(server, "/method"), "piste_reliability", "Foretold and came")
