"""A real Nominatim for the tests: what it needs of this machine, its start and end, and the map it knows."""
