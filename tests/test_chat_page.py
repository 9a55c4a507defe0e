"""The chat page without a browser: an index of three articles made by the real pipeline, and Streamlit's own test driver.

python -m pytest tests/test_chat_page.py
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import app.chat.resources as resources
from app.asking import ask
from app.chat import models, waiting
from app.chat.answering import Pending
from app.chat.conversations import Opinion
from app.chat.pending import Unanswered, settle
from app.chat.turns import Turn
from ingest.errors import IndexDamagedError
from ingest.index import Index

QUESTION = "Who broke into the cargo system of Lysefjord?"
PAGE = Path(resources.__file__).parent / "page.py"


@pytest.fixture
def page(small_index: Index, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page over the small index, not yet run."""
    yield from _page(small_index, monkeypatch)


def _page(index: Index, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("WHODUNIT_INDEX", str(index.folder))
    monkeypatch.setattr(resources, "open_index", lambda _folder: index)
    monkeypatch.setattr("app.chat.answer_view.STREAM_SECONDS", 0.0)
    st.cache_resource.clear()
    yield AppTest.from_file(str(PAGE), default_timeout=30)
    st.cache_resource.clear()


def asked(page: AppTest, question: str) -> AppTest:
    """The page after a question."""
    page.run()
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    """All HTML on the page but the style sheet."""
    return "\n".join(element.value for element in page.html if not element.value.startswith("<style>"))


def press(page: AppTest, start: str) -> AppTest:
    """Presses the first button whose key starts so."""
    next(button for button in page.button if (button.key or "").startswith(start)).click().run()
    assert not page.exception
    return page


def test_an_empty_page_teaches_with_questions_that_the_index_answers(page: AppTest, small_index: Index) -> None:
    page.run()
    assert not page.exception
    examples = [button.label for button in page.button if (button.key or "").startswith("starter-")]
    assert examples
    assert "3 articles" in shown(page)
    for example in examples:
        assert ask(example.replace("\\", "").replace("\u2060", ""), small_index).status != "not_in_corpus"


def test_pressing_an_example_asks_it(page: AppTest) -> None:
    page.run()
    press(page, "starter-0")
    assert 'class="w-answer"' in shown(page)
    assert "w-hero" not in shown(page)


def test_an_answer_carries_numbered_citations_and_a_card_with_the_highlighted_quote_for_each(page: AppTest, small_index: Index) -> None:
    html = shown(asked(page, "Who broke into the cargo system of Lysefjord?"))
    answer = ask("Who broke into the cargo system of Lysefjord?", small_index)
    for citation in answer.citations:
        assert f"<mark>{citation.quote}</mark>" in html
        assert f'aria-label="Open source {citation.number}"' in html
    assert html.count('class="w-source"') == len(answer.citations)
    assert "Harbour of Lysefjord closed after intrusion" in html
    assert "8 May 2023" in html
    assert 'href="https://news.example/harbour-of-lysefjord-closed-after-intrusion/"' in html


def test_opening_a_citation_shows_its_article_with_the_quote_marked(page: AppTest) -> None:
    asked(page, "Who broke into the cargo system of Lysefjord?")
    html = shown(press(page, "open-cite-"))
    assert '<mark id="w-quote">' in html
    assert "The police said that no ransom had been paid" in html


def test_a_question_the_corpus_does_not_answer_says_what_was_looked_for_and_what_came_near(page: AppTest) -> None:
    html = shown(asked(page, "zxcv qwerty volcano?"))
    assert "What was looked for" in html
    assert "zxcv, qwerty, volcano" in html
    assert "Nearest passages" in html
    assert '<mark id="w-quote">' in shown(press(page, "open-near-"))


def test_a_follow_up_is_asked_with_the_earlier_questions(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, ...]] = []

    def listening(text, index, *, history=(), **options):  # type: ignore[no-untyped-def]
        heard.append(tuple(history))
        return ask(text, index, history=history, **options)

    monkeypatch.setattr(waiting, "ask", listening)
    asked(page, "Who broke into the cargo system of Lysefjord?")
    page.chat_input[0].set_value("And when was that?").run()
    assert heard == [(), ("Who broke into the cargo system of Lysefjord?",)]
    assert shown(page).count('class="w-question"') == 2


def test_a_new_conversation_starts_empty(page: AppTest) -> None:
    asked(page, "Who broke into the cargo system of Lysefjord?")
    press(page, "new")
    assert "w-question" not in shown(page)
    assert "w-hero" in shown(page)


def test_without_an_index_the_page_says_so_in_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODUNIT_INDEX", str(tmp_path / "nothing"))
    monkeypatch.setattr(resources, "open_index", lambda folder: Index(folder, None))  # type: ignore[arg-type]
    st.cache_resource.clear()
    page = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert not page.exception
    assert len(page.error) == 1
    assert "whodunit ingest" in page.error[0].value.replace("\\", "")


def test_a_damaged_index_is_named_and_the_question_is_not_lost(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args, **_options):  # type: ignore[no-untyped-def]
        raise IndexDamagedError("The vector index cannot be searched: run `whodunit check --repair`.")

    monkeypatch.setattr(waiting, "ask", broken)
    asked(page, "Who broke into the cargo system of Lysefjord?")
    assert [error.value.replace("\\", "").replace("\u2060", "") for error in page.error] == [
        "The vector index cannot be searched: run `whodunit check --repair`."
    ]
    assert "Who broke into the cargo system of Lysefjord?" in shown(page)


def test_hostile_words_of_a_question_are_shown_as_words(page: AppTest) -> None:
    html = shown(asked(page, "<img src=x onerror=window.owned=1> [x](javascript:1) Lysefjord?"))
    assert "<img" not in html
    assert "&lt;img src=x onerror=window.owned=1&gt;" in html


def conversation_of(page: AppTest) -> str:
    """The id of the open conversation, out of the page's address."""
    value = page.query_params["c"]
    return value[0] if isinstance(value, list) else value


def texts(page: AppTest) -> list[str]:
    """Labels of the conversations in the list."""
    return [button.label.replace("\\", "") for button in page.button if (button.key or "").startswith("conversation-")]


def test_a_conversation_opened_by_its_address_shows_the_same_answer_with_its_citations(page: AppTest) -> None:
    asked(page, QUESTION)
    before = shown(page)
    again = AppTest.from_file(str(PAGE), default_timeout=30)
    again.query_params["c"] = conversation_of(page)
    again.run()
    assert not again.exception
    assert answer_of(page)
    assert answer_of(again) == answer_of(page)
    assert "<mark>" in before
    assert shown(again).count("<mark>") == before.count("<mark>")
    assert '<mark id="w-quote">' in shown(press(again, "open-cite-"))


def answer_of(page: AppTest) -> list[str]:
    """The HTML of the answers on the page."""
    return [element.value for element in page.html if 'class="w-answer"' in element.value]


def test_an_address_of_no_conversation_is_said_so(page: AppTest) -> None:
    page.query_params["c"] = "deadbeef0000"
    page.run()
    assert not page.exception
    assert "not here" in page.info[0].value


def test_two_sessions_do_not_see_each_others_questions(page: AppTest) -> None:
    other = AppTest.from_file(str(PAGE), default_timeout=30)
    asked(page, QUESTION)
    other.run()
    assert "w-question" not in shown(other)
    asked(other, "Who took records from Northwind?")
    page.run()
    assert shown(page).count('class="w-question"') == 1


def test_a_conversation_is_found_renamed_deleted_and_brought_back(page: AppTest) -> None:
    asked(page, QUESTION)
    name = conversation_of(page)
    page.text_input(key="search").set_value("nothing like it").run()
    assert texts(page) == []
    page.text_input(key="search").set_value("cargo").run()
    assert texts(page) == [QUESTION]
    resources.conversations().rename(name, "Harbour case")
    page.run()
    assert texts(page) == ["Harbour case"]
    page.menu_button(key=f"menu-{name}").click("Delete").run()
    assert not page.exception
    assert texts(page) == []
    assert "w-hero" in shown(page)
    press(page, "undo")
    assert texts(page) == ["Harbour case"]
    assert "w-answer" in shown(page)


def test_asking_again_replaces_the_answer_in_its_place(page: AppTest) -> None:
    asked(page, QUESTION)
    page.chat_input[0].set_value("And when was that?").run()
    press(page, "again-")
    assert [turn.question for turn in resources.conversations().turns(conversation_of(page))] == [QUESTION, "And when was that?"]
    assert shown(page).count('class="w-question"') == 2


def test_an_edited_question_is_asked_and_what_came_after_is_put_aside(page: AppTest) -> None:
    asked(page, QUESTION)
    page.chat_input[0].set_value("And when was that?").run()
    press(page, "edit-")
    page.text_area[0].set_value("Who took records from Northwind?")
    next(button for button in page.button if button.label == "Ask").click().run()
    assert not page.exception
    assert [turn.question for turn in resources.conversations().turns(conversation_of(page))] == ["Who took records from Northwind?"]


def test_a_thumb_and_its_reason_are_kept(page: AppTest) -> None:
    asked(page, QUESTION)
    name = conversation_of(page)
    (turn,) = resources.conversations().turns(name)
    page.feedback(key=f"thumb-{turn.id}").set_value(0).run()
    page.text_input(key=f"reason-{turn.id}").set_value("names the wrong group").run()
    assert not page.exception
    assert resources.conversations().opinions(name) == {turn.id: Opinion("down", "names the wrong group")}


def test_answers_can_be_limited_to_what_was_published_by_a_day(page: AppTest) -> None:
    page.run()
    page.date_input(key="filter-as_of").set_value(date(2022, 12, 31)).run()
    page.chat_input[0].set_value(QUESTION).run()
    assert not page.exception
    assert "Harbour of Lysefjord" not in shown(page)
    assert '<span class="w-chip-what">as of</span> 31 December 2022' in shown(page)


def test_a_question_that_could_not_be_answered_can_be_asked_again(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args, **_options):  # type: ignore[no-untyped-def]
        raise IndexDamagedError("broken")

    with monkeypatch.context() as context:
        context.setattr(waiting, "ask", broken)
        asked(page, QUESTION)
    press(page, "retry")
    assert 'class="w-answer"' in shown(page)


def buttons(page: AppTest, start: str) -> list[str]:
    """Labels of the buttons whose key starts so."""
    return [button.label.replace("\\", "").replace("\u2060", "") for button in page.button if (button.key or "").startswith(start)]


def test_a_filter_limits_answers_is_shown_on_them_and_is_reset_in_one_click(page: AppTest) -> None:
    page.run()
    page.multiselect(key="filter-actors").set_value(["Paper Lantern"]).run()
    assert '<span class="w-chip-what">actor</span> Paper Lantern' in shown(page)
    page.chat_input[0].set_value("Who took records from Northwind?").run()
    assert not page.exception
    assert shown(page).count('<span class="w-chip-what">actor</span> Paper Lantern') == 2
    assert {citation.title for turn in kept(page) for citation in turn.answer.citations} == {"Northwind Bank loses customer records"}
    press(page, "reset")
    assert shown(page).count('<span class="w-chip-what">actor</span> Paper Lantern') == 1
    page.chat_input[0].set_value(QUESTION).run()
    assert kept(page)[-1].answer.scope.empty


def test_a_conversation_brings_its_filters_with_it(page: AppTest) -> None:
    page.run()
    page.date_input(key="filter-published_from").set_value(date(2023, 1, 1)).run()
    page.chat_input[0].set_value(QUESTION).run()
    name = conversation_of(page)
    press(page, "new")
    assert page.date_input(key="filter-published_from").value is None
    press(page, f"conversation-{name}")
    assert page.date_input(key="filter-published_from").value == date(2023, 1, 1)


def test_where_filters_leave_nothing_the_question_can_be_asked_without_them(page: AppTest) -> None:
    page.run()
    page.multiselect(key="filter-victims").set_value(["Northwind"]).run()
    page.chat_input[0].set_value("zxcv qwerty volcano?").run()
    assert "<dt>victim</dt><dd>Northwind</dd>" in shown(page)
    press(page, "unlimited-")
    (turn,) = kept(page)
    assert turn.answer.scope.empty


def kept(page: AppTest) -> list[Turn]:
    """The turns of the open conversation as they were stored."""
    return resources.conversations().turns(conversation_of(page))


def test_a_follow_up_says_how_it_was_read(page: AppTest) -> None:
    asked(page, QUESTION)
    page.chat_input[0].set_value("When was that?").run()
    assert re.search(r"Asked as: [^<]*Lysefjord[^<]*When was that\?", shown(page))


def test_a_suggested_question_is_asked_by_pressing_it(page: AppTest) -> None:
    asked(page, QUESTION)
    assert "When was that?" in buttons(page, "suggested-")
    press(page, "suggested-")
    assert shown(page).count('class="w-question"') == 2
    assert "When was that?" not in buttons(page, "suggested-")


def test_a_note_about_the_answer_is_shown(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "ask", lambda *args, **options: replace(ask(*args, **options), note="The language <b>model</b> is down."))
    assert '<p class="w-note" role="note">The language &lt;b&gt;model&lt;/b&gt; is down.</p>' in shown(asked(page, QUESTION))


def test_where_sources_disagree_their_positions_stand_side_by_side(page: AppTest) -> None:
    html = shown(asked(page, "Does Paper Lantern agree that it took records of accounts from Northwind?"))
    (turn,) = kept(page)
    assert turn.answer.status == "disputed"
    held, against = html.index("Say so"), html.index("Deny or doubt it")
    assert held < html.index("had taken records of 40,000 accounts", held) < against < html.index("denied this on its own page", against)


def test_a_language_model_that_cannot_be_opened_costs_nothing_but_a_note(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODUNIT_MODELS", "anthropic:large-one, no address, ollama:small")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    page.run()
    assert page.selectbox(key="filter-model").options == ["Sources only", "anthropic:large-one", "ollama:small"]
    page.selectbox(key="filter-model").set_value("anthropic:large-one").run()
    page.chat_input[0].set_value(QUESTION).run()
    (turn,) = kept(page)
    assert turn.answer.citations
    assert "This is the answer without it." in turn.answer.note
    assert turn.answer.model == ""


def test_without_a_configured_model_none_is_offered(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHODUNIT_MODELS", raising=False)
    assert not page.run().selectbox


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("openai:m@http://user:secret@127.0.0.1:8080/v1", "openai:m at 127.0.0.1:8080"),
        ("openai:m", "openai:m"),
        ("gguf:/home/ada/models/m.gguf", "gguf:m.gguf"),
    ],
)
def test_the_name_of_a_model_holds_no_key_and_no_path(address: str, name: str) -> None:
    assert models.shown_name(address, ("openai:m", "openai:m@http://user:secret@127.0.0.1:8080/v1")) == name


def test_a_question_that_was_stopped_stays_with_a_way_to_ask_it_again(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(question: Pending, *_args: object, **_options: object) -> None:
        settle(Unanswered(question))

    with monkeypatch.context() as context:
        context.setattr(waiting, "start", lambda *_arguments: None)
        context.setattr(waiting, "answer", stopped)
        asked(page, QUESTION)
    page.run()
    assert "Stopped. Nothing was kept." in shown(page)
    assert kept(page) == []
    press(page, "retry")
    assert 'class="w-answer"' in shown(page)
    assert "Stopped" not in shown(page)


def test_an_error_stays_until_something_else_is_asked(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args, **_options):  # type: ignore[no-untyped-def]
        raise IndexDamagedError("broken")

    with monkeypatch.context() as context:
        context.setattr(waiting, "ask", broken)
        asked(page, QUESTION)
    page.run()
    assert [error.value for error in page.error] == ["broken"]


def test_where_signing_in_is_required_nothing_is_shown_before(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODUNIT_SIGN_IN", "required")
    page.run()
    assert not page.exception
    assert not page.chat_input
    assert buttons(page, "conversation-") == buttons(page, "starter-") == []
    assert "Sign in to ask" in shown(page)
