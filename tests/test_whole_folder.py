import pytest

from geo.errors import GeoError
from geo.whole_folder import whole_folder


def test_a_folder_is_there_once_it_is_filled(tmp_path):
    with whole_folder(tmp_path / "a" / "b") as part:
        (part / "x").write_text("1")
        assert not (tmp_path / "a" / "b").exists()
    assert (tmp_path / "a" / "b" / "x").read_text() == "1"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_an_empty_folder_may_be_there(tmp_path):
    (tmp_path / "b").mkdir()
    with whole_folder(tmp_path / "b") as part:
        (part / "x").write_text("1")
    assert (tmp_path / "b" / "x").exists()


@pytest.mark.parametrize("problem", [KeyboardInterrupt, ValueError, MemoryError])
def test_nothing_stays_of_what_was_broken_off(tmp_path, problem):
    def fill():
        with whole_folder(tmp_path / "b") as part:
            (part / "x").write_text("1")
            raise problem

    with pytest.raises(problem):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_in_a_sentence(tmp_path):
    def fill():
        with whole_folder(tmp_path / "b"):
            raise OSError(28, "No space left on device")

    with pytest.raises(GeoError, match=r"the disk of .* is full; nothing is left there"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("1")
    with pytest.raises(GeoError, match="is not empty; name a new folder"), whole_folder(tmp_path):
        pass
    assert (tmp_path / "mine").read_text() == "1"


def test_a_file_in_its_place_is_left_alone(tmp_path):
    (tmp_path / "b").write_text("1")
    with pytest.raises(GeoError, match="is not empty"), whole_folder(tmp_path / "b"):
        pass
