"""The route check: which way, what is on it, on whose word, and how sure that is."""

from ui import state
from ui.journey import page

page.draw(state.values())
