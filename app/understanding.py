"""What a question asks for: which slot, which actors under any of their names, when; and, for a follow-up, what it leans on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.nouns import Question
from app.question_kinds import slot_of
from ingest.actors import ActorIndex
from ingest.when import find_times

_LEANS = re.compile(
    r"^(?:and|but|so|then|also)\b|\b(?:it|its|they|them|their|that (?:one|attack|hack|breach|group|gang)|this|those|these|he|she|his|her|the same|then|another"
    r"|else)\b|\bwas that\b",
    re.I,
)
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w-]+|\b\w*\d\w*\b")


@dataclass(frozen=True)
class EarlierTurn:
    """What a follow-up leans on: the user's earlier question and the words that answered it, empty where nothing did."""

    question: str
    answer: str


def understand(
    text: str, *, actors: ActorIndex, earlier: EarlierTurn | None = None, as_of: date | None = None, today: date | None = None
) -> Question:
    """Reads a question. A follow-up is rewritten as the earlier question, its answer and the question itself; `asked` stays what was typed."""
    asked = " ".join(text.split())
    words = " ".join(part for part in (earlier.question, f"{earlier.answer}." if earlier.answer else "", asked) if part) if earlier else asked
    mentions = actors.mentions(words, any_case=True)
    times = find_times(asked, published=as_of or today)
    return Question(
        text=words,
        asked=asked,
        focus=f"{earlier.answer}: {asked}" if earlier and earlier.answer else words,
        slot=slot_of(asked),
        actors=tuple(dict.fromkeys(mention.name for mention in mentions)),
        when=times[0].when if times else None,
        as_of=as_of,
    )


def leans(text: str, *, history: Sequence[str]) -> bool:
    """Whether a question needs earlier turns: it has a pronoun or opens with "and", or names nothing of its own."""
    return bool(history) and (bool(_LEANS.search(text)) or not _NAME.search(text))
