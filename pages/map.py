"""The threat map: incidents on routes and regions, road status, IED density, and each one's file."""

from ui import cache, desk, figures, state

values = state.values()
figures.draw(cache.figures(values), cache.live_stretches(values), cache.facts())
desk.draw(values)
