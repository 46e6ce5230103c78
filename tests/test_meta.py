import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.meta import Group, Meta, meta_text, read_meta

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
groups = st.lists(
    st.builds(Group, texts.filter(bool), texts.filter(bool), colours, colours), unique_by=lambda g: g.id, max_size=3
)
metas = st.builds(
    Meta,
    title=texts.filter(bool),
    clock_kind=st.sampled_from(["days", "calendar"]),
    description=texts,
    credits=st.lists(texts, max_size=3).map(tuple),
    opening=texts,
    timezone=texts,
    assumed=st.lists(st.integers(-99, 99).map("D{}".format), max_size=3).map(tuple),
    bounds=st.none() | st.just((-118.7, 33.6, -117.9, 34.3)),
    groups=groups.map(tuple),
    assumptions=st.lists(texts, max_size=3).map(tuple),
)


def read(text):
    meta, faults = read_meta(text.encode(), "folder")
    return meta, [str(fault) for fault in faults]


@given(metas)
def test_meta_written_and_read_is_the_same(meta):
    assert read_meta(meta_text(meta).encode(), "folder") == (meta, [])


def test_title_is_the_folder_where_none_is_given():
    assert read('[clock]\nkind = "days"\n')[0].title == "folder"


def test_groups_keep_their_order_and_get_a_colour_each():
    meta, faults = read('[clock]\nkind = "days"\n[groups.zz]\n[groups.aa]\nlabel = "The As"\n')
    assert [(group.id, group.label) for group in meta.groups] == [("zz", "Zz"), ("aa", "The As")]
    assert meta.groups[0].colour != meta.groups[1].colour
    assert faults == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", "story.toml: this is not TOML: "),
        ('title = "x"', "story.toml: clock.kind is not 'days' or 'calendar'; write one of them"),
        ('[clock]\nkind = "weeks"', "story.toml: clock.kind 'weeks' is not 'days' or 'calendar'"),
        ('title = 7\n[clock]\nkind = "days"', "story.toml: title '7' is not a text; put it into quotes"),
        ('credits = [1]\n[clock]\nkind = "days"', "story.toml: credits '[1]' is not a list of texts"),
        ('groups = 1\n[clock]\nkind = "days"', "story.toml: groups '1' is not a section"),
        ('[groups]\ncrew = 1\n[clock]\nkind = "days"', "story.toml: groups 'crew' is not a group"),
        ('[groups.a]\ncolour = "red;}"\n[clock]\nkind = "days"', "story.toml: colour 'red;}' is not a colour"),
        ('[clock]\nkind = "days"\nassumed = ["6"]', "story.toml: clock.assumed '6' is not a day"),
        (
            '[clock]\nkind = "days"\n[map]\nbounds = [1, 2, 0, 4]',
            "story.toml: map.bounds '[1, 2, 0, 4]' are not",
        ),
        ('[clock]\nkind = "days"\n[map]\nbounds = [nan, 2, 3, 4]', "story.toml: map.bounds '[nan, 2, 3, 4]' are not"),
        ('[clock]\nkind = "days"\n[map]\nbounds = [true, 2, 3, 4]', "story.toml: map.bounds "),
    ],
)
def test_what_is_wrong_is_one_fault_with_a_remedy(text, sentence):
    _, (found,) = read(text)
    assert found.startswith(sentence)


def test_text_that_is_not_utf_8_is_a_fault():
    assert "is not UTF-8: byte 9" in str(read_meta('title = "Zoë"'.encode("cp1252")[:9] + b'\xeb"', "x")[1][0])


@given(st.binary(max_size=80))
def test_any_bytes_give_a_meta(content):
    assert read_meta(content, "folder")[0].title


def test_speed_that_journeys_are_held_against_is_read_and_written():
    content = '[clock]\nkind = "days"\n\n[checks]\nspeed_kmh = 80\n'
    meta, faults = read_meta(content.encode(), "s")
    assert (meta.speed_kmh, faults) == (80, [])
    assert read_meta(meta_text(meta).encode(), "s") == (meta, [])


@pytest.mark.parametrize("value", ["0", "-5", "inf", "nan", "true", '"fast"'])
def test_what_is_no_speed_is_a_fault_and_has_a_default(value):
    meta, (fault,) = read_meta(f'[clock]\nkind = "days"\n\n[checks]\nspeed_kmh = {value}\n'.encode(), "s")
    assert meta.speed_kmh == 120
    assert "checks.speed_kmh" in str(fault)
    assert "write a number above 0; 120 is taken" in str(fault)


def test_rows_that_stand_in_no_order_are_read_and_written():
    meta, faults = read_meta(b'[clock]\nkind = "calendar"\norder = "times"', "A story")
    assert (meta.by_rows, faults) == (False, [])
    assert read_meta(meta_text(meta).encode(), "A story")[0] == meta


def test_an_order_nobody_knows_is_a_fault_and_rows_are_taken():
    meta, [fault] = read_meta(b'[clock]\nkind = "days"\norder = "random"', "A story")
    assert meta.by_rows
    assert "write one of them" in str(fault)
