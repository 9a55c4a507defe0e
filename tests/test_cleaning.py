"""Cleaning: what the author wrote stays, word for word; what the page put around it goes.

python -m pytest tests/test_cleaning.py
"""

from dataclasses import replace
from datetime import date

import pytest
from pages import BODY, FOOTER, MENU, draft, glued, lined

from ingest.cleaning.cleaner import clean
from ingest.cleaning.furniture import Furniture
from ingest.cleaning.glue import find_seams
from ingest.cleaning.units import split_units
from ingest.nouns import Draft

TODAY = date(2026, 1, 31)
TITLE = "Cranes stand still after break-in at Rosvik port"


def cleaned_alone(text: str, title: str = f"{TITLE} | The Courier"):  # type: ignore[no-untyped-def]
    return clean(draft(text, title=title), Furniture(), today=TODAY)


@pytest.mark.parametrize("page", [lined(TITLE, BODY), glued(TITLE, BODY)], ids=["lined", "glued"])
def test_every_sentence_of_the_body_survives_word_for_word(page: str) -> None:
    got = cleaned_alone(page)
    assert got.status == "kept"
    assert all(sentence in got.text for sentence in BODY)


@pytest.mark.parametrize("page", [lined(TITLE, BODY), glued(TITLE, BODY)], ids=["lined", "glued"])
def test_menu_related_links_bio_and_footer_go_even_where_the_publisher_has_one_page(page: str) -> None:
    text = cleaned_alone(page).text
    for furniture in (*MENU[4:6], "Herring prices", "lighthouse", "covers harbours", FOOTER[-1], "Newsletter", "No new articles"):
        assert furniture not in text


def test_glued_text_is_cut_inside_the_line_at_the_right_character() -> None:
    text = cleaned_alone(glued(TITLE, BODY)).text
    assert text.endswith(BODY[-1])
    assert BODY[0] in text.split("\n")[-1]
    assert text.split(BODY[0])[0].strip() in ("", "March 3rd, 2021")


def test_text_is_made_of_verbatim_runs_in_order() -> None:
    page = lined(TITLE, BODY)
    at = 0
    for run in cleaned_alone(page).text.splitlines():
        at = page.index(run, at) + len(run)


def test_dateline_stays_because_an_answer_may_cite_it() -> None:
    assert cleaned_alone(lined(TITLE, BODY)).text.startswith("March 3, 2021")


def test_metadata_comes_with_the_text() -> None:
    got = cleaned_alone(lined(TITLE, BODY))
    assert (got.title, got.author, got.publisher, got.published) == (TITLE, "Ida Holm", "The Courier", date(2021, 3, 3))


def test_readers_comments_are_not_the_authors() -> None:
    comments = ("2 comments", "seadog - 2 years ago", "I have worked on those cranes for ages and nobody ever asked me for a password.", "Reply")
    assert "seadog" not in cleaned_alone(lined(TITLE, BODY, tail=comments)).text
    assert "nobody ever asked" not in cleaned_alone(lined(TITLE, BODY, tail=comments)).text


def test_an_article_goes_on_behind_an_insert() -> None:
    insert = ("Subscribe to our newsletter", "Your email address")
    more = (
        "On Thursday the port authority reported that the first cranes were moving again, and that the intruders of the Copper Gull had been locked out.",
        "The investigators of Halden Watch believe that the group will try the ferry companies once more, because the same server is open there.",
        "They advise every port on the archipelago to close remote desktop servers, to ask for a second factor and to keep backups out of reach.",
    )
    text = cleaned_alone(lined(TITLE, (*BODY, *insert, *more))).text
    assert all(sentence in text for sentence in (*BODY, *more))
    assert "newsletter" not in text


def test_a_word_like_comments_in_a_list_does_not_end_an_article() -> None:
    listed = ("The tool removes the following from the script:", "comments", "empty lines")
    more = tuple(
        f"In step {n} the intruders of the port copied the payroll files of the ferry companies to a server that they had rented."
        for n in ["one", "two", "three", "four", "five", "six"]
    )
    assert more[-1] in cleaned_alone(lined(TITLE, (*BODY, *listed, *more))).text


def test_indicators_behind_the_last_sentence_are_kept() -> None:
    listed = ("Indicators of compromise", "44d88612fea8a8f36de82e1278abb02f", "5d41402abc4b2a76b9719d911017c592", "gull-cranes[.]example")
    assert "gull-cranes[.]example" in cleaned_alone(lined(TITLE, BODY, tail=listed)).text


def test_names_with_an_inner_capital_are_not_torn() -> None:
    page = lined(TITLE, ("HarborCare, which runs the cranes, was told by PowerShell logs that GitHub had been used.", *BODY))
    assert "HarborCare, which runs" in cleaned_alone(page).text


def test_a_sentence_wrapped_over_lines_is_one_unit() -> None:
    units = split_units("The intruders were codenamed\nCopper Gull\nby investigators, who traced\nthem for months.")
    assert [unit.text.count("\n") for unit in units] == [3]


def test_seams_are_found_between_words_not_inside_known_names() -> None:
    text = "The CopperGull group struck. A CopperGull member said so, hackLeadership"
    assert [text[seam.at :][:10] for seam in find_seams(text)] == ["Leadership"]


def test_a_card_is_kept_whole_but_for_empty_sections() -> None:
    card = "# Threat actor: Copper Gull\n\n**Source last modified**: 2021-02-03\n\n## Aliases\n\n### By vendor\n\nCG (Halden)\n\n## Tools\n\n\n## Operations\n\n2021: Rosvik\n"
    got = clean(Draft("Copper Gull/Copper_Gull.md", "card", card, title="Threat actor: Copper Gull"), Furniture(), today=TODAY)
    assert got.published is None
    assert "## Tools" not in got.text
    for line in ("## Aliases", "### By vendor", "CG (Halden)", "2021: Rosvik", "**Source last modified**: 2021-02-03"):
        assert line in got.text


def test_what_somebody_wrote_in_a_file_of_their_own_is_kept_whole() -> None:
    note = "Rosvik\n\nCranes off on 3 March. Ask Halden Watch.\n\n- second factor\n- backups"
    got = clean(Draft("note.txt", "text", note), Furniture(), today=TODAY)
    assert (got.status, got.text) == ("kept", note)


def test_a_text_without_furniture_is_left_as_it_is() -> None:
    text = "\n\n".join(BODY * 2)
    assert clean(draft(text, title=TITLE), Furniture(), today=TODAY).text == text


def test_cleaning_twice_gives_the_same() -> None:
    page = draft(glued(TITLE, BODY), title=TITLE)
    assert clean(page, Furniture(), today=TODAY) == clean(replace(page), Furniture(), today=TODAY)


@pytest.mark.parametrize("text", ["", "\n", "x", "©", "\u0000", "A" * 50_000, "aB" * 20_000, "(" * 5_000 + "By", "\u202e\ud83d\ude00"])
def test_odd_text_is_no_error(text: str) -> None:
    clean(draft(text), Furniture(), today=TODAY)
