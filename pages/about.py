"""Where the data comes from, what the pictures mean, and what Piste does not know."""

from ui import about, cache

about.draw(cache.facts())
