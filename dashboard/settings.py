"""The settings of the app, from one file, wherever the app is started from.

That file is `.streamlit/config.toml`: a clone has it at its top, an installed package carries it beside this module.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FILE = Path(".streamlit") / "config.toml"


def path() -> Path:
    """The settings file; the one beside this module comes first. Raises FileNotFoundError when neither is there."""
    for folder in (HERE, HERE.parent):
        if (folder / FILE).is_file():
            return folder / FILE
    raise FileNotFoundError(f"{FILE} is neither in {HERE} nor in {HERE.parent}; install caseboard again")


def options(file: Path | None = None) -> dict[str, Any]:
    """Option -> value, by the dotted names Streamlit uses: `{"browser.gatherUsageStats": False, ...}`."""
    return dict(_dotted("", tomllib.loads((file or path()).read_text("utf-8"))))


def _dotted(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value
