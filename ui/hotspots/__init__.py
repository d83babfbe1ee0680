"""The page of hotspots; imported with it, so that the app's start does not pay for it."""
