"""One question about concentration, one answer: what the screen and the command line ask."""
