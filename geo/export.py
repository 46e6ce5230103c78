"""Stories for other programs: GeoJSON, KML and CSV, each of all events or of the ones a board shows."""

from geo.as_csv import csv
from geo.as_geojson import geojson
from geo.as_kml import kml

MOST = {
    "csv": 50_000,
    "geojson": 50_000,
    "kml": 10_000,
}  # events of a large story in one file: some ten seconds of work

__all__ = ["MOST", "csv", "geojson", "kml"]
