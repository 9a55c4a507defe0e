"""Reads the commands out of a shell block of the documentation. Knows nothing about what they do."""

import shlex
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One command. words: its program first, without folders; into: the file that its output goes to, empty for none; output: what the page shows of it."""

    words: tuple[str, ...]
    into: str = ""
    output: str = ""


def commands(body: str, *, shown: bool) -> list[Command]:
    """The commands of a block. shown: they stand behind "$ ", and what follows is their output; else every line is a command."""
    if not shown:
        return [_command(line) for line in body.replace("\\\n", " ").splitlines() if line.split("#")[0].strip()]
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return [_command(line, output="\n".join(output)) for line, output in found]


def _command(line: str, *, output: str = "") -> Command:
    words = shlex.split(line, comments=True)
    into = words[words.index(">") + 1] if ">" in words else ""
    words = words[: words.index(">")] if into else words
    program = words[0].rpartition("/")[2]
    return Command((program, *words[1:]), into, output)
