"""150 hostile strings and what becomes of them on their way to the page: text that shows itself and does nothing else.

python -m pytest tests/test_plain.py
"""

import html
import re
import unicodedata
from datetime import date
from html.parser import HTMLParser

import pytest
from hostile import HOSTILE

from app.plain import as_html, as_label, day, host_of, link_html, period, visible, web_address

JOINER = "\u2060"


hostile = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))


class Tags(HTMLParser):
    """Collects what a browser would see as elements, and the text between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_there_are_150_different_hostile_strings() -> None:
    assert len(HOSTILE) >= 150
    assert len(set(HOSTILE)) == len(HOSTILE)


@hostile
def test_as_html_is_one_run_of_text_for_a_parser(text: str) -> None:
    parser = Tags()
    parser.feed(f'<p title="{as_html(text)}">{as_html(text)}</p>')
    parser.close()
    assert parser.tags == ["p"]
    assert parser.text == visible(text)


@hostile
def test_as_html_leaves_no_character_with_a_meaning_in_html(text: str) -> None:
    assert not re.search(r"[<>\"']", as_html(text))
    assert html.unescape(as_html(text)) == visible(text)


@hostile
def test_as_label_escapes_every_punctuation_mark_and_says_the_same_words(text: str) -> None:
    label = as_label(text, limit=10**6)
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", label))
    said = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", label).replace(JOINER, "")
    assert said == (" ".join(visible(text).replace(JOINER, "").split()) or "\u2013")
    assert "\n" not in label


@hostile
def test_visible_text_has_no_controls_and_can_be_sent(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    "pattern",
    [":smile:", ":material/delete:", ":red[x]", "a -> b", "a <- b", "x -- y", "https://evil.example", "me@evil.example", "www.evil.example"],
)
def test_patterns_that_are_replaced_after_parsing_are_parted_by_a_joiner(pattern: str) -> None:
    unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", as_label(pattern))
    assert JOINER in unescaped
    assert pattern not in unescaped


def test_a_long_label_is_cut_and_an_empty_one_is_still_a_label() -> None:
    assert as_label("word " * 100, limit=20) == "word word word word…"
    assert as_label(" \u202e\n") == "\u2013"


@pytest.mark.parametrize("url", ["https://news.example/a?b=1#c", "http://news.example:8080/ä", "https://xn--bcher-kva.example/"])
def test_web_addresses_pass(url: str) -> None:
    assert web_address(url)
    assert link_html(url).startswith("<a ")


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "ftp://news.example/a",
        "//news.example/a", "https:///a", "https://", "https://bank.example@evil.example/", "https://news.example/a b", "https://news.example/\na",
        "https://news.example\\@evil.example", "https://[::1", "https://news.example:port/", "vbscript:x", "blob:https://news.example/1", "news.example",
        "https://news.example/\u202egpj.exe",
    ],
)  # fmt: skip
def test_everything_else_is_no_link(url: str | None) -> None:
    assert web_address(url) is None
    assert link_html(url) == ""
    assert host_of(url) == ""


def test_a_link_shows_the_host_it_leads_to_and_cannot_leave_its_attribute() -> None:
    link = link_html("https://www.news.example/\"><img/src=x>'")
    assert ">news.example" in link
    assert "<img" not in link
    assert link.count('"') == 8


def test_days_read_as_people_write_them() -> None:
    assert day(date(2021, 3, 5)) == "5 March 2021"
    assert day(None) == "undated"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2021, 5, 7), date(2021, 5, 7), "7 May 2021"),
        (date(2021, 5, 3), date(2021, 5, 9), "3 to 9 May 2021"),
        (date(2021, 5, 3), date(2021, 6, 9), "3 May to 9 June 2021"),
        (date(2021, 12, 30), date(2022, 1, 2), "30 December 2021 to 2 January 2022"),
        (date(2021, 5, 1), date(2021, 5, 31), "May 2021"),
        (date(2021, 5, 1), date(2021, 6, 30), "May to June 2021"),
        (date(2021, 12, 1), date(2022, 1, 31), "December 2021 to January 2022"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2019, 1, 1), date(2021, 12, 31), "2019 to 2021"),
        (date(9999, 1, 1), date.max, "1 January to 31 December 9999"),
    ],
)
def test_a_period_is_said_in_as_few_words_as_say_it(start: date, end: date, said: str) -> None:
    assert period(start, end) == said
