"""Where reported events concentrate, on which kilometres of which road, and whether it grows."""

from ui import state
from ui.hotspots import page

page.draw(state.values())
