"""What a question asks for: which slot, which actors under any of their names, when; and, for a follow-up, what it leans on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.nouns import Question, Slot
from ingest.actors import ActorIndex
from ingest.when import find_times

_SLOTS: tuple[tuple[Slot, re.Pattern[str]], ...] = (
    ("list", re.compile(r"\b(list|name (?:all|both|the (?:two|three|four))|(?:which|what) (?:two|three|four|five)|how many (?!terabytes|people))\b", re.I)),
    ("when", re.compile(r"\b(when|(?:what|which) (?:exact )?(?:date|day|month|year|time)|since when|how long ago)\b", re.I)),
    ("source", re.compile(
        r"\b(?:who|whose|whom)\b[^?]*\b(?:says?|said|claims? that|reported|reports?|found out|discovered|attributed|research|analysis|report|confirmed|"
        r"warned)\b|\baccording to whom\b|\b(?:which|what) (?:\w+[ -]){0,3}(?:agency|company|firm|researchers?|vendor|official|body|investigator|"
        r"organisation|organization|lab)\b[^?]*\b(?:said|says|found|confirmed|linked|attributed|discovered|named|blamed|tied|exposed|identified)\b", re.I)),
    ("attacker", re.compile(
        r"\bwho (?:is|was|were|are) (?:behind|responsible)\b|\b(?:by whom|whodunit|culprits?|perpetrators?)\b|\bwho(?:se)?(?: \w+)? (?:hacked|attacked|breached|"
        r"broke|stole|leaked|hit|did|carried|claimed|targeted|robbed|defaced|infected|compromised|wiped|took|tried|sent|ran|launched)\b|\b(?:which|what|name the) "
        r"(?:[\w'-]+ ){0,3}(?:group|gang|crew|hackers?|actors?|apt|cyberspies|operation|collective|hacktivists?|team)\b|\bbehind\b|\bhold responsible\b", re.I)),
    ("victim", re.compile(r"\b(?:whom|who (?:was|were|got|has been|have been)|whose|victims?|targets?|targeted|go(?:es|ing)? after|hit|attack)\b", re.I)),
    ("attacker", re.compile(r"\bwho\b", re.I)),
)  # fmt: skip
_LEANS = re.compile(
    r"^(?:and|but|so|then|also)\b|\b(?:it|its|they|them|their|that (?:one|attack|hack|breach|group|gang)|this|those|these|he|she|his|her|the same|then|another"
    r"|else)\b|\bwas that\b",
    re.I,
)
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w-]+|\b\w*\d\w*\b")
_AGREEMENT = re.compile(
    r"\b(?:agree\w*|disagree\w*|disput\w+|differ\w*|really|each (?:side )?says?|both sides|respon(?:d|se)\w*|den(?:y|ies|ied|ial)|react\w*|admit\w*|"
    r"accounts|contradict\w*|consensus|share[ds]? that view|believed to have|pinned on|in reality|accused (?:side|country|party))\b",
    re.I,
)


_WHETHER = re.compile(
    r"(?:^|[:;.?!–—]\s*(?:and |or |but )?)(?:did|does|do|was|were|is|are|has|have|had|can|could|would|will|should)(?:n['’]t)? (?!.*\b(?:which|what|who|when|where) )"
    r"[^?]*\?|\bwhether\b|\b(?:is|was) it (?:known|certain|clear|established|true|proven)\b",
    re.I,
)
_ATTRIBUTION = re.compile(
    r"\b(?:tied?|linked?|attributed?|pin(?:ned)?|connect(?:ed)?|identif(?:y|ied)|known|held responsible|behind|culprit|named?)\b"
    r"(?:[^?]*)\b(?:who|whom|group|gang|actor|hackers?|unit|individuals?|persons?|people|anyone|anybody)\b|\b(?:which|what|any|a) (?:\w+ ){0,3}(?:group|gang|"
    r"actor|unit|hackers)\b|\bwho\b[^?]*\b(?:behind|responsible)\b|\b(?:group|unit|persons|individuals?) (?:is|was|were|are|runs)\b",
    re.I,
)


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


def slot_of(text: str) -> Slot:
    """What kind of answer is wanted."""
    return next((slot for slot, pattern in _SLOTS if pattern.search(text)), "detail")


def asks_for_agreement(text: str) -> bool:
    """Whether a question wants to know who holds what, rather than one answer."""
    return bool(_AGREEMENT.search(text))


def asks_for_attribution(text: str) -> bool:
    """Whether a question wants to know who did it, or whether anybody is known to have done it."""
    return slot_of(text) == "attacker" or bool(_ATTRIBUTION.search(text))


def asks_whether(text: str) -> bool:
    """Whether a question can be answered with yes or no: then no words of a sentence are the answer, its sense is."""
    return bool(_WHETHER.search(text))


def leans(text: str, *, history: Sequence[str]) -> bool:
    """Whether a question needs earlier turns: it has a pronoun or opens with "and", or names nothing of its own."""
    return bool(history) and (bool(_LEANS.search(text)) or not _NAME.search(text))
