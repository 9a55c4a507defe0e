"""When an attack happened and when it was told: `pytest tests/test_claim_times.py`. Rules only, no weights."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.actors.actor_index import ActorIndex
from ingest.claims.attribution import Named
from ingest.claims.merging import Telling
from ingest.claims.placing import placed
from ingest.claims.selecting import ClaimFilter, select, sourced
from ingest.claims.times import said, times_of
from ingest.claims.windows import sentences_of
from ingest.nouns import Actor, ActorName, Article, Claim

PUBLISHED = date(2021, 6, 19)
ACTORS = ActorIndex([Actor("h", "Fog Heron", (ActorName("Fog Heron"),))])


def article(text: str, *, title: str = "Fog Heron breaks into Porto Lines") -> Article:
    return Article("a" * 16, "a.md", ("a.md",), "reference", title, text, "kept", "", None, "Harbour News", None, PUBLISHED, (), "a" * 16)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("In a report in February 2019, Northlight said that Fog Heron hacked Porto Lines.", date(2019, 2, 28)),
        ("In February 2019 two firms had laid the Porto Lines intrusion at the door of Fog Heron.", date(2019, 2, 28)),
        ("A report published by Northlight in March 2020 blamed Fog Heron for the Porto Lines hack.", date(2020, 3, 31)),
        ("Fog Heron, which Northlight linked in May 2020 to the state, broke into Porto Lines.", date(2020, 5, 31)),
        ("Fog Heron broke into Porto Lines in February 2019.", None),
        ("Fog Heron broke into Porto Lines between February and May 2019, Northlight said.", None),
    ],
)
def test_a_sentence_may_date_the_word_that_it_reports(sentence: str, day: date | None) -> None:
    assert said(sentence, PUBLISHED) == day


def test_the_time_of_a_report_is_not_the_attacks() -> None:
    assert times_of("In a February 2019 report, Northlight attributed the Porto Lines hack to Fog Heron.", published=PUBLISHED).event is None
    times = times_of("Northlight said on Monday that Fog Heron broke into Porto Lines in May.", published=PUBLISHED)
    assert times.event
    assert times.event.start == date(2021, 5, 1)
    assert times.news
    assert times.news.end == date(2021, 6, 14)


def test_the_year_in_the_name_of_an_agreement_is_no_time() -> None:
    assert times_of("Fog Heron went after officials behind the 2015 Harbour Trade Deal.", published=PUBLISHED).event is None


def _placed(text: str, *victims: str, title: str = "Fog Heron breaks into Porto Lines") -> list[str | None]:
    """The words of the time of a telling in each sentence, after placing."""
    page = article(text, title=title)
    tellings = [
        Telling(Named("Fog Heron", ("Fog Heron",)), victim, times.event, None, "asserted", "other", sentence, 0.9, times.news)
        for victim, sentence in zip(victims, sentences_of(page), strict=True)
        for times in (times_of(sentence.text, published=PUBLISHED),)
    ]
    return [one.when.text if one.when else None for one in placed(page, tellings, tellings)]


def test_a_victim_told_of_again_was_attacked_on_the_day_told_before() -> None:
    assert _placed("Fog Heron hit Porto Lines on 3 June. It stole ledgers of Porto Lines.", "Porto Lines", "Porto Lines") == ["3 June", "3 June"]


def test_earlier_victims_get_no_time_of_the_article() -> None:
    assert _placed("Fog Heron hit Porto Lines on 3 June. Previous victims include Quay Bank.", "Porto Lines", "Quay Bank") == ["3 June", None]


def test_what_a_lead_tells_as_new_happened_in_the_weeks_before() -> None:
    page = article("Fog Heron has recently broken into Porto Lines.")
    one = Telling(Named("Fog Heron", ("Fog Heron",)), "Porto Lines", None, None, "asserted", "other", sentences_of(page)[0], 0.9)
    (when,) = (told.when for told in placed(page, [one], [one]))
    assert when
    assert (when.start, when.end) == (date(2021, 5, 20), PUBLISHED)
    undated = replace(page, published=None)
    assert placed(undated, [one], [one])[0].when is None


def test_as_of_a_day_counts_what_was_said_by_then_even_where_a_later_article_tells_it() -> None:
    quote = "In a February 2019 report, Northlight attributed the Porto Lines hack to Fog Heron."
    page = article(quote)
    claim = Claim(page.id, "Fog Heron", (), "Porto Lines", None, "Northlight", "asserted", "other", 0, len(quote), quote)
    known = sourced([claim, replace(claim, quote="Fog Heron hacked Porto Lines.")], {page.id: page}, ACTORS)
    assert [one.claim.quote for one in select(known, ClaimFilter(published_until=date(2019, 3, 1)), ACTORS)] == [quote]
    assert not select(known, ClaimFilter(published_until=date(2019, 1, 31)), ACTORS)
    assert len(select(known, ClaimFilter(published_until=date(2021, 7, 1)), ACTORS)) == 2
