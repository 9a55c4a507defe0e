"""The options by which claims are chosen, the same for every command that has them; what they mean is said in `ingest.claims.selecting`."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from app.options import Day, as_of_option
from ingest.nouns import Stance

if TYPE_CHECKING:
    from ingest.claims.selecting import ClaimFilter

_F = TypeVar("_F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--attacker", metavar="NAME", help="Attacks by this actor, under any of its names."),
    click.option("--victim", metavar="NAME", help="Attacks on this victim: a name, part of one, or a country; spelling may differ."),
    click.option("--since", type=Day(), help="Attacks that reach into or past this day. Those whose time no source gives are left out."),
    click.option("--until", type=Day(), help="Attacks that began by this day, or were told of by then without a time."),
    click.option("--stance", multiple=True, type=click.Choice(get_args(Stance)), help="Claims of this kind only; may be given several times."),
    as_of_option,
)


def claim_filter_options(command: _F) -> _F:
    """Gives a command the options --attacker, --victim, --since, --until, --stance and --as-of."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def claim_filter(
    *, attacker: str | None, victim: str | None, since: date | None, until: date | None, stance: tuple[Stance, ...], as_of: date | None
) -> "ClaimFilter":
    """The filter that the options describe. Raises click.UsageError where no day is both after --since and before --until."""
    from ingest.claims.selecting import ClaimFilter

    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}: no day is in between.")
    return ClaimFilter(attacker or None, victim or None, since, until, as_of, frozenset(stance))
