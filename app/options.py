"""Options that several commands share, so that they mean the same everywhere."""

from datetime import date
from pathlib import Path

import click

index_option = click.option(
    "--index",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="WHODUNIT_INDEX",
    default=Path(".whodunit"),
    show_default=".whodunit",
    show_envvar=True,
    help="Folder of the index.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as YYYY-MM-DD.", param, ctx)


as_of_option = click.option(
    "--as-of",
    type=Day(),
    help="Only what had been said by that day counts: what was published by then, and words of then that a later article dates.",
)
