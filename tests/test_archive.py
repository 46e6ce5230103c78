import contextlib
import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.archive import archive, read_archive
from geo.errors import StoryError
from geo.raw import LIMITS
from geo.story import LARGEST, read_story, story_files
from geo.zipped import MOST_ENTRIES
from tests.cases.write import CASES

EVENTS = b"id,title\ne1,One\n"


def packed(*entries, method=zipfile.ZIP_DEFLATED):
    """A zip of (path, content); a path may be a ZipInfo."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for path, content in entries:
            made.writestr(path, content, compress_type=method)
    return out.getvalue()


def refusal(content, limits=LIMITS):
    with pytest.raises(StoryError) as caught:
        read_archive(content, "mine.zip", limits)
    assert [str(fault) for fault in caught.value.faults] == [str(caught.value)]
    assert str(caught.value).startswith("mine.zip: ")
    return str(caught.value).removeprefix("mine.zip: ")


def central(content):
    """Where the first entry of the central directory begins."""
    return content.index(b"PK\x01\x02")


def patched(content, offset, form, *values):
    changed = bytearray(content)
    struct.pack_into(form, changed, offset, *values)
    return bytes(changed)


@given(st.dictionaries(st.sampled_from(sorted(LARGEST)), st.binary(max_size=200)))
def test_files_packed_and_read_are_the_same(files):
    files = {**files, "events.csv": EVENTS}
    assert read_archive(archive(files), "mine.zip") == files


def test_a_story_packed_and_read_is_the_same_story():
    story = read_story(CASES / "small")
    again = read_story(read_archive(archive(story_files(story)), "small.zip"))
    assert (again.meta, again.faults, len(again.events)) == (story.meta, story.faults, len(story.events))


def test_the_same_files_give_the_same_bytes():
    one = {"story.toml": b"", "events.csv": EVENTS, "other.txt": b"is no file of a story"}
    other = {"events.csv": EVENTS, "story.toml": b""}
    assert archive(one) == archive(other)


def test_an_archive_names_no_clock_and_no_machine():
    with zipfile.ZipFile(io.BytesIO(archive({"events.csv": EVENTS}))) as made:
        (entry,) = made.infolist()
    assert (entry.date_time, entry.create_system, entry.external_attr >> 16) == ((1980, 1, 1, 0, 0, 0), 3, 0o100644)


@pytest.mark.parametrize("folder", ["", "mine/", "Mi historia/", "mine\\"])
def test_story_is_read_at_the_top_or_one_folder_down(folder):
    content = packed((f"{folder}events.csv", EVENTS), (f"{folder}story.toml", b"x"))
    assert read_archive(content, "mine.zip") == {"story.toml": b"x", "events.csv": EVENTS}


def test_names_may_be_written_in_capitals():
    assert read_archive(packed(("Events.CSV", EVENTS)), "mine.zip") == {"events.csv": EVENTS}


def test_what_is_no_file_of_a_story_is_left_aside():
    others = (("__MACOSX/._events.csv", b"x"), ("readme.txt", b"x"), ("a/b/events.csv", b"x"), ("mine/", b""))
    assert read_archive(packed(("events.csv", EVENTS), *others), "mine.zip") == {"events.csv": EVENTS}


@pytest.mark.parametrize(
    "path",
    [
        "../events.csv",
        "/events.csv",
        "..\\events.csv",
        "C:\\events.csv",
        "C:events.csv",
        "./events.csv",
        "a//events.csv",
    ],
)
def test_paths_that_lead_elsewhere_are_as_if_they_were_not_there(path):
    assert refusal(packed((path, EVENTS))) == (
        "there is no events.csv in the archive; pack the files of a story folder"
    )


def test_links_are_as_if_they_were_not_there():
    link = zipfile.ZipInfo("events.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert refusal(packed((link, b"/etc/passwd"))).startswith("there is no events.csv in the archive;")


def test_the_place_of_an_unknown_link_is_not_read():
    link = zipfile.ZipInfo("places.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert read_archive(packed(("events.csv", EVENTS), (link, b"../../secret")), "mine.zip") == {"events.csv": EVENTS}


def test_archive_in_an_archive_is_not_unpacked():
    nested = packed(("story.zip", packed(("events.csv", EVENTS))))
    assert refusal(nested) == (
        "there is no events.csv in the archive, only 'story.zip'; pack the files of a story folder"
    )


def test_what_is_there_instead_is_named_in_short():
    content = packed(*((f"{'long' * 20}{n}.txt", b"x") for n in range(9)))
    assert refusal(content).endswith(" and 6 more; pack the files of a story folder")


def test_two_stories_are_not_chosen_from():
    content = packed(("a/events.csv", EVENTS), ("b/events.csv", EVENTS))
    assert refusal(content) == (
        "the archive holds more than one story: 'a/events.csv' and 'b/events.csv'; pack one story"
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_not_chosen_from():
    assert refusal(packed(("events.csv", EVENTS), ("events.csv", b"id\n"))).startswith(
        "the archive holds 'events.csv' twi"
    )
    assert refusal(packed(("events.csv", EVENTS), ("EVENTS.csv", b"id\n"))) == (
        "the archive holds both 'events.csv' and 'EVENTS.csv'; keep one"
    )


def test_bomb_is_refused_by_the_size_that_it_declares():
    content = packed(("events.csv", bytes(5_000_000)))
    assert len(content) < 10_000
    assert refusal(content, LIMITS._replace(unpacked=1_000_000)) == (
        "'events.csv' in it is larger than 1,000,000 bytes when unpacked; split it"
    )


def test_bomb_is_refused_by_the_size_that_it_has():
    content = packed(("events.csv", bytes(64_000_000)))
    lying = patched(content, central(content) + 24, "<L", 10)  # the unpacked size in the directory
    tracemalloc.start()
    try:
        assert refusal(lying) == "'events.csv' in it is damaged; pack it again"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_size_is_that_of_all_files_together():
    content = packed(("events.csv", bytes(600)), ("places.csv", bytes(600)))
    limits = LIMITS._replace(unpacked=1_000)
    assert refusal(content, limits).startswith("'places.csv' in it is larger than 400 bytes")
    assert set(read_archive(content, "mine.zip", limits._replace(unpacked=1_200))) == {"events.csv", "places.csv"}


def test_archive_of_thousands_of_files_is_not_listed():
    content = packed(*((f"{n}", b"") for n in range(MOST_ENTRIES + 1)))
    assert refusal(content) == "the archive holds more than 2,000 files; pack only those of the story"


def test_archive_beyond_the_size_is_not_opened():
    assert refusal(b"PK\x03\x04" + bytes(97), LIMITS._replace(size=100)) == (
        "the file has 101 bytes; at most 100 are read; split it"
    )


def test_password_is_not_asked_for():
    content = packed(("events.csv", EVENTS))
    locked = patched(patched(content, central(content) + 8, "<H", 1), 6, "<H", 1)
    assert refusal(locked) == "'events.csv' in it has a password; pack it again without one"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_cannot_be_unpacked_in_part_are_refused(method):
    content = packed(("events.csv", EVENTS), method=method)
    assert refusal(content) == "'events.csv' in it is packed in an unusual way; pack it again as a plain zip"


@pytest.mark.parametrize("content", [b"", b"id,title\n", b"\x1f\x8b\x08", b"MZ" + packed(("events.csv", EVENTS))])
def test_what_is_no_zip_is_refused(content):
    assert refusal(content) == "this is not a zip archive; pack the files as a plain zip"


def test_empty_archive_is_refused():
    assert refusal(packed()) == "the archive is empty; pack the files as a plain zip"


def test_every_cut_archive_is_refused_in_words():
    content = packed(("events.csv", EVENTS))
    for end in range(4, len(content)):
        assert "damaged" in refusal(content[:end])


@given(st.integers(4, 200), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_is_read_as_it_was_or_refused_in_words(at, junk):
    content = packed(("events.csv", EVENTS), ("places.csv", b"id,name\n"))
    with contextlib.suppress(StoryError):
        assert read_archive(content[:at] + junk + content[at + len(junk) :], "mine.zip")["events.csv"] == EVENTS
