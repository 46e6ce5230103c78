import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sexagesimal import Angle, NoAngle, read_angle

wholes = st.integers(0, 179)
sixtieths = st.integers(0, 59)
NORTH, SOUTH = ("N", "n", "norte", "North"), ("S", "s", "Sur", "south")
FORMS = (
    "{d}°{m}'{s}\"",
    "{d}º {m}′ {s}″",
    "{d}°{m}’{s}''",
    "{d} {m} {s}",
    "{d}:{m}:{s}",
    "{d} {m}m {s}s",
    "{d}d{m}m{s}s",
)


@given(wholes, sixtieths, sixtieths, st.sampled_from(FORMS), st.sampled_from(NORTH + SOUTH), st.booleans())
def test_degrees_minutes_seconds_of_every_form_are_the_same_angle(d, m, s, form, letter, front):
    if letter == "s" and not front:
        letter = "S"  # a small s after seconds may be their mark
    text = form.format(d=d, m=m, s=s)
    angle = read_angle(f"{letter} {text}" if front else f"{text} {letter}")
    size = d + m / 60 + s / 3600
    assert isinstance(angle, Angle)
    assert math.isclose(angle.degrees, -size if letter in SOUTH else size, abs_tol=1e-9)


@given(st.floats(-360, 360).map(lambda x: round(x, 6)), st.sampled_from(["{}", "{}°", " {} ", "{} deg"]))
def test_decimal_degrees_keep_their_sign_with_any_mark(degrees, form):
    text = f"{degrees:.6f}"
    for written in (text, text.replace("-", "\N{MINUS SIGN}"), text.replace(".", ",")):
        assert read_angle(form.format(written))[0] == degrees


GOOD = ["48.85", "48°51'24\"N", "S 33 52 10", "48,85", "48.85°", "48.85N", "2°21′O", "4.885e1", "-118.25"]


@given(st.sampled_from(GOOD), st.text(st.sampled_from("xqz!_/\\~()#%&@<>=?"), min_size=1, max_size=4), st.booleans())
def test_nothing_is_half_read(good, junk, before):
    assert isinstance(read_angle(junk + good if before else good + junk), NoAngle)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NaN",
        "inf",
        "-Infinity",
        "1e400",
        "N/A",
        "null",
        "None",
        "-",
        "0x10",
        "1_000",
        "٤٨",
        "--48",
        "48.85.1",
        "48.",
        "+-48",
        "48 N N",
        "N 48 N",
        "N",
        "°",
        "48°'",
        "1,234,567",
        "48 51",
        "48:51",
        "12h",
        "1e5000",
        "4" * 500,
    ],
)
def test_what_is_no_number_of_degrees_is_refused(text):
    assert read_angle(text).kind == "not_a_number"


@given(st.text(alphabet="0123456789.,-+°'\" NSEWOdmse:", max_size=20))
def test_any_text_is_a_finite_angle_or_a_problem_in_words(text):
    angle = read_angle(text)
    assert angle.what if isinstance(angle, NoAngle) else math.isfinite(angle.degrees)


@pytest.mark.parametrize("text", ["48°61'", "48°51'60\"", "48°100'N", "48.5°30'", "48°30.5'10\"", "48 99 10"])
def test_minutes_and_seconds_beyond_59_or_after_a_fraction_are_refused(text):
    assert read_angle(text).kind == "minutes"


def test_the_sign_of_minus_nought_degrees_is_kept():
    assert read_angle("-0°30'").degrees == -0.5


def test_a_minus_and_a_letter_contradict_each_other():
    assert read_angle("-48N")[2:] == ("hemisphere", "")
    assert read_angle("\N{MINUS SIGN}118.25 W").meant == "118.25 W"


def test_letters_are_read_in_spanish_and_o_is_said():
    assert read_angle("118° oeste")[:2] == (-118, "W")
    assert read_angle("118°O") == Angle(-118, "W", ("O for west (oeste)",))


def test_a_decimal_comma_is_said_unless_the_file_is_known_for_it():
    assert read_angle("48,85") == Angle(48.85, "", ("decimal comma",))
    assert read_angle("48,85", decimal_comma=True) == Angle(48.85, "")


def test_two_numbers_are_degrees_and_minutes_only_where_a_mark_or_a_letter_says_so():
    assert read_angle("34 03'").degrees == read_angle("N 34 03").degrees == read_angle("34° 03").degrees
