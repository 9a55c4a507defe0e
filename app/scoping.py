"""A scope turned into the passages that may answer, and the check of a passage against the times that a scope asks for. Ranks nothing."""

from app.nouns import Hit, Scope
from app.plain import host_of
from ingest.index import Index
from ingest.store.narrowing import Imprint, articles_with, imprints, passages_among
from ingest.times.when import find_times


def passages_in(scope: Scope, index: Index) -> list[str] | None:
    """Ids of the passages of all articles that lie in the scope, its event range aside; None where it leaves none out."""
    if Scope(event_from=scope.event_from, event_until=scope.event_until) == scope:
        return None
    articles = {imprint.article_id for imprint in imprints(index.ledger) if _is_published_in(scope, imprint)}
    if scope.actors:
        articles &= articles_with(index.ledger, [name for actor in scope.actors for name in index.actors.names_for_search(actor)])
    if scope.victims:
        articles &= articles_with(index.ledger, scope.victims)
    return passages_among(index.ledger, articles)


def tells_of_the_time(scope: Scope, hit: Hit) -> bool:
    """Whether the passage names a time that shares a day with the scope's event range."""
    start, end = scope.event_from, scope.event_until
    if start is None and end is None:
        return True
    times = (found.when for found in find_times(hit.passage.text, published=hit.article.published))
    return any((end is None or when.start <= end) and (start is None or when.end >= start) for when in times)


def publisher_named(imprint: Imprint) -> str:
    """What a scope calls the publisher: its name, else the host of the address, else an empty string."""
    return imprint.publisher or host_of(imprint.url)


def _is_published_in(scope: Scope, imprint: Imprint) -> bool:
    if scope.publishers and publisher_named(imprint) not in scope.publishers:
        return False
    if scope.published_from is None and scope.published_until is None:
        return True
    day = imprint.published
    if day is None or (scope.published_from and day < scope.published_from):
        return False
    return scope.published_until is None or day <= scope.published_until
