"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` so that nobody ever finds half of it, and a failure leaves what was there.

    Parameters
    ----------
    path
        Where to; replaced when it exists.
    content
        All of it.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # As any new file: not only for its owner, as temporary files are.
        mask = os.umask(0)
        os.umask(mask)
        fresh.chmod(0o666 & ~mask)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
