"""What a click on the map opens: a file with who said what, when and where it can be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
KOBE = "ML-2025-02-07-KOBE"
#: The middle of RN17's piece between two neighbouring places near 15.9 N, 0.3 E.
RN17 = """() => {
  let best = null;
  for (const road of Piste.state.payload.roads.filter((r) => r.axis === "ML-RN17"))
    road.path.slice(1).forEach(([lat, lon], i) => {
      const at = [(lat + road.path[i][0]) / 2, (lon + road.path[i][1]) / 2];
      const off = Math.hypot(at[0] - 15.9, at[1] - 0.3);
      if (!best || off < best.off) best = { off, at };
    });
  return best.at;
}"""


def test_a_click_on_a_mark_opens_its_claims_and_from_them_a_linked_incident(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?on=2025-02-12&period=30d&cat=ambush&at=16.06_0.12_11")
    visitor.await_map()
    visitor.click_mark(KOBE)
    expect(visitor.file).to_contain_text("Kobé")
    expect(visitor.file).to_contain_text("On RN17 at PK 33+100 (Kobé), between Gao and Ansongo")
    expect(visitor.file).to_contain_text("Sources say: on RN17 between Gao and Ansongo at Kobé")
    army = visitor.file.locator("li").filter(has_text="Army").filter(has_text="25 civilians").first
    expect(army).to_contain_text("Maliactu (army communiqué)")
    expect(army).to_contain_text("undated, taken as known on Feb 8, 2025")
    expect(army).to_be_in_viewport()  # who says what comes first
    link = army.get_by_role("link", name="source").first
    address = str(link.get_attribute("href"))
    assert address.startswith("https://")
    assert link.get_attribute("target") == "_blank"
    assert "noopener" in str(link.get_attribute("rel"))
    # Every claim says who said it, and when it became known.
    for claim in visitor.file.locator("li .meta").all():
        assert claim.inner_text().count(" · ") >= 2
    # A linked incident opens from the file …
    visitor.page.get_by_role("button", name="Retaliation").click()
    visitor.await_query("pick", "incident:ML-2025-01-28-TAXBUS")
    expect(visitor.file).to_contain_text("Jan 28, 2025")
    # … and the way back leads to the incident that it led to.
    visitor.page.get_by_role("button", name="Kobé").click()
    visitor.await_query("pick", f"incident:{KOBE}")
    close = visitor.page.get_by_role("button", name="Close")
    close.click()
    visitor.await_query("pick")
    expect(close).to_have_count(0)
    expect(visitor.file).not_to_contain_text("Kobé")


def test_rn17_is_controlled_taxed_and_without_traffic_on_12_february_2025(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(
        server, "/?on=2025-02-12&known=2025-02-12&period=30d&at=15.9_0.3_11&layers=roads_places"
    )
    visitor.await_map()
    visitor.page.mouse.click(*visitor.point(*visitor.in_map(RN17)))
    expect(visitor.file).to_contain_text("RN17")
    for said in ("controlled by IS-Sahel", "taxed by IS-Sahel", "traffic suspended"):
        expect(visitor.file).to_contain_text(said, ignore_case=True)
    expect(visitor.file).to_contain_text("Since Jan 28, 2025")
    for statement in ("Controlled · IS-Sahel", "Taxed · IS-Sahel", "Traffic suspended"):
        line = visitor.file.locator("li").filter(has_text=statement).first
        expect(line).to_be_visible()
        assert line.get_by_role("link", name="source").count() == 1
    assert visitor.query["pick"][0].startswith("road:ML-RN17:")


def test_rn17_has_no_live_report_on_new_years_day_2023(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(
        server, "/?on=2023-01-01&known=2023-01-01&period=30d&at=15.9_0.3_11&layers=roads_places"
    )
    visitor.await_map()
    visitor.page.mouse.click(*visitor.point(*visitor.in_map(RN17)))
    expect(visitor.file).to_contain_text("RN17")
    expect(visitor.file).to_contain_text("That means unknown, not open.")
    expect(visitor.file).not_to_contain_text("IS-Sahel")
    expect(visitor.file).not_to_contain_text("suspended")


def test_a_click_on_a_region_lists_its_incidents(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?period=all&layers=choropleth_regions&at=16.9_0.6_7")
    visitor.await_map()
    visitor.page.mouse.click(*visitor.point(17.4, 0.9))
    expect(visitor.file).to_contain_text("Gao · ")
    expect(visitor.file).to_contain_text("incidents here")
    assert visitor.file.get_by_role("button").count() > 5
