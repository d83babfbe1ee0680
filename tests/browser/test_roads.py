"""The pages about roads: the strip map, statements over time, changes, and the ledger's form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import run_server
from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
WHOLE_RN17 = "road:ML-RN17:0:195900"


@pytest.fixture(scope="module")
def scratch_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server whose ledger a test may add to."""
    yield from run_server(tmp_path_factory.mktemp("scratch"))


def test_a_band_of_the_strip_and_a_bar_of_the_timeline_open_their_stretch(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/road?on=2025-02-12&known=2025-02-12&axis=ML-RN17")
    visitor.await_map()
    strip = visitor.page.locator(".frame svg").first
    expect(strip.get_by_text("Labbezanga · 195+900")).to_be_visible()
    expect(strip.get_by_text("Kobé · 33+100")).to_be_visible()
    control = strip.locator(f"[data-pick='{WHOLE_RN17}']").first
    expect(control.locator("title")).to_contain_text("Controlled: IS-Sahel")
    control.click()
    visitor.await_query("pick", WHOLE_RN17)
    for said in ("RN17", "controlled by IS-Sahel", "Since Jan 28, 2025", "RC-ML-116", "RC-ML-119"):
        expect(visitor.file).to_contain_text(said, ignore_case=True)
    visitor.await_in_map("() => Piste.state.select.getLayers().length > 0")
    # The strip shows the pick too.
    expect(strip.locator(f"[data-pick='{WHOLE_RN17}'].picked").first).to_be_attached()
    visitor.idle()
    visitor.page.get_by_role("button", name="Close").click()
    visitor.await_query("pick")
    visitor.idle()
    timeline = visitor.page.locator(".frame svg[aria-label^='Statements over time']")
    bar = timeline.locator("[data-pick]").filter(has_text="RC-ML-119")
    expect(bar.locator("title")).to_contain_text("Traffic suspended · road users")
    expect(bar.locator("title")).to_contain_text("from Jan 28, 2025 believed until")
    bar.click()
    visitor.await_query("pick", WHOLE_RN17)
    expect(visitor.file).to_contain_text("Gao–Ansongo–Labbezanga")


def test_the_way_between_two_towns_is_one_strip_per_road(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/road?on=2025-02-12&start=Mopti&end=Gao")
    visitor.await_map()
    strips = visitor.page.locator(".frame svg[aria-label^='Strip map of']")
    expect(strips).to_have_count(2)
    expect(strips.nth(0)).to_have_attribute(
        "aria-label", "Strip map of RN6 Bamako–Ségou–San–Sévaré–Mopti"
    )
    expect(strips.nth(1).get_by_text("Hombori · 317+700")).to_be_visible()
    # What was stated is told of the same roads, on the parts that the way takes.
    timelines = visitor.page.locator(".frame svg[aria-label^='Statements over time']")
    expect(timelines).to_have_count(2)
    expect(timelines.nth(0).locator("[data-pick^='road:ML-RN6:']").first).to_be_attached()
    expect(timelines.nth(1).get_by_text("Blockade · JNIM", exact=False).first).to_be_attached()
    expect(timelines.locator("[data-pick^='road:ML-RN17:']")).to_have_count(0)
    # A road chosen by hand replaces the way.
    road = visitor.page.get_by_role("combobox", name="Road", exact=True)
    expect(road).to_have_value(re.compile("RN16"))
    visitor.idle()
    road.click()
    visitor.page.keyboard.type("RN17")
    visitor.page.get_by_role("option", name="RN17", exact=False).first.click()
    visitor.await_query("pick", WHOLE_RN17)
    visitor.await_query("start")
    expect(strips).to_have_count(1)


def test_changes_say_a_sentence_per_stretch_and_mark_it(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/changes?on=2025-02-12&since=2025-01-20")
    visitor.await_map()
    sentence = visitor.page.get_by_role("button", name="RN17 Gao–Ansongo–Labbezanga")
    expect(sentence).to_contain_text("passable under agreement → controlled by IS-Sahel")
    expect(sentence).to_contain_text("traffic suspended (all vehicles)")
    visitor.await_in_map("() => Piste.state.marked.getLayers().length >= 8")
    sentence.click()
    visitor.await_query("pick", WHOLE_RN17)


def test_a_statement_is_previewed_before_it_is_recorded_and_is_then_there(
    scratch_server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(scratch_server, "/ledger?on=2025-12-01")
    page = visitor.page
    visitor.idle()
    preview = page.get_by_role("button", name="See what it would change")
    preview.click()
    # All that is missing is said at once, by the form's own labels.
    for label in ("Country", "From town", "What is stated"):
        expect(page.locator("[data-testid='stMain']")).to_contain_text(f"{label}: This is needed.")
    visitor.idle()
    page.get_by_role("combobox", name="Country").last.click()
    page.get_by_role("option", name="Mali", exact=True).click()
    page.get_by_role("textbox", name="From town").fill("Gao")
    page.get_by_role("textbox", name="To town").fill("Labbezanga")
    page.get_by_role("combobox", name="What is stated").click()
    page.get_by_role("option", name="Closed", exact=True).click()
    page.get_by_role("textbox", name="So since").fill("2025-11-20")
    page.get_by_role("textbox", name="Who states it").fill("drivers")
    page.get_by_role("textbox", name="Published on").fill("2025-11-22")
    page.get_by_role("textbox", name="In one sentence").fill(
        "<b>Barrier</b> at Bentia, drivers say"
    )
    visitor.idle()
    preview.click()
    expect(page.locator("[data-testid='stMain']")).to_contain_text(
        "RN17 Gao–Ansongo–Labbezanga, PK 0+000 – PK 195+900"
    )
    record = page.get_by_role("button", name="Record it", exact=True)
    record.click()
    expect(page.locator("[data-testid='stMain']")).to_contain_text("Your name: Say who records it.")
    visitor.idle()
    page.get_by_role("textbox", name="Your name").fill("A. Analyst")
    record.click()
    expect(page.locator("[data-testid='stMain']")).to_contain_text("Recorded as line")
    # Nothing is left that could be recorded a second time.
    expect(page.get_by_role("textbox", name="From town")).to_have_value("")
    expect(record).to_have_count(0)
    expect(page.locator("[data-testid='stMain']")).to_contain_text("154 statements that began by")
    visitor.open("/road?on=2025-12-01&axis=ML-RN17&pick=" + WHOLE_RN17)
    visitor.await_map()
    expect(visitor.file).to_contain_text("Closed.Since Nov 20, 2025")
    expect(visitor.file).to_contain_text("<b>Barrier</b> at Bentia, drivers say")
