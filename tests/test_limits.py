import pytest

from dashboard.limits import Allowed, allowed


def test_a_host_sets_each_limit_by_its_variable(monkeypatch):
    monkeypatch.setenv("CASEBOARD_MOST_UPLOAD_MB", "3")
    monkeypatch.setenv("CASEBOARD_MOST_ROWS", "500")
    assert allowed() == Allowed(upload_mb=3, rows=500)
    assert allowed().reading.size == 3 * 1024 * 1024
    assert allowed().reading.rows == 500


@pytest.mark.parametrize("text", ["", "0", "-1", "many", "1e9", "9" * 30])
def test_what_is_no_limit_leaves_the_default(text, monkeypatch):
    monkeypatch.setenv("CASEBOARD_MOST_STORIES", text)
    assert allowed() == Allowed()
