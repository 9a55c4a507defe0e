"""Publication: headline, author, publisher and day as the page gives them; what nothing says stays unknown, and no day is guessed.

python -m pytest tests/test_publication.py
"""

from datetime import date

import pytest

from ingest.cleaning.byline import Surroundings, author, publication_date
from ingest.cleaning.dateline import dates_in, url_date
from ingest.cleaning.publication import headline, publisher, slug_of
from ingest.cleaning.units import split_units

TODAY = date(2026, 1, 31)


def headline_of(title: str, text: str, url: str | None = None) -> str:
    return headline(title, url, text, split_units(text)).text


@pytest.mark.parametrize(
    "title",
    [
        "Cranes stand still in Rosvik | COURIER",
        "Cranes stand still in Rosvik - The Courier",
        "Cranes stand still in Rosvik • The Courier",
        "Courier - Cranes stand still in Rosvik",
    ],
)
def test_the_site_is_no_part_of_the_headline(title: str) -> None:
    page = f"{title}\n\nHome\n\nCranes stand still in Rosvik\n\nBy Ida Holm\n\nThe cranes of the port stand still."
    assert headline_of(title, page, "https://www.courier.example/x") == "Cranes stand still in Rosvik"


def test_a_bar_that_belongs_to_the_headline_stays() -> None:
    title = "Comrades at sea? | Why the cranes of Rosvik stood still for a week"
    assert headline_of(f"{title} - Courier", f"{title} - Courier\n\n{title}\n\nMay 4, 2020\n\nText.", "https://courier.example/a") == title


def test_the_address_spells_the_headline_where_the_title_says_something_else() -> None:
    page = "Harbour Forum - Courier\n\nBack\n\nWhy the Cranes of Rosvik Stood Still\n\nMay 4, 2020\n\nThe cranes stood still."
    assert (
        headline_of("Harbour Forum - Courier", page, "https://courier.example/blog/why-cranes-rosvik-stood-still")
        == "Why the Cranes of Rosvik Stood Still"
    )


def test_a_reworded_headline_is_found_above_its_byline() -> None:
    page = "Copper Gull gang stops cranes in Rosvik port - Courier\n\nMenu\n\nNow Copper Gull extortionists stop the cranes of Rosvik\n\nBy Ida Holm\n\nMay 4, 2020\n\nThe text."
    assert (
        headline_of("Copper Gull gang stops cranes in Rosvik port - Courier", page, "https://courier.example/1")
        == "Now Copper Gull extortionists stop the cranes of Rosvik"
    )


def test_headline_inside_a_sentence_is_no_headline() -> None:
    found = headline("Titan Rain", None, "The attacks were codenamed Titan Rain by some.", split_units("x"))
    assert found.spans == ()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://a.example/2020/05/cranes-of-rosvik-stop.html", ["cranes", "of", "rosvik", "stop"]),
        ("https://a.example/threat-intelligence-of-courier/toddy-cat/", []),
        ("https://a.example/cranes-of-rosvik-stop/2020/06/15/502e3456-ae9d_story.html", ["cranes", "of", "rosvik", "stop"]),
        (None, []),
    ],
)
def test_slug_is_the_last_part_that_has_words(url: str | None, words: list[str]) -> None:
    assert slug_of(url) == words


@pytest.mark.parametrize(
    ("title", "url", "text", "name"),
    [
        ("Cranes | COURIER", "https://www.courier.example/a", "", "COURIER"),
        ("Cranes", "https://therosvikcourier.example.co.uk/a", "", "Example"),
        ("Cranes", "https://rosvikcourier.com/a", "About the Rosvik Courier. Rosvik Courier today.", "Rosvik Courier"),
        ("Cranes", None, "", None),
    ],
)
def test_publisher_as_the_page_writes_it(title: str, url: str | None, text: str, name: str | None) -> None:
    assert publisher(title, url, text) == name


@pytest.mark.parametrize(
    ("below", "name"),
    [
        (("By Ida Holm", "May 4, 2020"), "Ida Holm"),
        (("Written by", "Ida Holm, Contributing Writer", "May 4, 2020"), "Ida Holm"),
        (("Ida Holm and Per van der Berg", "Mon 4 May 2020"), "Ida Holm and Per van der Berg"),
        (("Security", "May 4, 2020"), None),
        (("Threat Intelligence", "Read More"), None),
    ],
)
def test_author_stands_in_the_byline(below: tuple[str, ...], name: str | None) -> None:
    assert author(Surroundings(below=below)) == name


@pytest.mark.parametrize(
    "written",
    [
        "May 4, 2020",
        "4 May 2020",
        "4th of May 2020",
        "Mon 4 May 2020",
        "MAY 4, 2020",
        "2020-05-04",
        "2020/05/04",
        "4. Mai 2020",
        "mei 4, 2020",
        "May 4, 20203 min read",
        "4 mayo 2020",
    ],
)
def test_dates_as_bylines_write_them(written: str) -> None:
    assert [seen.day for seen in dates_in(written)] == [date(2020, 5, 4)]


@pytest.mark.parametrize(
    "written", ["February 30, 2020", "Operation May Day", "version 3.4.2020.1", "crane-07-19-20-36-5", "10.0.0.20", "May 2020", "Marketing 4, 2020"]
)
def test_what_is_no_date(written: str) -> None:
    assert [seen.day for seen in dates_in(written) if seen.day] == []


def dated(*below: str, above: tuple[str, ...] = (), tail: tuple[str, ...] = (), url: str | None = None, day_first: bool | None = None) -> date | None:
    return publication_date(Surroundings(above=above, below=below, tail=tail), url=url, day_first=day_first, today=TODAY)


def test_an_update_is_not_the_publication() -> None:
    assert dated("Last updated: July 20, 2022") is None
    assert dated("Updated on", "July 20, 2022", "Published on", "July 4, 2022") == date(2022, 7, 4)
    assert dated("Last modified on July 20, 2022", "July 4, 2022") == date(2022, 7, 4)


def test_a_date_on_several_lines() -> None:
    assert dated("10", "August", "2020") == date(2020, 8, 10)


def test_a_date_after_the_ingest_is_refused() -> None:
    assert dated("May 4, 2031") is None
    assert dated(url="https://a.example/2031/05/04/x") is None


def test_an_open_order_of_day_and_month_is_no_guess() -> None:
    assert dated("02.06.20") is None
    assert dated("02.06.20", day_first=True) == date(2020, 6, 2)
    assert dated("02.06.20", day_first=False) == date(2020, 2, 6)
    assert dated("25.06.20") == date(2020, 6, 25)


def test_the_address_gives_the_day_and_is_not_contradicted() -> None:
    assert dated(url="https://a.example/2020/05/04/cranes") == date(2020, 5, 4)
    assert dated("May 5, 2020", url="https://a.example/2020/05/04/cranes") == date(2020, 5, 5)
    assert dated("January 5, 2024", url="https://a.example/2020/05/04/cranes") == date(2020, 5, 4)
    assert url_date("https://a.example/article/20209999/x") is None


def test_dates_behind_the_body_count_only_where_they_say_so() -> None:
    assert dated(tail=("Herring prices fall", "May 4, 2020")) is None
    assert dated(tail=("This entry was posted on Monday 4th of May 2020",)) == date(2020, 5, 4)
