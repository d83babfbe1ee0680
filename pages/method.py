"""How exposure is computed, how well it foretold, and what it does not know."""

from ui import method

method.draw()
