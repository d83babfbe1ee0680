"""A report with hostile words: its text is text, its marks and drafts point at each other."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.visitor import Visitor

# Nothing of it is accepted: the ledger of this server is other tests' too.
STORY = """<script>alert(1)</script><img src=x onerror=alert(2)>

On Friday 7 February 2025 gunmen ambushed a convoy near Ansongo \U0001f69a, killing \
at least 10 people. IS-Sahel controls the road between Gao and Labbezanga.

"><svg onload=alert(3)> On 3 January 2025 a mine killed 4 soldiers near Boni.
"""


def takes_in(visitor: Visitor, story: str) -> None:
    """Give a name and a text, and have it read."""
    page = visitor.page
    page.get_by_role("textbox", name="Your name, kept").fill("Amina")
    page.keyboard.press("Enter")
    visitor.idle()
    page.get_by_label("Text of the report, English or French").fill(story)
    page.get_by_label("Publisher").fill("<b>Wire</b>")
    page.keyboard.press("Enter")
    page.get_by_label("Published on (YYYY-MM-DD)").fill("2025-02-08")
    page.get_by_role("button", name="Read it").click()
    visitor.await_query("report", "1")


def test_text_and_drafts_point_at_each_other_and_what_waits_stays(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/reports?reports=add")
    page = visitor.page
    takes_in(visitor, STORY)
    text = page.get_by_role("region", name="The report; marked words")
    expect(text).to_contain_text("<script>alert(1)</script><img src=x onerror=alert(2)>")
    expect(text.locator("script, img, svg")).to_have_count(0)

    # From the text to the draft, and back; the keyboard does what the mouse does.
    drafts = page.locator(".st-key-piste_drafts")
    chosen = drafts.locator("button[kind='primary']")
    expect(chosen).to_contain_text("Ansongo")
    road = text.locator("mark", has_text="controls the road between Gao and Labbezanga").first
    road.click()
    expect(chosen).to_contain_text("Gao–Labbezanga · Controlled")
    expect(road).to_have_class(re.compile("picked"))
    expect(road).to_have_attribute("data-of", "r")
    mine = text.locator("mark", has_text="a mine killed").first
    mine.focus()
    page.keyboard.press("Enter")
    expect(chosen).to_contain_text("2025-01-03 · Mine · Boni")
    visitor.idle()
    page.keyboard.press("Alt+ArrowDown")
    expect(chosen).to_contain_text("Gao–Labbezanga · Controlled")
    visitor.idle()
    drafts.get_by_role("button", name="Ansongo").click()
    expect(text.locator("mark.picked").first).to_contain_text("gunmen ambushed a convoy")

    corrects_and_rejects(visitor)
    again = visit(server, "/reports")
    expect(again.page.get_by_text("2 of 3 drafts wait")).to_be_visible()
    again.idle()
    again.page.get_by_role("button", name="Review").click()
    expect(again.page.locator(".st-key-piste_drafts")).to_contain_text("Ménaka")
    remembers_and_splits(again)
    finds(again)
    for one in (visitor, again):
        assert one.dialogs == []


def corrects_and_rejects(visitor: Visitor) -> None:
    """Correct a draft, which is kept at once and moves; reject it, which needs a reason."""
    page = visitor.page
    drafts = page.locator(".st-key-piste_drafts")
    chosen = drafts.locator("button[kind='primary']")
    visitor.idle()
    page.get_by_label("Place", exact=True).fill("Ménaka")
    page.keyboard.press("Enter")
    expect(chosen).to_contain_text("Ménaka")
    visitor.idle()
    page.get_by_role("button", name="Reject").click()
    page.get_by_label("Reason").fill("a rumour")
    page.get_by_role("button", name="Reject it").click()
    # What is said of it goes away by itself; what became of the draft stays.
    expect(page.get_by_text("2 drafts wait of 3")).to_be_visible()
    visitor.idle()
    drafts.get_by_role("button", name="Ménaka").click()
    expect(page.get_by_text("Rejected by Amina: a rumour")).to_be_visible()


def remembers_and_splits(visitor: Visitor) -> None:
    """Find the name remembered by the browser and by no address; split a text of two events."""
    drafts = visitor.page.locator(".st-key-piste_drafts")
    name = visitor.page.get_by_role("textbox", name="Your name, kept")
    expect(name).to_have_value("Amina")
    assert "Amina" not in visitor.page.url
    visitor.idle()
    expect(drafts.locator("button[kind='primary']")).to_contain_text("Boni")
    visitor.page.get_by_role("button", name="Split").click()
    visitor.page.get_by_role("button", name="Make a second draft").click()
    expect(drafts.get_by_role("button", name="Boni")).to_have_count(2)
    expect(drafts.get_by_role("button", name="copy 2")).to_be_visible()
    expect(visitor.page.get_by_text("3 drafts wait of 4")).to_be_visible()
    visitor.idle()
    name.fill("")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_text("Give your name to take reports in")).to_be_visible()


def finds(visitor: Visitor) -> None:
    """Find a report by any spelling of a place, by what its drafts name, by publisher."""
    visitor.open("/reports?reports=library")
    for label, asked, count in (
        ("Place, in any spelling", "Labzanga", "1 report"),
        ("Place, in any spelling", "Sévaré", "0 reports"),
        ("Place, in any spelling", "", "1 report"),
        ("Topic or country", "is-sahel", "1 report"),
        ("Publisher", "another", "0 reports"),
    ):
        field = visitor.page.get_by_label(label)
        field.fill(asked)
        visitor.page.keyboard.press("Enter")
        expect(visitor.page.get_by_text(count, exact=True)).to_be_visible()
        visitor.idle()
