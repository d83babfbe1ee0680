"""What changed on the roads between two days, as sentences and on the map."""

from ui import cache, changes, desk, state

values = state.values()
desk.draw(values, marked=changes.draw(values, cache.view(values).snapshot))
