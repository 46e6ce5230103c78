import gzip
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.raw import LARGER, Limits
from geo.reading import read_raw

CSV = b"id,who\n1,Ann\n"


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


WORKBOOK = zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})


def sentence(content, file="x.csv", **limits):
    raw = read_raw(content, file, Limits(**limits))
    assert not raw.readable
    (fault,) = raw.faults
    return str(fault)


def test_text_is_read_whatever_its_name():
    assert read_raw(CSV, "x.csv").cells == (("1", "Ann"),)
    assert read_raw(CSV, "").notices == read_raw(CSV, "x.dat").notices == ()


def test_name_that_does_not_fit_the_bytes_is_told():
    notice = "The name ends in .xlsx, but the file is CSV: it was read as that."
    assert read_raw(CSV, "x.xlsx").notices == (notice,)


def test_workbook_is_read_as_one_and_a_wrong_ending_is_told():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["who", "when"])
    book.active.append(["Ann", "2021-05-01"])
    book.save(out)
    assert read_raw(out.getvalue(), "x.xlsx").cells == (("Ann", "2021-05-01"),)
    notice = "The name ends in .json, but the file is an Excel workbook: it was read as that."
    assert notice in read_raw(out.getvalue(), "x.json").notices


@pytest.mark.parametrize("name", ["x.csv", "x.TSV", "a.b.txt"])
def test_workbook_with_the_name_of_a_text_is_refused(name):
    assert sentence(WORKBOOK, name) == f"{name}: this is an Excel workbook; save it as CSV or give it the ending .xlsx"


def test_story_folder_in_a_zip_is_named():
    assert "this is a story folder in a zip archive" in sentence(zipped(**{"heist/events.csv": "id,title"}), "x.zip")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n"])
@pytest.mark.parametrize("name", ["x.csv", "x.geojson", "x.xlsx", "x.kml"])
def test_empty_file_is_empty_whatever_its_name(content, name):
    assert sentence(content, name).startswith(f"{name}: the file is empty")


def test_compressed_file_is_not_unpacked():
    assert "compressed with gzip; unpack it" in sentence(gzip.compress(b"a,b\n" * 1_000_000))


def test_nul_bytes_are_binary():
    assert "NUL at byte 11" in sentence(b"id,who\n1,An\0n\n")


def test_large_file_is_refused_unread():
    assert sentence(WORKBOOK, "x.xlsx", size=10).endswith("at most 10 are read; " + LARGER)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("..\\..\\x.csv", "x.csv"),
        ("{{7*7191}}.csv", "{{7*7191}}.csv"),
        ("<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv"),
        ("x" * 300, "x" * 59 + "…"),
        ("\u202evsc.exe", "\N{REPLACEMENT CHARACTER}vsc.exe"),
        ("", "the file"),
    ],
)
def test_name_is_shown_and_opens_nothing(name, shown):
    raw = read_raw(b"id,who\n", name)
    assert (raw.file, raw.faults[0].file) == (shown, shown)
    assert str(raw.faults[0]).endswith("no rows below the header; add a row")


@given(st.binary(max_size=80))
def test_any_bytes_of_text_are_a_table_or_a_sentence(content):
    raw = read_raw(b"id," + content, "x.csv")
    assert raw.readable or raw.faults
