"""The incidents that the filters leave, as a table and as files; and those without a place."""

from ui import cache, state, tables

values = state.values()
tables.incidents(cache.table(values))
tables.unresolved(cache.table(values))
tables.unlaid(cache.laying(), cache.view(values).snapshot)
