import contextlib
import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import HOUR, PARTS_OF_DAY, format_at, parse_at, parse_instant, words, zone
from geo.errors import GeoError
from geo.gregorian import DAY
from tests.cases.write import CASES

CONTENT = json.loads((CASES / "clock.json").read_text(encoding="utf-8"))
FAR = 190_000 * 365 * DAY
seconds = st.integers(-FAR, FAR)
kinds = st.sampled_from(["days", "calendar"])


@pytest.mark.parametrize("case", CONTENT["words"], ids=lambda case: case["text"])
def test_words_as_the_browser_says_them(case):
    assert words(case["t"], case["kind"]) == case["text"]


@pytest.mark.parametrize("case", CONTENT["at"], ids=lambda case: case["text"])
def test_instant_of_a_link_as_the_browser_reads_and_writes_it(case):
    assert parse_at(case["text"], case["kind"]) == case["t"]
    assert format_at(case["t"], case["kind"]) == case["text"]


@pytest.mark.parametrize("case", CONTENT["bad"], ids=lambda case: f"{case['kind']} {case['text']}")
def test_what_the_browser_cannot_read_is_refused(case):
    with pytest.raises(GeoError):
        parse_at(case["text"], case["kind"])


@given(seconds, kinds)
def test_an_instant_written_and_read_is_the_same(t, kind):
    t = t % (900_000 * DAY) if kind == "days" else t
    assert parse_at(format_at(t, kind), kind) == t


def test_day_0_is_the_day_before_day_1():
    assert parse_at("D1", "days") - parse_at("D0", "days") == DAY
    assert parse_at("D0", "days") - parse_at("D-1", "days") == DAY


def test_nothing_stated_is_any_time():
    assert parse_instant("  ", "days")[:3] == (-math.inf, math.inf, "order")


def test_exact_instant_has_no_width():
    assert parse_instant("D8T11:30", "days")[:3] == (8 * DAY + 11.5 * HOUR, 8 * DAY + 11.5 * HOUR, "exact")


def test_midnight_is_a_time():
    assert parse_instant("D8T00:00", "days").precision == "exact"
    assert parse_instant("1995-10-03T00:00", "calendar").precision == "exact"


def test_a_day_ends_where_the_next_begins():
    assert parse_instant("D-13", "days").latest == parse_instant("D-12", "days").earliest
    assert parse_instant("2000-02-28", "calendar").latest == parse_instant("2000-02-29", "calendar").earliest


@pytest.mark.parametrize("part", PARTS_OF_DAY)
def test_part_of_a_day_is_read_in_any_case(part):
    begin, end = PARTS_OF_DAY[part]
    instant = parse_instant(f"d8 {part.upper()}", "days")
    assert instant[:3] == (8 * DAY + begin * HOUR, 8 * DAY + end * HOUR, "part_of_day")


def test_night_reaches_into_the_next_day():
    assert parse_instant("D8 night", "days").latest == parse_at("D9T05:00", "days")


def test_from_one_day_to_another_covers_both():
    instant = parse_instant("D2/D4", "days")
    assert (instant.earliest, instant.latest, instant.precision) == (2 * DAY, 5 * DAY, "order")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("1995", "1995-01-01", "1996-01-01", "order"),
        ("1995-12", "1995-12-01", "1996-01-01", "order"),
        ("1995-10-03", "1995-10-03", "1995-10-04", "day"),
        ("199X", "1990-01-01", "2000-01-01", "order"),
        ("1995-21", "1995-03-01", "1995-06-01", "order"),
        ("1995~", "1994-01-01", "1997-01-01", "order"),
        ("1995-10~", "1995-08-31", "1995-12-02", "order"),
        ("1995-10-03?", "1995-10-02", "1995-10-05", "order"),
        ("[1995,1997]", "1995-01-01", "1998-01-01", "order"),
        ("1995-10-03/1995-10-05", "1995-10-03", "1995-10-06", "order"),
        ("Y12345", "12345-01-01", "12346-01-01", "order"),
        ("12345", "12345-01-01", "12346-01-01", "order"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-16", "day"),
        ("-0043", "-0043-01-01", "-0042-01-01", "order"),
        ("0000", "0000-01-01", "0001-01-01", "order"),
    ],
)
def test_edtf_is_read(text, first, last, precision):
    instant = parse_instant(text, "calendar")
    assert (format_at(instant.earliest, "calendar"), format_at(instant.latest, "calendar")) == (
        f"{first}T00:00",
        f"{last}T00:00",
    )
    assert (instant.precision, instant.text) == (precision, text)


def test_open_interval_has_no_end():
    assert parse_instant("1995/..", "calendar").latest == math.inf
    assert parse_instant("../1995", "calendar").earliest == -math.inf


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021-03-28T01:30:00Z", "Z"),
        ("2021-03-28T02:30:00+01:00", "+01:00"),
        ("2021-03-27T21:00:00-0430", "-0430"),
        ("2021-03-28T01:30:00 EST", "EST"),
        ("2021-03-28T01:30 Europe/Paris", "Europe/Paris"),
        ("2021-03-28T01:30:00.123456789Z", "Z"),
        ("2021-03-28 02:30", ""),
        ("2021-03-28", ""),
        ("-0043-03-15", ""),
    ],
)
def test_zone_is_seen_and_the_clock_time_kept(text, found):
    assert zone(text) == found
    if found:
        clock = text[11:16]
        assert words(parse_instant(text, "calendar").earliest, "calendar").endswith(clock)


@pytest.mark.parametrize(
    "text", ["2021-02-30", "2023-02-29", "2021-13-01", "0000-00-00", "2021-05-01T25:00", "2021-05-01T24:00:00"]
)
def test_day_or_time_that_does_not_exist_is_refused(text):
    with pytest.raises(GeoError):
        parse_instant(text, "calendar")


@pytest.mark.parametrize("text", ["yesterday", "Feb 30 2021", "05/06/2021", "2021-W05-3", "44 BC", "x" * 5000, "1/2/3"])
def test_unreadable_time_is_refused_with_three_examples(text):
    with pytest.raises(GeoError, match="'1995-10-03T11:30', '1995-10-03' or '1995-10'"):
        parse_instant(text, "calendar")


def test_unknown_part_of_day_names_the_known_ones():
    with pytest.raises(GeoError, match=r"'teatime' is not a part of the day; write one of morning, midday"):
        parse_instant("D8 teatime", "days")


@given(st.text(alphabet="0123456789-/.XuYEesS~?%[]{},T:Z+ DBC", max_size=24), kinds)
def test_any_text_is_read_or_refused(text, kind):
    try:
        instant = parse_instant(text, kind)
    except GeoError:
        return
    assert instant.earliest <= instant.latest
    assert (instant.earliest == instant.latest) == (instant.precision == "exact")


@given(
    st.lists(st.sampled_from(["..", "/", "1995", "~", " ", "199X", "[1995,1996]", "T11:30:00Z", "-10-03"]), max_size=6)
)
def test_reading_prints_nothing(parts):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(GeoError):
        parse_instant("".join(parts), "calendar")
    assert printed.getvalue() == ""
