"""The benchmark of large stories, on a thousand events."""

import pytest

from geo.synthetic import write_synthetic
from tests.bench import large


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stories")
    write_synthetic(folder / "1000", 1_000)
    return folder


def test_pandas_counts_what_duckdb_counts(room):
    ours, theirs = (large.asked_of(engine, room / "1000", 1) for engine in ("duckdb", "pandas"))
    assert {name: one.rows for name, one in ours.items()} == {name: one.rows for name, one in theirs.items()}
    assert ours[large.WHOLE].rows > 100


def test_an_answer_has_bytes_and_fewer_when_packed(room):
    found = large.asked_of("duckdb", room / "1000", 1)
    assert all(one.size > one.packed > 0 for one in found.values())


def test_one_table_has_every_question_to_every_engine(room, capsys):
    large.main(["1000", "--folder", str(room), "--runs", "1"])
    lines = [line.split("|")[1:-1] for line in capsys.readouterr().out.splitlines() if line.startswith("| 1,000")]
    assert [cell.strip() for cell in lines[0]][:3] == ["1,000", "duckdb", large.FIRST]
    assert [line[1].strip() for line in lines] == ["duckdb"] * 6 + ["pandas"] * 6
    assert all(float(line[-1]) > 50 for line in lines)


@pytest.mark.parametrize(
    ("spark", "said"),
    [
        ({1_000_000: 500.0, 10_000_000: 950.0}, "some 10,000,000 events on"),
        ({1_000_000: 900.0, 10_000_000: 1350.0}, "some 18,000,000 events on"),
        ({1_000_000: 900.0, 10_000_000: 3_600.0}, "from 3.0 times its cores on"),
        ({1_000_000: 900.0, 10_000_000: 800.0}, "too busy"),
    ],
)
def test_when_it_pays_to_move_is_said_from_two_measured_sizes(spark, said):
    assert said in large.verdict({1_000_000: 50.0, 10_000_000: 950.0}, spark)
