"""One road: its strip map, who holds it and on whose word, and the same stretch on the map."""

from ui import cache, desk, road, state

values = state.values()
view = cache.view(values)
legs = road.draw(values, view)
desk.draw(values)
road.history(values, view, legs)
