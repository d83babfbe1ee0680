"""Zip files that set traps are refused with the reason."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from geo.exchange.archive import check_zip
from geo.records import InputError


def packed(path: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def refused(path: Path, max_bytes: int = 10**9) -> list[str]:
    with pytest.raises(InputError) as caught:
        check_zip(path, max_bytes)
    return [str(fault.message) for fault in caught.value.faults]


def test_an_honest_file_lists_its_members(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"roads/a.shp": b"x", "roads/a.dbf": b"y"})
    assert check_zip(path, 100) == ["roads/a.shp", "roads/a.dbf"]


@pytest.mark.parametrize(
    "name", ["../a.shp", "roads/../../a.shp", "/etc/a.shp", "..\\a.shp", "C:\\a.shp"]
)
def test_a_path_that_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "a.zip", {"fine.shp": b"x", name: b"x"})
    told = refused(path)
    assert len(told) == 1
    assert f"{name} in a.zip leads out of its folder" in told[0]


def test_a_link(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "is a link" in refused(packed(tmp_path / "a.zip", {link: b"/etc/passwd"}))[0]


def test_a_file_that_grows_out_of_all_proportion(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.zip", {"a.shp": bytes(8_000_000)})
    assert path.stat().st_size < 10_000
    assert "grows more than 200 times" in refused(path)[0]


def test_a_size_beyond_the_bound_is_told_before_anything_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "big.zip", {"a.shp": bytes(range(256)) * 40_000})
    assert "unpacks to 10 MB; at most 5 MB" in refused(path, 5_000_000)[0]


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = packed(tmp_path / "liar.zip", {"a.shp": bytes(range(256)) * 100})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(mark) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    assert "is damaged" in refused(path)[0]


def test_too_many_files_and_every_other_fault_at_once(tmp_path: Path) -> None:
    path = packed(tmp_path / "many.zip", {f"{i}.txt": b"" for i in range(1_001)} | {"../x": b""})
    told = refused(path)
    assert "holds 1002 files" in told[0]
    assert "../x" in told[1]


@pytest.mark.parametrize("damage", ["cut", "no zip", "bytes"])
def test_a_file_that_is_no_whole_zip(tmp_path: Path, damage: str) -> None:
    path = packed(tmp_path / "a.zip", {"a.shp": bytes(range(256)) * 100})
    data = bytearray(path.read_bytes())
    if damage == "bytes":
        data[60:70] = bytes(10)
    path.write_bytes({"cut": data[:-30], "no zip": b"hello", "bytes": data}[damage])
    assert "Download it again" in refused(path)[0]
