"""The example that an author writes over: ten rows that show every kind of cell."""

from pathlib import Path

from geo.story import Files, read_files

EXAMPLE = Path(__file__).parent / "data" / "example"


def template() -> Files:
    """The files of a small invented story in Los Angeles; each row says in its `note` what it shows.

    It reads without a fault. One of its places is left without coordinates, which the gazetteer has, and one is
    unknown for good.
    """
    return read_files(EXAMPLE)
