"""An address carries the whole view: opened cold, copied, passed on, or mistyped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
KOBE = "ML-2025-02-07-KOBE"
VIEW = f"on=2025-02-12&known=2025-02-12&period=all&cat=ied&pick=incident:{KOBE}"
#: The categories of the marks on the map, by the alphabet.
CATEGORIES = (
    "() => [...new Set(Piste.state.marks.c.map(c => Piste.state.marks.categories[c].label))].sort()"
)


def test_a_cold_address_opens_filters_map_and_file(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, f"/?{VIEW}")
    visitor.await_map()
    expect(visitor.map.locator(".piste-caption")).to_contain_text("As of Feb 12, 2025")
    visitor.expect_chosen("Categories", "IED")
    assert visitor.in_map(CATEGORIES) == ["IED"]
    expect(visitor.file).to_contain_text("On RN17 at PK 33")
    lat, lon, _zoom = visitor.view()
    assert (lat, lon) == pytest.approx((16.057, 0.117), abs=0.02)
    assert visitor.in_map("() => Piste.state.select.getLayers().length") == 1


def test_a_copied_address_gives_a_stranger_the_same_view(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    first = visit(server, "/?on=2025-02-12&period=all&at=16.06_0.12_11")
    first.await_map()
    drawn = first.updates
    first.choose("Categories", "Ambush")
    first.await_map(more_than=drawn)
    first.toggle("density")
    first.pan(-90, 60)
    first.click_mark(KOBE)
    first.await_query("pick", f"incident:{KOBE}")
    first.idle()
    address = first.page.url
    assert first.query["cat"] == ["ambush"]

    second = visit(server, address, stranger=True)
    second.await_map()
    expect(second.file).to_contain_text("On RN17 at PK 33")
    second.expect_chosen("Categories", "Ambush")
    assert second.shown_layers() == first.shown_layers()
    assert "density" not in second.shown_layers()
    assert second.view() == pytest.approx(first.view(), abs=0.0011)
    without = [{**visitor.query, "layers": []} for visitor in (first, second)]
    assert without[0] == without[1]
    marks = "() => [...Piste.state.marks.id].sort()"
    assert second.in_map(marks) == first.in_map(marks)


def test_filters_and_what_the_map_shows_survive_every_change_both_ways(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?on=2025-02-12&period=all&country=NE&at=16.06_0.12_11")
    visitor.await_map()
    visitor.toggle("density")
    visitor.pan(-90, 60)
    at, layers, before = visitor.query["at"], visitor.query["layers"], visitor.view()
    assert at != ["16.06_0.12_11"]
    # A filter of the map …
    visitor.choose("Categories", "Ambush")
    visitor.await_query("cat", "ambush")
    visitor.idle()
    assert visitor.query["at"] == at
    assert visitor.query["layers"] == layers
    # … arrives in the table, …
    visitor.go_to("Incidents")
    title = visitor.page.get_by_role("heading", name="incidents in this view")
    expect(title).to_be_visible()
    niger = title.inner_text()
    visitor.await_query("country", "NE")
    visitor.await_query("cat", "ambush")
    assert visitor.query["at"] == at
    # … and one of the table on the map, which looks where it looked.
    visitor.choose("Categories", "Armed attack")
    visitor.await_query("cat", "ambush", "armed_attack")
    expect(title).not_to_have_text(niger)
    visitor.idle()
    visitor.go_to("Threat map")
    visitor.await_map()
    visitor.await_query("country", "NE")
    visitor.await_query("cat", "ambush", "armed_attack")
    visitor.expect_chosen("Countries", "Niger")
    visitor.expect_chosen("Categories", "Ambush", "Armed attack")
    assert visitor.in_map(CATEGORIES) == ["Ambush", "Armed attack"]
    assert visitor.view() == pytest.approx(before, abs=0.0011)
    assert visitor.query["layers"] == layers
    assert "density" not in visitor.shown_layers()


def test_a_cold_address_of_another_page_opens_it_filtered_and_back_takes_a_filter_away(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/incidents?period=all&country=NE&cat=ambush")
    title = visitor.page.get_by_role("heading", name="incidents in this view")
    expect(title).to_be_visible()
    visitor.idle()
    assert visitor.path == "/incidents"
    visitor.expect_chosen("Countries", "Niger")
    visitor.expect_chosen("Categories", "Ambush")
    assert visitor.query == {"period": ["all"], "country": ["NE"], "cat": ["ambush"]}
    niger = title.inner_text()
    visitor.choose("Countries", "Mali")
    visitor.await_query("country", "NE", "ML")
    expect(title).not_to_have_text(niger)
    visitor.idle()
    visitor.page.go_back()
    expect(title).to_have_text(niger)
    visitor.expect_chosen("Countries", "Niger")
    visitor.go_to("Threat map")
    visitor.await_map()
    visitor.await_query("country", "NE")


def test_unknown_and_invalid_parameters_are_named_and_ignored(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?on=2025-02-31&cat=dragons&colour=red&country=ML&at=here&bw=7")
    visitor.await_map()
    notice = visitor.page.locator(".piste-notice")
    for name, value in (("on", "2025-02-31"), ("cat", "dragons"), ("colour", "red")):
        expect(notice).to_contain_text(f"{name} = “{value}”")
    expect(notice).to_contain_text("at = “here”")
    expect(notice).to_contain_text("bw = “7”")
    expect(notice).not_to_contain_text("country")
    visitor.expect_chosen("Countries", "Mali")
    visitor.await_query("cat")
    visitor.await_query("colour")
    visitor.await_query("country", "ML")
