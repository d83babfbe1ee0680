"""The threat map: incidents, road status and IED density, and the file of what is picked."""

from ui import cache, desk, figures, state

values = state.values()
figures.draw(cache.figures(values))
desk.draw(values)
