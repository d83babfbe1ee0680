"""A brief from what the frame shows: chosen, read, changed, taken away."""

from ui import briefing, state

briefing.draw(state.values())
