import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.encoding import UNREADABLE, decoded

CSV = "id,who\n1,Zoë Müller\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_without_a_word(encoding):
    assert decoded(CSV.encode(encoding)) == (CSV, (), 0, "", "")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xff\xfe" + CSV.encode("utf-16-le"), "little endian"),
        (b"\xfe\xff" + CSV.encode("utf-16-be"), "big endian"),
        (CSV.encode("utf-16-le"), "little endian"),
        (CSV.encode("utf-16-be"), "big endian"),
    ],
)
def test_utf16_is_read_with_a_mark_and_without(content, name):
    found = decoded(content)
    assert (found.text, found.fault) == (CSV, "")
    assert found.notices == (f"The text is UTF-16 ({name}), not UTF-8: it was read so.",)


def test_windows_1252_is_read_with_its_quotes_dash_and_euro():
    found = decoded("Zoë – “Café” €5".encode("cp1252"))
    assert found.text == "Zoë – “Café” €5"
    assert found.notices == ("The text is Windows-1252, not UTF-8 (byte 2 is 0xeb): it was read so.",)


def test_a_byte_that_no_encoding_knows_is_a_fault():
    found = decoded("Zoë\x81".encode("latin-1"))
    assert found.text == ""
    assert found.fault == "the text is neither UTF-8 (byte 2 is 0xeb) nor Windows-1252 (byte 3 is 0x81)"


def test_one_broken_byte_in_utf8_does_not_spoil_the_other_letters():
    found = decoded("Zoë Müller ".encode() + b"\xff" + "Łukasz".encode())
    assert found.text == f"Zoë Müller {UNREADABLE}Łukasz"
    assert found.broken == 1
    assert "The text is UTF-8, but 1 byte is not (byte 13 is 0xff)" in found.notices[0]


def test_utf8_cut_in_the_middle_of_a_letter_is_utf8():
    found = decoded("Zoë Müller Łu".encode()[:-2])
    assert found.text == f"Zoë Müller {UNREADABLE}"


@pytest.mark.parametrize(
    ("content", "byte"),
    [(b"id,who\n1,An\0n\n", "11"), (b"\0", "0"), (b"\xff\xfea\0\0\0", "4"), (b"abc" * 2_000 + b"\0", "6,000")],
)
def test_nul_is_binary_and_says_where(content, byte):
    found = decoded(content)
    assert found.text == ""
    assert found.fault == f"this is not a text file but binary: NUL at byte {byte}"


def test_half_a_letter_of_utf16_is_a_fault():
    assert "broken at byte 4" in decoded(b"\xff\xfea\0b").fault


def test_letters_encoded_twice_are_told_and_kept():
    found = decoded("Zoë Müller".encode().decode("cp1252").encode())
    assert found.text == "ZoÃ« MÃ¼ller"
    assert "'Ã«' in the text may once have been 'ë'" in found.notices[0]


@pytest.mark.parametrize("text", ["São João", "„Spaß“", "À la carte", "Ångström – “naïve”", "IRMÃ, NÃO"])
def test_sound_letters_are_no_twice_encoded_ones(text):
    assert decoded(text.encode()).notices == ()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_any_utf8_text_comes_back(text):
    assert decoded(text.encode()).text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_fault(content):
    found = decoded(content)
    assert bool(found.fault) <= (found.text == "")
    assert "\0" not in found.text
