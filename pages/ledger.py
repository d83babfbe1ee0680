"""The ledger of road statements: what was stated, its history, and new lines."""

from ui import cache, ledger, state

ledger.draw(cache.view(state.values()).snapshot)
