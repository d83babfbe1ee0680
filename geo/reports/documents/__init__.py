"""Documents: from a file that somebody was sent to its text, within bounds; nothing is executed."""
