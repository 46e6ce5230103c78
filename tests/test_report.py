import json

from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Fault
from geo.report import Report, as_json, by_remedy

FAULT = Fault("a.csv", 2, "lat", "x", "is wrong", "mend it")


def test_kept_and_flagged_are_all_rows():
    assert Report("a.csv", rows=5, flagged=2).kept == 3


def test_the_exit_code_says_whether_anybody_is_needed():
    assert Report("a.csv", rows=1).exit_code == 0
    assert Report("a.csv", rows=1, notices=("Read so.",)).exit_code == 0
    assert Report("a.csv", rows=1, flagged=1, faults=(FAULT,)).exit_code == 1
    assert Report("a.toml", rows=1, faults=(FAULT._replace(row=None),)).exit_code == 1
    assert Report("a.csv", readable=False).exit_code == 2


def test_a_report_is_one_json_object():
    said = json.loads(json.dumps(as_json(Report("a.csv", 2, 1, ("Read so.",), (FAULT,))), allow_nan=False))
    assert (said["rows"], said["kept"], said["flagged"], said["notices"]) == (2, 1, 1, ["Read so."])
    assert said["faults"] == [
        {"file": "a.csv", "row": 2, "column": "lat", "value": "x", "what": "is wrong", "remedy": "mend it"}
    ]
    assert said["merges"] == []


def test_faults_with_one_remedy_are_one_group_the_largest_first():
    faults = [
        FAULT._replace(column="when", remedy="correct the date"),
        FAULT._replace(remedy="exchange the two: -33.87, 151.21"),
        FAULT._replace(row=3, remedy="exchange the two: 35.68, 139.69"),
    ]
    groups = by_remedy(faults)
    assert [(group.remedy, len(group.faults)) for group in groups] == [("exchange the two", 2), ("correct the date", 1)]


@given(st.lists(st.sampled_from(["a", "b: 1", "b: 2", "c 'x'", "c 'y'"]), max_size=12))
def test_every_fault_is_in_one_group(remedies):
    faults = [FAULT._replace(row=row, remedy=remedy) for row, remedy in enumerate(remedies)]
    grouped = [fault for group in by_remedy(faults) for fault in group.faults]
    assert sorted(grouped, key=lambda fault: fault.row) == faults
