"""A map or a chart that a reader takes along as a picture."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def can_be_had(visitor: Visitor, key: str, title: str) -> None:
    """Open the picture beside the button of this key, with what it shows in words; close it."""
    place = visitor.page.locator(f".st-key-{key}_picture")
    expect(place).to_be_attached()
    visitor.idle()
    place.get_by_role("button", name="Copy as picture").click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name=title, exact=True)).to_be_visible()
    expect(dialog.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
