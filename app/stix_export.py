"""Answers and claims as STIX 2.1 bundles: for threat-intelligence platforms.

A report stands for each cited article, a note about it for each quote; the answer is a note about those reports. Where sources disagree, an opinion
says so and takes no side; a source that denies is given an opinion of its own. Ids are made from the content, so that the same answer exported
twice updates its objects on the platform and adds none.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from app.nouns import Answer, Citation
from app.plain import visible
from app.stix_bundle import UNDATED, StixBundle, plain
from app.stix_claims import add_claims
from ingest.actors.actor_index import ActorIndex
from ingest.claims.selecting import SourcedClaim
from ingest.nouns import Article

__all__ = ["UNDATED", "as_stix", "claims_as_stix"]

_NO_SIDE = "The cited sources disagree. All positions are given; none is preferred."


def as_stix(answer: Answer, *, made: datetime | None = None) -> str:
    """The bundle as JSON text, ending with a line break. made: the time of export, later than CREATED; now by default.

    An article without a known date of publication carries the time of export as `published`, which STIX demands, and the label UNDATED.
    """
    bundle = StixBundle(made)
    text = plain(answer.text)
    reports = {citation.article.id: bundle.report(citation.article) for citation in answer.citations}
    about = list(reports.values()) or [bundle.creator]
    bundle.add("note", answer.question.text, text, abstract=plain(answer.question.text), content=text, object_refs=about)
    for citation in _distinct(answer.citations):
        place = f"{citation.start}:{citation.end}"
        bundle.add(
            "note", citation.article.id, place, abstract=f"Quote, characters {place}", content=visible(citation.quote),
            object_refs=[reports[citation.article.id]],
        )  # fmt: skip
    if answer.status == "disputed":
        bundle.add("opinion", answer.question.text, *about, opinion="neutral", explanation=_NO_SIDE, object_refs=about)
    judged = add_claims(bundle, _sourced_claims(answer))
    if answer.status == "disputed":
        _add_denials(answer, reports, bundle, judged)
    return bundle.text(answer.question.text, text)


def claims_as_stix(claims: Iterable[SourcedClaim], actors: ActorIndex, *, made: datetime | None = None) -> str:
    """The same for claims: attackers, victims, incidents and who says what of them. actors: gives attackers all their names."""
    bundle = StixBundle(made)
    chosen = tuple(claims)
    add_claims(bundle, chosen, actors)
    return bundle.text("claims", *(f"{one.claim.article_id}:{one.claim.start}:{one.claim.end}" for one in chosen))


def _sourced_claims(answer: Answer) -> Iterator[SourcedClaim]:
    """The answer's claims whose articles came with it, cited or among the hits."""
    articles: dict[str, Article] = {hit.article.id: hit.article for hit in answer.hits}
    articles.update((citation.article.id, citation.article) for citation in answer.citations)
    return (SourcedClaim(claim, articles[claim.article_id]) for claim in answer.claims if claim.article_id in articles)


def _distinct(citations: tuple[Citation, ...]) -> list[Citation]:
    return list({(citation.article.id, citation.start, citation.end): citation for citation in citations}.values())


def _add_denials(answer: Answer, reports: dict[str, str], bundle: StixBundle, judged: frozenset[tuple[str, int, int]]) -> None:
    """Each denial as its source's opinion of the other reports, if it is not yet one of a claim."""
    for claim in answer.claims:
        others = [report for article, report in reports.items() if article != claim.article_id]
        if claim.stance == "denied" and claim.article_id in reports and others and (claim.article_id, claim.start, claim.end) not in judged:
            bundle.add(
                "opinion", claim.article_id, str(claim.start), claim.quote, *others, opinion="disagree", explanation=plain(claim.quote),
                authors=[plain(claim.asserted_by)] if claim.asserted_by else [], object_refs=others,
            )  # fmt: skip
