"""From weighed sentences to an answer: first the words that answer, in a sentence of our own that says who says so and when; then the sources' own
sentences, verbatim. Every statement has its citation.

Three shapes: answered; unattributed, where the sources say that nobody has been named; disputed, where one side denies or names another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.blame import dispute, names_an_actor, names_told, nobody_named
from app.clipping import clipped
from app.nouns import Answer, AnswerStatus, Citation, Hit, Question, Statement
from app.question_kinds import asks_for_agreement, asks_whether
from app.replies import Reply, answered_time, replies
from app.selecting import Candidate
from app.stances import denial_in, leaves_open, nobody_in
from ingest.actors.actor_index import ActorIndex
from ingest.nouns import Article
from ingest.orders import is_order
from ingest.times.when import say

SURE = 0.8
"""Probability that some sentence answers below which the corpus is taken not to answer: 4 % of 619 questions with an answer fall below, 84 % of 55 without."""
ENOUGH_LEFT = 0.25
"""The same for the sentences that are left where others were left out."""
ENOUGH = 0.9
"""Sentences are quoted until the probability that the answer is among them reaches this."""
CLOSE = 0.1
"""A further sentence is shown only if its probability is at least this share of the best one's."""
CLEAR = 0.6
"""Share of all replies' probability from which one stands without the others: their sentences name somebody else."""
NAMED_CLOSE = 0.05
"""Share of the likeliest reply from which one that names a known actor goes before one that does not, where it is asked who did it."""
SENTENCES = 3
"""Sentences quoted at most."""
WORDS = 80
"""Words that an answer may have; a sentence that would exceed them is left out, unless it is the first."""
OPEN_WITHIN = 2
"""Among so many of the best sentences, from OPEN_SHARE of the best one's probability, one that leaves the matter open answers what is asked."""
OPEN_SHARE = 0.2
SHOWN_WORDS, SHOWN_WORDS_OF_TWO, SHOWN_WORDS_OF_LIST = 30, 28, 50
"""Words of a sentence that are shown, of each of two sides, and of the one that answers a question for a list; the citation keeps the whole of it."""
NOT_IN_CORPUS = "The articles indexed here do not say."
"""What an answer says, first, when nothing fits; tests and evaluation rely on the status, not on these words."""
NOBODY_NAMED = "No one has been named"
NOT_KNOWN = "That is not known"
DISPUTED = "Accounts differ"
LONGEST_SHORT = 14
"""Words that may stand in the first sentence; a longer span is a sentence of its own and is only quoted."""

_A_DAY = re.compile(r"\b(?:(?:what|which) (?:exact )?(?:day|date)s?|exactly when|when exactly|exact (?:day|date)|date)\b", re.I)
"""How a question asks for the very day."""
_ENUMERATION = re.compile(r"\b[A-Z][^,;.]{1,60}(?:, [^,;.]{1,60})*,? (?:and|or|&) (?:the )?[A-Z\d]")
"""Several names in a row."""
_PRONOUNS = frozenset("he her him his i it its she that their them these they this those us we you who".split())
"""Words that name nobody when they stand alone."""


@dataclass(frozen=True)
class _Draft:
    """An answer in the making."""

    status: AnswerStatus
    lead: str
    sentences: tuple[Candidate, ...]


def compose(question: Question, hits: Sequence[Hit], candidates: Sequence[Candidate], *, actors: ActorIndex | None = None) -> Answer:
    """The answer out of the best sentences, or `not_in_corpus` where probably none of them answers.

    actors: who has which name, so that one gang under two names is one reply.
    """
    speaking, strangers = _of_those_asked_about(question, candidates, actors)
    sure = min(1.0, sum(candidate.probability for candidate in (speaking if strangers else candidates)))
    if not speaking or sure < (ENOUGH_LEFT if strangers else SURE):
        told = [Statement(NOT_IN_CORPUS, ())]
        if strangers:
            told.append(Statement(f"What comes nearest does not speak of {' or '.join(question.actors)}.", ()))
        return Answer(question, "not_in_corpus", tuple(told), hits=tuple(hits), confidence=min(sure, SURE))
    candidates = _distinct(speaking)
    found = replies(question, candidates, actors=actors)
    draft = (
        (_disputed(question, candidates, actors) if asks_for_agreement(question.asked) else None)
        or _unattributed(question, candidates, actors)
        or _disputed(question, candidates, actors)
        or _open(question, candidates)
        or _answered(question, found, actors)
    )
    return replace(_told(question, draft), hits=tuple(hits), confidence=sure, short=_short(question, draft.sentences[0]))


def _of_those_asked_about(question: Question, candidates: Sequence[Candidate], actors: ActorIndex | None) -> tuple[Sequence[Candidate], bool]:
    """Where what an actor did is asked, the candidates of articles that name that actor; and whether the best sentence's is none of them."""
    if actors is None or question.slot == "attacker" or not question.actors or question.text != question.asked or not candidates:
        return candidates, False
    known = (name for asked in question.actors for actor in actors.candidates(asked) for name in (actor.name, *actors.aliases(actor)))
    names = {_squeezed(name) for name in (*question.actors, *known)} - {""}

    def speaks(article: Article) -> bool:
        page = f"{article.title}\n{article.text}"
        squeezed = _squeezed(page)
        return any(name in squeezed for name in names) or any(
            actors.same(found.name, name) for found in actors.mentions(page) for name in question.actors
        )

    speaking = {article.id: speaks(article) for article in {one.article.id: one.article for one in candidates}.values()}
    return [one for one in candidates if speaking[one.article.id]], not speaking[candidates[0].article.id]


def _squeezed(name: str) -> str:
    """Letters and digits alone: "Ragnar Locker" and "RagnarLocker" are one name."""
    return "".join(filter(str.isalnum, name.casefold()))


def _answered(question: Question, found: Sequence[Reply], actors: ActorIndex | None) -> _Draft:
    """The likeliest reply, its best sentence first, and further sentences until enough of the probability is quoted; of a list every likely reply."""
    found = _named_first(question, found, actors)
    best = found[0].candidates[0]
    if question.slot == "list":
        found = _enumerating_first(found)
        chosen = _fitting([reply.candidates[0] for reply in found], enough=1.0)
        words = _and_list([text for text in (_short(question, candidate) for candidate in chosen) if text])
        return _Draft("answered", _told_by(words, best.article), chosen)
    if question.slot == "when" and _A_DAY.search(question.asked):
        best = _dated_to_the_day(best, [one for reply in found for one in reply.candidates])
    words = "" if asks_whether(question.asked) else _short(question, best)
    alone = question.slot == "attacker" and bool(words) and found[0].probability >= CLEAR * sum(reply.probability for reply in found)
    others = sorted(
        (one for reply in (found[:1] if alone else found) for one in reply.candidates if one is not best), key=lambda one: -one.probability
    )
    chosen = _fitting([best, *others], enough=ENOUGH)
    return _Draft("answered", f"{_capital(words)}." if words and question.slot == "source" else _told_by(words, best.article), chosen)


def _enumerating_first(found: Sequence[Reply]) -> Sequence[Reply]:
    """The replies to a question for a list; where the likeliest holds one name or none, one that lists several and comes CLOSE goes first."""
    if _ENUMERATION.search(found[0].words):
        return found
    listing = next((reply for reply in found if _ENUMERATION.search(reply.words) and reply.probability >= CLOSE * found[0].probability), None)
    return found if listing is None else [listing, *(reply for reply in found if reply is not listing)]


def _named_first(question: Question, found: Sequence[Reply], actors: ActorIndex | None) -> Sequence[Reply]:
    """The replies; where it is asked who did it and the likeliest names nobody known ("the subsidiary"), one that does and comes NAMED_CLOSE goes first."""
    if question.slot != "attacker" or actors is None or names_an_actor(found[0].candidates[0], actors):
        return found
    named = next((reply for reply in found if names_an_actor(reply.candidates[0], actors)), None)
    if named is None or named.probability < NAMED_CLOSE * found[0].probability:
        return found
    return [named, *(reply for reply in found if reply is not named)]


def _told_by(words: str, article: Article) -> str:
    return f"{_capital(words)}, according to {source_of(article)}." if words else ""


def _dated_to_the_day(best: Candidate, others: Sequence[Candidate]) -> Candidate:
    """The sentence that dates to the day what `best` dates more vaguely, where one comes close; else `best`."""
    vague = answered_time(best)
    if vague is None or vague.start == vague.end:
        return best
    exact = [
        one
        for one in others
        if one.probability >= CLOSE * best.probability and (day := answered_time(one)) and vague.start <= day.start == day.end <= vague.end
    ]
    return max(exact, key=lambda one: one.probability, default=best)


def _unattributed(question: Question, candidates: Sequence[Candidate], actors: ActorIndex | None) -> _Draft | None:
    said = nobody_named(question, candidates, actors)
    return None if said is None else _Draft("unattributed", f"{NOBODY_NAMED}, according to {source_of(said.article)}.", (said,))


def _open(question: Question, candidates: Sequence[Candidate]) -> _Draft | None:
    """Where the best or the second sentence says that what is asked is not known."""
    near = [one for one in candidates[:OPEN_WITHIN] if one.probability >= OPEN_SHARE * candidates[0].probability]
    said = next((one for one in near if leaves_open(one.text)), None)
    if said is None or not (asks_whether(question.asked) or (said is candidates[0] and said.features.fits <= 0)):
        return None
    return _Draft("answered", f"{NOT_KNOWN}, according to {source_of(said.article)}.", (said,))


def _disputed(question: Question, candidates: Sequence[Candidate], actors: ActorIndex | None) -> _Draft | None:
    sides = dispute(question, candidates, actors)
    if sides is None:
        return None
    sources = list(dict.fromkeys(source_of(side.article) for side in (sides.held, sides.against)))
    origins = {side.article.origin for side in (sides.held, sides.against)}
    told = (
        f"between {' and '.join(sources)}{'' if len(origins) > 1 else ', which are of one origin'}"
        if len(sources) > 1
        else f"as told by {sources[0]}"
    )
    lead = f"{DISPUTED}, {told}."
    return _Draft("disputed", lead, (sides.held, sides.against))


def _told(question: Question, draft: _Draft) -> Answer:
    """Statements and citations: each sentence has a number of its own, the lead has all of them."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    most = (
        SHOWN_WORDS_OF_LIST
        if question.slot == "list" and len(draft.sentences) == 1
        else SHOWN_WORDS_OF_TWO
        if draft.status == "disputed"
        else SHOWN_WORDS
    )
    for candidate in draft.sentences:
        citation = Citation(len(citations) + 1, candidate.article, candidate.start, candidate.end, candidate.text)
        citations.append(citation)
        shown = clipped(candidate.text, *_heart(question, draft, candidate), most=most)
        statements.append(Statement(shown, (citation.number,)))
    if draft.lead:
        statements.insert(0, Statement(draft.lead, tuple(citation.number for citation in citations)))
    return Answer(question, draft.status, tuple(statements), tuple(citations))


def _heart(question: Question, draft: _Draft, candidate: Candidate) -> tuple[int, int]:
    """Where in a sentence stands what it is quoted for: what is left out of a long one, far from there, is marked."""
    answer = (candidate.answer_start - candidate.start, candidate.answer_end - candidate.start)
    if draft.status == "unattributed" and (found := nobody_in(candidate.text)):
        return found
    if draft.status == "disputed" and not (question.slot == "attacker" and candidate.answer):
        return denial_in(candidate.text) or nobody_in(candidate.text) or names_told(question, candidate)
    return answer if candidate.answer else denial_in(candidate.text) or (0, 0)


def _fitting(candidates: Sequence[Candidate], *, enough: float) -> tuple[Candidate, ...]:
    """The first sentence and further ones that are nearly as good, until they hold enough of the probability or the answer would get long."""
    chosen = [candidates[0]]
    length, held = _count(candidates[0].text) + 10, candidates[0].probability
    top = max(candidate.probability for candidate in candidates)
    for candidate in candidates[1:]:
        words = _count(candidate.text)
        if held >= enough or len(chosen) == SENTENCES:
            break
        if candidate.probability >= CLOSE * top and length + words <= WORDS:
            chosen.append(candidate)
            length, held = length + words, held + candidate.probability
    return tuple(chosen)


def _short(question: Question, candidate: Candidate) -> str:
    """The words that answer; for "when" the day they mean, resolved against the article's publication."""
    words = " ".join(candidate.answer.split()).strip(" ,;:.-–—\"“”'‘’()[]")
    if words.count("(") > words.count(")"):
        words = words[: words.rfind("(")].strip(" ,")
    if not words or _count(words) > LONGEST_SHORT or words.casefold() in _PRONOUNS:
        return ""
    if question.slot == "when":
        time = answered_time(candidate)
        if time:
            said = say(time)
            return said if words.casefold() in said.casefold() else f"{said} (“{words}”)"
    return words


def source_of(article: Article) -> str:
    """Who says so: the publisher, else the title, and when. A name or title that gives orders is none."""
    names = (article.publisher or "", f"“{article.title}”")
    name = next((name for name in names if name and not is_order(name)), "an article without a name")
    return f"{name} ({article.published.day} {article.published:%B %Y})" if article.published else name


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Without sentences that say the same words again."""
    seen: set[str] = set()
    kept = []
    for candidate in candidates:
        words = " ".join(candidate.text.casefold().split())
        if words not in seen:
            seen.add(words)
            kept.append(candidate)
    return kept


def _and_list(words: Sequence[str]) -> str:
    """ "a, b and c", each once."""
    distinct = list({word.casefold(): word for word in words}.values())
    return " and ".join([", ".join(distinct[:-1]), distinct[-1]]) if len(distinct) > 1 else "".join(distinct)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _count(text: str) -> int:
    return len(text.split())
