"""Progress of long work, on stderr and only on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from geo.i18n import Message


@contextmanager
def showing_progress() -> Iterator[Callable[[Message, int, int | None], None]]:
    """Give a function to tell what is being done, how much is done, and how much there is."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def tell(what: Message, done: int, total: int | None) -> None:
            progress.update(task, description=str(what), completed=done, total=total)

        yield tell
