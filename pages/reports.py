"""Reports: read a text, decide on its drafts, find it again."""

from ui import state
from ui.reports import page

page.draw(state.values())
