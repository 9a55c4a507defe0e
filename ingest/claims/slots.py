"""The words of a claim's slots, from two readers of one sentence: the claim network's tags and the reading model's answers to its fixed questions.

The answers end where words end and are right more often; the tags know lists, times and sources. What both find counts as sure.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.claims.model import ClaimModel, SentenceReading, Span
from ingest.reader import Reading

ANSWERED = {"attacker": 0.5, "victim": 0.4}
TAGGED = 0.6
TAGGED_ALONE = 0.8
UNSURE = 0.5  # of an answer's probability, where no tag agrees


def with_answers(readings: Sequence[SentenceReading], model: ClaimModel) -> list[SentenceReading]:
    """The readings with the spans of both readers. The victim is asked of every sentence, the attacker where the tags are not sure of one."""
    victims = model.answers("victim", [reading.sentence.text for reading in readings])
    open_ = [i for i, reading in enumerate(readings) if not any(span.probability >= TAGGED_ALONE for span in reading.spans["attacker"])]
    attackers = dict(zip(open_, model.answers("attacker", [readings[i].sentence.text for i in open_]), strict=True))
    return [joined(reading, victim, attackers.get(i)) for i, (reading, victim) in enumerate(zip(readings, victims, strict=True))]


def joined(reading: SentenceReading, victim: Reading, attacker: Reading | None) -> SentenceReading:
    """The reading with the answers to its sentence among its spans."""
    spans = {slot: tuple(span for span in spans if _counts(span)) for slot, spans in reading.spans.items()}
    spans["victim"] = _slot("victim", reading, victim)
    if attacker is not None:
        spans["attacker"] = _slot("attacker", reading, attacker)
    return replace(reading, spans=spans)


def _counts(span: Span) -> bool:
    return span.probability >= TAGGED and span.end - span.start > 2


def _slot(slot: str, reading: SentenceReading, answer: Reading) -> tuple[Span, ...]:
    own = [span for span in reading.spans[slot] if span.end - span.start > 2]
    start = reading.sentence.start
    answered: list[Span] = []
    if answer.probability >= ANSWERED[slot] and answer.end > answer.start:
        agreed = any(span.start < start + answer.end and span.end > start + answer.start for span in own)
        answered = [Span(start + answer.start, start + answer.end, answer.probability * (1 if agreed else UNSURE))]
    alone = [span for span in own if span.probability >= TAGGED_ALONE and all(span.end <= one.start or span.start >= one.end for one in answered)]
    if slot != "victim" and answered:
        alone = []
    return tuple(sorted((*answered, *alone), key=lambda span: span.start))
