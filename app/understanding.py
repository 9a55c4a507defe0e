"""What a question asks for: which slot, and, for a follow-up, which earlier turn it leans on."""

import re
from collections.abc import Sequence
from datetime import date

from app.nouns import Question, Slot

_SLOTS: tuple[tuple[Slot, re.Pattern[str]], ...] = (
    ("list", re.compile(r"\b(list|name all|which (two|three|four|five|other)|how many|what (two|three|four))\b", re.I)),
    ("when", re.compile(r"\b(when|what (date|day|month|year|time)|which (date|day|month|year)|since when|how long ago)\b", re.I)),
    ("source", re.compile(r"\b(who (says?|said|claims?|reported|found|discovered|attributed|blamed)|according to whom|which (agency|company|firm|"
                          r"researchers?|vendor|official)[^?]*\b(said|says|found|confirmed|linked|attributed|discovered|named))\b", re.I)),
    ("victim", re.compile(r"\b(whom|who (was|were|got|has been)|whose|victims?|targets?|targeted by|attacked by|hit by|hacked by)\b", re.I)),
    ("attacker", re.compile(r"\b(who|which (group|gang|crew|hackers?|actor|apt|threat)|whodunit|culprit|behind|responsible|by whom)\b", re.I)),
)  # fmt: skip
_LEANS = re.compile(
    r"^(and|but|so|then|also)\b|\b(it|its|they|them|their|that|this|those|these|he|she|his|her|the same|there|then|another|else)\b", re.I
)
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w-]+|\b\w*\d\w*\b")


def understand(text: str, *, history: Sequence[str] = (), as_of: date | None = None) -> Question:
    """Reads a question. A follow-up is searched for together with the turns it leans on; `asked` stays what was typed."""
    asked = " ".join(text.split())
    slot: Slot = next((slot for slot, pattern in _SLOTS if pattern.search(asked)), "detail")
    searched = " ".join([*history[-2:], asked]) if history and leans(asked) else asked
    return Question(text=searched, asked=asked, slot=slot, as_of=as_of)


def leans(text: str) -> bool:
    """Whether a question needs earlier turns: it has a pronoun or opens with "and", or names nothing of its own."""
    return bool(_LEANS.search(text)) or not _NAME.search(text)
