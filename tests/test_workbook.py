import io
import re
import tracemalloc
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from geo.raw import LIMITS
from geo.sheet_marks import column_letters, column_number, lean
from geo.story import read_story
from geo.workbook import read_workbook, workbook_files
from geo.workbook_parts import MOST_CELLS

HEADER = ("what", "when", "who")
at = datetime.fromisoformat


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows, name="Sheet1"):
    """A workbook of one sheet with these rows; its sheet may be changed before it is saved."""
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return book


def sheets(**tables):
    """A workbook with a sheet for each of these tables."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def read(book, limits=LIMITS):
    return read_workbook(book if isinstance(book, bytes) else saved(book), "mine.xlsx", limits)


def cell(value, number_format=None):
    """The text of one cell of a column called "what"."""
    book = workbook(["what", "who"], [value, "Ann"])
    if number_format:
        book.active["A2"].number_format = number_format
    return read(book).cells[0][0]


def sentences(raw):
    return [str(fault) for fault in raw.faults]


def repacked(content, changes, more=()):
    """The workbook with parts changed: path -> function of its bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for path in old.namelist():
            part = old.read(path)
            new.writestr(path, changes[path](part) if path in changes else part)
        for path, part in more:
            new.writestr(path, part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_smallest_workbook_is_read_without_a_notice():
    raw = read(workbook(HEADER, ["Theft", "1995-10-03", "Ann"]))
    assert (raw.file, raw.kind, raw.header, raw.cells) == (
        "mine.xlsx",
        "Excel workbook",
        HEADER,
        (("Theft", "1995-10-03", "Ann"),),
    )
    assert (raw.numbers, raw.flagged, raw.faults, raw.notices) == ((2,), (), (), ())


# --- what a cell says ---


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (at("1995-10-03T11:30"), None, "1995-10-03T11:30"),
        (at("1995-10-03T11:30:20"), None, "1995-10-03T11:30:20"),
        (at("1995-10-03"), "yyyy-mm-dd", "1995-10-03"),
        (at("1995-10-03"), "dd/mm/yyyy hh:mm", "1995-10-03T00:00"),
        (at("1995-10-03"), '[$-C0A]d" de "mmmm" de "yyyy', "1995-10-03"),
        (at("1995-10-03T11:30"), "yyyy-mm-dd", "1995-10-03T11:30"),
        (date(1995, 10, 3), None, "1995-10-03"),
        (time(11, 30), None, "11:30"),
        (time(0, 0), "hh:mm", "00:00"),
        (time(11, 30, 20), None, "11:30:20"),
        (timedelta(hours=11, minutes=30), None, "11:30"),
        (timedelta(hours=37, minutes=5, seconds=1), None, "37:05:01"),
        (1, None, "1"),
        (1.0, None, "1"),
        (0, None, "0"),
        (-0.5, None, "-0.5"),
        (34.050000000000004, None, "34.05"),
        (0.1 + 0.2, None, "0.3"),
        (-118.2437, None, "-118.2437"),
        (0.00001, None, "0.00001"),
        (1.5e300, None, "1.5e+300"),
        (9007199254740991, None, "9007199254740991"),
        ("9007199254740993", None, "9007199254740993"),
        (123, "00000", "00123"),
        (123, "0", "123"),
        (0.455, "0.0%", "45.5%"),
        (0.07, "0%", "7%"),
        (1234.5, '#,##0.00 "h%"', "1234.5"),
        (True, None, "TRUE"),
        (False, None, "FALSE"),
        ("  Ann ", None, "  Ann "),
        ("{{7*7191}}", None, "{{7*7191}}"),
        ("a_x000D_b", None, "a\nb"),
        ("00123", None, "00123"),
        ("1995-10-03", None, "1995-10-03"),
    ],
)
def test_cell_says(value, number_format, text):
    assert cell(value, number_format) == text


@given(st.datetimes(at("1900-03-01"), at("9999-12-31")))
@settings(max_examples=20, deadline=None)
def test_any_moment_is_read_to_the_second(moment):
    moment = moment.replace(microsecond=0)
    assert datetime.fromisoformat(cell(moment, "yyyy-mm-dd hh:mm:ss")) == moment


@given(st.integers(-(10**8), 10**8), st.integers(0, 7))
@settings(max_examples=30, deadline=None)
def test_any_number_of_seven_decimals_is_read_as_typed(digits, decimals):
    typed = digits / 10**decimals
    text = cell(typed)
    assert float(text) == typed
    assert len(text.lstrip("-").replace(".", "").lstrip("0")) <= 9


def test_days_of_a_workbook_may_count_from_1904():
    book = workbook(HEADER, ["Theft", at("1995-10-03T11:30"), "Ann"])
    book.epoch = CALENDAR_MAC_1904
    assert read(book).column("when") == ["1995-10-03T11:30"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"])
def test_error_of_the_spreadsheet_is_a_fault_and_the_row_is_kept(error):
    raw = read(workbook(HEADER, ["Theft", error, "Ann"]))
    assert sentences(raw) == [
        f"mine.xlsx row 2: when '{error}' is an error of the spreadsheet (cell B2); "
        "mend its formula or type the value; the cell is taken as empty"
    ]
    assert raw.cells == (("Theft", "", "Ann"),)


def test_date_beyond_the_calendar_is_a_fault():
    book = workbook(HEADER, ["Theft", 99999999, "Ann"])
    book.active["B2"].number_format = "yyyy-mm-dd"
    assert sentences(read(book))[0].startswith("mine.xlsx row 2: when '#VALUE!' is an error of the spreadsheet")


def test_formula_without_a_result_is_a_fault_with_a_remedy():
    raw = read(workbook(HEADER, ["Theft", "=TODAY()", "Ann"]))
    assert sentences(raw) == [
        "mine.xlsx row 2: when is a formula without a result (cell B2); open the workbook in a spreadsheet program "
        "and save it, or type the value; it is taken as empty"
    ]
    assert raw.column("when") == [""]


def test_row_of_nothing_but_formulas_without_results_is_a_row():
    raw = read(workbook(HEADER, ["=A9", "=B9", "=C9"], ["Theft", "1995", "Ann"]))
    assert (raw.numbers, len(raw.faults)) == ((2, 3), 3)


def test_formula_is_read_as_its_result():
    content = repacked(
        saved(workbook(HEADER, ["Theft", "=1+1", "=A2"])),
        {
            SHEET: lambda xml: xml.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
                b'<c r="C2"><f>A2</f><v />', b'<c r="C2" t="str"><f>A2</f><v></v>'
            )
        },
    )
    raw = read(content)
    assert (raw.cells, raw.faults) == ((("Theft", "2", ""),), ())


# --- rows ---


def test_empty_rows_are_no_rows_and_numbers_are_those_of_the_sheet():
    raw = read(workbook(HEADER, [], ["A", "1995", "Ann"], [None, "  ", None], [], ["B", "1996", "Bo"]))
    assert (raw.numbers, raw.rows) == ((3, 6), 2)


def test_sheet_may_begin_anywhere():
    book = Workbook()
    for place, row in ((5, HEADER), (6, ("Theft", "1995-10-03", "Ann"))):
        for column, value in enumerate(row, start=4):
            book.active.cell(place, column, value)
    raw = read(book)
    assert (raw.header, raw.numbers) == (HEADER, (6,))


def test_titles_above_the_header_are_left_aside_and_said():
    raw = read(workbook(["The great theft"], ["as told by Ann"], [], HEADER, ["Theft", "1995-10-03", "Ann"]))
    assert (raw.header, raw.numbers) == (HEADER, (5,))
    assert raw.notices == (
        "The header is row 4; what stands above it is no part of the table: 'The great theft', 'as told by Ann'.",
    )


def test_header_below_cells_that_span_columns_is_the_row_that_names_every_column():
    book = workbook(["Case 12"], ["who", "where", None], [None, "lat", "lon"], ["Ann", 34.05, -118.2])
    for merged in ("A1:C1", "A2:A3", "B2:C2"):
        book.active.merge_cells(merged)
    raw = read(book)
    assert (raw.header, raw.numbers) == (("who", "lat", "lon"), (4,))
    assert raw.notices == (
        "The header is row 3; what stands above it is no part of the table: 'Case 12', 'who where'.",
    )


def test_sheet_without_a_header_is_read_and_said():
    raw = read(workbook(["Theft", "1995-10-03", 34.05], ["Chase", "1995-10-04", 34.06]))
    assert (raw.header, raw.numbers) == (("column 1", "column 2", "column 3"), (1, 2))
    assert raw.notices[0].startswith("The first row holds data, not names")


def test_column_without_a_name_is_called_by_its_number():
    raw = read(workbook(["what", None, "who"], ["Theft", "1995", "Ann"]))
    assert raw.header == ("what", "column 2", "who")
    assert raw.notices == ("Columns without a name are called 'column 2'.",)


def test_names_of_columns_are_on_one_line():
    assert read(workbook(["what\nhappened ", "who"], ["Theft", "Ann"])).header == ("what happened", "who")


def test_name_of_two_columns_is_refused():
    raw = read(workbook(["who", "what", "Who"], ["Ann", "Theft", "Bo"]))
    assert (raw.readable, raw.flagged) == (False, (2,))
    assert sentences(raw) == [
        "mine.xlsx row 1: the header names 'who' more than once; give every column a name of its own"
    ]


def test_header_that_stands_again_is_left_out_and_said():
    raw = read(workbook(HEADER, ["A", "1995", "Ann"], HEADER, ["B", "1996", "Bo"]))
    assert (raw.numbers, raw.notices) == ((2, 4), ("The header stands again in row 3: left out.",))


def test_hidden_rows_and_columns_are_read_and_said():
    book = workbook(HEADER, ["A", "1995", "Ann"], ["B", "1996", "Bo"])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    raw = read(book)
    assert raw.numbers == (2, 3)
    assert raw.notices == ("Hidden in the sheet but read: row 3.", "Hidden in the sheet but read: column 'who'.")


def test_cell_over_several_rows_counts_for_each():
    book = workbook(HEADER, ["A", "1995", "Ann"], ["B", "1996"], ["C", "1997"], ["D", "1998", "Bo"])
    book.active.merge_cells("C2:C4")
    raw = read(book)
    assert raw.column("who") == ["Ann", "Ann", "Ann", "Bo"]
    assert raw.notices == ("A cell that spans several rows counts for each of them: filled in rows 3 and 4.",)


def test_cell_over_several_rows_makes_no_row_of_an_empty_one():
    book = workbook(HEADER, ["A", "1995", "Ann"], [], ["C", "1997"])
    book.active.merge_cells("C2:C9")
    assert read(book).numbers == (2, 4)


def test_cell_over_several_columns_counts_for_the_first():
    book = workbook(HEADER, ["A", "1995", "Ann"], ["All of it"])
    book.active.merge_cells("A3:C3")
    raw = read(book)
    assert raw.cells[1] == ("All of it", "", "")
    assert raw.notices == ("A cell that spans several columns counts for the first of them, in row 3.",)


def test_decimal_commas_are_said():
    raw = read(workbook(["what", "lat", "lon"], ["A", "48,85", "2,35"]))
    assert raw.decimal_comma
    assert raw.notices == ("Numbers have a decimal comma ('48,85' in lat and '2,35' in lon): they are read so.",)


def test_long_text_is_cut_and_control_characters_are_taken_out():
    book = workbook(["what", "who"], ["x" * 3000, "An_x0007_n"])
    raw = read(book)
    assert (len(raw.cells[0][0]), raw.cells[0][1]) == (2000, "Ann")
    assert sentences(raw) == ["mine.xlsx row 2: what holds 3,000 characters; shorten it; it is cut at 2,000"]
    assert raw.notices == ("1 control character was taken out of row 2.",)


# --- sheets ---


@pytest.mark.parametrize("name", ["Events", "EVENTOS", "Hechos", "Cronología", "línea_de_tiempo", "Timeline"])
def test_sheet_of_events_is_known_by_its_name(name):
    book = sheets(**{"People": [HEADER, ["x", "1", "y"]], name: [HEADER, ["Theft", "1995", "Ann"]]})
    raw = read(book)
    assert raw.column("what") == ["Theft"]
    assert raw.notices == (f"The sheet '{name}' was read; left aside: 'People'.",)


def test_first_sheet_with_a_header_and_rows_is_read_otherwise():
    book = sheets(Empty=[], Cover=[["Read me"]], Data=[HEADER, ["Theft", "1995", "Ann"]], More=[HEADER])
    raw = read(book)
    assert raw.column("who") == ["Ann"]
    assert raw.notices == ("The sheet 'Data' was read; left aside: 'Cover', 'More'.",)


def test_hidden_sheet_is_read_last_and_said():
    book = sheets(events=[HEADER, ["Old", "1995", "Ann"]], Data=[HEADER, ["New", "1995", "Ann"]])
    book["events"].sheet_state = "hidden"
    assert read(book).column("what") == ["New"]
    del book["Data"]
    book.create_sheet("Notes")
    assert read(book).notices == ("The sheet 'events' was read. It is hidden in the workbook.",)


def test_many_sheets_are_named_in_short():
    book = sheets(events=[HEADER, ["A", "1", "B"]], **{f"s{n}": [["x"]] for n in range(5)})
    assert read(book).notices == ("The sheet 'events' was read; left aside: 's0', 's1', 's2' and 2 more.",)


def test_chart_sheet_is_no_table():
    book = workbook(HEADER, ["Theft", "1995", "Ann"])
    book.create_chartsheet("Chart")
    assert read(book).readable


@pytest.mark.parametrize(("rows", "what"), [([], "there is nothing in the workbook"), ([HEADER], "no rows below")])
def test_workbook_without_rows_is_refused(rows, what):
    raw = read(workbook(*rows))
    assert not raw.readable
    assert what in sentences(raw)[0]


# --- limits and attacks ---


def test_rows_beyond_the_limit_are_left_out_with_a_fault():
    raw = read(workbook(HEADER, *([n, n, n] for n in "abcd")), LIMITS._replace(rows=2))
    assert (len(raw.cells), raw.flagged, raw.rows) == (2, (4,), 3)
    assert sentences(raw) == [
        "mine.xlsx row 4: has more than 2 rows; split the file; this row and the rest are left out"
    ]
    assert read(workbook(HEADER, *([n, n, n] for n in "ab")), LIMITS._replace(rows=2)).faults == ()


def test_columns_beyond_the_limit_are_refused():
    raw = read(workbook([f"c{n}" for n in range(201)], [str(n) for n in range(201)]))
    assert sentences(raw) == ["mine.xlsx row 1: the header has 201 columns; at most 200 are read; delete some columns"]


def test_formatted_empty_cells_are_not_looked_at_one_by_one():
    empty = b"".join(
        b'<row r="%d" spans="1:9">%s</row>' % (n, b"".join(b'<c r="%s%d" s="0"/>' % (c, n) for c in (b"A", b"B", b"Z")))
        for n in range(3, 60_003)
    )
    content = repacked(
        saved(workbook(HEADER, ["Theft", "1995", "Ann"])),
        {SHEET: lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>")},
    )
    tracemalloc.start()
    try:
        raw = read(content)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert (raw.header, raw.numbers) == (HEADER, (2,))


@pytest.mark.parametrize(
    ("xml", "left"),
    [
        (b'<row r="3" s="1"><c r="A3" s="1"/><c r="B3" s="1"></c></row>', b""),
        (b'<row r="3"/><row r="4"><c r="A4"/><c r="B4"><v>0</v></c></row>', b'<row r="4"><c r="B4"><v>0</v></c></row>'),
        (b'<row r="3"><c r="A3"><f>B3</f></c></row>', None),
        (b'<row r="3"><c s="1"/><c><v>1</v></c></row>', None),
        (b"<row><c/></row><row><c><v>1</v></c></row>", None),
        (b'<row r="3"><c r="A3"><is><t><![CDATA[<c r="A1"/>]]></t></is></c></row>', None),
    ],
)
def test_cells_that_hold_only_a_format_are_dropped_where_no_other_is_counted_by_them(xml, left):
    assert lean(xml) == (xml if left is None else left)


def test_last_row_of_the_sheet_may_hold_something():
    book = workbook(HEADER, ["Theft", "1995", "Ann"])
    book.active.cell(1_048_576, 1, "The end")
    assert read(book).numbers == (2, 1_048_576)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="2"', b'<row r="99999999"'),
        (b'<row r="2"', b'<row r="1"'),
        (b'r="B2"', b'r="ZZZZ2"'),
        (b'r="B2"', b'r="?"'),
        (b"</sheetData>", b"<"),
        (b't="inlineStr"', b't="s"'),
        (b'<c r="A1"', b'<c s="99" r="A1"'),
        (b"<t>Ann</t>", b"<t>&unknown;</t>"),
    ],
)
def test_damaged_sheet_is_refused_or_read_in_part_but_never_an_exception(old, new):
    content = repacked(saved(workbook(HEADER, ["Theft", "1995", "Ann"])), {SHEET: lambda xml: xml.replace(old, new)})
    raw = read(content)
    assert raw.faults or raw.cells == (("Theft", "1995", "Ann"),)


@given(st.binary(max_size=60), st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_any_damage_of_a_sheet_is_a_refusal_in_words(junk, at):
    content = repacked(SMALL, {SHEET: lambda xml: xml[:at] + junk + xml[at + len(junk) :]})
    raw = read(content)
    assert raw.readable or raw.faults


SMALL = saved(workbook(HEADER, ["Theft", "1995", "Ann"]))


def test_every_cut_workbook_is_refused_in_words():
    for end in range(0, len(SMALL), 97):
        raw = read(SMALL[:end])
        assert not raw.readable
        assert raw.faults


@pytest.mark.parametrize("path", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://tracker.test/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_document_type_is_refused_before_it_is_parsed(path, head):
    raw = read(repacked(SMALL, {path: lambda xml: head + xml}))
    assert sentences(raw) == [
        f"mine.xlsx: '{path}' in it declares a document type, which no workbook needs; "
        "open it in a spreadsheet program and save it as a new workbook (.xlsx)"
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.decode().encode("utf-16"),
        lambda xml: xml.decode().encode("utf-16-le"),
        lambda xml: b'<?xml version="1.0" encoding="cp037"?>' + xml,
    ],
)
def test_xml_in_an_unusual_encoding_is_refused(change):
    assert "is not written in UTF-8" in sentences(read(repacked(SMALL, {SHEET: change})))[0]


def test_bomb_is_refused_by_its_unpacked_size():
    content = repacked(SMALL, {SHEET: lambda xml: xml + b" " * 5_000_000})
    assert len(content) < 50_000
    raw = read(content, LIMITS._replace(unpacked=1_000_000))
    assert "when unpacked" in sentences(raw)[0]


def test_bomb_is_refused_by_its_number_of_cells():
    cells = b'<row r="3">' + b'<c r="A3"><v>1</v></c>' * (MOST_CELLS + 1) + b"</row></sheetData>"
    content = repacked(SMALL, {SHEET: lambda xml: xml.replace(b"</sheetData>", cells)})
    assert len(content) < 1_000_000
    assert "more than 2,000,000 cells" in sentences(read(content))[0]


def test_long_part_that_holds_no_cell_is_refused():
    content = repacked(SMALL, {"xl/styles.xml": lambda xml: xml + b" " * 9_000_000})
    assert "'xl/styles.xml' in it is larger than" in sentences(read(content))[0]


def test_macros_pictures_and_links_to_other_files_are_not_unpacked():
    more = [
        ("xl/vbaProject.bin", b"\0" * 100),
        ("xl/media/image1.png", b"\0" * 100),
        ("xl/externalLinks/externalLink1.xml", b'<!DOCTYPE x SYSTEM "http://tracker.test/">'),
    ]
    assert read(repacked(SMALL, {}, more)).readable


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", ""),
        (b"id,title\n1,One\n", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel workbook"),
        (repacked(SMALL, {}, [("xl/workbook.bin", b"")]).replace(b"xl/workbook.xml", b"xl/workbook.xxx"), ".xlsb"),
    ],
)
def test_what_is_no_workbook_is_refused(content, what):
    raw = read(content)
    assert (raw.cells, len(raw.faults)) == ((), 1)
    assert what in sentences(raw)[0]


def test_strict_workbook_is_refused_with_a_remedy():
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    plain = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = repacked(SMALL, {path: lambda xml: xml.replace(plain, strict) for path in (SHEET, "xl/workbook.xml")})
    assert sentences(read(content)) == [
        "mine.xlsx: this is a 'Strict Open XML' workbook; save it as a plain 'Excel workbook (.xlsx)'"
    ]


def test_tags_may_have_a_prefix():
    def prefixed(xml):
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"is", b"t", b"f"):
            for before, after in ((b"<", b"<x:"), (b"</", b"</x:")):
                for end in (b" ", b">"):
                    xml = xml.replace(before + tag + end, after + tag + end)
        return xml.replace(b"xmlns=", b"xmlns:x=")

    book = workbook(HEADER, ["Theft", "=1", "Ann"])
    raw = read(repacked(saved(book), {SHEET: prefixed}))
    assert (raw.cells, len(raw.faults)) == ((("Theft", "", "Ann"),), 1)


def test_cells_without_references_are_counted():
    content = repacked(SMALL, {SHEET: lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml)})
    raw = read(content)
    assert (raw.header, raw.cells, raw.numbers) == (HEADER, (("Theft", "1995", "Ann"),), (2,))


@given(st.integers(1, 16_384))
def test_column_number_and_letters_are_inverse(number):
    assert column_number(column_letters(number).encode()) == number


# --- a story in three sheets ---

EVENTS = [["id", "title", "start", "place", "people"], ["e1", "One", "D1", "cafe", "ann;bo"], ["e2", "Two", "D2"]]
PLACES = [["id", "name", "lat", "lon"], ["cafe", "Café", 53.55, 9.99]]
PEOPLE = [["id", "name"], ["ann", "Ann"], ["bo", "Bo"]]


def test_three_sheets_are_a_story():
    files = workbook_files(saved(sheets(events=EVENTS, places=PLACES, People=PEOPLE)))
    story = read_story(files)
    assert story.faults == ()
    assert story.events["people"].tolist() == [("ann", "bo"), ()]
    assert story.places[["lat", "lon"]].to_numpy().tolist() == [[53.55, 9.99]]


def test_dates_in_the_sheet_make_a_calendar_story():
    events = [["id", "title", "start"], ["e1", "One", at("1995-10-03T11:30")]]
    story = read_story(workbook_files(saved(sheets(events=events, people=PEOPLE))))
    assert (story.meta.clock_kind, story.events["start"].tolist()) == ("calendar", ["1995-10-03T11:30"])


def test_rows_of_a_story_in_sheets_keep_their_numbers():
    events = [EVENTS[0], [], EVENTS[1], [], [], EVENTS[2]]
    story = read_story(workbook_files(saved(sheets(events=events, places=PLACES, people=PEOPLE))))
    assert story.events["row"].tolist() == [3, 6]


def test_error_in_a_story_of_sheets_is_seen():
    places = [PLACES[0], ["cafe", "Café", "#REF!", "=A9"]]
    story = read_story(workbook_files(saved(sheets(events=EVENTS, places=places, people=PEOPLE))))
    assert [(fault.column, fault.value) for fault in story.faults] == [("lat", "#REF!"), ("lon", "#formula")]


def test_what_was_assumed_in_a_sheet_is_among_the_assumptions():
    book = sheets(events=EVENTS, places=PLACES, people=PEOPLE)
    book["events"].row_dimensions[3].hidden = True
    story = read_story(workbook_files(saved(book)))
    assert story.meta.assumptions == ("In the sheet 'events': Hidden in the sheet but read: row 3.",)


def test_text_that_would_be_run_stays_text_in_the_story():
    events = [["id", "title"], ["e1", "-x"]]
    story = read_story(workbook_files(saved(sheets(events=events, people=PEOPLE))))
    assert story.events["title"].tolist() == ["-x"]


@pytest.mark.parametrize(
    "book",
    [
        workbook(HEADER, ["Theft", "1995", "Ann"]),
        sheets(events=EVENTS),
        sheets(events=[HEADER, ["Theft", "1995", "Ann"]], people=PEOPLE),
        sheets(places=PLACES, people=PEOPLE),
        sheets(events=EVENTS[:1], people=PEOPLE),
        sheets(events=[["id", "ID", "title"], ["1", "2", "x"]], people=PEOPLE),
    ],
)
def test_any_other_workbook_is_no_story(book):
    assert workbook_files(saved(book)) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id,title\n", SMALL[:500]])
def test_what_is_no_workbook_is_no_story(content):
    assert workbook_files(content) is None
