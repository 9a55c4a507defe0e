"""Verdict: pages that are no article are told with a reason, and no article is lost because of what it reports on.

python -m pytest tests/test_verdict.py
"""

from datetime import date

import pytest
from pages import BODY, MENU, draft, lined

from ingest.cleaning.cleaner import clean
from ingest.cleaning.furniture import Furniture
from ingest.cleaning.verdict import other_language
from ingest.nouns import Cleaned

TODAY = date(2026, 1, 31)


def judged(text: str, title: str = "", url: str = "https://paper.example/news/cranes-stopped-in-rosvik-harbour") -> Cleaned:
    return clean(draft(text, title=title, url=url), Furniture(), today=TODAY)


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Access Denied", "Access Denied\n\nYou don't have permission to access this page on this server.\n\nReference #18.7", "access denied"),
        ("Just a moment...", "Just a moment...\n\nChecking your browser before you can go on.", "captcha"),
        ("One more step", "Please complete the CAPTCHA so that we know that you are a human being.", "captcha"),
        ("404 | Paper", "404\n\nOops! The page you are looking for has sailed away.\n\n" + "\n\n".join(MENU * 3), "error page"),
        ("502 Bad Gateway", "502 Bad Gateway\n\nnginx", "error page"),
        ("rosvik.example", "This domain is for sale. Buy this domain today and set sail.", "parked domain"),
        ("Paper", "{{ 'TITLE' | translate }}  {{ 'LOGIN' | translate }}", "script needed"),
        ("Paper", "", "empty page"),
        ("Paper", "\n\n".join(f"{topic} of the islands" for topic in ("Winds", "Tides", "Boats", "Nets") * 20), "menu only"),
    ],
)
def test_pages_that_are_no_article(title: str, text: str, reason: str) -> None:
    got = judged(text, title)
    assert (got.status, got.reason) == ("quarantined", reason)
    assert got.published is None


def test_a_stub_behind_a_paywall() -> None:
    text = lined("Cranes stopped in Rosvik harbour", BODY[:2], tail=("Subscribe to continue reading this article.",))
    assert judged(text, "Cranes stopped in Rosvik harbour").reason == "paywall stub"


def test_a_form_in_front_of_a_report() -> None:
    text = "\n\n".join((*MENU, "The Copper Gull Report", *BODY[:3], "Complete the form below to download the report.", "First name*", "Country*"))
    assert judged(text, "The Copper Gull Report").reason == "paywall stub"


def test_a_home_page_shown_instead_of_the_article() -> None:
    teasers = [
        f"{n} ways to mend a net\n\nWe asked five fishermen from the north how they mend theirs and what they use.\n\nRead more" for n in range(3, 12)
    ]
    text = "\n\n".join((*MENU, "All the news of the coast", *teasers, *MENU, *[f"Village {n} and its boats" for n in range(60)]))
    assert judged(text, "All the news of the coast", "https://paper.example/copper-gull-hackers-stopped-cranes-rosvik").reason == "menu only"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "nl",
            "De aanvallers braken maandag in bij het havenbedrijf en schakelden de kranen uit, zo meldt de woordvoerder van de gemeente aan de krant.",
        ),
        (
            "de",
            "Die Angreifer drangen am Montag in das Netz der Hafenbehörde ein und schalteten die Kräne ab, wie eine Sprecherin der Zeitung sagte.",
        ),
        ("fr", "Les attaquants ont pénétré lundi dans le réseau du port et ont arrêté les grues, a déclaré une porte-parole de la ville au journal."),
        ("ru", "Злоумышленники проникли в сеть порта в понедельник и отключили краны, сообщила представительница администрации города газете."),
        (
            "ko",
            "공격자들은 월요일 항만 네트워크에 침입하여 크레인을 정지시켰다고 시 대변인이 신문에 밝혔다. 조사는 계속되고 있으며 백업도 삭제되었다.",
        ),
    ],
)
def test_other_languages_are_named(language: str, sentence: str) -> None:
    assert judged("\n\n".join([sentence] * 6)).reason == f"other language: {language}"


def test_english_with_foreign_names_stays_english() -> None:
    assert other_language(" ".join(BODY) + " Руководитель порта") is None


@pytest.mark.parametrize(
    "title",
    [
        "Hackers hide behind fake CAPTCHA pages",
        "Forbidden city: intruders in the museum's network",
        "How 404 pages became a hiding place",
        "Access denied: the port that lost its keys",
    ],
)
def test_an_article_about_walls_and_errors_is_an_article(title: str) -> None:
    body = (*BODY, "The page told visitors to complete a CAPTCHA, and whoever did so was shown an error page that said access denied.", *BODY[:2])
    assert judged(lined(title, body), f"{title} | The Courier").status == "kept"


def test_a_short_report_is_an_article() -> None:
    assert judged(lined("Cranes stopped in Rosvik harbour", BODY[:3]), "Cranes stopped in Rosvik harbour | The Courier").status == "kept"


def test_an_article_whose_address_says_something_else_is_kept_where_the_page_is_mostly_prose() -> None:
    assert judged("\n\n".join(BODY), "Copper Gull | Profile", "https://x.example/meet-the-adversary-of-october-dungeon").status == "kept"
