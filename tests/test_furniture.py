"""Furniture: what recurs on a publisher's pages is furniture, and an article that is filed twice is not.

python -m pytest tests/test_furniture.py
"""

from datetime import date

import pytest
from pages import BODY, draft, glued, lined

from ingest.cleaning.cleaner import clean
from ingest.cleaning.furniture import Furniture, fold, host_of
from ingest.cleaning.units import Unit, split_units
from ingest.nouns import Draft

TOPICS = ("herring", "lighthouses", "ferries", "fog", "whales", "salt", "ropes", "gulls")
BLURB = "Our islands deserve a paper that asks questions which nobody else asks, every single day of the year."


def other(topic: str) -> tuple[str, ...]:
    """The body of another article of the publisher."""
    return tuple(
        f"{word} people on the islands have been talking about {topic} since the winter, and {topic} {what}."
        for word, what in zip(
            ("Some", "Most", "Many", "Few", "Old"),
            ("cost more", "were seen less often", "became a worry", "are on everybody's lips", "will be studied"),
            strict=True,
        )
    )


def pages(count: int, make=lined) -> list[Draft]:  # type: ignore[no-untyped-def]
    return [draft(make(f"News about {t} from the islands", (BLURB, *other(t))), path=f"{t}.md") for t in TOPICS[:count]]


def unit(text: str, furniture: Furniture) -> int:
    found = list(split_units(text))
    assert len(found) == 1
    return furniture.pages_with(found[0])


def test_a_line_on_every_page_is_counted_on_every_page() -> None:
    assert unit("Jobs at the Courier", Furniture.learn(pages(5))) == 5


def test_a_line_of_one_article_is_not_furniture() -> None:
    assert unit(other("fog")[0], Furniture.learn(pages(5))) == 1


def test_one_page_teaches_nothing() -> None:
    learned = Furniture.learn(pages(1))
    assert (learned.pages, dict(learned.lines), dict(learned.shingles)) == (1, {}, {})


def test_the_same_article_filed_twice_does_not_become_furniture() -> None:
    page = pages(3)
    refiled = Draft("elsewhere.md", "reference", page[0].text, url=page[0].url)
    assert unit(other("herring")[0], Furniture.learn([*page, refiled])) == 1


def test_an_updated_article_does_not_become_furniture() -> None:
    old = draft(lined("Cranes stand still", BODY))
    new = draft(
        lined(
            "Cranes stand still, port says",
            (*BODY, "Update: On Friday the first two of the cranes were moving again, as the port authority told us."),
        ),
        path="b.md",
    )
    assert unit(BODY[1], Furniture.learn([old, new])) == 1


def test_cards_teach_nothing() -> None:
    assert Furniture.learn([Draft(f"{n}.md", "card", "# Threat actor: A\n\nTools\n") for n in range(4)]).pages == 0


def test_recurring_prose_leaves_the_article_and_its_own_prose_stays() -> None:
    drafts = pages(6)
    text = clean(drafts[3], Furniture.learn(drafts), today=date(2026, 1, 31)).text
    assert BLURB not in text
    assert all(sentence in text for sentence in other("fog"))


def test_furniture_glued_to_the_end_of_a_sentence_is_measured_by_its_words() -> None:
    tail = "Read what the islands say about us on our wall today"
    drafts = [draft(glued(f"News about {t}", (*other(t), f"It ends with {t} and {t}w@{tail}.")), path=t) for t in TOPICS[:5]]
    learned = Furniture.learn(drafts)
    text = f"Nobody on the ferry could tell what fog would do to them, and it ends with fogw@{tail}."
    whole = Unit(0, len(text), text, len(text.split()), 6, False, True)
    assert 0 < learned.tail_of(whole) < len(tail) + 2
    assert learned.tail_of(Unit(0, len(BODY[0]), BODY[0], 22, 5, False, True)) == 0


def test_the_order_of_day_and_month_is_learned_from_plain_dates() -> None:
    texts = ("Printed on 25.12.2020 in Rosvik", "Printed 17.03.2020")
    assert Furniture.learn([draft(t, path=t) for t in texts]).day_first is True
    assert Furniture.learn([draft("Printed on 12/25/2020")]).day_first is False
    assert Furniture.learn([draft("Printed on 02.06.24")]).day_first is None


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://www.Courier.example/a", "courier.example"), ("courier.example/a", "courier.example"), (None, ""), ("", ""), ("http://[bad", "")],
)
def test_host_of_any_url(url: str | None, host: str) -> None:
    assert host_of(url) == host


def test_figures_case_and_blanks_do_not_count() -> None:
    assert fold("12  Comments") == fold("3 comments")
