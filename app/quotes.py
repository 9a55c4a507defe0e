"""Every quote is checked before it is shown: it must stand, byte for byte, where its citation says."""

import re

from app.nouns import Answer, Citation

MARKER = re.compile(r"\[(\d+)\]")
"""A citation marker. `evil[.]com` and `[sic]` are none."""


class QuoteError(AssertionError):
    """An answer cites words that are not there: a fault of the program, never of the user."""


def checked(answer: Answer) -> Answer:
    """The same answer. Raises QuoteError where a quote is not verbatim or a marker has no citation."""
    numbers = {citation.number for citation in answer.citations}
    for citation in answer.citations:
        if not is_verbatim(citation):
            raise QuoteError(f"citation {citation.number} is not in {citation.article.path} at {citation.start}:{citation.end}")
    for statement in answer.statements:
        if missing := set(statement.citations) - numbers:
            raise QuoteError(f"no citation {sorted(missing)} for {statement.text!r}")
    return answer


def is_verbatim(citation: Citation) -> bool:
    """Whether the quote is the article's text at that place."""
    return bool(citation.quote) and citation.article.text[citation.start : citation.end] == citation.quote
