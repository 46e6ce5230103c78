"""Text of a story in labels and hints, where Streamlit would read Markdown."""

from geo.errors import clipped

_SIGNS = frozenset("\\`*_{}[]<>()#+-.!|~:$&")


def literal(text: str, limit: int = 200) -> str:
    """`text` on one line, at most `limit` characters, so that Markdown shows it as it is written."""
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in clipped(text, limit))
