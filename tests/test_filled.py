"""A table with the coordinates that were found: the same rows, and nothing written over."""

from geo.brought import brought
from geo.decisions import found, unknown
from geo.filled import filled
from geo.geocoder import Answer
from geo.reading import read_raw

PIER = found(Answer("Pier", "sure", 34.00871234, -118.5, 119.2, "exact", "nominatim", "Pier, CA", "2026-11-22"))


def table(content, *decisions):
    """The rows of the table that comes out, as name -> cell."""
    told = brought(content.encode(), "x.csv")
    raw = read_raw(filled(told.raw, told.mapping, told.made, decisions), "x.csv")
    return [dict(zip(raw.header, cells, strict=True)) for cells in raw.cells]


def test_every_row_of_a_place_gets_its_coordinates_and_where_they_come_from():
    rows = table("who,where,when\nAnn,Pier,2021-05-01\nBob,Pier,2021-05-02\nBob,Bank,2021-05-03\n", PIER)
    beside = ("34.008712", "-118.5", "120", "nominatim", "Pier, CA", "2026-11-22")
    for row in rows[:2]:
        assert tuple(row[name] for name in ("lat", "lon", "radius_m", "geocoder", "answer", "checked")) == beside
    assert set(list(rows[2].values())[3:]) == {""}


def test_rows_and_columns_stay_as_they_were():
    content = "note,who,where,when\n=SUM(A1),Ann,Pier,1 May 2021\n,Bob,,\n,,Pier,soon\n"
    rows = table(content, PIER)
    assert [list(row.values())[:4] for row in rows] == [
        ["=SUM(A1)", "Ann", "Pier", "1 May 2021"],
        ["", "Bob", "", ""],
        ["", "", "Pier", "soon"],
    ]


def test_the_columns_that_are_there_are_used_and_no_cell_is_written_over():
    content = (
        "who,where,when,Latitude,Longitude,Radius,Geocoder\n"
        "Ann,Pier,2021-05-01,,,70,\n"
        "Bob,Bank,2021-05-02,34.1,-118.2,,mine\n"
        "Cy,Pier,2021-05-03,34,,,\n"
    )
    rows = table(content, PIER)
    assert list(rows[0]) == ["who", "where", "when", "Latitude", "Longitude", "Radius", "Geocoder", "answer", "checked"]
    assert list(rows[0].values())[3:7] == ["34.008712", "-118.5", "70", "nominatim"]
    assert list(rows[1].values())[3:7] == ["34.1", "-118.2", "", "mine"]
    assert list(rows[2].values())[3:5] == ["34", ""]


def test_a_table_with_decimal_commas_keeps_them():
    content = "who;where;when;lat;lon\nAnn;Bank;2021-05-01;34,05;-118,25\nBob;Pier;2021-05-02;;\n"
    assert [row["lat"] for row in table(content, PIER)] == ["34,05", "34,008712"]


def test_what_nobody_knows_stays_empty():
    [row] = table("who,where,when\nAnn,Pier,2021-05-01\n", unknown("Pier"))
    assert (row["lat"], row["geocoder"]) == ("", "")


def test_what_comes_out_is_read_as_the_same_story_with_its_places_located():
    content = "who,where,when\nAnn,Pier,2021-05-01\nBob,Pier,2021-05-02\n"
    told = brought(content.encode(), "x.csv")
    again = brought(filled(told.raw, told.mapping, told.made, [PIER]), "x.csv")
    assert (again.made.faults, again.made.rows, again.made.places) == ((), 2, ("Pier",))
    assert b"34.008712,-118.5" in again.files["places.csv"]
