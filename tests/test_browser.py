"""`whodunit chat` in a real browser: ask, open a citation, see its quote; narrow, dark, hostile; and no request leaves the machine.

python -m pytest tests/test_browser.py -m browser
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from browsing import chat_command, serving, still, violations
from chat_server import ChatServer, chat_server
from conftest import ARTICLES, BANK, HARBOUR, reference, write_corpus
from hostile import HOSTILE
from playwright.sync_api import Browser, Page, expect

from app.chat.conversations import Conversations
from app.chat.turns import ShownAnswer, ShownCitation, Turn
from app.nouns import AnswerStatus, Scope, Statement
from app.plain import visible
from ingest.embedding import load_embedder
from ingest.pipeline import ingest, roots_of

pytestmark = pytest.mark.browser
QUESTION = "Who broke into the cargo system of Lysefjord?"
OWNED = "<img src=https://evil.example/pixel.png onerror=window.owned=1> [x](https://evil.example) :material/delete: $x$"


@pytest.fixture(scope="module")
def model() -> Iterator[ChatServer]:
    """A language model that takes half a minute to say nothing that counts."""
    with chat_server("no answer " * 40, pause=0.5) as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where corpus and index are."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def address(folder: Path, model: ChatServer) -> Iterator[str]:
    """`whodunit chat` over three articles and a hostile one, embedded by the model of the installation."""
    hostile = reference(
        OWNED, f"{HARBOUR.replace('Lysefjord', 'Vikhavn')}\n{OWNED} was the title of a leaflet about Vikhavn, said the port authority of Vikhavn."
    )
    long_one = reference(
        "A long report on Sandvig",
        "\n\n".join(
            [
                *(f"On day {n} the crew of boat {n * 7} mended nets and went out for herring again." for n in range(60)),
                BANK.replace("Northwind", "Sandvig"),
            ]
        ),
    )
    corpus = write_corpus(folder / "corpus", {**ARTICLES, "Gray Heron/hostile.md": hostile, "Paper Lantern/long.md": long_one})
    ingest(roots_of([corpus]), folder / "index", embedder=load_embedder(), today=date(2024, 6, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHODUNIT_MODELS", f"openai:slow@{model.url}")
        with serving(chat_command(folder / "index")) as url:
            yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh session of the page; ends with the proof that nothing was asked of another host and no script of an article ran."""
    yield from _session(browser, address, width=1280, scheme="light")


REMEMBER_TOPS = """() => {
  window.tops = [];
  new MutationObserver(() => {
    const reading = document.querySelector(".w-reading");
    if (reading) window.tops.push(reading.getBoundingClientRect().y);
  }).observe(document.body, { subtree: true, childList: true });
}"""
"""Notes where the line of what is being read stands whenever the page changes: on a fast machine it is there for less than a look at the page takes."""


def _session(browser: Browser, address: str, *, width: int, scheme: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    strangers: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else strangers.append(request.url))
    page.goto(address)
    expect(page.get_by_placeholder("Ask who attacked whom, and when")).to_be_visible(timeout=60_000)
    yield page
    assert strangers == []
    assert page.evaluate("window.owned") is None
    context.close()


def ask(page: Page, question: str) -> None:
    """Asks and waits for the sources."""
    turns = page.locator(".w-question").count()
    page.get_by_placeholder("Ask who attacked whom, and when").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".w-question")).to_have_count(turns + 1, timeout=60_000)
    expect(page.locator("[class*='st-key-turn-']").last.locator(".w-source").first).to_be_visible(timeout=60_000)


def is_inside(page: Page, selector: str) -> bool:
    """Whether the element lies within the window."""
    box = page.locator(selector).bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and box["x"] + box["width"] <= size["width"] + 1)


def test_ask_then_open_a_citation_by_its_marker_and_see_the_quote_in_the_article(page: Page) -> None:
    ask(page, QUESTION)
    quote = page.locator(".w-source mark").first.inner_text()
    page.locator("a.w-cite").first.click()
    marked = page.locator("[data-testid=stDialog] #w-quote")
    expect(marked).to_be_visible(timeout=30_000)
    assert marked.inner_text() == quote
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stDialog] #w-quote')).backgroundColor") == "rgba(255, 196, 46, 0.38)"
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stDialog]")).to_have_count(0)


def test_the_quote_of_a_long_article_is_scrolled_into_the_middle(page: Page) -> None:
    ask(page, "Who had taken records of 40,000 accounts from Sandvig?")
    long_card = page.locator(".w-source", has_text="A long report on Sandvig").first
    long_card.locator(".w-title").click()
    expect(page.locator("[data-testid=stDialog] #w-quote")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(600)
    assert is_inside(page, "[data-testid=stDialog] #w-quote")


def test_a_follow_up_keeps_the_first_answer_above_it(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "And how long was the harbour closed?")
    expect(page.locator(".w-question").first).to_have_text(QUESTION)
    assert page.locator(".w-answer").count() == 2


def test_a_follow_up_tells_how_it_was_read(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="When was that?").click()
    expect(page.locator(".w-asked")).to_have_text(re.compile(r"Asked as: .*Lysefjord.*When was that\?"), timeout=30_000)


def test_a_filter_is_a_chip_on_the_answer_and_goes_in_one_click(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    field = page.locator(".st-key-filter-actors input")
    field.fill("Paper Lantern")
    field.press("Enter")
    expect(page.locator(".st-key-filters .w-chip")).to_have_text("actor Paper Lantern", timeout=30_000)
    page.keyboard.press("Escape")
    ask(page, "Who took records of accounts?")
    expect(page.locator("[class*='st-key-turn-'] .w-chip")).to_have_text("actor Paper Lantern")
    assert set(page.locator(".w-title:not(.w-again)").all_inner_texts()) <= {"Northwind Bank loses customer records", "A long report on Sandvig"}
    page.reload()
    expect(page.locator(".st-key-filters .w-chip")).to_have_text("actor Paper Lantern", timeout=60_000)
    page.locator(".st-key-reset button").first.click()
    expect(page.locator(".st-key-filters .w-chip")).to_have_count(0, timeout=30_000)


def choose_the_slow_model(page: Page) -> None:
    page.locator(".st-key-filter-model [role=combobox], .st-key-filter-model input").first.click()
    page.get_by_role("option", name="openai:slow").click()
    page.wait_for_timeout(300)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("way", ["escape", "input"])
def test_a_stopped_answer_is_dropped_and_can_be_asked_again(page: Page, way: str) -> None:
    choose_the_slow_model(page)
    page.get_by_placeholder("Ask who attacked whom, and when").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".w-reading")).to_contain_text("Reading", timeout=30_000)
    expect(page.locator(".st-key-stop button")).to_be_visible()
    if way == "escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_test_id("stChatInputStopButton").click()
    expect(page.locator(".w-stopped")).to_be_visible(timeout=5_000)
    expect(page.locator(".w-answer")).to_have_count(0)
    page.reload()
    expect(page.locator(".st-key-filters")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(500)
    assert page.locator(".w-answer, .w-source").count() == 0


def test_an_answer_on_its_way_is_there_after_a_reload_and_no_other_session_sees_it(browser: Browser, address: str) -> None:
    for page in _session(browser, address, width=1280, scheme="light"):
        choose_the_slow_model(page)
        page.get_by_placeholder("Ask who attacked whom, and when").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".w-reading")).to_contain_text("Reading", timeout=30_000)
        for other in _session(browser, address, width=1280, scheme="light"):
            assert other.locator(".w-question").count() == 0
            ask(other, "Who took records from Northwind?")
            expect(other.locator(".w-question")).to_have_text("Who took records from Northwind?")
        page.reload()
        expect(page.locator(".w-question")).to_have_text(QUESTION, timeout=60_000)
        expect(page.locator(".w-reading")).to_be_visible()
        page.locator(".st-key-stop button").click()
        expect(page.locator(".w-stopped")).to_be_visible(timeout=10_000)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400), ("dark", 1280)])
def test_axe_finds_no_serious_violation(browser: Browser, address: str, scheme: str, width: int) -> None:
    for page in _session(browser, address, width=width, scheme=scheme):
        expect(page.locator(".st-key-starters button").first).to_be_visible(timeout=60_000)
        still(page)
        found = violations(page)
        ask(page, "Does Paper Lantern agree that it took records of accounts from Northwind?")
        still(page)
        found += violations(page)
        page.locator("a.w-cite").first.click()
        expect(page.locator("[data-testid=stDialog] #w-quote")).to_be_visible(timeout=30_000)
        still(page)
        assert found + violations(page) == []


def test_the_answer_takes_the_place_of_what_was_being_read_without_a_jump(page: Page) -> None:
    page.evaluate(REMEMBER_TOPS)
    page.get_by_placeholder("Ask who attacked whom, and when").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".w-source").first).to_be_visible(timeout=60_000)
    told = page.locator(".w-answer").bounding_box()
    tops = page.evaluate("window.tops")
    assert tops, "what is being read is shown first"
    assert told
    assert abs(tops[-1] - told["y"]) <= 4


def test_the_new_answer_is_in_view_and_not_scrolled_past(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "What was lost by the Ministry of Fisheries?")
    page.wait_for_timeout(1500)
    assert 0 <= page.locator(".w-question").last.bounding_box()["y"] <= 200  # type: ignore[index]


def test_a_reload_keeps_questions_answers_and_citations(page: Page) -> None:
    ask(page, QUESTION)
    said, quotes = page.locator(".w-answer").inner_text(), page.locator(".w-source mark").all_inner_texts()
    page.reload()
    expect(page.locator(".w-source").first).to_be_visible(timeout=60_000)
    assert page.locator(".w-answer").inner_text() == said
    assert page.locator(".w-source mark").all_inner_texts() == quotes
    page.locator("a.w-cite").first.click()
    expect(page.locator("[data-testid=stDialog] #w-quote")).to_be_visible(timeout=30_000)


def test_a_conversation_is_renamed_deleted_and_brought_back(page: Page) -> None:
    ask(page, QUESTION)
    row = page.locator("[class*='st-key-row-open-']")
    row.get_by_role("button").last.click()
    page.get_by_text("Rename", exact=True).click()
    page.get_by_role("textbox", name="Name").fill("Harbour <b>case</b>")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Harbour <", timeout=30_000)
    row.get_by_role("button").last.click()
    page.get_by_text("Delete", exact=True).click()
    expect(page.locator(".w-hero")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".w-question")).to_have_text(QUESTION, timeout=30_000)


def test_an_edited_question_takes_the_place_of_the_first(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Question").fill("What was lost by the Ministry of Fisheries?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".w-question")).to_have_text("What was lost by the Ministry of Fisheries?", timeout=30_000)
    expect(page.locator(".w-source").first).to_be_visible(timeout=30_000)
    assert page.locator(".w-question").count() == 1


def test_copy_puts_the_answer_with_its_sources_on_the_clipboard(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.get_by_role("button", name="Copy").click()
    page.wait_for_timeout(500)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"## {QUESTION}")
    assert page.locator(".w-source mark").first.inner_text() in copied


def test_a_thumb_and_its_reason_survive_a_reload(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("[class*='st-key-thumb-'] button").last.click()
    reason = page.get_by_placeholder("What was wrong with it?")
    reason.fill("names the wrong group")
    reason.press("Enter")
    page.wait_for_timeout(1500)
    page.reload()
    expect(page.get_by_placeholder("What was wrong with it?")).to_have_value("names the wrong group", timeout=60_000)


def test_a_marker_is_reached_and_opened_by_the_keyboard(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("a.w-cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stDialog] #w-quote")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_theme_and_stays_readable(browser: Browser, address: str, scheme: str) -> None:
    for page in _session(browser, address, width=1280, scheme=scheme):
        ask(page, QUESTION)
        ink, paper = (
            page.evaluate(f"getComputedStyle(document.querySelector('{where}')).{what}")
            for where, what in ((".w-answer", "color"), (".stApp", "backgroundColor"))
        )
        assert contrast(ink, paper) >= 7
        assert (brightness(paper) > 0.5) == (scheme == "light")


def test_nothing_is_cut_off_at_400_pixels(browser: Browser, address: str) -> None:
    for page in _session(browser, address, width=400, scheme="light"):
        ask(page, QUESTION)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        page.locator("a.w-cite").first.click()
        expect(page.locator("[data-testid=stDialog] #w-quote")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(600)
        assert is_inside(page, "[data-testid=stDialog] #w-quote")


def test_a_hostile_title_and_text_are_shown_as_words(page: Page) -> None:
    ask(page, "What was the leaflet about Vikhavn?")
    card = page.locator(".w-source", has_text="evil.example").first
    expect(card.locator(".w-title")).to_have_text(OWNED)
    assert page.locator(".stHtml img, .stHtml script, .stHtml iframe").count() == 0


@pytest.mark.timeout(900)
def test_hostile_strings_in_titles_texts_names_and_answers_do_nothing_on_the_page(browser: Browser, address: str, folder: Path) -> None:
    """All 150 with WHODUNIT_HOSTILE=all, which takes some four minutes; else every fifth."""
    store = Conversations(folder / "index")
    strings = HOSTILE if os.environ.get("WHODUNIT_HOSTILE") == "all" else HOSTILE[::5]
    for start in range(0, len(strings), 30):
        some = strings[start : start + 30]
        conversation = store.start(_storable(some[0]))
        for number, text in enumerate(some):
            store.put(conversation.id, hostile_turn(text, start + number))
        for page in _session(browser, address, width=400, scheme="light"):
            page.goto(f"{address}/?c={conversation.id}")
            expect(page.locator(".w-question")).to_have_count(len(some), timeout=120_000)
            still(page)
            made = page.locator(".stHtml").locator("img, script, iframe, form, input, video, audio, svg, object, embed, link, base, meta")
            assert made.count() == 0
            assert page.locator(".stHtml style").count() == 2, "the two sheets of the page"
            ways = {link.get_attribute("href") or "" for link in page.locator(".stMain a").all()}
            assert {way for way in ways if not way.startswith(("#cite-", "#near-", "https://news.example/"))} == set()
            assert page.evaluate("document.documentElement.scrollWidth") <= 400
            assert page.evaluate("Math.max(...[...document.querySelectorAll('.stMain *')].map((e) => e.getBoundingClientRect().right))") <= 401
            page.locator("a.w-cite").first.click()
            expect(page.locator("[data-testid=stDialog] .w-source, [data-testid=stDialog] .w-reader").first).to_be_visible(timeout=30_000)
        store.remove(conversation.id)


def hostile_turn(text: str, number: int) -> Turn:
    """A turn that says the same string wherever it can say something, in one of the four forms that an answer has."""
    cited = ShownCitation(1, text, text, text, date(2023, 5, 8), "https://news.example/a", 0, len(text), text, text, text, text, text)
    status: AnswerStatus = ("answered", "disputed", "unattributed", "not_in_corpus")[number % 4]
    answer = ShownAnswer(
        status, (Statement(_storable(text), (1,)), Statement(_storable(text), (2,))), (cited, replace(cited, number=2, quote=f"{text} denied it")), (cited,), ((text, text),), 2, 0.1, text,
        text, Scope((text,), (text,), (text,)), text, (text, f"{text}?"),
    )  # fmt: skip
    return Turn(f"{number:012x}", _storable(text), answer)


def _storable(text: str) -> str:
    return text.encode(errors="replace").decode()


def test_150_hostile_strings_do_nothing_in_html_and_in_labels(browser: Browser, tmp_path: Path) -> None:
    script = tmp_path / "hostile_page.py"
    script.write_text(_HOSTILE_PAGE.format(tests=str(Path(__file__).parent)), encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true", "--browser.gatherUsageStats=false",
               "--server.address=127.0.0.1", "--server.fileWatcherType=none", "--server.port"]  # fmt: skip
    with serving(command) as url:
        context = browser.new_context()
        page = context.new_page()
        strangers: list[str] = []
        page.on("request", lambda request: None if request.url.startswith((url, "data:", "blob:")) else strangers.append(request.url))
        page.goto(url)
        expect(page.locator(f".st-key-label-{len(HOSTILE) - 1}")).to_be_visible(timeout=60_000)
        page.wait_for_timeout(1000)
        found = page.evaluate(_READ)
        assert strangers == []
        assert page.evaluate("window.owned") is None
        context.close()
    wrong = [
        (text, shown, label, made)
        for text, (shown, label, made) in zip(HOSTILE, found, strict=True)
        if made or shown != visible(text) or _plain(label) != (_plain(visible(text)) or "\u2013")
    ]
    assert wrong == []


_HOSTILE_PAGE = """
import re
import sys
sys.path.insert(0, {tests!r})
import streamlit as st
from app.plain import as_html, as_label
from hostile import HOSTILE
for number, text in enumerate(HOSTILE):
    st.html(f'<p class="shown" title="{{as_html(text)}}">{{as_html(text)}}</p>')
    st.button(as_label(text, limit=10**6), key=f"label-{{number}}")
"""
_READ = """() => [...document.querySelectorAll('p.shown')].map((shown, n) => {
    const label = document.querySelector(`.st-key-label-${n} button`);
    const made = [...shown.querySelectorAll('*'), ...label.querySelectorAll('[data-testid=stMarkdownContainer] p *')];
    return [shown.textContent, label.textContent, made.map((element) => element.outerHTML.slice(0, 200))];
})"""


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two CSS colours, WCAG 2."""
    bright, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def brightness(colour: str) -> float:
    """Relative luminance of "rgb(r, g, b)", WCAG 2."""
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
