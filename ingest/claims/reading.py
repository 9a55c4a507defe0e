"""From an article to its claims, each with the words that say so.

The network (`ingest.claims.model`) finds the sentences and their words; `attribution` and `victims` find the names behind the words, `ingest.times.when`
the days behind the times, `merging` what is told twice. Teasers and menus are gone before: cleaning is not repeated here.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.actors.actor_index import ActorIndex
from ingest.claims.attribution import Cast, Named
from ingest.claims.cards import actor_of, operations_of
from ingest.claims.countries import country
from ingest.claims.merging import Telling, merged, same_victim
from ingest.claims.placing import is_aside, placed
from ingest.claims.sources import Sources
from ingest.claims.stance import stance_of
from ingest.claims.times import SentenceTimes, times_of
from ingest.claims.victim_names import victim_name
from ingest.claims.victims import listed_with, means_one_named_before, robbed_or_hacked, victims_in
from ingest.nouns import Article, Claim
from ingest.orders import is_order
from ingest.times.when import TimeMention, resolve

if TYPE_CHECKING:
    from ingest.claims.model import ClaimModel, SentenceReading, Span

RULES = "4"
"""Changes whenever the same weights would read other claims; then claims are read anew."""
LEAST = 0.5  # probability of a sentence to hold a claim; this and the next chosen on articles of which every claim is annotated and that were not learnt from
TAGGED = {"attacker": 0.5, "victim": 0.3, "when": 0.5, "asserted_by": 0.5}
"""How probable it must be that a word belongs to a slot."""
WHOLE = {"attacker": 0.5, "victim": 0.6, "when": 0.6, "asserted_by": 0.6}
"""The same for the mean over the words of a span."""
UNBLAMED = 0.7  # of the stance "unattributed", from which a sentence that names no attacker isn't laid to the actor of the article either
SURE = 0.8  # of an attacker whom no actor index knows
SURE_CARD, SURE_VICTIM = 0.8, 0.8  # of a sentence and of its victim on a card, where precision comes first


class ClaimReader:
    """Reads articles for claims. fingerprint: names the model and the rules; claims read under another fingerprint are read anew."""

    def __init__(self, load: "Callable[[], ClaimModel]", fingerprint: str) -> None:
        self._load = load
        self._loaded: ClaimModel | None = None
        self._loading = threading.Lock()
        self.fingerprint = fingerprint

    def read(self, article: Article, *, actors: ActorIndex) -> tuple[Claim, ...]:
        """The claims of an article in the order of its text; none where it is quarantined. `incident` is left empty."""
        if article.status != "kept":
            return ()
        if article.form == "card":
            return tuple(self._of_card(article, actors))
        return claims_of(article, self.tellings(article, actors=actors))

    def tellings(self, article: Article, *, actors: ActorIndex) -> list[Telling]:
        """Every attack that a sentence tells of, in the order of the text, before what is told twice is put together."""
        from ingest.claims.windows import windows_of

        model = self._model()
        windows = windows_of(article, model.tokenizer)
        return tellings_of(article, model.read(windows, least=LEAST, tagged=TAGGED), actors=actors)

    def _of_card(self, article: Article, actors: ActorIndex) -> Iterator[Claim]:
        """Claims of a card's operations; its compiler names the attacker, so nothing but the victim is read in the line."""
        from ingest.claims.windows import windows_alone

        operations = list(operations_of(article))
        if not operations:
            return
        model, name = self._model(), actor_of(article)
        names = tuple(actor.name for actor in actors.candidates(name)) or (name,)
        lines = {operation.told.start: operation for operation in operations}
        windows = windows_alone(article.title, [operation.told for operation in operations], model.tokenizer)
        for reading in model.read(windows, least=SURE_CARD, tagged=TAGGED):
            line, when = lines[reading.sentence.start].line, lines[reading.sentence.start].when
            spans = [span for span in reading.spans["victim"] if span.probability >= SURE_VICTIM]
            victims = [victim for span in spans for victim in victims_in(article.text[span.start : span.end])]
            for victim in dict.fromkeys(victims) or [None]:
                yield Claim(article.id, name, names, victim, when, None, "asserted", reading.kind, line.start, line.end, line.text)

    def _model(self) -> "ClaimModel":
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded


def claims_of(article: Article, told: Sequence[Telling]) -> tuple[Claim, ...]:
    """The claims of an article, from every telling of it: what is told twice is one, with the time that either gives."""
    return tuple(_claim(article, telling) for telling in placed(article, merged(told), told))


def tellings_of(article: Article, readings: "Sequence[SentenceReading]", *, actors: ActorIndex) -> list[Telling]:
    """What the sentences that the network read tell, with the names behind their words, in their order; one that gives orders tells nothing."""
    cast_ = Cast(article, actors)
    spans = [span for reading in readings for span in reading.spans["asserted_by"] if span.probability >= WHOLE["asserted_by"]]
    sources = Sources(article, [(span.start, span.end) for span in spans if not cast_.between(span.start, span.end)])
    told: list[Telling] = []
    for reading in readings:
        if not is_order(reading.sentence.text):
            told += _tellings(article, reading, cast_, sources, told)
    return told


def _tellings(article: Article, reading: "SentenceReading", actors: Cast, sources: Sources, before: list[Telling]) -> Iterator[Telling]:
    spans = {slot: [span for span in spans if span.probability >= WHOLE[slot] and span.end - span.start > 2] for slot, spans in reading.spans.items()}
    opens = reading.sentence.start
    attackers = list(
        {named.name: named for span in spans["attacker"] if (named := actors.attacker(span.start, span.end, sure=span.probability >= SURE))}.values()
    )
    if not attackers and actors.main and reading.stances["denied"] < 0.5 and reading.stances["unattributed"] < UNBLAMED:
        attackers = [actors.main]
    victims = _victims(article, reading, spans["victim"], before)
    named_victims = [one.victim for one in before if one.victim] + victims
    known = any(attacker.actors for attacker in attackers)  # "Russia's APT28" is one attacker
    attackers = [a for a in attackers if a.actors or not (sources.is_heard(a.name) or (known and country(a.name)))]
    attackers = [a for a in attackers if a.actors or not any(same_victim(a.name, v) for v in named_victims)]
    times = _times(article, reading, spans["when"])
    source = max(spans["asserted_by"], key=lambda span: span.probability, default=None)
    first = next(iter(victims), None)
    said_by = sources.named(source.start, source.end, victim=first) if source else sources.unnamed(opens, reading.sentence.end)
    if said_by is None and first:
        said_by = sources.admitted(opens, reading.sentence.end, victim=first)
    theirs = source is not None and bool(actors.between(source.start, source.end))
    blamed: list[Named | None] = [*attackers] or [None]
    for attacker in blamed:
        stance = stance_of(reading.sentence.text, reading.stances, attacker=attacker is not None)
        by = said_by
        if by is None and attacker and stance in ("asserted", "suspected") and not is_aside(reading.sentence.text):
            by = sources.main
        if attacker and (stance == "self_claimed" or theirs or (by and _is_attacker(by, attacker))):
            by = attacker.name if stance == "self_claimed" else None
        for victim in dict.fromkeys(victims) or [None]:
            if attacker and victim and same_victim(victim, attacker.name):
                continue
            yield Telling(attacker, victim, times.event, by, stance, reading.kind, reading.sentence, reading.probability, times.news)


def _victims(article: Article, reading: "SentenceReading", spans: "Sequence[Span]", before: Sequence[Telling]) -> list[str]:
    opens = reading.sentence.start
    victims: list[str] = []
    for span in _listed_kinds(article.text, _rejoined(article.text, spans)):
        words = article.text[span.start : span.end]
        if means_one_named_before(words) or (_DEFINITE.search(article.text, max(0, span.start - 12), span.start) and _ONE_THING.fullmatch(words)):
            victims += [last] if (last := next((one.victim for one in reversed(before) if one.victim), None)) else []
            continue
        listed = listed_with(reading.sentence.text, span.start - opens, span.end - opens)
        victims += [victim for victim in listed or victims_in(words) if victim not in victims]
    victims += [name for name in robbed_or_hacked(reading.sentence.text) if not any(same_victim(name, victim) for victim in victims)]
    if not victims:
        hacks = [found[1] for found in _NAMED_HACK.finditer(reading.sentence.text)]
        victims = [one.victim for one in reversed(before) if one.victim and any(same_victim(name, one.victim) for name in hacks)][:1]
    return victims


_DEFINITE = re.compile(r"\b(?:the|this|that|same)\s+(?:same\s+)?\Z", re.I)
_ONE_THING = re.compile(
    r"(?!.*\b(?:sector|industry|government|military|public|world|region|country|state|army|police|supply|infrastructure|opposition|media|internet)\b)(?:[a-z][a-z-]*\s+){0,3}[a-z-]*(?:[^s\W]|ss|us)"
)
"""Behind "the", words for one thing without a name of its own: "ride-hailing company", "power plant"."""
_NAMED_HACK = re.compile(r"\bthe ((?:[A-Z][\w&.-]+ ){1,4}?)(?:hack|breach|attack|incident|intrusion|compromise|heist)\b")
"""Where nobody is tagged, "the Porto Lines hack" is the one told before."""


def _rejoined(text: str, spans: "Sequence[Span]") -> "list[Span]":
    """The spans, those put together that one or two plain words part: "Finnish ferry" and "Porto Lines" of "Finnish ferry operator Porto Lines"."""
    made: list[Span] = []
    for span in spans:
        if made and _WITHIN_ONE.fullmatch(text, made[-1].end, span.start):
            made[-1] = replace(made[-1], end=span.end, probability=max(made[-1].probability, span.probability))
        else:
            made.append(span)
    return made


def _listed_kinds(text: str, spans: "Sequence[Span]") -> "list[Span]":
    """The spans, those of one list of kinds or places put together: "journalists", "activists" and "defectors" of one sentence are one victim."""
    made: list[Span] = []
    for span in spans:
        kinds = made and not any(victim_name(text[one.start : one.end]).named for one in (made[-1], span))
        if kinds and _LISTED.fullmatch(text, made[-1].end, span.start):
            made[-1] = replace(made[-1], end=span.end, probability=max(made[-1].probability, span.probability))
        else:
            made.append(span)
    return made


_LISTED = re.compile(r"\s*(?:,|;)?\s*(?:and|or|as well as)?\s*(?:the\s+)?")
_WITHIN_ONE = re.compile(r"[ \t]*(?:(?!and\b|or\b|by\b|as\b|to\b|that\b|which\b|with\b|via\b|using\b|but\b|was\b|were\b|is\b)[a-z-]+[ \t]+){0,2}")


def _is_attacker(name: str, attacker: Named) -> bool:
    return same_victim(name, attacker.name)


def _times(article: Article, reading: "SentenceReading", spans: "Sequence[Span]") -> SentenceTimes:
    """The times that the sentence names.

    Times of the sentences before were tried: right in .69 of the matched claims of articles with every claim annotated, .85 without.
    """
    opens = reading.sentence.start
    tagged = [
        TimeMention(span.start - opens, span.end - opens, when)
        for span in spans
        if (when := resolve(article.text[span.start : span.end], article.published))
    ]
    return times_of(reading.sentence.text, published=article.published, tagged=tagged)


def _claim(article: Article, telling: Telling) -> Claim:
    sentence, attacker = telling.sentence, telling.attacker
    return Claim(
        article.id, attacker.name if attacker else None, attacker.actors if attacker else (), telling.victim, telling.when, telling.asserted_by,
        telling.stance, telling.kind, sentence.start, sentence.end, article.text[sentence.start : sentence.end],
    )  # fmt: skip


@lru_cache(maxsize=1)
def load_claim_reader() -> ClaimReader:
    """The claim reader that comes with the installation; its weights are loaded when it reads for the first time.

    Raises ModelMissingError then, where they are absent or not the ones their config names.
    """
    from ingest.claims.model import MODEL, load_claim_model

    config = MODEL / "config.json"
    named = json.loads(config.read_text(encoding="utf-8"))["sha256"][:12] if config.is_file() else "none"
    return ClaimReader(load_claim_model, f"claims@{named}+rules{RULES}")
