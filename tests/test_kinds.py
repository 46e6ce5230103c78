import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.kinds import MOST_ENTRIES, kind


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gzip.compress(b"id,who\n" * 100_000), "compressed with gzip"),
        (b"BZh91AY&SY\x00", "compressed with bzip2"),
        (b"\xfd7zXZ\x00\x00", "compressed with xz"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"SQLite format 3\x00", "a SQLite database"),
        (b"PAR1\x00\x01PAR1", "a Parquet file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "written in UTF-32"),
        (b"\n<!DOCTYPE html><p>", "a web page"),
        (b"<html><table>", "a web page"),
        (b'<?xml version="1.0"?><gpx>', "a GPX file"),
        (b'<?xml version="1.0"?><Workbook>', "an Excel 2003 XML sheet"),
        (b'<?xml version="1.0"?><x>', "an XML document"),
        (zipped("word/document.xml"), "a Word document"),
        (zipped("mimetype", "content.xml"), "an OpenDocument file"),
        (zipped("a.shp", "a.dbf"), "a zipped shapefile"),
        (zipped("a.csv"), "a zip archive without a workbook or a story folder"),
        (zipped("xl/workbook.xml")[:-30], "broken or incomplete"),
        (b"PK\x03\x04" + b"PK\x01\x02" * (MOST_ENTRIES + 1), "a zip archive of more than 10,000"),
    ],
)
def test_what_holds_no_table_is_refused_in_words(content, what):
    found = kind(content)
    assert found.name == ""
    assert found.what.startswith("this is ")
    assert what in found.what
    assert found.remedy


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "workbook"),
        (zipped("doc.kml", "files/a.png"), "kmz"),
        (zipped("events.csv", "story.toml"), "story"),
        (zipped("heist/events.csv"), "story"),
        (b'\xef\xbb\xbf {"type": "Feature"}', "json"),
        (b'{\n  "type"', "json"),
        (b"[]", "json"),
        (b'[{"a": 1}]', "json"),
        (b"[[1, 2]]", "json"),
        ('{"a": 1}'.encode("utf-16"), "json"),
        (b'<?xml version="1.0"?>\n<!-- a -->\n<kml xmlns="http://www.opengis.net/kml/2.2">', "kml"),
        (b"<kml>", "kml"),
        (b"<k:kml xmlns:k='x'>", "kml"),
        (b"", "text"),
        (b"id,who\n", "text"),
        (b"<img src=x>,id\n", "text"),
        (b"{{7*7191}},id\n", "text"),
        (b"[id],[who]\n", "text"),
        (b"BZhang,PAR1\n", "text"),
        (b"GIF,MZ\n", "text"),
    ],
)
def test_what_is_read_is_told_from_its_bytes(content, name):
    assert kind(content).name == name


@given(st.binary(max_size=100), st.sampled_from([b"", b"PK\x03\x04", b"<?xml", b"{", b"\x1f\x8b"]))
def test_any_bytes_are_of_a_kind(content, start):
    found = kind(start + content)
    assert found.name or (found.what and found.remedy)
