"""How alike two written names are, and which of many is nearest. Nothing else imports rapidfuzz."""

from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process


def likeness(one: str, other: str) -> float:
    """0 to 100: 100 where the same words stand in both, whatever their order and case; one misspelt letter in ten costs about 10."""
    return float(fuzz.token_sort_ratio(one.casefold(), other.casefold()))


def nearest(name: str, names: Iterable[str], *, plain: Callable[[str], str], limit: int = 3, at_least: float = 80.0) -> tuple[str, ...]:
    """Up to `limit` of the names that are spelled most like `name`, most alike first. plain: what to compare of each; at_least: from 0 to 100."""
    return tuple(match[0] for match in process.extract(name, list(names), scorer=fuzz.ratio, processor=plain, limit=limit, score_cutoff=at_least))
