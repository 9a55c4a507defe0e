"""What a question asks for: which slot, which actors under any of their names, when; and, for a follow-up, what it leans on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.nouns import Question
from app.question_kinds import asks_whether, slot_of
from app.words import content_words
from ingest.actors.actor_index import ActorIndex
from ingest.times.when import find_times

_LEANS = re.compile(
    r"^(?:and|but|so|then|also)\b|\b(?:it|its|they|them|their|that (?:one|attack|hack|breach|group|gang)|this|those|these|he|she|his|her|the same|then|another"
    r"|else)\b|\bwas that\b",
    re.I,
)
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w-]+|\b\w*\d\w*\b")
_NAMES = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w-]*(?: [A-Z\d][\w-]*)*")
"""Names of one or more words, the year behind a month among them."""

_SOMEONE_HIT = re.compile(
    r"\b(?:hack|attack|breach|target|compromise|defac|infiltrat|penetrat|robb|hit|broke into|stole from)(?:e?d)?\s+(?:the\s+)?"
    r"(?!(?:a|an|all|by|company|data|firm|first|for|from|group|hospital|in|me|on|or|others?|the|their|victims?|which|with|you)\b)\w{3,}",
    re.I,
)
"""Somebody, in small letters, who was attacked: "who hacked visma" stands alone."""

TURNS = 4
"""Turns behind the one that a conversation goes back to that a follow-up may lean on, one behind the other."""
BRIEF = 2
"""Words that carry meaning."""
LONGEST_NAME = 8
"""Words."""


@dataclass(frozen=True)
class EarlierTurns:
    """What a follow-up leans on. question: the last one that stood on its own. answers: words that answered it and the turn before this one, if they
    name something. articles: ids of those that both were answered from."""

    question: str
    answers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    @property
    def topic(self) -> tuple[str, ...]:
        """What "they" and "it" are: what answered, else the names in the question that the conversation goes back to, else the question."""
        return self.answers or tuple(dict.fromkeys(_NAMES.findall(self.question))) or (self.question,)


def understand(
    text: str, *, actors: ActorIndex, earlier: EarlierTurns | None = None, as_of: date | None = None, today: date | None = None
) -> Question:
    """Reads a question. A follow-up is rewritten: the question that it goes back to and what answered stand before it; `asked` stays what was typed."""
    asked = " ".join(text.split())
    words = " ".join([earlier.question, *(f"{answer}." for answer in earlier.answers), asked]) if earlier else asked
    mentions = actors.mentions(words, any_case=True)
    times = find_times(asked, published=as_of or today)
    return Question(
        text=words,
        asked=asked,
        focus=f"{', '.join(earlier.topic)}: {asked}" if earlier else asked,
        slot=slot_of(asked),
        actors=tuple(dict.fromkeys(mention.name for mention in mentions)),
        when=times[0].when if times else None,
        as_of=as_of,
        told_in=earlier.articles if earlier else (),
    )


def leans(text: str, *, history: Sequence[str]) -> bool:
    """Whether a question needs earlier turns: it has a pronoun or opens with "and", names nothing of its own, or is brief."""
    if not history or _LEANS.search(text):
        return bool(history)
    return _asks_whether_in_brief(text) or not (_NAME.search(text) or _SOMEONE_HIT.search(text))


def _asks_whether_in_brief(text: str) -> bool:
    """Whether it asks for yes or no in so few words that they cannot name what they are about: "Was Russia involved?"."""
    return asks_whether(text) and len(content_words(text)) <= BRIEF


def thread(text: str, *, history: Sequence[str]) -> tuple[str, ...]:
    """The turns that a question leans on: from the last one that stands on its own; none where it stands on its own itself."""
    if not leans(text, history=history):
        return ()
    begins = next(turn for turn in range(len(history) - 1, -1, -1) if not leans(history[turn], history=history[:turn]))
    return (history[begins], *history[max(begins + 1, len(history) - TURNS) :])


def names_something(words: str) -> bool:
    """Whether the words of an answer can be what a follow-up speaks of: a name, but no time."""
    return (
        bool(re.search(r"(?!(?:A|An|The)\b)\b[A-Z]", words)) and len(words.split()) <= LONGEST_NAME and not find_times(words, published=date.today())
    )
