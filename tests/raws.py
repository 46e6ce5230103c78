"""The smallest tables before anybody has said what their columns mean."""

import csv

from geo.raw import Raw


def raw(text, kind="CSV", file="mine.csv", **more):
    """A table of this CSV text, its lines with or without indentation; row numbers as in a spreadsheet."""
    lines = [line.strip() for line in text.strip().splitlines()]
    header, *rows = csv.reader(lines)
    first = 2 if kind == "CSV" else 1
    return Raw(file, kind, tuple(header), tuple(map(tuple, rows)), tuple(range(first, first + len(rows))), **more)
