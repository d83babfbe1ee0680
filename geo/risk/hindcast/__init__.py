"""How well the risk model would have foretold: fitted to what was known, scored on what came."""
