"""Whose word an answer is: not only the newspaper that tells it but who says so in the words that are quoted, as the claims ledger has it.

The speaker is named only where the name stands in the quote itself, so that no answer lays words to somebody whom its reader cannot find there.
"""

from dataclasses import replace

from app.composing import source_of
from app.nouns import Answer, Citation, Statement
from ingest.nouns import Claim

LONGEST = 8
"""Words of a name; more is a description."""
_SLOTS = frozenset(("attacker", "victim", "when"))
_CUT_OFF = frozenset(("of", "the", "and", "for", "at", "by", "in", "from"))
"""A name that ends with one of these was not read to its end."""
_ARTICLES = ("The ", "A ", "An ")


def with_whose_word(answer: Answer) -> Answer:
    """The answer, its lead naming who says so besides who tells it: "APT31, according to the PST, as told by The Record (19 June 2021)."."""
    if answer.status != "answered" or answer.question.slot not in _SLOTS or not answer.citations:
        return answer
    lead, best = answer.statements[0], answer.citations[0]
    source = source_of(best.article)
    told = f"according to {source}."
    speaker = next((claim.asserted_by for claim in answer.claims if _is_spoken_for(answer, claim, best)), None)
    if speaker is None or not lead.text.endswith(told):
        return answer
    text = f"{lead.text.removesuffix(told)}according to {_within(speaker)}, as told by {source}."
    return replace(answer, statements=(Statement(text, lead.citations), *answer.statements[1:]))


def _is_spoken_for(answer: Answer, claim: Claim, best: Citation) -> bool:
    """Whether the claim is what the answer says, in its first quote, and on the word of somebody who is named there."""
    speaker = claim.asserted_by
    if speaker is None or claim.stance == "self_claimed" or not (claim.article_id == best.article.id and best.start <= claim.start < best.end):
        return False
    whole = speaker[:1].isalnum() and speaker.split()[-1] not in _CUT_OFF
    named = whole and speaker in best.quote and len(speaker.split()) <= LONGEST
    return named and speaker != claim.attacker and not _is_the_publisher(speaker, best) and _says(answer, claim)


def _is_the_publisher(speaker: str, best: Citation) -> bool:
    publisher = (best.article.publisher or "").casefold()
    return bool(publisher) and (speaker.casefold() in publisher or publisher in speaker.casefold())


def _says(answer: Answer, claim: Claim) -> bool:
    """Whether the words that answer are the claim's."""
    if answer.question.slot == "when":
        return claim.when is not None
    said = (claim.attacker if answer.question.slot == "attacker" else claim.victim) or ""
    short = answer.short.casefold()
    return bool(short) and bool(said) and (short in said.casefold() or said.casefold() in short)


def _within(speaker: str) -> str:
    """The name as it stands within a sentence."""
    return speaker[0].lower() + speaker[1:] if speaker.startswith(_ARTICLES) else speaker
