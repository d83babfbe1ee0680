"""Briefs: what a page says, made from the data by rules; drawing and files are for `maps`."""
