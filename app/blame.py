"""Who is blamed, as the sentences that answer tell it: that nobody has been named, or that one account stands against another.

Such a sentence rarely looks like an answer ("Attribution remains open." shares no word with the question), so searching and reading miss it; it is found by its
phrases, among the best sentences and in the articles that these stand in.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.nouns import Question
from app.question_kinds import asks_for_agreement, asks_for_attribution, asks_whether
from app.replies import same_answer
from app.selecting import NOTHING, Candidate, proper_names
from app.stances import denies, names_nobody, only_calls_unknown, rejects
from app.words import WORD, stems
from ingest.actors.actor_index import ActorIndex
from ingest.claims.countries import countries_in
from ingest.nouns import When
from ingest.orders import is_order
from ingest.sentences import sentence_spans
from ingest.times.when import find_times

ARTICLES = 2
"""Articles, by their best sentences, that are looked through."""
BESIDE = 3
"""Sentences apart up to which one is taken to speak of what the other does."""
CLOSE = 0.1
"""Among NEAR_THE_BEST sentences, and from this share of the best one's probability, one that rejects the blame shapes the answer to who did it."""
NEAR_THE_BEST = 4
NEAR_WHEN_ASKED, SHARE_WHEN_ASKED = 10, 0.02
"""The same where it is asked who holds what."""
SAME_ARTICLE = 2.0
"""How much better a sentence is the other side of a denial in its own article."""
NOBODY_WITHIN, NOBODY_SHARE = 5, 0.2
"""Among so many of the best sentences, and from this share of the best one's probability, one that names nobody shapes the answer."""
AT_THAT_TIME_WITHIN = 8
"""The same where the best sentence tells of another time than the question's, whatever their probability."""
RIVALS_WITHIN, RIVAL_SHARE = 8, 0.01
"""Among so many of the best sentences, and from this share of the best one's probability, one that names another actor makes it two accounts."""
_NAME_ALONE = re.compile(r"(?:the )?(?P<name>[A-Z0-9][\w-]+(?: [A-Z0-9][\w-]+){0,2})(?: (?:group|gang|team|crew|hackers|ransomware))*")
_BLAME = re.compile(r"\b(?:accus|allegation|attribut|behind|blame|claim|involve|link|responsib|role)\w*", re.I)
"""What a denial speaks of when it is the blame that is denied."""
_CONTRADICTS = re.compile(
    r"\W*(?:but |yet |however,? )?(?:that|this|it|the (?:claim|finding|statement|attribution|account|assessment))\b(?:\W+[\w’'-]+){0,3}?\W+(?:contradict|refut|rebut|disput|conflict|clash|differ)\w*"
    r"(?:\W+[\w’'-]+){1,12}\W*$",
    re.I,
)
"""A whole sentence that says that the one before and the one after do not agree."""
_HOLDS = re.compile(
    r"\b(?:accus|acknowledg|admit|alleg|according|announc|assess|attribut|behind|believ|blam|boast|claim|confirm|hold|link|list|nam|perpetrat|pin|point|responsib|report|said|say|suspect|"
    r"tie|told|work of|wrote)\w*",
    re.I,
)
"""How a sentence tells what somebody holds."""


@dataclass(frozen=True)
class Dispute:
    """Two sentences that don't agree."""

    held: Candidate
    against: Candidate


def names_an_actor(candidate: Candidate, actors: ActorIndex | None) -> bool:
    """Whether the words that answer name somebody who is known by name, rather than "the hackers"."""
    return bool(candidate.answer) and (actors is None or bool(actors.mentions(candidate.answer)))


def _tells_who(question: Question, candidate: Candidate, actors: ActorIndex | None) -> bool:
    """Whether the words that answer name an actor whom the question does not name already, in a sentence that does not doubt it ("a false flag")."""
    if not names_an_actor(candidate, actors) or denies(candidate.text):
        return False
    return actors is None or any(
        not any(actors.same(mention.name, name) for name in question.actors) for mention in actors.mentions(candidate.answer)
    )


def nobody_named(question: Question, candidates: Sequence[Candidate], actors: ActorIndex | None) -> Candidate | None:
    """The sentence that says that nobody has been named, where who did it is what is asked.

    One of the best sentences; else one of their articles, if the best sentence names no actor: beside it, where another of the best does. A best sentence
    that names an actor at another time than the question's gives way to one that names nobody at that time.
    """
    if not asks_for_attribution(question.asked):
        return None
    near = [one for one in candidates[:NOBODY_WITHIN] if one.probability >= NOBODY_SHARE * candidates[0].probability]
    best = near[0]
    somebody = any(_names_somebody(question, one) for one in near)

    def says(text: str) -> bool:
        return names_nobody(text) and not (somebody and only_calls_unknown(text))

    said = next((one for one in near if says(one.text)), None)
    if said is not None:
        return said
    if asks_whether(question.asked):
        same = not asks_for_agreement(question.asked)
        elsewhere = _said_elsewhere(question, near, says)
        return next(
            (one for one in elsewhere if (same and one.article.id == best.article.id) or _is_beside(best, one) or share_told(question, one)), None
        )
    if not _tells_who(question, best, actors):
        if not any(_tells_who(question, one, actors) for one in near):
            return next(iter(_said_elsewhere(question, near, says)), None)
        return next((one for one in _said_elsewhere(question, near[:1], says) if _is_beside(best, one) or share_told(question, one)), None)
    if question.when is None or not _is_of_another_time(question.when, best):
        return None
    others = [one for one in candidates[:AT_THAT_TIME_WITHIN] if says(one.text)]
    return next(
        (one for one in (*others, *_said_elsewhere(question, near, says)) if any(_overlap(question.when, time) for time in _times(one, before=1))),
        None,
    )


def dispute(question: Question, candidates: Sequence[Candidate], actors: ActorIndex | None) -> Dispute | None:
    """The two sides, where it is asked who holds what or whether something is so and a sentence denies or doubts it; or where it is asked who did it and
    one of the best sentences rejects the blame or two lay it to different actors. Where it is asked whether all agree and nobody denies, two that blame different actors."""
    agreement = asks_for_agreement(question.asked)
    asked_for = agreement or asks_whether(question.asked)
    if not asked_for and question.slot != "attacker":
        return None
    if contradicted := _contradicted(candidates[0]):
        return contradicted
    within, share = (NEAR_WHEN_ASKED, SHARE_WHEN_ASKED) if asked_for else (NEAR_THE_BEST, CLOSE)
    near = [one for one in candidates[:within] if one.probability >= share * candidates[0].probability]
    against = _against(question, [one for one in near if asked_for or _BLAME.search(one.text)])
    if against is None and asked_for:
        elsewhere = _said_elsewhere(question, near, rejects)
        against = _against(question, [one for one in elsewhere if agreement or _BLAME.search(one.text) or share_told(question, one)])
    if against is None and question.slot == "attacker" and not asked_for:
        return _rivals(question, candidates, actors)
    if against is None:
        return _two_attributions(question, near, actors) if agreement else None
    told = [one for one in near if one is not against and not denies(one.text)]
    held = max(told, key=lambda one: _holding(question, one) * (SAME_ARTICLE if one.article.id == against.article.id else 1.0), default=None)
    return Dispute(held, against) if held else None


def _two_attributions(question: Question, candidates: Sequence[Candidate], actors: ActorIndex | None) -> Dispute | None:
    """The best sentence that blames a known actor, and the best that blames another; None where all blame one."""
    if actors is None:
        return None
    blaming = [(one, name) for one in candidates for name in _blamed(question, one, actors)]
    other = next(((one, name) for one, name in blaming if not actors.same(name, blaming[0][1]) and one is not blaming[0][0]), None)
    return Dispute(blaming[0][0], other[0]) if other else None


def _blamed(question: Question, candidate: Candidate, actors: ActorIndex) -> list[str]:
    """The known actors in the words that answer; where there are none, those of the question that the sentence speaks of."""
    return [mention.name for mention in actors.mentions(candidate.answer)] or [name for name in question.actors if name in candidate.text]


def _contradicted(best: Candidate) -> Dispute | None:
    """The best sentence and the one that it contradicts or that contradicts it, where nothing stands between them but words that say so: "That contradicts
    an earlier finding."; None where nothing does."""
    text = best.article.text
    spans = list(sentence_spans(text))
    place = next((n for n, (start, end) in enumerate(spans) if start <= best.start < end), None)
    if place is None:
        return None
    for step in (-1, 1):
        if not 0 <= place + 2 * step < len(spans):
            continue
        between = text[slice(*spans[place + step])]
        start, end = spans[place + 2 * step]
        if _CONTRADICTS.match(between) and not is_order(text[start:end]):
            return Dispute(best, _unread(best, start, end))
    return None


def _rivals(question: Question, candidates: Sequence[Candidate], actors: ActorIndex | None) -> Dispute | None:
    """The best two sentences that lay the same to different actors, in different articles; None where there are none.

    Both hold every name of the question, so that neither tells of a neighbouring event, and neither names the other's actor.
    """
    if not any(name[0].isalpha() for name in _all_names(question)):
        return None  # a time alone does not tell one attack from another
    naming = [one for one in candidates[:RIVALS_WITHIN] if share_told(question, one) == 1.0 and not denies(one.text) and _whom(one, actors)]
    if not naming or naming[0].probability < RIVAL_SHARE * candidates[0].probability:
        return None
    best = naming[0]
    for other in naming[1:]:
        apart = other.article.id != best.article.id and other.article.origin != best.article.origin
        unnamed = _whom(best, actors) not in other.text and _whom(other, actors) not in best.text
        if apart and unnamed and other.probability >= RIVAL_SHARE * best.probability and not same_answer(question, best, other, actors=actors):
            return Dispute(best, other)
    return None


def _whom(candidate: Candidate, actors: ActorIndex | None) -> str:
    """The name of a single actor that answers: one that is known, else a proper name with nothing around it; empty for a country or "the hackers"."""
    known = actors.mentions(candidate.answer) if actors else []
    if known:
        return known[0].name if len(known) == 1 else ""
    found = _NAME_ALONE.fullmatch(candidate.answer.strip(" ,;:.\"“”'‘’"))
    return found["name"] if found and not countries_in(found["name"]) else ""


def share_told(question: Question, candidate: Candidate) -> float:
    """The share of the proper names in a question, those of actors too, that stand in the sentence; 0.0 where it has none."""
    named = _all_names(question)
    text = candidate.text.casefold()
    return sum(name in text for name in named) / len(named) if named else 0.0


def names_told(question: Question, candidate: Candidate) -> tuple[int, int]:
    """Where in the sentence those names begin and end; (0, 0) where none stands in it."""
    text = candidate.text.casefold()
    places = [(at, at + len(name)) for name in _all_names(question) if (at := text.find(name)) >= 0]
    return (min(start for start, _ in places), max(end for _, end in places)) if places else (0, 0)


def _all_names(question: Question) -> set[str]:
    return proper_names(question) | {word for name in question.actors for word in WORD.findall(name.casefold())}


def _names_somebody(question: Question, candidate: Candidate) -> bool:
    """Whether the words that answer hold a name that the question doesn't, in a sentence that names nobody else as unknown."""
    told = set(WORD.findall(candidate.answer)) - set(WORD.findall(question.text))
    return any(word[0].isupper() for word in told) and not names_nobody(candidate.text)


def _against(question: Question, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that denies, in an article rather than on a card: outright, else plainly, else in some other words; where it is asked whether all
    agree, one that names nobody counts too."""
    plain = [one for one in candidates if rejects(one.text)]
    if plain:
        return min(plain, key=lambda one: (one.article.form == "card", not rejects(one.text, outright=True), not share_told(question, one)))
    agreement = asks_for_agreement(question.asked)
    return next((one for one in candidates if denies(one.text) or (agreement and names_nobody(one.text))), None)


def _holding(question: Question, candidate: Candidate) -> float:
    """How well a sentence states what somebody holds of those whom the question names: greater is better, comparable within one question only."""
    if candidate.text.rstrip().endswith("?"):
        return 0.0
    return math.sqrt(candidate.probability) * (0.3 + share_told(question, candidate)) * (2.0 if _HOLDS.search(candidate.text) else 1.0)


def _said_elsewhere(question: Question, candidates: Sequence[Candidate], says: Callable[[str], bool]) -> list[Candidate]:
    """The sentences for which `says` holds in the articles of the best sentences, those first that share most words with the question, then the nearest
    to the best sentence; as candidates of the same probability as the best sentence of their article."""
    asked = set(stems(question.text))
    found: list[tuple[int, int, int, Candidate]] = []
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.article.id, candidate)
    for order, near in enumerate(list(best.values())[:ARTICLES]):
        for start, end in sentence_spans(near.article.text):
            text = near.article.text[start:end]
            if says(text) and not is_order(text):
                found.append((order, -len(asked & set(stems(text))), abs(start - near.start), _unread(near, start, end)))
    return [made for *_, made in sorted(found, key=lambda one: one[:3])]


def _unread(near: Candidate, start: int, end: int) -> Candidate:
    """Another sentence of a candidate's article, as probable as the candidate, without words of it that answer."""
    return Candidate(near.article, start, end, start, start, NOTHING, near.probability)


def _is_beside(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences of one article are at most BESIDE apart."""
    if one.article.id != other.article.id:
        return False
    first, second = sorted(((one.start, one.end), (other.start, other.end)))
    return len(list(sentence_spans(one.article.text[first[1] : second[0]]))) < BESIDE


def _is_of_another_time(when: When, candidate: Candidate) -> bool:
    """Whether a sentence names times that all lie elsewhere than `when`; the day of publication, beside another time, is only when it was told."""
    named = _times(candidate, before=0)
    day = candidate.article.published
    times = [time for time in named if not time.start == time.end == day] or named
    return bool(times) and not any(_overlap(when, time) for time in times)


def _times(candidate: Candidate, *, before: int) -> list[When]:
    """The times that a sentence and so many before it name."""
    text = candidate.article.text
    start = candidate.start
    if before:
        earlier = [place for place, end in sentence_spans(text[:start]) if end <= start]
        start = earlier[-before] if len(earlier) >= before else 0
    return [found.when for found in find_times(text[start : candidate.end], published=candidate.article.published)]


def _overlap(one: When, other: When) -> bool:
    return one.start <= other.end + timedelta(days=1) and other.start <= one.end + timedelta(days=1)
