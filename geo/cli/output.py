"""What the commands share: how faults are told, and text that any terminal can take."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper

import typer

from geo.i18n import gettext as _
from geo.records import Fault, InputError

FAILURE = 2
"""Exit code of a command that could not do its work."""


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says: names here carry accents."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def fault_sentence(fault: Fault) -> str:
    """Return a fault as one line: where, then what."""
    if fault.row is None:
        said = str(fault.message)
    elif fault.column is None:
        said = _("line {row}: {text}", row=fault.row, text=fault.message)
    else:
        said = _(
            "line {row}, {column}: {text}", row=fault.row, column=fault.column, text=fault.message
        )
    return said if fault.file is None else _("{file}: {text}", file=fault.file, text=said)


def tell(faults: Iterable[Fault]) -> None:
    """Write faults to stderr, one a line."""
    for fault in faults:
        typer.echo(fault_sentence(fault), err=True)


@contextmanager
def failing() -> Iterator[None]:
    """Tell the faults of an unusable input on stderr and leave with exit code 2."""
    try:
        yield
    except InputError as error:
        tell(error.faults)
        raise typer.Exit(FAILURE) from error
    except OSError as error:
        typer.echo(_("{file}: {why}", file=error.filename or "", why=error.strerror), err=True)
        raise typer.Exit(FAILURE) from error
