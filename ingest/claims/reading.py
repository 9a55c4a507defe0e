"""From an article to its claims, each with the words that say so.

The network (`ingest.claims.model`) finds the sentences and their words; `attribution` and `victims` find the names behind the words, `ingest.when`
the days behind the times, `merging` what is told twice. Teasers and menus are gone before: cleaning is not repeated here.
"""

import json
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.actors import ActorIndex
from ingest.claims.attribution import Cast, Named, Sources
from ingest.claims.cards import actor_of, operations_of
from ingest.claims.merging import Telling, merged, same_victim
from ingest.claims.stance import stance_of
from ingest.claims.victims import listed_with, means_one_named_before, victims_in
from ingest.nouns import Article, Claim, When
from ingest.when import find_times, resolve

if TYPE_CHECKING:
    from ingest.claims.model import ClaimModel, SentenceReading

RULES = "1"
"""Changes whenever the same weights would read other claims; then claims are read anew."""
LEAST = 0.8  # probability of a sentence to hold a claim; this and the next chosen on ten held-out articles of which every claim is annotated
LEAST_VICTIM = 0.35
SURE = 0.8  # of an attacker whom no actor index knows
SURE_VICTIM = 0.6  # on a card, where precision comes first
TAGGED = {"attacker": 0.5, "victim": 0.5, "when": 0.5, "asserted_by": 0.5}


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
        return tuple(_claim(article, telling) for telling in merged(self.tellings(article, actors=actors)))

    def tellings(self, article: Article, *, actors: ActorIndex) -> list[Telling]:
        """Every attack that a sentence tells of, in the order of the text, before what is told twice is put together."""
        from ingest.claims.slots import with_answers
        from ingest.claims.windows import windows_of

        model = self._model()
        windows = windows_of(article, model.tokenizer)
        found = model.read(windows, least=LEAST, tagged=TAGGED)
        readings = with_answers(found, model)
        cast_, sources = Cast(article, actors), Sources(article)
        told: list[Telling] = []
        for reading in readings:
            told += _tellings(article, reading, cast_, sources, told)
        return told

    def _of_card(self, article: Article, actors: ActorIndex) -> Iterator[Claim]:
        """Claims of a card's operations; its compiler names the attacker, so nothing but the victim is read in the line."""
        from ingest.claims.slots import with_answers
        from ingest.claims.windows import windows_alone

        operations = list(operations_of(article))
        if not operations:
            return
        model, name = self._model(), actor_of(article)
        names = tuple(actor.name for actor in actors.candidates(name)) or (name,)
        lines = {operation.told.start: operation for operation in operations}
        found = model.read(windows_alone(article.title, [operation.told for operation in operations], model.tokenizer), least=LEAST, tagged=TAGGED)
        for reading in with_answers(found, model):
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


def _tellings(article: Article, reading: "SentenceReading", actors: Cast, sources: Sources, before: list[Telling]) -> Iterator[Telling]:
    spans, opens = reading.spans, reading.sentence.start
    attackers = list(
        {named.name: named for span in spans["attacker"] if (named := actors.attacker(span.start, span.end, sure=span.probability >= SURE))}.values()
    )
    if not attackers and actors.main and reading.stances["denied"] < 0.5:
        attackers = [actors.main]
    victims: list[str | None] = []
    for span in spans["victim"]:
        if span.probability < LEAST_VICTIM:
            continue
        words = article.text[span.start : span.end]
        if means_one_named_before(words):
            victims += [last] if (last := next((one.victim for one in reversed(before) if one.victim), None)) else []
            continue
        listed = listed_with(reading.sentence.text, span.start - opens, span.end - opens)
        victims += [victim for victim in listed or victims_in(words) if victim not in victims]
    named_victims = [one.victim for one in before if one.victim] + [v for v in victims if v]
    attackers = [a for a in attackers if a.actors or not any(same_victim(a.name, v) for v in named_victims)]
    when = _when(article, reading)
    source = max(spans["asserted_by"], key=lambda span: span.probability, default=None)
    first = next((victim for victim in victims if victim), None)
    said_by = sources.named(source.start, source.end, victim=first) if source else sources.unnamed(opens, reading.sentence.end)
    blamed: list[Named | None] = [*attackers] or [None]
    for attacker in blamed:
        stance = stance_of(reading.sentence.text, reading.stances, attacker=attacker is not None)
        by = said_by
        if attacker and (stance == "self_claimed" or (by and _is_attacker(by, attacker))):
            by = attacker.name if stance == "self_claimed" else None
        for victim in dict.fromkeys(victims) or [None]:
            if attacker and victim and same_victim(victim, attacker.name):
                continue
            yield Telling(attacker, victim, when, by, stance, reading.kind, reading.sentence, reading.probability)


def _is_attacker(name: str, attacker: Named) -> bool:
    return same_victim(name, attacker.name)


def _when(article: Article, reading: "SentenceReading") -> When | None:
    found = (resolve(article.text[span.start : span.end], article.published) for span in reading.spans["when"])
    if told := next((when for when in found if when), None):
        return told
    times = find_times(reading.sentence.text, published=article.published)
    return times[0].when if len(times) == 1 else None


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
    from ingest.reader import MODEL as READER

    configs = (MODEL / "config.json", READER / "config.json")
    named = [json.loads(config.read_text(encoding="utf-8"))["sha256"][:12] if config.is_file() else "none" for config in configs]
    return ClaimReader(load_claim_model, f"claims@{named[0]}+reader@{named[1]}+rules{RULES}")
