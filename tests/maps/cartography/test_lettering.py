"""Letters: what can be set, how wide it is, where it breaks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.textpath import TextToPath

from maps.cartography import lettering
from maps.cartography.lettering import clean, font, shortened, width, wrapped
from tests.examples import examples

ALMOST_ANY = st.text(st.characters(codec=None), max_size=120)


@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_library_that_draws(bold: bool) -> None:
    text = "Sévaré–Gao RN17 Ɗalol œuvre"
    drawn, _height, _descent = TextToPath().get_text_width_height_descent(
        text, font(11.0, bold=bold), ismath=False
    )
    assert width(text, 11.0, bold=bold) == pytest.approx(drawn, rel=1e-6)


def test_what_cannot_be_set_is_seen_to_be_missing_and_what_misleads_goes() -> None:
    assert clean("Gao\n\tAnsongo\u2028 x") == "Gao Ansongo x"
    assert clean("a\u202eevil\u202c\u2066b\u200f\x00\x07\ud800") == "aevilb"
    assert clean("漢字漢字 Gao") == "\ufffd Gao"
    assert clean("$x^2$ <b>&amp;</b>") == "$x^2$ <b>&amp;</b>"


@given(ALMOST_ANY)
@settings(max_examples=examples(60))
def test_clean_text_has_letters_that_the_font_has_and_no_commands(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    assert not {unicodedata.category(c) for c in found} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    known = lettering._known()
    assert all(ord(c) in known for c in found)


@given(ALMOST_ANY, st.floats(30, 300), st.integers(1, 4))
@settings(max_examples=examples(60))
def test_lines_fit_and_lose_nothing_unless_they_say_so(text: str, room: float, most: int) -> None:
    lines = wrapped(text, room, 10.0, most=most)
    assert len(lines) <= most
    for line in lines:
        assert width(line, 10.0) <= room or len(line) == 1
    if not lines or not lines[-1].endswith(lettering.ELLIPSIS):
        assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")


def test_a_text_is_shortened_only_where_it_must() -> None:
    assert shortened("Gao", 100, 10) == "Gao"
    cut = shortened("Gourma-Rharous", 40, 10)
    assert cut.endswith("…")
    assert width(cut, 10) <= 40
