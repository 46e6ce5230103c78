import subprocess
import sys

import pytest

from tests.serving import ROOT

CHECKS = {
    "ruff_finds_nothing": ["ruff", "check", "--no-cache", "."],
    "the_code_is_formatted": ["ruff", "format", "--check", "--no-cache", "."],
    "the_library_is_typed_strictly": ["mypy", "--no-error-summary"],
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_that(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
