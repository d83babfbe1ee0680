"""Pictures: what the core computed, drawn for the screen (and later for paper)."""
