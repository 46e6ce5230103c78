"""Text of a story or a file on a terminal, which would obey the control characters in it."""


def printable(text: str) -> str:
    """`text` with a replacement character for whatever a terminal would not print."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def counted(number: int, noun: str) -> str:
    """ "1 fault", "2 faults" """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
