"""What Typer says by itself, its helps and its complaints, in the reader's language."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import typer
from typer import rich_utils
from typer.core import TyperGroup

from geo.i18n import Message, message
from geo.i18n import gettext as _

#: Typer's own words and ours for them; what is not here stays as Typer says it.
_COMPLAINTS: Final[tuple[tuple[str, Message], ...]] = (
    (r"Missing (?:argument|option|parameter):? '?(?P<name>.+?)'?\.", message("Missing: {name}.")),
    (r"No such option: (?P<name>\S+)", message("There is no option {name}.")),
    (r"No such command '(?P<name>.+?)'\.", message("There is no command {name}.")),
    (r"Missing command\.", message("Name a command.")),
    (r"Option '(?P<name>.+?)' requires an argument\.", message("{name} needs a value.")),
    (r"Got unexpected extra argument\S* \((?P<found>.+)\)", message("Left over: {found}.")),
    (r"Invalid value for '?(?P<name>.+?)'?: (?P<text>.+)", message("{name}: {text}")),
    (r"Input should be a valid integer.*", message("this is not a whole number.")),
    (r"Input should be a valid number.*", message("this is not a number.")),
    (
        r"(?:File|Path|Directory) '(?P<file>.+)' does not exist\.",
        message("There is no file {file}."),
    ),
)
_LIKE = re.compile(r"\(Possible options: (?P<like>.+)\)|Did you mean (?P<one>.+)\?")


def complaint(text: str) -> str:
    """Return what Typer complains of in the active language, as it is when we have no words."""
    like = _LIKE.search(text)
    text = _LIKE.sub("", text).strip()
    for pattern, ours in _COMPLAINTS:
        if found := re.fullmatch(pattern, text, flags=re.DOTALL):
            values = found.groupdict()
            if "text" in values:
                values["text"] = complaint(values["text"])
            text = str(Message(ours.text, values))
            break
    if like:
        names = (like["like"] or like["one"]).replace("'", "")
        meant = _("Did you mean {like}?", like=names)
        return f"{text} {meant}"
    return text


def _every(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _every(below)


class SpeakingGroup(TyperGroup):
    """The root of the commands: helps and complaints in the reader's language."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
        rich_utils.OPTIONS_PANEL_TITLE = _("Options")
        rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
        rich_utils.REQUIRED_LONG_STRING = _("[required]")
        rich_utils.DEFAULT_STRING = _("[default: {}]")

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Begin, with every command's help option put into words."""
        context = typer.Context(self)
        for command in _every(self):
            option: Any = command.get_help_option(context)
            option.help = _("Show this message and exit.")
        return super().make_context(*args, **extra)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; complain in plain lines as our own errors do."""
        if not extra.get("standalone_mode", True):
            return super().main(*args, **extra)
        try:
            code = super().main(*args, **extra | {"standalone_mode": False})
        except typer.Abort:
            typer.echo(_("Aborted."), err=True)
            sys.exit(1)
        except Exception as error:
            if not hasattr(error, "exit_code") or not hasattr(error, "format_message"):
                raise
            _refuse(error)
        sys.exit(code if isinstance(code, int) else 0)


def _refuse(error: Any) -> NoReturn:
    """Write a complaint of Typer to stderr and leave."""
    if said := error.format_message():  # Empty when the help was printed instead.
        if context := getattr(error, "ctx", None):
            typer.echo(context.get_usage(), err=True)
            typer.echo(_("Help: {command} --help", command=context.command_path), err=True)
        typer.echo(complaint(said), err=True)
    sys.exit(error.exit_code)
