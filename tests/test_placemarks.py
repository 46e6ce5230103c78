import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygeoif import geometry as shapes

from geo.placemarks import read_placemarks
from geo.raw import LIMITS

POINT = "<Point><coordinates>2.35,48.85,0</coordinates></Point>"
LINE = "<LineString><coordinates>2,48 4,48</coordinates></LineString>"
RING = "<LinearRing><coordinates>2,47 4,47 4,49 2,49 2,47</coordinates></LinearRing>"


def read(*inside, limits=LIMITS):
    return read_placemarks(f"<kml><Document>{''.join(inside)}</Document></kml>".encode(), "mine.kml", limits)


def mark(*inside, name="Ann"):
    return f"<Placemark><name>{name}</name>{''.join(inside)}</Placemark>"


def one(*inside):
    """The only row of a file with this in a placemark, by column."""
    raw = read(mark(*inside))
    assert len(raw.cells) == 1
    return dict(zip(raw.header, raw.cells[0], strict=True))


def whats(raw):
    return [fault.what for fault in raw.faults]


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def test_a_placemark_is_a_row():
    raw = read(mark("<description>met Bob</description>", "<TimeStamp><when>2021-05-01</when></TimeStamp>", POINT))
    assert raw.header == ("name", "description", "start", "lat", "lon")
    assert raw.cells == (("Ann", "met Bob", "2021-05-01", "48.85", "2.35"),)
    assert (raw.kind, raw.numbers, raw.faults, raw.notices) == ("KML", (1,), (), ())


def test_what_fastkml_writes_is_read():
    # Imported after our module, which keeps it from warning that it could write prettier with lxml.
    from fastkml import KML, Data, ExtendedData, Folder, Placemark, TimeSpan, TimeStamp
    from fastkml.times import KmlDateTime

    document = KML(
        features=[
            Folder(
                name="Day one",
                features=[
                    Placemark(
                        name="Ann",
                        times=TimeSpan(begin=KmlDateTime.parse("2021-05-01"), end=KmlDateTime.parse("2021-05-02")),
                        extended_data=ExtendedData(elements=[Data(name="crew", value="yes")]),
                        geometry=shapes.Point(2.35, 48.85),
                    ),
                    Placemark(
                        name="Bob",
                        times=TimeStamp(timestamp=KmlDateTime.parse("2021")),
                        geometry=shapes.LineString([(2, 48), (4, 48)]),
                    ),
                ],
            )
        ]
    )
    raw = read_placemarks(document.to_string().encode(), "mine.kml")
    assert raw.header == ("name", "folder", "start", "end", "crew", "lat", "lon", "shape")
    assert raw.cells == (
        ("Ann", "Day one", "2021-05-01", "2021-05-02", "yes", "48.85", "2.35", "Point"),
        ("Bob", "Day one", "2021", "", "", "48", "3", "LineString"),
    )


def test_folders_in_folders_are_one_column():
    inner = f"<Folder><name>Inner</name>{mark(POINT)}</Folder>"
    assert read(f"<Folder><name>Outer</name>{inner}</Folder>").column("folder") == ["Outer / Inner"]


def test_a_time_is_kept_as_it_is_written():
    assert one("<TimeStamp><when>2021-05-01T10:00:00</when></TimeStamp>", POINT)["start"] == "2021-05-01T10:00:00"


def test_a_span_has_a_start_and_an_end():
    found = one("<TimeSpan><begin>1995</begin><end>1996-02</end></TimeSpan>", POINT)
    assert (found["start"], found["end"]) == ("1995", "1996-02")


def test_the_time_of_a_camera_is_none():
    assert "start" not in one("<LookAt><TimeStamp><when>2021</when></TimeStamp></LookAt>", POINT)


def test_data_of_both_kinds_are_columns():
    found = one(
        '<ExtendedData><Data name="who"><displayName>Who?</displayName><value>Bob</value></Data>'
        '<SchemaData schemaUrl="#s"><SimpleData name="n">1.50</SimpleData></SchemaData></ExtendedData>',
        POINT,
    )
    assert (found["who"], found["n"]) == ("Bob", "1.50")


def test_data_called_like_a_text_of_the_placemark_do_not_replace_it():
    found = one('<ExtendedData><Data name="name"><value>Bob</value></Data></ExtendedData>', POINT)
    assert (found["name"], found["data name"]) == ("Ann", "Bob")


def test_data_of_other_programs_are_said():
    raw = read(mark("<ExtendedData><x:y>z</x:y></ExtendedData>", POINT))
    assert "left aside: feature 1." in raw.notices[0]


def test_html_is_taken_out_of_a_description_and_said():
    raw = read(mark("<description><![CDATA[<b>met</b> Bob<br>&amp; Eve<script>x</script>]]></description>", POINT))
    assert raw.column("description") == ["met Bob\n& Eve"]
    assert raw.notices == ("Tags of HTML were taken out of the description: feature 1.",)


def test_other_texts_are_literal():
    raw = read(mark(POINT, name="&lt;script&gt;{{7*7191}}"))
    assert raw.column("name") == ["<script>{{7*7191}}"]


@pytest.mark.parametrize(
    ("geometry", "shape"),
    [
        (LINE, "LineString"),
        (f"<Polygon><outerBoundaryIs>{RING}</outerBoundaryIs></Polygon>", "Polygon"),
        ("<LinearRing><coordinates>2,48 4,48 2,48</coordinates></LinearRing>", "LineString"),
        (f"<MultiGeometry>{POINT}{LINE}</MultiGeometry>", "GeometryCollection"),
        (f"{POINT}{LINE}", "GeometryCollection"),
    ],
)  # fmt: skip
def test_anything_but_a_point_is_shown_at_a_stated_point(geometry, shape):
    raw = read(mark(geometry))
    assert raw.column("shape") == [shape]
    assert raw.column("lat") == ["48"]
    assert "A shape is shown at" in raw.notices[-1]


def test_a_hole_of_a_polygon_is_not_inside_it():
    corners = "2.5,47.1 3.9,47.1 3.9,48.9 2.5,48.9 2.5,47.1"
    hole = f"<innerBoundaryIs><LinearRing><coordinates>{corners}</coordinates></LinearRing></innerBoundaryIs>"
    assert float(one(f"<Polygon><outerBoundaryIs>{RING}</outerBoundaryIs>{hole}</Polygon>")["lon"]) == 2.25


def test_several_points_are_shown_at_one_of_them():
    points = "".join(f"<Point><coordinates>{lon},48</coordinates></Point>" for lon in (2, 3, 4))
    assert one(f"<MultiGeometry>{points}</MultiGeometry>")["lon"] == "3"


def test_a_model_is_where_it_stands():
    place = "<Location><longitude>2.35</longitude><latitude>48.85</latitude></Location>"
    assert one(f"<Model>{place}<Link><href>http://127.0.0.1/x</href></Link></Model>")["lat"] == "48.85"


@pytest.mark.parametrize("coordinates", ["2.35,48.85", " 2.35 , 48.85 ", "2.35,\n48.85,0\n", "+2.35,48.850"])
def test_coordinates_may_be_spaced(coordinates):
    found = one(f"<Point><coordinates>{coordinates}</coordinates></Point>")
    assert (found["lat"], found["lon"]) == ("48.85", "2.35")


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        ("<Point/>", "has no coordinates"),
        ("<Point><coordinates/></Point>", "has no coordinates"),
        ("<Point><coordinates>2.35</coordinates></Point>", "is not a longitude and a latitude"),
        ("<Point><coordinates>a,b</coordinates></Point>", "is not a longitude and a latitude"),
        ("<Point><coordinates>NaN,48</coordinates></Point>", "is not a longitude and a latitude"),
        ("<Point><coordinates>1_0,48</coordinates></Point>", "is not a longitude and a latitude"),
        ("<Point><coordinates>2,48,1,5</coordinates></Point>", "is not a longitude and a latitude"),
        ("<Point><coordinates>2,35 48,85</coordinates></Point>", "decimal comma"),
        ("<Point><coordinates>1e400,48</coordinates></Point>", "beyond all numbers"),
        ("<LineString><coordinates>2,48</coordinates></LineString>", "fewer than two"),
        ("<LineString><coordinates>2,48 151,-133</coordinates></LineString>", "beyond 90"),
        (f"<LineString><coordinates>{'2,48 ' * 100_001}</coordinates></LineString>", "100,001 positions"),
        ("<Polygon/>", "has nothing in it"),
        (f"<Polygon><outerBoundaryIs>{RING.replace(' 4,49 2,49', '')}</outerBoundaryIs></Polygon>", "three corners"),
        ("<MultiGeometry/>", "has nothing in it"),
        (f"<MultiGeometry>{POINT}<Point/></MultiGeometry>", "has no coordinates"),
        ("<Model/>", "is not a longitude and a latitude"),
    ],
)  # fmt: skip
def test_a_wrong_geometry_is_a_fault_and_its_placemark_stays_a_row(geometry, expected):
    raw = read(mark(geometry), mark(POINT))
    assert raw.cells[0][0] == "Ann"
    [fault] = raw.faults
    assert (fault.row, fault.column) == (1, "geometry")
    assert expected in fault.what


def test_what_a_file_holds_is_never_logged(caplog, capfd):
    read(
        mark("<Point><extrude>secret</extrude><coordinates>secret</coordinates></Point>"),
        mark("<Point><extrude>x</extrude></Point>"),
    )
    assert (caplog.text, *capfd.readouterr()) == ("", "", "")


def test_a_swapped_point_is_left_in_its_cells_to_be_mended():
    found = one("<Point><coordinates>-33.87,151.21</coordinates></Point>")
    assert (found["lat"], found["lon"]) == ("151.21", "-33.87")


def test_a_placemark_without_geometry_is_a_row_without_coordinates():
    raw = read(mark(), mark(POINT))
    assert raw.cells == (("Ann", "", ""), ("Ann", "48.85", "2.35"))
    assert raw.faults == ()


def test_a_placemark_that_says_nothing_is_flagged():
    raw = read("<Placemark><styleUrl>#a</styleUrl></Placemark>", mark(POINT))
    assert (raw.flagged, raw.numbers) == ((1,), (2,))


def track(*pairs):
    return "".join(f"<when>{when}</when><gx:coord>{coord}</gx:coord>" for when, coord in pairs)


def test_a_track_is_a_row_for_each_time():
    raw = read(
        mark(f"<gx:Track>{track(('2021', '2.350 48.85 0'), ('2022', '3 49 0'))}</gx:Track>"), mark(POINT, name="Bob")
    )
    assert raw.header == ("name", "start", "lat", "lon")
    assert raw.cells == (("Ann", "2021", "48.85", "2.350"), ("Ann", "2022", "49", "3"), ("Bob", "", "48.85", "2.35"))
    assert raw.numbers == (1, 2, 3)
    assert raw.notices[0] == "Tracks became a row for each of their times, beginning with feature 1."


def test_the_rows_of_a_track_do_not_share_its_id():
    pairs = track(("2021", "2 48"), ("2022", "3 49"))
    assert "id" not in read(f'<Placemark id="a"><gx:Track>{pairs}</gx:Track></Placemark>').header


def test_the_id_of_a_placemark_is_a_column():
    assert read(f'<Placemark id="a">{POINT}</Placemark>').column("id") == ["a"]


def test_all_tracks_of_several_are_read():
    two = "".join(f"<gx:Track>{track((year, '2 48'))}</gx:Track>" for year in ("2021", "2022"))
    assert read(mark(f"<gx:MultiTrack>{two}</gx:MultiTrack>")).column("start") == ["2021", "2022"]


def test_a_track_whose_times_do_not_match_its_positions_is_a_fault():
    raw = read(mark("<gx:Track><when>2021</when><when>2022</when><gx:coord>2 48</gx:coord></gx:Track>"))
    assert raw.cells == (("Ann", "2021", "48", "2"), ("Ann", "2022", "", ""))
    assert whats(raw) == ["has a track of 2 times and 1 positions"]


def test_a_wrong_position_of_a_track_is_a_fault_of_its_row():
    raw = read(mark(f"<gx:Track>{track(('2021', '2 48'), ('2022', 'x y'))}</gx:Track>"))
    assert [(fault.row, fault.value) for fault in raw.faults] == [(2, "x y")]


def test_an_empty_track_is_flagged():
    assert read(mark("<gx:Track/>")).flagged == (1,)


def test_a_track_ends_at_the_limit():
    pairs = [(str(2000 + i), "2 48") for i in range(5)]
    raw = read(mark(f"<gx:Track>{track(*pairs)}</gx:Track>"), mark(POINT), limits=LIMITS._replace(rows=3))
    assert (raw.numbers, raw.flagged) == ((1, 2, 3), (4,))


def test_placemarks_beyond_the_limit_are_left_out_and_said():
    raw = read(*[mark(POINT)] * 5, limits=LIMITS._replace(rows=2))
    assert (raw.numbers, raw.flagged) == ((1, 2), (3,))
    assert "2 placemarks" in whats(raw)[0]


def test_styles_overlays_and_links_are_left_aside_and_said():
    link = "<NetworkLink><Link><href>http://127.0.0.1/a.kml</href></Link></NetworkLink>"
    raw = read("<Style/><StyleMap/><GroundOverlay/>", link, mark(POINT))
    said = "Left aside, as they tell of no event: 2 styles, 1 overlay, 1 link to another file, which is not fetched."
    assert raw.notices == (said,)


def test_a_file_of_links_alone_is_refused():
    raw = read("<NetworkLink><Link><href>file:///etc/passwd</href></Link></NetworkLink>")
    assert whats(raw) == ["there are no placemarks in it"]
    assert "not fetched" in raw.notices[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file is empty"),
        ("<kml/>", "there are no placemarks"),
        ("<kml><Placemark>", "cut off"),
        ("<gpx/>", "not KML"),
        ("hello", "not sound XML"),
        ('<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>', "document type"),
    ],
)
def test_what_is_no_kml_is_refused_in_words(text, expected):
    raw = read_placemarks(text.encode(), "mine.kml")
    assert not raw.readable
    assert expected in whats(raw)[0]
    assert raw.faults[0].remedy


def test_a_file_beyond_the_limit_is_refused():
    assert "at most 10 are read" in whats(read(mark(POINT), limits=LIMITS._replace(size=10)))[0]


def test_an_archive_is_read_from_doc_kml():
    raw = read_placemarks(packed(a_kml="<kml/>", doc_kml=f"<kml>{mark(POINT)}</kml>", x_png="x"), "mine.kmz")
    assert raw.cells == (("Ann", "48.85", "2.35"),)
    assert raw.notices == ("The archive holds 2 KML files: 'doc.kml' was read.",)


def test_an_archive_without_doc_kml_is_read_from_the_first():
    assert read_placemarks(packed(in__a_kml=f"<kml>{mark(POINT)}</kml>"), "mine.kmz").readable


def test_an_archive_without_kml_is_refused():
    assert "no KML" in whats(read_placemarks(packed(a_txt="x"), "mine.kmz"))[0]


def test_an_archive_that_swells_is_refused():
    raw = read_placemarks(packed(doc_kml="<kml>" + " " * 5_000_000), "mine.kmz")
    assert "larger than" in whats(raw)[0]


def test_a_damaged_archive_is_refused():
    raw = read_placemarks(packed(doc_kml=f"<kml>{mark(POINT)}</kml>")[:-30], "mine.kmz")
    assert not raw.readable
    assert raw.faults


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused_in_words(content):
    raw = read_placemarks(content, "mine.kml")
    assert raw.readable or (raw.faults and all(fault.what for fault in raw.faults))


NAMES = """Placemark name Point coordinates Polygon outerBoundaryIs LinearRing MultiGeometry LineString Track when coord
ExtendedData Data SchemaData Folder TimeSpan begin Model"""
texts = st.sampled_from(["", "a", "2,48", "2,48 3,49 3,48 2,48", "2 48", "2021", ",", "1e400,2"])


def nested(inner):
    parts = st.lists(inner, max_size=4).map("".join)
    return st.builds("<{0}>{1}</{0}>".format, st.sampled_from(NAMES.split()), parts)


trees = st.recursive(texts, nested, max_leaves=15)


@given(st.lists(trees, max_size=4))
def test_whatever_stands_in_placemarks_is_a_row_or_flagged_once(inside):
    raw = read(*(f"<Placemark>{part}</Placemark>" for part in inside))
    numbers = sorted([*raw.numbers, *raw.flagged])
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(raw.flagged) <= {fault.row for fault in raw.faults}
    assert len(numbers) >= len(inside)
