"""The text of a large file: its encoding from all of its bytes, a sample of it, and blocks that make up the whole."""

import pytest

from geo import import_text
from geo.import_text import blocks, sample, text_of
from geo.opened_text import Closed

LINES = "".join(f"{number};Café Zoë {number};ñandú\r\n" for number in range(60_000))
PLAIN = LINES.replace("\r\n", "\n")


def written(tmp_path, content):
    path = tmp_path / "big.csv"
    path.write_bytes(content)
    return path


def whole(text):
    return b"".join(block for block, _ in blocks(text)).decode()


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A file of two megabytes is large."""
    monkeypatch.setattr(import_text, "BLOCK", 65_537)
    monkeypatch.setattr(import_text, "BEGINNING", 100_000)
    monkeypatch.setattr(import_text, "PIECE", 4_098)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_block_of_every_encoding_is_utf_8_with_line_feeds(tmp_path, encoding):
    text = text_of(written(tmp_path, LINES.encode(encoding)))
    assert whole(text) == PLAIN


def test_utf_16_without_a_mark_is_known_by_its_zeros(tmp_path):
    text = text_of(written(tmp_path, LINES.encode("utf-16-be")))
    assert whole(text) == PLAIN
    assert "UTF-16 (big endian)" in text.notices[0]


def test_a_letter_far_below_the_beginning_tells_windows_1252(tmp_path):
    content = b"a,b\n" * 200_000 + "Zoë,Café\n".encode("cp1252")
    text = text_of(written(tmp_path, content))
    assert (text.encoding, whole(text)[-9:]) == ("cp1252", "Zoë,Café\n")
    assert "byte 800,002" in text.notices[0]


def test_a_broken_byte_in_utf_8_costs_a_letter(tmp_path):
    content = PLAIN.encode() + b"x\xff;y;z\n" + PLAIN.encode()
    text = text_of(written(tmp_path, content))
    assert (text.encoding, text.broken) == ("utf-8", True)
    assert whole(text) == f"{PLAIN}x\N{REPLACEMENT CHARACTER};y;z\n{PLAIN}"


def test_a_carriage_return_may_end_lines(tmp_path):
    assert whole(text_of(written(tmp_path, LINES.replace("\r\n", "\r").encode()))) == PLAIN


def test_a_nul_anywhere_is_no_text(tmp_path):
    closed = text_of(written(tmp_path, b"a,b\n" * 200_000 + b"\0"))
    assert isinstance(closed, Closed)
    assert "not a text file but binary: NUL at byte 800,000" in str(closed.fault)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_sample_holds_whole_lines_of_all_parts_of_the_file(tmp_path, encoding):
    text = text_of(written(tmp_path, LINES.encode(encoding)))
    lines = sample(text).decode().splitlines()
    assert set(lines) <= set(PLAIN.splitlines())
    assert lines[0] == "0;Café Zoë 0;ñandú"
    assert int(lines[-1].split(";")[0]) > 50_000


def test_a_small_file_is_its_own_sample(tmp_path):
    assert sample(text_of(written(tmp_path, b"a,b\n1,2"))) == b"a,b\n1,2"


def test_how_far_it_is_ends_at_the_size_of_the_file(tmp_path):
    text = text_of(written(tmp_path, LINES.encode()))
    read = [done for _, done in blocks(text)]
    assert read == sorted(read)
    assert read[-1] == text.size
