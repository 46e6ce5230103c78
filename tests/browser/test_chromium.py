import os
from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture
def folder_with_chrome(tmp_path: Path) -> Path:
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    return tmp_path


def test_a_browser_on_the_path_comes_first(folder_with_chrome):
    assert chromium.installed(path=str(folder_with_chrome)) == folder_with_chrome / "google-chrome"


def test_the_browser_of_playwright_is_used_when_no_other_is_there(folder_with_chrome, tmp_path):
    own = folder_with_chrome / "google-chrome"
    assert chromium.installed(str(own), path=str(tmp_path / "empty")) in {own, *map(Path, chromium.USUAL_PLACES)}


def test_a_browser_of_playwright_that_was_never_fetched_does_not_count(tmp_path):
    found = chromium.installed(str(tmp_path / "missing"), path=str(tmp_path))
    assert found is None or found.as_posix() in chromium.USUAL_PLACES


def test_only_root_runs_without_the_sandbox():
    assert ("--no-sandbox" in chromium.flags()) == (hasattr(os, "geteuid") and os.geteuid() == 0)
