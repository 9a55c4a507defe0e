"""The README cannot lie: its table of commands is the command's own help, and its pictures and paths exist.

python -m pytest tests/test_readme.py        WRITE_README=1 python -m pytest tests/test_readme.py   (writes the table anew)
"""

import os
import re
from pathlib import Path

import click

from app.command import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BEGIN = "<!-- commands: checked by tests/test_readme.py -->"
END = "<!-- end of commands -->"


def commands_table() -> str:
    """One line a command: its usage and the first sentence of its help."""
    context = click.Context(main, info_name="whodunit")
    rows = ["| command | what it does |", "| --- | --- |"]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        arguments = "".join(f" {parameter.make_metavar(context)}" for parameter in command.params if isinstance(parameter, click.Argument))
        rows.append(f"| `whodunit {name}{arguments}` | {command.get_short_help_str(limit=200)} |")
    return "\n".join(rows)


def test_the_table_of_commands_is_their_help() -> None:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    expected = f"{before}{BEGIN}\n{commands_table()}\n{END}{after}"
    if os.environ.get("WRITE_README"):
        README.write_text(expected, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == expected


def test_every_picture_and_folder_that_the_readme_names_exists() -> None:
    text = README.read_text(encoding="utf-8")
    named = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text) + re.findall(r"^(\w+/) ", text, re.MULTILINE)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
