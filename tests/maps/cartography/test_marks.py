"""Handling marks as FIRST defines them."""

from __future__ import annotations

import pytest

from maps.cartography import CHATHAM_HOUSE, TLP, mark_named


@pytest.mark.parametrize(
    ("name", "ink"),
    [
        ("CLEAR", "#FFFFFF"),
        ("GREEN", "#33FF00"),
        ("AMBER", "#FFC000"),
        ("AMBER+STRICT", "#FFC000"),
        ("RED", "#FF2B2B"),
    ],
)
def test_labels_and_colours_are_those_of_tlp_2(name: str, ink: str) -> None:
    mark = TLP[name]
    assert (str(mark), mark.ink, mark.ground) == (f"TLP:{name}", ink, "#000000")
    assert mark_named(f"tlp:{name.lower()}") == mark_named(f"TLP: {name}") == mark


def test_other_marks_keep_their_text() -> None:
    assert mark_named("Chatham House") == CHATHAM_HOUSE
    assert str(mark_named("Internal, red team only")) == "Internal, red team only"
    assert mark_named("  ") is None
