"""The rows of a large text are those that any table of text has, wherever it is cut into blocks."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.fault_tally import Tally
from geo.import_layout import Layout
from geo.import_lexer import cells_of, lexed
from geo.import_rows import Rows
from geo.records import records

HEADER = ("who", "where", "when")
LAYOUT = Layout(",", 3, HEADER, 2, 0, HEADER)


def read(text, size=None, layout=LAYOUT, names=HEADER):
    """The usable rows by number, the faults, and how many rows there were."""
    content = text.encode()
    size = size or len(content)
    tally = Tally()
    rows = Rows(layout, "big.csv", tally, names)
    kept = {}
    for piece in rows.pieces(content[at : at + size] for at in range(0, len(content), size)):
        cells = zip(*(piece.columns[name].to_pylist() for name in names), strict=True)
        kept |= dict(zip(piece.numbers.tolist(), cells, strict=True))
    return kept, [fault for kind in tally.kinds for fault in kind.faults], rows.count


def expected(text):
    """As `geo.records` reads it."""
    body = [record for record in records(text) if record.number > 1 and (record.problem or any(record.cells))]
    return {record.number: tuple(record.cells) for record in body if len(record.cells) == 3}, len(body)


def test_rows_are_numbered_as_a_spreadsheet_does():
    kept, faults, count = read("who,where,when\nAnn,Café,1\n\nBob,Pier,2\n,,\nCy,Bar,3")
    assert kept == {2: ("Ann", "Café", "1"), 4: ("Bob", "Pier", "2"), 6: ("Cy", "Bar", "3")}
    assert (faults, count) == ([], 3)


def test_a_quoted_line_break_is_part_of_its_row():
    kept, _, _ = read('who,where,when\nAnn,"a\nb",1\nBob,Pier,2\n')
    assert kept == {2: ("Ann", "a\nb", "1"), 3: ("Bob", "Pier", "2")}


def test_a_row_with_another_number_of_cells_is_a_fault_with_its_number():
    kept, faults, count = read("who,where,when\nAnn,Café,1\nBob,Pier\nCy,Bar,3,4\nDi,Quay,4\n")
    assert list(kept) == [2, 5]
    assert [(fault.row, fault.what[:10]) for fault in faults] == [(3, "has only 2"), (4, "has 4 cell")]
    assert count == 4


def test_a_broken_quote_costs_its_line_alone():
    kept, faults, count = read('who,where,when\nAnn,"Café,1\nBob,Pier,2\nCy,"Bar",3\n')
    assert kept == {3: ("Bob", "Pier", "2"), 4: ("Cy", "Bar", "3")}
    assert [fault.row for fault in faults] == [2]
    assert count == 3


def test_a_quote_that_is_never_closed_costs_its_line_alone():
    lines = [f"p{number},here,{number}" for number in range(40_000)]
    lines[7] = 'p7,"here,7'
    kept, faults, count = read("who,where,when\n" + "\n".join(lines) + "\n", size=64_000)
    assert len(kept) == 39_999
    assert [fault.row for fault in faults] == [9]
    assert count == 40_000


def test_an_inch_sign_inside_a_cell_is_a_sign():
    kept, faults, _ = read('who,where,when\nAnn,5" pipe,1\nBob,Pier,2\n')
    assert (kept[2], faults) == (("Ann", '5" pipe', "1"), [])


def test_the_header_that_stands_again_is_no_row():
    kept, faults, count = read("who,where,when\nAnn,Café,1\nwho,where,when\nBob,Pier,2\n")
    assert (list(kept), faults, count) == ([2, 4], [], 2)


def test_control_characters_are_taken_out():
    kept, _, _ = read("who,where,when\nA\x00nn\x7f,Ca\x85fé,1\n")
    assert kept == {2: ("Ann", "Café", "1")}


def test_a_cell_that_is_too_long_is_cut_and_a_fault():
    kept, faults, _ = read(f"who,where,when\nAnn,{'x' * 3_000},1\nBob,Pier,2\n")
    assert len(kept[2][1]) == 2_000
    assert str(faults[0]) == "big.csv row 2: where holds 3,000 characters; shorten it; it is cut at 2,000"


def test_only_the_columns_asked_for_are_read():
    assert read("who,where,when\nAnn,Café,1\n", names=("when",))[0] == {2: ("1",)}


def test_a_table_of_one_column_has_a_row_a_line():
    kept, _, _ = read("who\nAnn\n\nBob\n", layout=Layout(",", 1, ("who",), 2, 0, ("who",)), names=("who",))
    assert kept == {2: ("Ann",), 4: ("Bob",)}


plain = st.text('ab1é ,"\n', max_size=6)
quoted = plain.map(lambda text: '"' + text.replace('"', '""') + '"')
bare = st.text("ab1é ", max_size=5)
sound_row = st.lists(quoted | bare, min_size=1, max_size=4).map(",".join)


@given(st.lists(sound_row, max_size=12), st.integers(1, 40))
@example(['a,"",b', '"",b,""'], 3)
def test_well_formed_rows_are_read_wherever_blocks_end(rows, size):
    text = "\n".join(["who,where,when", *rows, ""])
    kept, _, count = read(text, size)
    assert (kept, count) == expected(text)


@given(st.text('ab,"\n', max_size=60), st.integers(1, 70))
@settings(max_examples=200)
def test_every_row_is_kept_or_a_fault_whatever_the_text(text, size):
    kept, faults, count = read(f"who,where,when\n{text}", size)
    assert len(kept) + len(faults) == count


@given(st.text('ab,"\n', max_size=30))
def test_what_is_found_by_arithmetic_is_what_a_reader_finds(text):
    text += "\n"
    found = lexed(text.encode(), ",")
    if found is not None and len(found.ends) and found.ends[-1] == len(text) - 1:
        starts = [0, *(found.ends[:-1] + 1).tolist()]
        rows = [cells_of(text[start:end], ",") for start, end in zip(starts, found.ends.tolist(), strict=True)]
        assert [row or [] for row in rows] == [record.cells for record in records(text)]


def test_a_cell_that_is_a_quote_and_nothing_else_is_a_cell():
    assert read('who,where,when\n"""",,\n')[0] == {2: ('"', "", "")}
