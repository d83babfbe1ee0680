"""The command line: ``python -m geo …``."""

from __future__ import annotations

import importlib
import importlib.util

import typer

from geo import i18n

i18n.activate(i18n.of_environment())  # Helps are put into words when a command is defined.

from geo.cli import (  # noqa: E402
    geocode,
    hindcast,
    hotspots,
    regions,
    report,
    roads,
    route,
    status,
    watch,
)
from geo.cli.ledger import ledger_app  # noqa: E402
from geo.cli.output import use_utf8  # noqa: E402
from geo.cli.reports import reports_app  # noqa: E402
from geo.cli.speaking import SpeakingGroup  # noqa: E402
from geo.i18n import gettext as _  # noqa: E402

app = typer.Typer(
    cls=SpeakingGroup,
    help=_("Piste on the command line: from reports to places, roads and risk."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
geocode.register(app)
report.register(app)
app.add_typer(reports_app, name="reports")
app.add_typer(ledger_app, name="ledger")
roads.register(app)
regions.register(app)
status.register(app)
hotspots.register(app)
hindcast.register(app)
route.register(app)
watch.register(app)
# Commands that draw live at the edge. The core knows them by name only, so that `geo` imports
# nothing that draws and works where nothing of it is installed.
for plugged in ("maps.commands",):
    if importlib.util.find_spec(plugged.partition(".")[0]) is not None:
        importlib.import_module(plugged).register(app)


@app.callback()
def root() -> None:
    """Prepare the terminal."""
    use_utf8()


if __name__ == "__main__":
    app(prog_name="python -m geo")
