"""search(): passages without an answer, for integrations that compose their own. The stations of `app.asking.ask`, but the last."""

from collections.abc import Sequence
from datetime import date

from app.asking import find
from app.nouns import Hit
from ingest.errors import WhodunitError
from ingest.index import Index


def search(text: str, index: Index, *, limit: int, history: Sequence[str] = (), as_of: date | None = None) -> tuple[Hit, ...]:
    """The `limit` passages that fit `text` best, best first. Options and errors as in `ask`."""
    return find(text, index, history=history, as_of=as_of)[1][:limit]


def day(value: str | date | None) -> date | None:
    """A day given as a date or as YYYY-MM-DD, as callers from outside give it. Raises WhodunitError where it is neither."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise WhodunitError(f"{value!r} is no day; write it as YYYY-MM-DD.") from None
