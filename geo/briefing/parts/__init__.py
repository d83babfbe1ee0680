"""The sections of a brief, by what it is about: an area, an incident, a journey."""
