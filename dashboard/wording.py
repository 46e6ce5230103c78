"""Which words of the table our modules say in the browser, and those words."""

import ast
import re
from collections.abc import Iterable, Iterator

from dashboard.language import spanish

# A text is said as a literal: `say('Copy link')`, or `counted(n, '{n} event|{n} events')`, where no quote and no comma
# stands in what is counted.
_SAID = re.compile(r"""(?<![\w.])(?:say\(|counted\([^,'"`]+,)\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")""")


def said(module: str) -> Iterator[str]:
    """Every text that a module of ours says, as it stands in the table."""
    for found in _SAID.finditer(module):
        yield str(ast.literal_eval(found[1]))


def words(modules: Iterable[str]) -> dict[str, str]:
    """What these modules say, in English and in Spanish."""
    table = spanish()
    texts = {text for module in modules for text in said(module)}
    return {text: table[text] for text in sorted(texts & table.keys())}
