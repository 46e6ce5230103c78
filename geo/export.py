"""Stories for other programs: GeoJSON, KML and CSV, each of all events or of the ones a board shows."""

from geo.as_csv import csv
from geo.as_geojson import geojson
from geo.as_kml import kml

__all__ = ["csv", "geojson", "kml"]
