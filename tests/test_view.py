from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import view as links
from dashboard.bases import IDS as BASES
from dashboard.view import View, as_json, format_span, moment, notice, parse, parse_span, query
from geo.axis import axis
from geo.story import read_story
from geo.wire import payload
from tests import stories
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")
CALENDAR = replace(SMALL, meta=replace(SMALL.meta, clock_kind="calendar"))
FIRST, LAST = int(SMALL.events["at"].min()), int(SMALL.events["until"].max())
HOSTILE_LINKS = Path(__file__).parent / "cases" / "hostile_links.txt"


def ids(table):
    return st.sampled_from(getattr(SMALL, table)["id"].tolist())


def decimals(least, most, places):
    return st.integers(least * 10**places, most * 10**places).map(lambda number: round(number / 10**places, places))


words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
marks = st.none() | st.integers(FIRST, LAST).map(float)
loops = st.tuples(marks, marks).filter(lambda loop: None in loop or loop[0] < loop[1])
cameras = st.tuples(decimals(-90, 90, 4), decimals(-180, 180, 4), decimals(0, 22, 2)) | st.just((None, None, None))


@st.composite
def views(draw):
    chosen = draw(st.sets(ids("people")))
    lat, lon, z = draw(cameras)
    start, end = draw(loops)
    return View(
        story=draw(st.sampled_from(["", SMALL.id])),
        crew=tuple(person for person in SMALL.people["id"] if person in chosen),
        match=draw(st.sampled_from(links.MATCHES)),
        at=draw(st.none() | st.integers(FIRST, LAST).map(float)),
        mode=draw(st.sampled_from(links.MODES)),
        span=draw(st.integers(1, 999_999)),
        scale=draw(st.sampled_from(links.SCALES)),
        event=draw(st.just("") | ids("events")),
        place=draw(st.just("") | ids("places")),
        q=" ".join(draw(st.lists(words, max_size=4))),
        lat=lat,
        lon=lon,
        z=z,
        base=draw(st.sampled_from(BASES)),
        order=draw(st.sampled_from(links.ORDERS)),
        stated=draw(st.booleans()),
        follow=draw(st.booleans()),
        loop_from=start,
        loop_to=end,
        panel=draw(st.sampled_from(links.PANELS)),
        lang=draw(st.sampled_from(["", "en", "es"])),
    )


def asked(text):
    return parse(parse_qs(text, keep_blank_values=True), SMALL)


@given(views(), st.sampled_from([SMALL, CALENDAR]))
def test_a_link_restores_its_view(view, story):
    link = urlencode(query(view, story))
    assert parse(parse_qs(link), story) == (view, ())


@given(views())
def test_the_order_of_parameters_does_not_matter(view):
    link = urlencode(list(reversed(query(view, SMALL))))
    assert parse(parse_qs(link), SMALL)[0] == view


@given(st.dictionaries(st.text() | st.sampled_from(list(links.READERS)), st.lists(st.text(), max_size=4)))
def test_no_query_raises_and_what_is_left_out_is_named_safely(anything):
    view, ignored = parse(anything, SMALL)
    assert parse(parse_qs(urlencode(query(view, SMALL))), SMALL) == (view, ())
    assert notice(ignored).isprintable()


@given(st.sampled_from(list(links.READERS)), st.text(min_size=1).filter(str.strip))
def test_a_value_is_either_taken_or_named(name, text):
    view, ignored = parse({name: [text]}, SMALL)
    assert ignored or query(view, SMALL) or text == str(links.DEFAULTS[name]) or name == "span"


def test_a_default_is_left_out_of_a_link():
    assert query(View(), SMALL) == []


def test_the_empty_link_is_the_default_view_and_says_nothing():
    assert asked("") == (View(), ())
    assert notice(()) == ""


def test_at_is_exact_to_the_minute_and_to_the_second():
    assert list(query(asked("at=D1T09:30")[0], SMALL)) == [("at", "D1T09:30")]
    assert list(query(asked("at=D1T09:30:20")[0], SMALL)) == [("at", "D1T09:30:20")]


def test_an_instant_outside_of_the_story_is_left_out_and_said():
    view, ignored = asked("at=D4000&crew=ann")
    assert view == View(crew=("ann",))
    assert ignored == ('at "D4000"',)


def test_every_instant_of_the_time_axis_is_inside_the_story():
    scale = axis(SMALL.events["at"].tolist(), "days", SMALL.events["until"].tolist())["clock"]
    for t in scale["t"]:
        view = View(at=t)
        assert parse(parse_qs(urlencode(query(view, SMALL))), SMALL) == (view, ())


def test_one_unknown_person_leaves_the_others_chosen():
    view, ignored = asked("crew=ann&crew=nobody")
    assert view.crew == ("ann",)
    assert ignored == ('crew "nobody"',)


def test_a_person_named_twice_is_chosen_once():
    assert asked("crew=ann&crew=ann") == (View(crew=("ann",)), ())


def test_two_values_where_one_belongs_are_no_value():
    view, ignored = asked("mode=window&mode=moment")
    assert view.mode == "so-far"
    assert ignored == ('mode "window moment"',)


@pytest.mark.parametrize("part", ["lat=34", "lat=34&lon=-118", "z=9", "lon=-118&z=9"])
def test_a_part_of_a_camera_is_no_camera(part):
    view, ignored = asked(part)
    assert (view.lat, view.lon, view.z) == (None, None, None)
    assert len(ignored) == part.count("=")


@pytest.mark.parametrize("number", ["nan", "NaN", "inf", "1e309", "0x10", "91", "-91", "٣", "1_0", ""])
def test_a_broken_number_is_no_latitude(number):
    assert asked(f"lat={number}&lon=9&z=9")[0] == View()


def test_a_place_on_the_equator_at_the_meridian_is_a_camera():
    view, _ = asked("lat=0&lon=0&z=0")
    assert (view.lat, view.lon, view.z) == (0, 0, 0)


@pytest.mark.parametrize("name", links.READERS)
def test_a_hundred_kilobytes_in_any_parameter_is_left_out_in_a_short_sentence(name):
    view, ignored = parse({name: ["x" * 100_000]}, SMALL)
    assert view == View()
    assert len(notice(ignored)) < 120


def test_ten_thousand_parameters_make_a_short_sentence():
    _, ignored = parse({f"x{number}": ["1"] for number in range(10_000)}, SMALL)
    assert notice(ignored).endswith(" and 9995 more.")


def test_control_characters_and_direction_marks_of_a_value_are_not_said():
    _, ignored = parse({"crew\u202e": ["a\x00b\r\nSet-Cookie:\u2066x"]}, SMALL)
    assert notice(ignored) == 'Left out of this link: crew "a b Set-Cookie: x".'


def test_a_loop_that_ends_before_it_begins_is_left_out_whole():
    view, ignored = asked("from=D3T12:00&to=D2T12:00&crew=ann")
    assert view == View(crew=("ann",))
    assert len(ignored) == 2


@pytest.mark.parametrize("text", ["stated=0", "stated=yes", "follow=1", "order=backwards"])
def test_a_switch_has_one_word(text):
    view, ignored = asked(text)
    assert (view, len(ignored)) == (View(), 1)


@pytest.mark.parametrize("name", ["embed", "embed_options", "utm_source", "fbclid"])
def test_what_others_add_to_an_address_is_not_the_viewers_mistake(name):
    assert asked(f"{name}=true") == (View(), ())


@pytest.mark.parametrize("line", HOSTILE_LINKS.read_text("utf-8").splitlines())
def test_a_hostile_link_shows_the_default_and_says_what_was_left_out(line):
    fields = parse_qs(line, keep_blank_values=True)
    view, ignored = parse(fields, SMALL)
    assert view == View()
    assert bool(ignored) == any(not links.FOREIGN.fullmatch(name) for name in fields)


def test_the_instant_of_a_view_is_its_own_or_that_of_its_event_or_that_of_the_opening():
    at = dict(zip(SMALL.events["id"], SMALL.events["at"], strict=True))
    assert moment(View(at=0.0, event="b2"), SMALL) == 0.0
    assert moment(View(event="b2"), SMALL) == at["b2"]
    opening = SMALL.events["id"].iloc[payload(SMALL)["opening"]]
    assert moment(View(), SMALL) == at[opening]


def test_the_board_gets_times_as_a_link_says_them():
    given = as_json(View(at=86_400.0 + 9 * 3600, span=5400), SMALL)
    assert (given["at"], given["span"], given["crew"]) == ("D1T09:00", "90m", [])
    assert as_json(View(), SMALL)["at"] is None


@given(st.integers(1, 999_999))
def test_a_span_is_read_as_it_was_written(seconds):
    assert parse_span(format_span(seconds)) == seconds


@pytest.mark.parametrize("text", ["0h", "6", "h", "-6h", "6 h", "1.5h", "6x", "9999999s", "", "٣h"])
def test_no_span_is_guessed(text):
    with pytest.raises(ValueError, match="6h"):
        parse_span(text)


def test_an_id_that_looks_like_anything_is_an_id(tmp_path):
    folder = stories.folder(
        tmp_path, people='id,name,group\n"a&b=c",Ann,crew\n<b>,Bo,crew\n', events="id,title,start\ne1,One,D1\n"
    )
    story = read_story(folder)
    view = View(crew=tuple(story.people["id"]))
    assert parse(parse_qs(urlencode(query(view, story))), story) == (view, ())
