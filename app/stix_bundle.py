"""A STIX 2.1 bundle in the making: objects with ids made from their content, reports for articles, and its text. The one file that knows stix2."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from app.plain import publisher_of, visible, web_address
from ingest.nouns import Article

NAMESPACE = UUID("6f1c1d0e-3c0b-5c0a-9d53-4f6f64756e69")
"""Of the ids made here; STIX wants name-based ids of a tool to have a namespace of the tool's own."""
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""When the objects are said to be created: STIX forbids that two versions of one object differ in it; `modified` is the time of export."""
UNDATED = "publication-date-unknown"
_ORDER = ("identity", "intrusion-set", "campaign", "relationship", "report", "note", "opinion")


@dataclass
class _Reported:
    """An article, and what its report is about."""

    article: Article
    about: dict[str, None] = field(default_factory=dict)


class StixBundle:
    """Objects are added once each; what is added again under the same id is the same object."""

    def __init__(self, made: datetime | None = None) -> None:
        """made: the time of export, later than CREATED; now by default."""
        self.moment = (made or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        self._by: dict[str, Any] = {"created": CREATED, "modified": self.moment}
        self._objects: dict[str, Any] = {}
        self._reported: dict[str, _Reported] = {}
        self.creator = self.add("identity", "creator", name="Whodunit", identity_class="system")
        self._by["created_by_ref"] = self.creator

    def add(self, kind: str, *content: str, **properties: Any) -> str:
        """Adds an object of this STIX type, with an id made from `content`, unless it is there; returns the id."""
        import stix2

        identity = stix_id(kind, *content)
        if identity not in self._objects:
            self._objects[identity] = stix2.v21.OBJ_MAP[kind](id=identity, **properties, **self._by)
        return identity

    def report(self, article: Article, *about: str) -> str:
        """The id of the article's report, which is then also about these objects."""
        if article.id not in self._reported:
            publisher = plain(publisher_of(article))
            organisation = self.add("identity", publisher, name=publisher, identity_class="organization")
            self._reported[article.id] = _Reported(article, {organisation: None})
        self._reported[article.id].about.update(dict.fromkeys(about))
        return stix_id("report", article.id)

    def text(self, *content: str) -> str:
        """The bundle as JSON text, ending with a line break; its id is made from `content` and the time of export."""
        import stix2

        for reported in self._reported.values():
            self._add_report(reported)
        # Objects that are referred to come before those that refer; platforms that read from the top find them.
        objects = sorted(self._objects.values(), key=lambda thing: _ORDER.index(thing.type))
        bundle = stix2.Bundle(*objects, id=stix_id("bundle", *content, str(self.moment)))
        return json.dumps(json.loads(bundle.serialize()), ensure_ascii=False, indent=2) + "\n"

    def _add_report(self, reported: _Reported) -> None:
        article = reported.article
        address = web_address(article.url)
        self.add(
            "report",
            article.id,
            name=plain(article.title) or article.path,
            published=midnight(article.published) if article.published else self.moment,
            labels=[] if article.published else [UNDATED],
            object_refs=list(reported.about),
            external_references=[
                {"source_name": plain(publisher_of(article)), "external_id": article.id, **({"url": address} if address else {})}
            ],
        )  # fmt: skip


def stix_id(kind: str, *content: str) -> str:
    """The id of an object of this type and content."""
    return f"{kind}--{uuid5(NAMESPACE, chr(0).join((kind, *content)))}"


def midnight(day: date) -> datetime:
    """The beginning of a day, in UTC."""
    return datetime.combine(day, time(), UTC)


def plain(text: str) -> str:
    """Other people's text as one line of visible characters."""
    return " ".join(visible(text).split())
