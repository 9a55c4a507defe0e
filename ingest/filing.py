"""From cleaned drafts to articles: the same text filed several times is one article with several paths, and what one filing lacks another may say."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from ingest.nouns import Article, Cleaned, Draft


def article_id(draft: Draft, cleaned: Cleaned) -> str:
    """16 hex digits from title and text; for a quarantined draft from its address and path too, since error pages are all alike."""
    parts = [cleaned.title, cleaned.text]
    if cleaned.status == "quarantined":
        parts += [draft.url or "", draft.path]
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def kept_anyway(cleaned: Cleaned) -> Cleaned:
    """The same, kept against the verdict, which stays readable in the reason."""
    if cleaned.status == "kept":
        return cleaned
    return replace(cleaned, status="kept", reason=f"kept on request, was: {cleaned.reason}")


def assemble(identity: str, title: str, text: str, filings: Sequence[tuple[Draft, Cleaned]], *, origin: str) -> Article:
    """One article out of all its filings, in the order of their paths: the first that knows a publisher, author, date or address says it."""
    drafts = [draft for draft, _ in filings]
    found = [cleaned for _, cleaned in filings]
    kept = [cleaned for cleaned in found if cleaned.status == "kept"]
    return Article(
        id=identity,
        path=drafts[0].path,
        paths=tuple(_unique(draft.path for draft in drafts)),
        form=drafts[0].form,
        title=title,
        text=text,
        status="kept" if kept else "quarantined",
        reason=(kept or found)[0].reason,
        url=next((draft.url for draft in drafts if draft.url), None),
        publisher=next((cleaned.publisher for cleaned in found if cleaned.publisher), None),
        author=next((cleaned.author for cleaned in found if cleaned.author), None),
        published=next((cleaned.published for cleaned in found if cleaned.published), None),
        filed_under=tuple(_unique(name for draft in drafts for name in draft.filed_under)),
        origin=origin,
    )


def _unique(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(values)
