"""Rates of incidents along roads, what a journey is exposed to, and how well that foretells."""
