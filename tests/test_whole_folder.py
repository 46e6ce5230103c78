from pathlib import Path

import pytest

from geo.errors import GeoError
from geo.whole_folder import whole_folder


def test_it_takes_its_name_when_all_is_in_it(tmp_path):
    with whole_folder(tmp_path / "a" / "story") as part:
        (part / "file").write_text("all")
        assert not (tmp_path / "a" / "story").exists()
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["a", "a/story", "a/story/file"]


@pytest.mark.parametrize("cause", [KeyboardInterrupt, ValueError])
def test_whatever_ends_the_block_leaves_nothing(tmp_path, cause):
    def half():
        with whole_folder(tmp_path / "story") as part:
            (part / "file").write_text("half")
            raise cause

    with pytest.raises(cause):
        half()
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_at_the_moment_the_folder_is_made_leaves_nothing(tmp_path, monkeypatch):
    make = Path.mkdir

    def interrupted(path, *arguments, **more):
        make(path, *arguments, **more)
        if path.suffix == ".part":
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "story"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_empty_is_refused_and_stays(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(GeoError, match="not empty"), whole_folder(tmp_path):
        pass
    assert (tmp_path / "file").read_text() == "mine"
