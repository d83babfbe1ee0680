"""Layers that an operator imported: where they are kept and how they are replaced.

A layer of a kind (``roads``, ``regions``) is a folder that is written once and never changed.  A
small file ``current`` names the one in use and is replaced in one step, so that a reader sees the
old layer or the new one and an import that is stopped leaves the old one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from platformdirs import user_data_dir

from geo.i18n import message
from geo.records import Fault, InputError

ENVIRONMENT_VARIABLE = "PISTE_DATA"
ROADS, REGIONS = "roads", "regions"
MANIFEST = "manifest.json"
FORMAT = 1
ABANDONED_S = 86_400
"""A folder that is not in use and was not touched for this long is what a killed import left."""
_CHUNK = 1 << 20


def data_folder() -> Path:
    """Return the folder of ``PISTE_DATA``, or the user's data folder."""
    given = os.environ.get(ENVIRONMENT_VARIABLE, "").strip()
    return Path(given) if given else Path(user_data_dir("piste", appauthor=False))


def current(kind: str) -> Path | None:
    """Return the folder of the layer in use, ``None`` when none was imported.

    Raises
    ------
    InputError
        When the layer that should be in use is not there.
    """
    home = data_folder() / "layers" / kind
    try:
        name = (home / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    if not (home / name / MANIFEST).is_file():
        raise _damaged(home / name, MANIFEST)
    return home / name


def stamp() -> str:
    """Return what changes when a layer is imported: a cache of the atlas is keyed on it."""
    return " ".join(folder.name for kind in (ROADS, REGIONS) if (folder := current(kind)))


def usable(kind: str) -> Path | None:
    """Return the layer in use when every file of it is whole; importing mends a damaged one."""
    try:
        folder = current(kind)
        if folder is not None:
            facts_of(folder, None)
    except InputError:
        return None
    return folder


@contextmanager
def replacing(kind: str) -> Iterator[Path]:
    """Give an empty folder to write a layer into, and put the layer in use when all went well.

    The folder must hold a manifest (`seal`) at the end.  When the block fails nothing changes.
    """
    home = data_folder() / "layers" / kind
    home.mkdir(parents=True, exist_ok=True)
    folder = home / uuid4().hex
    folder.mkdir()
    try:
        yield folder
        for path in (*folder.iterdir(), folder):
            _sync(path)
        _point(home, folder.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _clear(home, folder.name)


def _point(home: Path, name: str) -> None:
    fresh = home / f"current.{name}"
    fresh.write_text(name, encoding="utf-8")
    _sync(fresh)
    fresh.replace(home / "current")
    _sync(home)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows knows no handle on a folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(home: Path, kept: str) -> None:
    """Remove what is not in use and old: a layer that was replaced, the rest of a killed import."""
    for path in home.iterdir():
        old = time.time() - path.stat().st_mtime > ABANDONED_S
        if path.name in {kept, "current"} or not old:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def seal(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest of a layer: facts, and size and digest of every file in the folder."""
    files = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    document = {"format": FORMAT, "files": files, "facts": dict(facts)}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def facts_of(folder: Path, checked: Collection[str] | None = ()) -> dict[str, Any]:
    """Return the facts of a layer after checking some of its files against their digests.

    Parameters
    ----------
    folder
        The layer.
    checked
        Files to check, all if ``None``; that each is as long as it was is checked always.

    Raises
    ------
    InputError
        When the layer is damaged or of another version of Piste.
    """
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files, form = document["files"], document["format"]
        facts: dict[str, Any] = document["facts"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, MANIFEST) from error
    if form != FORMAT:
        text = message(
            "The imported layer in {folder} was written by another version of Piste. Import it "
            "again.", folder=str(folder),
        )  # fmt: skip
        raise InputError([Fault(None, None, text)])
    for name, told in files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != told["bytes"]:
            raise _damaged(folder, name)
        if (checked is None or name in checked) and _digest(path) != told:
            raise _damaged(folder, name)
    return facts


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def _damaged(folder: Path, name: str) -> InputError:
    text = message(
        "The imported layer in {folder} is damaged ({file}). Import it again, or remove the file "
        "“current” beside it to go back to the data that Piste ships.",
        folder=str(folder), file=name,
    )  # fmt: skip
    return InputError([Fault(None, None, text)])
