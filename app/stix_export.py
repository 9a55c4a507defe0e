"""An answer as a STIX 2.1 bundle: for threat-intelligence platforms. The one file that knows the stix2 library.

A report stands for each cited article, a note about it for each quote; the answer is a note about those reports. Where sources disagree, an opinion
says so and takes no side; a source that denies is given an opinion of its own. Ids are made from the content, so that the same answer exported
twice updates its objects on the platform and adds none.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from app.chat.plain import publisher_of, visible, web_address
from app.nouns import Answer, Citation
from ingest.nouns import Article

NAMESPACE = UUID("6f1c1d0e-3c0b-5c0a-9d53-4f6f64756e69")
"""Of the ids made here; STIX wants name-based ids of a tool to have a namespace of the tool's own."""
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""When the objects are said to be created: STIX forbids that two versions of one object differ in it; `modified` is the time of export."""
UNDATED = "publication-date-unknown"
_NO_SIDE = "The cited sources disagree. All positions are given; none is preferred."


def as_stix(answer: Answer, *, made: datetime | None = None) -> str:
    """The bundle as JSON text, ending with a line break. made: the time of export, later than CREATED; now by default.

    An article without a known date of publication carries the time of export as `published`, which STIX demands, and the label UNDATED.
    """
    import stix2

    moment = (made or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    stamps = {"created": CREATED, "modified": moment}
    creator = stix2.Identity(id=_id("identity", "creator"), name="Whodunit", identity_class="system", **stamps)
    by = {**stamps, "created_by_ref": creator.id}
    publishers = {name: stix2.Identity(id=_id("identity", name), name=name, identity_class="organization", **by) for name in _publishers(answer)}
    reports = {
        citation.article.id: _report(citation.article, publishers[_publisher(citation.article)].id, by, moment) for citation in answer.citations
    }
    about = [report.id for report in reports.values()] or [creator.id]
    text = _plain(answer.text)
    notes = [stix2.Note(id=_id("note", answer.question.text, text), abstract=_plain(answer.question.text), content=text, object_refs=about, **by)]
    notes += [_quote(citation, reports[citation.article.id].id, by) for citation in _distinct(answer.citations)]
    opinions = list(_opinions(answer, reports, by)) if answer.status == "disputed" else []
    bundle = stix2.Bundle(
        creator, *publishers.values(), *reports.values(), *notes, *opinions, id=_id("bundle", answer.question.text, text, str(moment))
    )  # fmt: skip
    return json.dumps(json.loads(bundle.serialize()), ensure_ascii=False, indent=2) + "\n"


def _report(article: Article, publisher: str, by: dict[str, Any], moment: datetime) -> Any:
    import stix2

    address = web_address(article.url)
    return stix2.Report(
        id=_id("report", article.id),
        name=_plain(article.title) or article.path,
        published=_midnight(article.published) if article.published else moment,
        labels=[] if article.published else [UNDATED],
        object_refs=[publisher],
        external_references=[{"source_name": _publisher(article), "external_id": article.id, **({"url": address} if address else {})}],
        **by,
    )


def _quote(citation: Citation, report: str, by: dict[str, Any]) -> object:
    import stix2

    place = f"{citation.start}:{citation.end}"
    return stix2.Note(
        id=_id("note", citation.article.id, place), abstract=f"Quote, characters {place}", content=visible(citation.quote), object_refs=[report], **by
    )  # fmt: skip


def _distinct(citations: tuple[Citation, ...]) -> list[Citation]:
    return list({(citation.article.id, citation.start, citation.end): citation for citation in citations}.values())


def _opinions(answer: Answer, reports: dict[str, Any], by: dict[str, Any]) -> Iterator[object]:
    import stix2

    ids = {article: report.id for article, report in reports.items()}
    yield stix2.Opinion(
        id=_id("opinion", answer.question.text, *ids.values()), opinion="neutral", explanation=_NO_SIDE, object_refs=list(ids.values()), **by
    )
    for claim in answer.claims:
        others = [report for article, report in ids.items() if article != claim.article_id]
        if claim.stance == "denied" and claim.article_id in ids and others:
            yield stix2.Opinion(
                id=_id("opinion", claim.article_id, str(claim.start), claim.quote, *others),
                opinion="disagree",
                explanation=_plain(claim.quote),
                authors=[_plain(claim.asserted_by)] if claim.asserted_by else [],
                object_refs=others,
                **by,
            )


def _publishers(answer: Answer) -> list[str]:
    return list(dict.fromkeys(_publisher(citation.article) for citation in answer.citations))


def _publisher(article: Article) -> str:
    return _plain(publisher_of(article))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _plain(text: str) -> str:
    return " ".join(visible(text).split())


def _id(kind: str, *content: str) -> str:
    return f"{kind}--{uuid5(NAMESPACE, chr(0).join((kind, *content)))}"
