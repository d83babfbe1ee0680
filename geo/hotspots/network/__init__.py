"""Density along roads: lixels, network kernels, network K functions; core only, no screen."""
