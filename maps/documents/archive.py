"""Office files with the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile

_DAY = (1980, 1, 1, 0, 0, 0)


def settled(package: bytes) -> bytes:
    """Return a zip file with its entries in their order and no time of day in it."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename, _DAY), source.read(entry),
                            zipfile.ZIP_DEFLATED)  # fmt: skip
    return made.getvalue()
