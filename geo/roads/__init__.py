"""Named roads and positions along them."""
