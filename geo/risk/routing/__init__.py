"""Ways over a road graph: shortest ones, and the trade-off between two costs."""
