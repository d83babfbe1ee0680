"""Whatever a report contains is shown as text, and none of it runs in the reader's browser."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
IMAGE = '<img src=x onerror="window.__pwned=1">'
WHEN = "on=2025-02-12&period=all"
#: Signs of an attack that worked: its mark, its element, a link that runs a script.
BREACHES = """() => [window.__pwned, document.querySelector("img[src='x']")?.outerHTML,
  document.querySelector("a[href^='javascript' i], a[onmouseover], svg[onload]")?.outerHTML,
  [...document.scripts].find((s) => s.textContent.includes("__pwned"))?.outerHTML,
].filter((sign) => sign !== undefined)"""


def assert_nothing_ran(visitor: Visitor) -> None:
    visitor.idle()
    for frame in visitor.page.frames:
        assert frame.evaluate(BREACHES) == []
    assert visitor.dialogs == []
    assert visitor.page.title() == "Piste"


def test_a_file_shows_hostile_words_claims_and_links_as_text(
    hostile_server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(hostile_server, f"/?{WHEN}&pick=incident:H-1")
    visitor.await_map()
    for text in (
        IMAGE,
        "</script><script>window.__pwned=3</script>",
        "{{ 7*7 }} {% raw %} ${alert(1)}",
        "[x](javascript:window.__pwned=4)",
        "<svg/onload=window.__pwned=2>",
        "javascript:window.__pwned=8",
        "</div><script>window.__pwned=9</script>",
        "{{ config }}<script>window.__pwned=11</script>",
    ):
        expect(visitor.file).to_contain_text(text)
    # Only the honest address became a link.
    links = visitor.file.get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://example.org/page?a=1&b=2"
    ]
    assert_nothing_ran(visitor)


def test_tooltip_and_popup_show_hostile_names_as_text(
    hostile_server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(hostile_server, f"/?{WHEN}&at=16.7_2_8&layers=incidents")
    visitor.await_map()
    mark = visitor.mark("H-1")
    assert mark is not None
    visitor.page.mouse.move(mark["x"], mark["y"])
    expect(visitor.map.locator(".leaflet-tooltip")).to_contain_text(IMAGE)
    heap = visitor.mark("H-2")
    assert heap is not None
    assert heap["count"] == 2
    visitor.page.mouse.click(heap["x"], heap["y"])
    popup = visitor.map.locator(".leaflet-popup")
    expect(popup).to_contain_text(IMAGE)
    expect(popup).to_contain_text("**[click](javascript:window.__pwned=5)** :red[x] `y` <b>z</b>")
    assert_nothing_ran(visitor)
    popup.get_by_role("button", name="List them all").click()
    # The list's buttons read Markdown; the name must come through it unchanged.
    expect(visitor.file).to_contain_text(IMAGE)
    expect(visitor.file).to_contain_text("**[click](javascript:window.__pwned=5)** :red[x] `y`")
    assert_nothing_ran(visitor)


def test_a_road_shows_hostile_statements_as_text(
    hostile_server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(
        hostile_server, f"/?{WHEN}&at=15.9_0.3_10&layers=roads&pick=road:ML-RN17:0:90000"
    )
    visitor.await_map()
    for text in (IMAGE, "<i>5000</i>", "<u>x</u>", "</li></ul><script>window.__pwned=13</script>"):
        expect(visitor.file).to_contain_text(text)
    assert visitor.file.get_by_role("link").count() == 0
    texts = visitor.in_map("() => Piste.state.payload.roads.flatMap((road) => road.text)")
    assert any(IMAGE in text for text in texts)
    segment = visitor.in_map(
        "() => { const { path } = Piste.state.payload.roads.find("
        "  (road) => road.axis === 'ML-RN17' && road.control);"
        " return [(path[0][0] + path[1][0]) / 2, (path[0][1] + path[1][1]) / 2]; }"
    )
    visitor.page.mouse.move(*visitor.point(*segment))
    expect(visitor.map.locator(".leaflet-tooltip")).to_contain_text(IMAGE)
    assert_nothing_ran(visitor)


def test_a_table_shows_hostile_cells_as_text_and_executes_nothing_in_a_spreadsheet(
    hostile_server: Server, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    visitor = visit(hostile_server, f"/incidents?{WHEN}", viewport={"width": 2600, "height": 1200})
    table = visitor.page.locator("[data-testid='stDataFrame'] table").first
    expect(table).to_contain_text(f"Nowhere {IMAGE}")
    expect(table).to_contain_text("**[click](javascript:window.__pwned=5)**")
    expect(table).to_contain_text("<script>window.__pwned=7</script>")
    assert_nothing_ran(visitor)
    own = visitor.page.get_by_test_id("stDataFrame").first
    own.hover()
    expect(visitor.page.get_by_label("Search").first).to_be_visible()
    # Streamlit's own export leaves formulas as they are.
    assert not visitor.page.get_by_label("Download as CSV").filter(visible=True).count()
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name="Download CSV").click()
    target = tmp_path / "table.csv"
    waiting.value.save_as(target)
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    by_id = {row["incident_id"]: row for row in rows}
    assert by_id["H-5"]["place"] == '\'=HYPERLINK("http://evil.example")'
    assert by_id["H-5"]["summary"] == "'@SUM(1)"
    assert by_id["H-1"]["place"] == IMAGE
    for row in rows:
        for cell in row.values():
            assert cell[:1] not in {"=", "+", "@", "\t", "\r"}
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name="Download Excel").click()
    with zipfile.ZipFile(waiting.value.path()) as book:
        assert b"<f" not in re.sub(rb"<format", b"", book.read("xl/worksheets/sheet1.xml"))
        assert b'=HYPERLINK("http://evil.example")' in book.read("xl/sharedStrings.xml")


def test_a_hostile_address_is_shown_as_text(server: Server, visit: Callable[..., Visitor]) -> None:
    attack = "%3Cimg%20src%3Dx%20onerror%3D%22window.__pwned%3D1%22%3E"
    visitor = visit(server, f"/?cat={attack}&{attack}=1&pick=incident:{attack}&at={attack}")
    visitor.await_map()
    expect(visitor.page.locator(".piste-notice")).to_contain_text(f"cat = “{IMAGE}”")
    assert_nothing_ran(visitor)
