"""Which of many names is spelled most like another. Nothing else imports rapidfuzz."""

from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process


def nearest(name: str, names: Iterable[str], *, plain: Callable[[str], str], limit: int = 3, at_least: float = 80.0) -> tuple[str, ...]:
    """Up to `limit` of the names that are spelled most like `name`, most alike first. plain: what to compare of each; at_least: from 0 to 100."""
    return tuple(match[0] for match in process.extract(name, list(names), scorer=fuzz.ratio, processor=plain, limit=limit, score_cutoff=at_least))


def likeness(one: str, other: str) -> float:
    """How alike two names are spelled, from 0 to 100."""
    return fuzz.ratio(one, other)
