from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.preview import filter_words, nothing, parameters, pictured, preview, tags
from dashboard.view import View, parse, query
from geo.story import bundled, read_story
from tests.stories import folder

HEAT = read_story(bundled()["heat"])
BASE = "https://maps.example.org/board/"
CANARY = "\"><script>alert(1)</script>{{7*7191}}\u202e\u0000'"


class Head(HTMLParser):
    """The elements of a piece of HTML: their names, and the texts of the tags by name."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.said, self.title = [], {}, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        named = dict(attrs)
        if tag == "meta":
            self.said[named.get("property") or named["name"]] = named["content"]

    def handle_data(self, data):
        self.title += data


def said(link="", story=HEAT, base=BASE):
    return Head(tags(preview(story, parse(parse_qs(link), story)[0], "d1"), base))


def test_a_link_tells_the_story_the_moment_and_the_event():
    head = said("event=e53")
    assert head.title == "Heat · Caseboard"
    assert head.said["og:title"] == "Heat"
    assert head.said["og:description"] == (
        "Day 8, 11:30 (day assumed): Three doors into the bank – Far East National Bank. 53 of 79 events."
    )
    assert head.said["description"] == head.said["twitter:description"] == head.said["og:description"]


def test_a_link_tells_who_is_filtered():
    assert said("crew=chris&at=D8T12:40").said["og:description"].endswith(". Chris Shiherlis. 31 of 79 events.")


@pytest.mark.parametrize(
    ("match", "words"),
    [
        ("any", "Neil McCauley or Chris Shiherlis"),
        ("all", "Neil McCauley and Chris Shiherlis together"),
        ("only", "Only Neil McCauley and Chris Shiherlis"),
    ],
)
def test_how_people_are_matched_is_said_in_words(match, words):
    assert filter_words(HEAT, View(crew=("neil", "chris"), match=match)) == words


def test_of_many_people_a_few_are_named():
    everybody = View(crew=tuple(HEAT.people["id"]))
    assert filter_words(HEAT, everybody) == "Neil McCauley, Chris Shiherlis or 42 more"


def test_nothing_is_said_of_no_filter():
    assert filter_words(HEAT, View()) == ""


def test_words_sought_are_not_repeated():
    head = said("q=visit+evil.example")
    assert "evil" not in head.said["og:description"]
    assert head.said["og:description"].endswith("By a search. 0 of 79 events.")


def test_a_large_story_is_not_searched_while_somebody_waits_for_the_page(monkeypatch):
    monkeypatch.setattr("dashboard.preview.MOST_SEARCHED", 10)
    head = said("q=bank&at=D8T12:40")
    assert head.said["og:description"] == "A crew, a detective, eight days in Los Angeles. By a search."
    assert "q=bank" in head.said["og:image"]


def test_the_picture_is_that_of_the_view_and_changes_with_the_story():
    head = said("crew=chris&at=D8T12:40&panel=about")
    address = urlsplit(head.said["og:image"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{BASE}stories/heat/picture.png"
    assert parse_qs(address.query) == {"crew": ["chris"], "at": ["D8T12:40"], "v": ["d1"]}
    assert (head.said["og:image:width"], head.said["og:image:height"]) == ("1200", "630")
    assert head.said["og:image:alt"].startswith("Map of Heat. Day 8, 12:40")
    assert head.said["twitter:card"] == "summary_large_image"


def test_the_address_of_a_view_is_one_however_it_was_written():
    assert said("at=D8T12:40:00&crew=chris&crew=chris&utm_source=x").said["og:url"] == (
        f"{BASE}?story=heat&crew=chris&at=D8T12%3A40"
    )


def test_without_an_address_there_is_no_picture():
    head = said(base="")
    assert head.said["twitter:card"] == "summary"
    assert not {"og:image", "og:url", "twitter:image"} & head.said.keys()


def test_without_a_story_the_app_is_told_of():
    head = Head(tags(nothing(), BASE))
    assert head.title == head.said["og:title"] == "Caseboard"
    assert "og:image" not in head.said


def test_what_changes_nothing_in_the_picture_is_no_part_of_it():
    view = View(crew=("chris",), panel="about", base="osm", order="told", loop_from=1.0, loop_to=2.0)
    assert pictured(view) == View(crew=("chris",))


def test_texts_of_a_story_stay_texts(tmp_path):
    written = folder(
        tmp_path / "x", events=f'id,title,start,place\ne1,"{CANARY[1:-3]}",D1,cafe\n'.replace("\u0000", "")
    )
    story = read_story(written)
    html = tags(preview(story, View(), "d"), BASE)
    assert set(Head(html).elements) == {"title", "meta"}
    assert "50337" not in html
    assert "<script" not in html


@given(
    st.dictionaries(
        st.sampled_from(["story", "crew", "at", "q", "z", "lat", "event", "v", "<b>"]), st.text(max_size=40)
    )
)
def test_nothing_a_link_holds_becomes_markup(given_query):
    head = Head(tags(preview(HEAT, parse({n: [t] for n, t in given_query.items()}, HEAT)[0], "d"), BASE))
    assert set(head.elements) == {"title", "meta"}
    assert head.elements.count("meta") == 17


@given(st.text())
def test_a_value_that_does_not_fit_is_left_aside_as_the_page_does(text):
    view, ignored = parse({"at": [text], "crew": [text], "mode": [text]}, HEAT)
    if len(ignored) == 3:
        assert preview(HEAT, view, "d") == preview(HEAT, View(), "d")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_query(query_string):
    assert all(name in {"v", "own"} or name for name in parameters(query_string))


def test_a_query_too_long_or_of_too_many_parts_is_none():
    assert parameters(b"q=" + b"x" * 100_000) == {}
    assert parameters(b"&".join([b"crew=a"] * 3_000)) == {}
    assert parameters(b"q=a&nobody=knows&v=1") == {"q": ["a"], "v": ["1"]}


def test_the_preview_of_its_own_address_is_the_same():
    view = parse(parse_qs("crew=chris&crew=neil&match=all&at=D8T12:40&mode=window&span=3d"), HEAT)[0]
    once = preview(HEAT, view, "d")
    assert preview(HEAT, parse(parse_qs(once.page[1:]), HEAT)[0], "d") == once
    assert query(view, HEAT)
