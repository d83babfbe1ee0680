"""The Route page: the verdict with its evidence, what was known earlier, and bad questions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.pictures import can_be_had
from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
GAO = "/route?on=2025-02-12&known={known}&origin=Gao&dest=Labbezanga"
KOBE_STRETCH = "road:ML-RN17:20000:44420"
HOSTILE = "<img src=x onerror=alert(1)>"


def test_a_journey_is_explained_stretch_by_stretch_and_by_what_was_known(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, GAO.format(known="2025-02-12"))
    page = visitor.page
    visitor.await_map()
    main = page.locator("[data-testid='stMain']")
    expect(main.locator("h2 .piste-verdict")).to_have_text("avoid")
    expect(main).to_contain_text("No report is not a sign of calm")
    visitor.await_in_map("() => Piste.state.routes.getLayers().length > 10")
    # Every stretch tells why, with its evidence.
    stretch = page.locator("[data-stretch='2']")
    stretch.locator("summary").click()
    for said in ("ambushed a civilian convoy", "5 days before", "RC-ML-119", "controlled by",
                 "African Security Analysis", "confidence 76%"):  # fmt: skip
        expect(stretch).to_contain_text(said, ignore_case=True)
    file = stretch.get_by_role("link", name="file").first.get_attribute("href")
    assert file is not None
    assert "pick=incident%3AML-2025-02-07-KOBE" in file
    # The strip above the table opens the same beside the map.
    page.locator(f".frame svg [data-pick='{KOBE_STRETCH}']").first.click()
    visitor.await_query("pick", KOBE_STRETCH)
    expect(visitor.file.first).to_contain_text("Stretch 2: RN17")
    visitor.idle()
    page.get_by_role("button", name="Close").click()
    visitor.await_query("pick")
    can_be_had(visitor, "piste_route", "Gao – Labbezanga")
    can_be_had(visitor, "piste_route_strip_1", "RN17 Gao–Ansongo–Labbezanga: Gao → Labbezanga")
    # Another way is chosen, and compared with the first.
    page.get_by_role("radio", name="Route 2 · avoid").click()
    visitor.await_query("way", "2")
    expect(page.locator(".piste-table tr.picked")).to_contain_text("638")
    # Saved, it is told on the start page; the name is text.
    name = f"supplies {HOSTILE}"
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Name").press("Tab")
    page.get_by_role("button", name="Save this route").click()
    expect(main).to_contain_text("Not looked at since it was saved.")
    visitor.idle()
    page.get_by_role("button", name="Seen", exact=True).click()
    expect(main).to_contain_text("As last seen.")
    # As known on the day before, the ambush is absent and the verdict rests on the rest.
    visitor.open(GAO.format(known="2025-02-06"))
    visitor.await_map()
    expect(main.locator("h2 .piste-verdict")).to_have_text("caution")
    expect(main).to_contain_text("Verdict: avoid → caution.")
    for known in page.locator("[data-stretch]").all_inner_texts():
        assert "ambushed a civilian convoy" not in known
    visitor.go_to("Threat map")
    expect(page.locator(".piste-watch")).to_contain_text(f"{name}: Verdict: avoid → caution.")
    visitor.idle()
    page.get_by_role("link", name="Route", exact=True).click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(0)


def test_a_question_without_an_answer_says_why(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    # All that is wrong is told at once, as text.
    asked = f"origin=Gao&dest=Ansongo&via={HOSTILE}&via=Ansongo"
    visitor = visit(server, f"/route?on=2025-02-12&{asked}")
    page, main = visitor.page, visitor.page.locator("[data-testid='stMain']")
    visitor.await_map()
    expect(main).to_contain_text(f"“{HOSTILE}” is not in the gazetteer")
    expect(main).to_contain_text("Ansongo and Ansongo are one place; name two.")
    visitor.open("/route?on=2025-02-12&origin=Mopti&dest=Diafarab%C3%A9")
    expect(main).to_contain_text("they come closest between Macina and Diafarabé, 42 km apart")
    # A click on the bare map ends the journey there; no map shows the way from the road.
    visitor.open("/route?on=2025-02-12&origin=Gao&dest=Ansongo")
    visitor.await_map()
    expect(main.locator("h2 .piste-verdict")).to_have_text("avoid")
    visitor.idle()
    page.mouse.click(*visitor.point(15.75, 0.05))
    visitor.map.get_by_role("button", name="End it here").click()
    page.wait_for_function("() => /dest=0\\.0\\d+%2C15\\.7/.test(location.search)")
    expect(main).to_contain_text(re.compile(r"\d km from the nearest known road; no map here"))
    expect(main.locator("h2 .piste-verdict")).to_be_visible()
