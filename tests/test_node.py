import re
import shutil
import subprocess

import pytest

from tests.serving import ROOT

NODE = shutil.which("node")
SUITES = sorted((ROOT / "tests" / "js").glob("*.test.js"))


@pytest.fixture(scope="module")
def node() -> str:
    """Node 20 or newer, or a skip that says why."""
    if NODE is None:
        pytest.skip("Node is not installed; the JavaScript tests need Node 20 or newer")
    version = subprocess.run([NODE, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout.strip()
    number = re.match(r"v(\d+)", version)
    if number is None or int(number[1]) < 20:
        pytest.skip(f"Node {version} is too old; the JavaScript tests need Node 20 or newer")
    return NODE


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_the_javascript_tests_pass(node, suite):
    command = [node, "--test", "--test-reporter=spec", str(suite)]
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        pytest.fail(f"{done.stdout}\n{done.stderr}", pytrace=False)
    assert re.search(r"^ℹ pass [1-9]", done.stdout, re.MULTILINE), f"{suite.name} ran no test:\n{done.stdout}"
