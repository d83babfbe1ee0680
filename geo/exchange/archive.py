"""Zip files from outside: looked through before anything reads from them."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from geo.i18n import Message, message
from geo.records import Fault, InputError

MAX_MEMBERS = 1_000
MAX_RATIO = 200
"""Unpacked over packed size beyond which a file is taken for a trap; maps reach about 20."""
_SMALL = 1 << 20
_CHUNK = 1 << 20


def check_zip(path: Path, max_bytes: int) -> list[str]:
    """Look through a zip file without unpacking it to the disk.

    Parameters
    ----------
    path
        The file.
    max_bytes
        Bound on the unpacked size of all files in it together.

    Returns
    -------
    list
        Names of the files in it.

    Raises
    ------
    InputError
        With every reason not to use it: cut short or damaged, locked with a password, names that
        lead out of the folder, too many or too large files, sizes that no map has.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            faults = [*_bounds(path, members, max_bytes), *_names(path, members)]
            if not faults:
                faults = _contents(path, archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        text = message(
            "{file} is not a whole zip file ({why}). Download it again.",
            file=path.name, why=str(error),
        )  # fmt: skip
        raise InputError([Fault(None, None, text)]) from error
    if faults:
        raise InputError([Fault(None, None, text) for text in faults])
    return [member.filename for member in members]


def _bounds(path: Path, members: list[zipfile.ZipInfo], max_bytes: int) -> list[Message]:
    unpacked = sum(member.file_size for member in members)
    faults = []
    if len(members) > MAX_MEMBERS:
        faults.append(
            message("{file} holds {count} files; at most {limit} are taken.",
                    file=path.name, count=len(members), limit=MAX_MEMBERS)
        )  # fmt: skip
    if unpacked > max_bytes:
        faults.append(
            message("{file} unpacks to {size} MB; at most {limit} MB are taken (--max-bytes).",
                    file=path.name, size=unpacked // 10**6, limit=max_bytes // 10**6)
        )  # fmt: skip
    faults += [
        message("{member} in {file} grows more than {ratio} times when unpacked: no map does. "
                "The file is not used.", member=member.filename, file=path.name, ratio=MAX_RATIO)
        for member in members
        if member.file_size > _SMALL and member.file_size > MAX_RATIO * member.compress_size
    ]  # fmt: skip
    return faults


def _names(path: Path, members: list[zipfile.ZipInfo]) -> list[Message]:
    faults = []
    for member in members:
        name = member.filename.replace("\\", "/")
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/") or ":" in name or "\0" in name:
            faults.append(
                message("{member} in {file} leads out of its folder. The file is not used.",
                        member=member.filename, file=path.name)
            )  # fmt: skip
        elif stat.S_ISLNK(member.external_attr >> 16):
            faults.append(
                message("{member} in {file} is a link. Pack the file itself.",
                        member=member.filename, file=path.name)
            )  # fmt: skip
        if member.flag_bits & 1:
            faults.append(
                message("{member} in {file} is locked with a password. Unlock it first.",
                        member=member.filename, file=path.name)
            )  # fmt: skip
    return faults


def _contents(
    path: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> list[Message]:
    """Read everything once: a size that lies and a damaged file show only then."""
    faults = []
    for member in members:
        try:
            with archive.open(member) as file:
                while file.read(_CHUNK):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            faults.append(
                message("{member} in {file} is damaged ({why}). Download it again.",
                        member=member.filename, file=path.name, why=str(error))
            )  # fmt: skip
    return faults
