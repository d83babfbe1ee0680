"""The route check: what a journey would pass through, explained kilometre by kilometre."""
