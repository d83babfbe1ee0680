"""Place a phrase or a file of incidents, and see why each lies where it lies."""

from ui import geocoding

geocoding.phrase()
geocoding.file()
