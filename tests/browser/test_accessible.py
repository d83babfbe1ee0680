"""No page keeps a reader out: WCAG 2.2 AA as far as axe-core can tell, and by keyboard alone.

French and light is looked at where every page is read in French (``test_languages``).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import accessibility, keyboard
from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
VIEW = "on=2025-02-12&known=2025-02-12&period=36m&country=ML&region=ML:Gao&start=Gao&end=Labbezanga"


@pytest.mark.skipif(not accessibility.installed(), reason="axe-core is not installed: npm ci")
def test_no_page_fails_axe_in_the_dark(server: Server, visit: Callable[..., Visitor]) -> None:
    visitor = visit(server, f"/?{VIEW}&pick=road:ML-RN17:0:97000", color_scheme="dark")
    visitor.await_map()
    titles = visitor.titles()
    page = visitor.page
    found = {titles[0]: [*accessibility.violations(page), *accessibility.cut(page)]}
    for title in titles[1:]:
        visitor.go_to(title)
        visitor.idle()
        found[title] = [*accessibility.violations(page), *accessibility.cut(page)]
    assert found == {title: [] for title in titles}


@pytest.mark.skipif(not accessibility.installed(), reason="axe-core is not installed: npm ci")
def test_a_page_is_walked_by_keyboard_and_what_is_wrong_is_found(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/about?lang=en")
    expect(visitor.page.get_by_role("heading").first).to_be_visible()
    visitor.idle()
    visitor.page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').insertAdjacentHTML('beforeend',"
        ' \'<img src="data:,"><p style="color:#999;background:#fff">pale</p>'
        '<button style="overflow:hidden;height:24px;line-height:1;font-size:20px">Whole</button>\')'
    )
    rules = {line.partition(":")[0] for line in accessibility.violations(visitor.page)}
    assert rules == {"image-alt", "color-contrast"}
    assert accessibility.cut(visitor.page) == ["Whole"]
    steps, left = keyboard.walk(visitor.page)
    assert left  # no trap
    assert steps[0].name == "A Skip to main content"
    assert len(steps) > 25
    assert [step for step in steps if not (step.forward and step.shown and step.seen)] == []
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    visitor.page.wait_for_function("() => document.scrollingElement.scrollWidth <= 320")
