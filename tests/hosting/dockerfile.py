"""What a Dockerfile says: its stages, each a list of instructions."""

import json
import re
import shlex
from typing import NamedTuple


class Instruction(NamedTuple):
    """`name` in capitals, its `flags` such as {"from": "build"}, and the text after them."""

    name: str
    flags: dict[str, str]
    text: str

    @property
    def words(self) -> list[str]:
        """A list written as JSON, or the words of a shell."""
        return json.loads(self.text) if self.text.startswith("[") else shlex.split(self.text)


class Stage(NamedTuple):
    """`base` is what FROM names; `name` is empty for a stage without one."""

    base: str
    name: str
    instructions: list[Instruction]

    def last(self, name: str) -> Instruction:
        """The instruction of that name that counts."""
        return next(one for one in reversed(self.instructions) if one.name == name)


def stages(text: str) -> list[Stage]:
    """The stages of a Dockerfile from its first FROM on; a backslash joins lines."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    found: list[Stage] = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        told = _instruction(line)
        if told.name == "FROM":
            base, *rest = told.words
            found.append(Stage(base, rest[1] if rest else "", []))
        else:
            found[-1].instructions.append(told)
    return found


def _instruction(line: str) -> Instruction:
    name, _, text = line.partition(" ")
    flags = {}
    while flag := re.match(r"--([a-z-]+)=(\S+)\s+", text):
        flags[flag[1]] = flag[2]
        text = text[flag.end() :]
    return Instruction(name.upper(), flags, text.strip())
