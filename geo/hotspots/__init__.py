"""Where events concentrate: mass on an equal-area grid, kernel density, pictures' class rasters."""
