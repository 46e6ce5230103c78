import json

import numpy as np
import pytest

from geo.errors import Fault
from geo.fault_tally import FIRST, Tally, as_json, from_json


def fault(row, what="is no date", column="when"):
    return Fault("big.csv", row, column, str(row), what, "correct it")


def test_faults_are_counted_by_kind_and_the_first_hundred_kept():
    tally = Tally()
    tally.add_all(fault(row) for row in range(2, 302))
    [kind] = tally.kinds
    assert (kind.count, len(kind.faults), kind.faults[0].row, kind.faults[-1].row) == (300, FIRST, 2, 101)


def test_what_is_particular_to_a_row_makes_no_kind_of_its_own():
    tally = Tally()
    tally.add_all(fault(row, f"has {row} cells") for row in range(2, 50))
    assert [kind.what for kind in tally.kinds] == ["has … cells"]


def test_a_likely_cause_makes_no_kind_of_its_own():
    tally = Tally()
    tally.add_all(fault(row, what) for row, what in enumerate(["has 8; 'A; B' may be one cell", "has 9"]))
    assert [(kind.what, kind.count) for kind in tally.kinds] == [("has …", 2)]
    assert "may be one cell" in tally.kinds[0].faults[0].what


def test_the_most_frequent_kind_stands_first():
    tally = Tally()
    tally.add(fault(2, "is far away"))
    tally.add_all(fault(row) for row in (3, 4))
    assert [kind.count for kind in tally.kinds] == [2, 1]


def test_a_row_with_two_faults_is_one_row():
    tally = Tally()
    tally.add_all([fault(2), fault(2, "is far away", "lat"), fault(9)])
    assert tally.rows == 2


def test_many_rows_at_once_are_as_many_faults_one_by_one():
    one, many = Tally(), Tally()
    one.add_all(fault(row) for row in range(2, 200))
    many.add_rows(fault(None), np.arange(2, 200), map(str, range(2, 200)))
    assert (many.kinds, many.rows) == (one.kinds, one.rows)


def test_kinds_without_end_become_one():
    tally = Tally()
    tally.add_all(fault(row, "a" * row) for row in range(2, 700))
    assert len(tally.kinds) == 501
    assert tally.kinds[0].what == "and other faults"
    assert sum(kind.count for kind in tally.kinds) == 698


def test_as_json_is_plain():
    tally = Tally()
    tally.add(fault(7))
    assert as_json(tally.kinds) == [
        {"column": "when", "what": "is no date", "remedy": "correct it", "count": 1, "faults": [fault(7)._asdict()]}
    ]


def test_what_is_written_is_read_again():
    tally = Tally()
    tally.add_all([fault(2), fault(3, "is far away", "lat"), Fault("big.csv", None, None, "", "is empty", "fill it")])
    assert from_json(json.loads(json.dumps(as_json(tally.kinds)))) == tally.kinds


@pytest.mark.parametrize("wrong", [None, 3, "x", [3], [{}], [{"what": 1}], {"a": 1}])
def test_what_an_import_did_not_write_is_refused(wrong):
    with pytest.raises(ValueError, match="no list of faults"):
        from_json(wrong)
