"""What is remembered of services: kept, expired, shared between processes, and never a crash."""

import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cache import DAY, FARTHEST_SLOT, LONGEST_PAUSE, Cache, default_path

NOW = 1_800_000_000.0


class Clock:
    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(tmp_path, clock):
    with Cache(tmp_path / "deep" / "geocoding.sqlite", clock=clock) as cache:
        yield cache
        assert cache.trouble is None


def test_a_fresh_cache_knows_nothing(cache):
    assert cache.get("nominatim", "firestone station") is None


def test_an_answer_is_kept_with_the_instant_it_was_asked_at(cache, clock):
    cache.put("nominatim", "q", "[1]", days=7)
    clock.now += 5 * DAY
    assert cache.get("nominatim", "q") == ("[1]", NOW)


def test_an_answer_is_kept_apart_by_service(cache):
    cache.put("nominatim", "q", "[1]", days=7)
    assert cache.get("photon", "q") is None


def test_a_new_answer_replaces_the_old_one(cache):
    cache.put("nominatim", "q", "[1]", days=7)
    cache.put("nominatim", "q", "[2]", days=7)
    assert cache.get("nominatim", "q").answer == "[2]"


@pytest.mark.parametrize(("after", "good"), [(7 * DAY - 1, True), (7 * DAY, False), (7 * DAY + 1, False)])
def test_an_answer_is_gone_at_the_instant_it_expires(cache, clock, after, good):
    cache.put("nominatim", "q", "[]", days=7)
    clock.now += after
    assert (cache.get("nominatim", "q") is not None) is good


def test_what_has_expired_is_cleared_out_of_the_file(cache, clock, tmp_path):
    cache.put("nominatim", "old", "[]", days=1)
    clock.now += 2 * DAY
    cache.put("nominatim", "new", "[]", days=1)
    connection = sqlite3.connect(tmp_path / "deep" / "geocoding.sqlite")
    assert connection.execute("SELECT query FROM answers").fetchall() == [("new",)]
    connection.close()


def test_an_answer_is_there_after_the_file_is_closed_and_opened(tmp_path, clock):
    path = tmp_path / "geocoding.sqlite"
    with Cache(path, clock=clock) as first:
        first.put("nominatim", "q", "[1]", days=7)
    with Cache(path, clock=clock) as second:
        assert second.get("nominatim", "q").answer == "[1]"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was_put(query, answer):
    with Cache(Path("/dev/null/no folder"), clock=Clock()) as cache:
        cache.put("nominatim", query, answer, days=1)
        assert cache.get("nominatim", query).answer == answer


def test_slots_are_the_gap_apart_and_the_first_is_now(cache):
    assert [cache.reserve(1.0, NOW + 8) for _ in range(4)] == [NOW, NOW + 1, NOW + 2, NOW + 3]


def test_a_slot_after_the_latest_instant_is_not_reserved(cache):
    cache.reserve(1.0, NOW)
    assert cache.reserve(1.0, NOW + 0.9) is None
    assert cache.reserve(1.0, NOW + 1) == NOW + 1


def test_a_slot_in_the_past_is_not_handed_out_again(cache, clock):
    cache.reserve(1.0, NOW)
    clock.now += 100
    assert cache.reserve(1.0, clock.now) == clock.now


def test_a_slot_left_by_a_clock_that_was_set_back_does_not_block_for_ever(cache, clock):
    cache.reserve(1.0, NOW)
    clock.now -= FARTHEST_SLOT + 10
    assert cache.reserve(1.0, clock.now) == clock.now


def test_a_pause_ends_at_its_instant(cache, clock):
    cache.pause("nominatim", 3600, "429")
    clock.now += 3599
    assert cache.paused("nominatim") == (NOW + 3600, "429")
    clock.now += 1
    assert cache.paused("nominatim") is None


def test_a_pause_is_for_one_service(cache):
    cache.pause("nominatim", 3600, "429")
    assert cache.paused("photon") is None


def test_a_shorter_pause_does_not_end_a_longer_one(cache):
    cache.pause("nominatim", 3600, "403")
    assert cache.pause("nominatim", 60, "429") == (NOW + 3600, "403")
    assert cache.paused("nominatim").until == NOW + 3600


@pytest.mark.parametrize("wish", [1e300, 10**12, float("inf")])
def test_a_pause_lasts_a_day_at_most(cache, wish):
    assert cache.pause("nominatim", wish, "429").until == NOW + LONGEST_PAUSE


def test_default_path_is_in_the_users_cache_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_path() == tmp_path / "caseboard" / "geocoding.sqlite"


@pytest.mark.parametrize("told", ["", "relative/folder"])
def test_default_path_without_a_usable_xdg_folder_is_in_the_home(monkeypatch, tmp_path, told):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", told)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_path() == tmp_path / ".cache" / "caseboard" / "geocoding.sqlite"


def remembers_in_memory(path: Path) -> str:
    with Cache(path, clock=Clock()) as cache:
        cache.put("nominatim", "q", "[1]", days=7)
        assert cache.get("nominatim", "q").answer == "[1]"
        assert cache.reserve(1.0, NOW + 8) == NOW
        assert cache.reserve(1.0, NOW + 8) == NOW + 1
        assert cache.pause("nominatim", 60, "429") == cache.paused("nominatim")
        return cache.trouble


def test_a_file_that_is_no_database_means_one_sentence_and_memory(tmp_path):
    path = tmp_path / "geocoding.sqlite"
    path.write_bytes(b"not a database, but long enough to look at" * 40)
    assert "is not a database" in remembers_in_memory(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_folder_in_place_of_the_file_means_memory(tmp_path):
    assert str(tmp_path) in remembers_in_memory(tmp_path)


def test_a_folder_that_cannot_be_made_means_memory():
    assert "XDG_CACHE_HOME" in remembers_in_memory(Path("/dev/null/caseboard/geocoding.sqlite"))


def test_a_file_of_a_newer_caseboard_is_left_alone(tmp_path):
    path = tmp_path / "geocoding.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "newer Caseboard" in remembers_in_memory(path)


def test_a_file_damaged_while_open_means_memory_from_then_on(tmp_path, clock):
    path = tmp_path / "geocoding.sqlite"
    with Cache(path, clock=clock) as cache:
        for number in range(200):
            cache.put("nominatim", str(number), "x" * 200, days=7)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with Cache(path, clock=clock) as cache:
        cache.put("nominatim", "q", "[1]", days=7)
        assert cache.get("nominatim", "q").answer == "[1]"
        assert "malformed" in cache.trouble


def test_caches_without_a_file_keep_one_pace_within_the_process():
    nowhere = Path("/dev/null/one pace")
    with Cache(nowhere, clock=Clock()) as first, Cache(nowhere, clock=Clock()) as second:
        assert first.reserve(1.0, NOW + 8) != second.reserve(1.0, NOW + 8)


def run(program: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def said(process: subprocess.Popen) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


def test_a_full_disk_means_one_sentence_and_memory(tmp_path):
    full = """
import resource, sys
from pathlib import Path
from geo.cache import Cache
cache = Cache(Path(sys.argv[1]))
assert cache.trouble is None
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
for number in range(100):
    cache.put("nominatim", str(number), "x" * 5_000, days=7)
    assert cache.get("nominatim", str(number)) is not None
print(cache.trouble)
"""
    assert "cannot be used" in said(run(full, tmp_path / "geocoding.sqlite"))


def test_a_file_that_may_only_be_read_means_one_sentence_and_memory():
    read_only = """
import os, sys
from pathlib import Path
from geo.cache import Cache
if os.geteuid() == 0:
    os.setuid(65534)
cache = Cache(Path(sys.argv[1]))
cache.put("nominatim", "q", "[1]", days=7)
assert cache.get("nominatim", "q").answer == "[1]"
print(cache.trouble)
"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "geocoding.sqlite")
        Cache(path).close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        try:
            assert "cannot be used" in said(run(read_only, path))
        finally:
            Path(folder).chmod(0o755)


TAKE_PART = """
import json, sys
from pathlib import Path
from geo.cache import Cache
print("ready", flush=True)
sys.stdin.readline()
start, told = float(sys.argv[2]), []
for number in range(10):
    with Cache(Path(sys.argv[1], f"{number}.sqlite"), clock=lambda: start) as cache:
        slots = [cache.reserve(0.01, start + 50) for _ in range(20)]
        for slot in slots:
            cache.put("nominatim", str(slot), str(slot), days=7)
        told.append([slots, cache.trouble])
print(json.dumps(told))
"""


def test_processes_that_open_fresh_files_at_once_never_share_a_slot_or_lose_an_answer(tmp_path):
    processes = [run(TAKE_PART, tmp_path, NOW) for _ in range(4)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 4
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [json.loads(said(process)) for process in processes]
    assert {trouble for files in told for _, trouble in files} == {None}
    for number in range(10):
        slots = [slot for files in told for slot in files[number][0]]
        assert len(set(slots)) == len(slots) == 80
        with Cache(tmp_path / f"{number}.sqlite", clock=Clock()) as cache:
            assert all(cache.get("nominatim", str(slot)) is not None for slot in slots)


def test_a_write_takes_its_lock_before_it_looks(tmp_path):
    path = tmp_path / "geocoding.sqlite"
    looked = []

    def clock() -> float:
        """Called while a slot is being chosen: what another process can do at that moment."""
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as refused:
            looked.append(str(refused))
        finally:
            other.close()
        return NOW

    with Cache(path, clock=clock) as cache:
        cache.reserve(1.0, NOW)
    assert looked == ["database is locked"]


def test_a_fresh_file_that_another_process_is_making_is_waited_for(tmp_path):
    path = tmp_path / "geocoding.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE half_made (a)")
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.2, other.rollback)
    release.start()
    with Cache(path) as cache:
        assert cache.trouble is None
    release.join()
    other.close()


def test_threads_share_a_cache(cache):
    with ThreadPoolExecutor(8) as pool:
        slots = list(pool.map(lambda _: cache.reserve(1.0, NOW + 1000), range(40)))
    assert sorted(slots) == [NOW + number for number in range(40)]


def test_an_answer_written_before_the_process_was_killed_is_there(tmp_path):
    killed = """
import os, signal, sys
from pathlib import Path
from geo.cache import Cache
cache = Cache(Path(sys.argv[1]))
cache.put("nominatim", "q", "[1]", days=7)
os.kill(os.getpid(), signal.SIGKILL)
"""
    path = tmp_path / "geocoding.sqlite"
    process = run(killed, path)
    process.communicate(timeout=60)
    assert process.returncode == -9
    with Cache(path) as cache:
        assert cache.get("nominatim", "q").answer == "[1]"
        assert cache.trouble is None
