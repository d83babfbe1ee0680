"""From a name or a phrase to candidates and a placement."""
