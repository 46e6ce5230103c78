import pytest

from geo.errors import Fault, GeocodingError, GeoError, ServiceStopped, ServiceUnavailable, StoryError, clipped


def test_fault_reads_as_an_instruction():
    fault = Fault("events.csv", 14, "place", "kates-deli", "is not in places.csv", "did you mean 'kates_deli'?")
    assert str(fault) == "events.csv row 14: place 'kates-deli' is not in places.csv; did you mean 'kates_deli'?"


def test_fault_of_a_whole_file_names_no_row():
    assert str(Fault("events.csv", None, None, "", "the file is empty", "")) == "events.csv: the file is empty"


def test_long_value_is_clipped_in_the_sentence_and_whole_in_the_fault():
    fault = Fault("events.csv", 2, "title", "x" * 500, "is odd", "")
    assert len(fault.value) == 500
    assert "x" * 79 + "…'" in str(fault)


def test_value_with_line_breaks_stays_on_one_line():
    assert clipped("a\nb\u2028c") == "a b c"


def test_story_error_carries_its_faults():
    fault = Fault("events.csv", None, None, "", "the file is empty", "")
    assert StoryError("nothing to open", [fault]).faults == (fault,)


@pytest.mark.parametrize("kind", [StoryError, GeocodingError, ServiceStopped, ServiceUnavailable])
def test_every_error_is_a_geo_error(kind):
    assert issubclass(kind, GeoError)
