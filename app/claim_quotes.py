"""Claims as an answer quotes them: cited by number, and shown around the words that matter."""

from app.clipping import clipped
from app.nouns import Citation
from ingest.claims.selecting import SourcedClaim

AGAINST = frozenset(("denied", "disputed"))
"""Stances of claims that lay no attack to anybody."""


def citation_of(one: SourcedClaim, number: int) -> Citation:
    """The claim's words as citation `number`."""
    return Citation(number, one.article, one.claim.start, one.claim.end, one.claim.quote)


def shown(one: SourcedClaim, words: str | None, *, most: int) -> str:
    """The claim's quote in about `most` words, around `words`; around its beginning where these are written otherwise there."""
    at = max(0, one.claim.quote.find(words or ""))
    return clipped(one.claim.quote, at, at + len(words or ""), most=most)
