"""Plates as files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from maps.cartography import write
from tests.maps.cartography.starter_plates import plate


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_plate_gives_the_same_bytes(form: str) -> None:
    assert write(plate("Gao"), form, "hd") == write(plate("Gao"), form, "hd")


def test_a_slide_has_its_pixels_and_a_path_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "gao.png"
    data = write(plate("Gao"), path, "hd")
    assert path.read_bytes() == data
    assert Image.open(io.BytesIO(data)).size == (1920, 1080)
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_format_or_sheet_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="png, svg, pdf"):
        write(plate("Gao"), tmp_path / "gao.gif")
    with pytest.raises(ValueError, match="a4-landscape"):
        write(plate("Gao"), "png", "a5")
    assert list(tmp_path.iterdir()) == []
