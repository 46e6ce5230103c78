import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.features import read_features
from geo.raw import LIMITS

HERE = {"type": "Point", "coordinates": [2.35, 48.85]}
LINE = {"type": "LineString", "coordinates": [[2, 48], [4, 48]]}


def feature(geometry=HERE, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def read(*features, limits=LIMITS, **more):
    document = {"type": "FeatureCollection", "features": list(features), **more}
    return read_features(json.dumps(document).encode(), "mine.geojson", limits)


def read_text(text):
    return read_features(text.encode(), "mine.geojson")


def whats(raw):
    return [fault.what for fault in raw.faults]


def said(raw):
    return "\n".join(raw.notices)


def test_properties_are_columns_in_the_order_in_which_they_are_met_and_where_comes_last():
    raw = read(feature(who="Ann"), feature(when="2021", who="Bob"))
    assert raw.header == ("who", "when", "lat", "lon")
    assert raw.cells == (("Ann", "", "48.85", "2.35"), ("Bob", "2021", "48.85", "2.35"))
    assert (raw.kind, raw.numbers, raw.faults, raw.notices) == ("GeoJSON", (1, 2), (), ())


def test_values_are_text_as_typed():
    text = '{"a": 1.50, "b": 9007199254740993, "c": true, "d": null, "e": "x", "f": false, "g": 0}'
    raw = read_text(f'{{"type": "Feature", "geometry": null, "properties": {text}}}')
    assert raw.cells == (("1.50", "9007199254740993", "true", "", "x", "false", "0"),)
    assert (raw.faults, len(raw.notices)) == ((), 1)


def test_texts_of_any_content_are_literal():
    hostile = ["<script>alert(1)</script>", "{{7*7191}}", "{0}", "/etc/passwd", "=1+1"]
    raw = read(*(feature(**{text: text}) for text in hostile))
    assert raw.header[:-2] == tuple(hostile)
    assert [row[place] for place, row in enumerate(raw.cells)] == hostile


def test_the_id_of_a_feature_is_a_column():
    raw = read({**feature(who="Ann"), "id": 7}, {**feature(who="Bob"), "id": "b"})
    assert raw.header[0] == "id"
    assert raw.column("id") == ["7", "b"]
    assert raw.faults == ()


def test_ids_that_only_some_features_have_are_no_ids_of_rows():
    raw = read({**feature(who="Ann"), "id": 7}, feature(who="Bob"))
    assert raw.header[0] == "feature id"
    assert raw.column("feature id") == ["7", ""]


def test_an_id_among_the_properties_keeps_its_value_beside_that_of_the_feature():
    raw = read({**feature(id="a"), "id": 7})
    assert raw.header[:2] == ("id", "property id")
    assert raw.cells[0][:2] == ("7", "a")


def test_a_property_called_like_a_coordinate_keeps_its_value_under_another_name():
    raw = read(feature(lat=1, LON=2), feature(LINE, shape="round"))
    assert raw.header == ("property lat", "property LON", "property shape", "lat", "lon", "shape")
    assert raw.cells[0] == ("1", "2", "", "48.85", "2.35", "Point")
    assert "The property 'lat' is the column 'property lat' here." in raw.notices


def test_properties_that_differ_in_capitals_are_two_columns():
    raw = read(feature(who="Ann", WHO="Bob"))
    assert raw.header[:2] == ("who", "WHO 2")
    assert raw.cells[0][:2] == ("Ann", "Bob")


def test_a_property_without_a_name_has_a_number():
    assert read(feature(**{"a": 1, " ": 2})).header[1] == "column 2"


def test_features_without_geometry_are_rows_without_coordinates():
    raw = read(feature(None, who="Ann"), feature(who="Bob"))
    assert raw.cells == (("Ann", "", ""), ("Bob", "48.85", "2.35"))
    assert raw.faults == ()


def test_properties_may_hold_the_coordinates_where_there_is_no_geometry_at_all():
    raw = read(feature(None, who="Ann", lat=48, lon=2))
    assert raw.header == ("who", "lat", "lon")
    assert "No feature has a geometry" in said(raw)


def test_anything_but_a_point_has_its_shape_in_a_column_and_says_where_it_is_shown():
    raw = read(feature(who="Ann"), feature(LINE))
    assert raw.column("shape") == ["Point", "LineString"]
    assert raw.cells[1][1:3] == ("48", "3")
    assert raw.notices == ("A shape is shown at the middle of it, by length: feature 2.",)


def test_a_wrong_geometry_is_a_fault_and_its_feature_stays_a_row():
    raw = read(feature({"type": "Point", "coordinates": []}, who="Ann"), feature(who="Bob"))
    assert raw.cells[0] == ("Ann", "", "")
    [fault] = raw.faults
    assert (fault.row, fault.column, fault.value) == (1, "geometry", "[]")
    assert raw.flagged == ()


def test_heights_are_said_with_their_features():
    raw = read(feature(), feature({"type": "Point", "coordinates": [2, 48, 100, 5]}))
    assert raw.faults == ()
    assert "were left aside: feature 2." in said(raw)


def test_a_swapped_point_is_left_in_its_cells_to_be_mended():
    raw = read(feature({"type": "Point", "coordinates": [-33.87, 151.21]}))
    assert raw.cells == (("151.21", "-33.87"),)


def test_one_feature_is_a_document():
    assert read_text(json.dumps(feature(who="Ann"))).cells == (("Ann", "48.85", "2.35"),)


@pytest.mark.parametrize("geometry", [HERE, {"type": "GeometryCollection", "geometries": [HERE]}])
def test_one_geometry_is_read_with_a_notice(geometry):
    raw = read_text(json.dumps(geometry))
    assert raw.cells == (("48.85", "2.35"),)
    assert "read as one feature" in said(raw)


def test_one_feature_a_line_is_read_with_a_notice():
    raw = read_text(f"{json.dumps(feature(who='Ann'))}\n\n{json.dumps(feature(who='Bob'))}\n")
    assert raw.column("who") == ["Ann", "Bob"]
    assert "newline-delimited" in said(raw)


def test_a_broken_line_is_flagged_and_the_others_are_read():
    raw = read_text(f'{json.dumps(feature(who="Ann"))}\n{{"type": "Fea\n{json.dumps(feature(who="Bob"))}')
    assert (raw.numbers, raw.flagged) == ((1, 3), (2,))
    assert "cut off" in raw.faults[0].what


def test_the_records_of_a_text_sequence_are_read_with_a_notice():
    raw = read_text(f"\x1e{json.dumps(feature(who='Ann'), indent=1)}\n\x1e{json.dumps(feature(who='Bob'))}\n")
    assert raw.column("who") == ["Ann", "Bob"]
    assert "text sequence" in said(raw)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("5", "a number alone"),
        ("null", "it holds null alone"),
        ('"/etc/passwd"', "not opened or fetched"),
        ('"http://127.0.0.1/x"', "not opened or fetched"),
        ("[]", "it is a list"),
        ("{}", "JSON with no type"),
        ('{"type": 5}', "JSON with the type 5"),
        ('{"type": "featurecollection", "features": []}', "the type"),
        ('{"type": "Topology"}', "TopoJSON"),
        ('{"type": "FeatureCollection"}', "has no 'features'"),
        ('{"type": "FeatureCollection", "features": {"0": 1}}', "are not a list"),
        ('{"type": "FeatureCollection", "features": []}', "list of features is empty"),
        ('{"type": "FeatureCollection", "features": [', "cut off"),
        ("type: FeatureCollection", "not JSON at line 1, character 1"),
        ("[" * 100_000, "nested too deeply"),
        ("{}\n[]", "there is more"),
    ],
)
def test_what_is_no_document_is_refused_in_words(text, expected):
    raw = read_text(text)
    assert not raw.readable
    [what] = whats(raw)
    assert expected in what
    assert raw.faults[0].remedy


def test_what_is_no_feature_is_flagged_one_by_one():
    raw = read(None, 1, "x", [], {}, {"type": "Feature"}, {"type": "feature"}, HERE)
    assert raw.flagged == (1, 2, 3, 4, 5, 6, 7, 8)
    assert [fault.row for fault in raw.faults] == list(raw.flagged)
    assert not raw.readable


def test_properties_that_are_no_object_are_a_fault_and_the_geometry_is_kept():
    raw = read({**feature(), "properties": [1, 2]}, {**feature(), "properties": None})
    assert raw.cells == (("48.85", "2.35"),) * 2
    assert [(fault.row, fault.column, fault.value) for fault in raw.faults] == [(1, "properties", "[1, 2]")]


def test_nested_values_are_json_and_a_notice():
    raw = read(feature(tags=["{{x}}", None, True, 1.5], more={"a": "é"}))
    assert raw.cells[0][:2] == ('["{{x}}", null, true, 1.5]', '{"a": "é"}')
    assert raw.notices == (
        "Lists and objects in 'tags' are kept as JSON: feature 1.",
        "Lists and objects in 'more' are kept as JSON: feature 1.",
    )


def test_nested_values_where_a_name_or_a_time_belongs_are_faults():
    raw = read(feature(who=["Ann", "Bob"], when={"a": 1}))
    assert [(fault.column, fault.row) for fault in raw.faults] == [("who", 1), ("when", 1)]
    assert raw.faults[0].remedy == 'write it as one text: "Ann; Bob"'


def test_a_value_nested_without_end_is_refused_in_words():
    deep = "[" * 900 + "]" * 900
    raw = read_text(f'{{"type": "Feature", "geometry": null, "properties": {{"a": {deep}}}}}')
    assert raw.readable or "nested too deeply" in whats(raw)[0]


def test_nan_is_no_coordinate_and_no_value():
    text = (
        '{"type": "Feature", "properties": {"a": NaN}, "geometry": {"type": "Point", "coordinates": [NaN, Infinity]}}'
    )
    raw = read_text(text)
    assert raw.cells == (("", "", ""),)
    assert "NaN is no value of JSON; it was read as nothing: feature 1." in raw.notices
    assert "holds NaN where a number should be" in whats(raw)


def test_a_name_that_stands_twice_is_said():
    raw = read_text('{"type": "Feature", "geometry": null, "properties": {"who": "Ann", "who": "Bob"}}')
    assert raw.cells == (("Bob",),)
    assert "'who' stands more than once in a feature, and the last was read: feature 1." in raw.notices


def test_what_stands_beside_the_properties_is_said():
    raw = read({**feature(who="Ann"), "style": {}, "{x}": 1, "bbox": [1, 2, 3, 4]})
    assert raw.notices == ("What stands beside the properties was left aside ('style', '{x}'): feature 1.",)


def test_metres_of_web_mercator_are_refused_with_an_example_of_degrees():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    raw = read(feature({"type": "Point", "coordinates": [261600.8, 6249447.75]}, who="Ann"), crs=crs)
    assert (raw.cells, raw.flagged) == ((), (1,))
    assert "metres of Web Mercator" in whats(raw)[0]
    assert "latitude 48.85000, longitude 2.35000" in raw.faults[0].remedy


def test_another_reference_system_is_refused():
    raw = read(feature(), crs={"type": "name", "properties": {"name": "EPSG:32611"}})
    assert "EPSG:32611" in whats(raw)[0]
    assert not raw.readable


def test_a_feature_with_a_reference_system_of_its_own_is_nowhere():
    crs = {"type": "link", "properties": {"href": "file:///etc/passwd"}}
    raw = read({**feature(who="Ann"), "crs": crs}, feature(who="Bob"))
    assert raw.cells[0] == ("Ann", "", "")
    assert "no link is opened" in whats(raw)[0]


def test_degrees_by_an_old_member_are_read():
    raw = read(feature(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    assert (raw.cells, raw.notices) == ((("48.85", "2.35"),), ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding):
    text = json.dumps(feature(who="Zoë"), ensure_ascii=False)
    raw = read_features(text.encode(encoding), "mine.geojson")
    assert raw.column("who") == ["Zoë"]
    assert bool(raw.notices) == (encoding != "utf-8-sig")


def test_halves_of_characters_are_replaced_and_said():
    raw = read_text('{"type": "Feature", "geometry": null, "properties": {"\\ud800": "a\\udfffb"}}')
    assert (raw.header, raw.cells) == (("\ufffd",), (("a\ufffdb",),))
    assert "feature 1" in said(raw)


def test_control_characters_are_taken_out_and_said():
    raw = read(feature(who="A\u0000n\u001bn"))
    assert raw.column("who") == ["Ann"]
    assert "2 control characters were taken out of feature 1." in raw.notices


def test_a_long_text_is_cut_and_a_fault():
    raw = read(feature(who="x" * 2_001))
    assert len(raw.column("who")[0]) == 2_000
    assert "2,001 characters" in whats(raw)[0]


def test_the_least_used_of_too_many_properties_are_left_out_and_said():
    raw = read(feature(who="Ann", a=1), feature(who="Bob", b=2), limits=LIMITS._replace(columns=4))
    assert raw.header == ("who", "a", "lat", "lon")
    assert "the features have 3 different properties; at most 2" in whats(raw)[0]


def test_features_beyond_the_limit_are_left_out_and_said():
    raw = read(*(feature(who=str(i)) for i in range(5)), limits=LIMITS._replace(rows=2))
    assert (raw.numbers, raw.flagged) == ((1, 2), (3,))
    assert "2 features" in whats(raw)[0]


def test_a_file_beyond_the_limit_is_refused():
    raw = read(feature(), limits=LIMITS._replace(size=10))
    assert "at most 10 are read" in whats(raw)[0]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content):
    raw = read_features(content, "mine.geojson")
    assert raw.readable or (raw.faults and all(fault.what and fault.remedy for fault in raw.faults))


values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.lists(st.integers())
)
junk = st.recursive(
    values, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


@given(
    st.lists(
        st.fixed_dictionaries({"type": st.just("Feature") | junk, "properties": junk, "geometry": st.just(HERE) | junk})
    )
)
def test_every_feature_is_a_row_or_flagged_once(features):
    raw = read(*features)
    if features:
        assert sorted([*raw.numbers, *raw.flagged]) == list(range(1, len(features) + 1))
    assert all(len(row) == len(raw.header) for row in raw.cells)
    assert len({name.casefold() for name in raw.header}) == len(raw.header)
    assert set(raw.flagged) <= {fault.row for fault in raw.faults}
    "".join(cell for row in raw.cells for cell in row).encode()


def test_a_wide_and_empty_table_is_not_built(monkeypatch):
    monkeypatch.setattr("geo.feature_table.MOST_CELLS", 8)
    raw = read(feature(who="Ann", a=1), feature(who="Bob", b=2))
    assert raw.header == ("who", "a", "lat", "lon")


def test_a_feature_of_absurdly_many_properties_is_left_out():
    raw = read(feature(**{str(i): i for i in range(10_001)}), feature(who="Ann"))
    assert raw.flagged == (1,)
    assert "has 10,001 properties" in whats(raw)[0]
