"""The pages beside the chat in a real browser: upload and ask about it, keep what was quarantined, open an article from a search; hostile titles.

python -m pytest tests/test_browser_pages.py -m browser
"""

import os
from collections.abc import Iterator
from datetime import date

import pytest
from browsing import CHROMIUM, FLAGS, chat_command, serving
from conftest import ARTICLES, HARBOUR, reference, write_corpus
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ingest.embedding import load_embedder
from ingest.pipeline import ingest, roots_of

pytestmark = pytest.mark.browser
WRITING = 120_000
"""Milliseconds that the writer may take; 7 to 10 seconds on two cores that nothing else uses, most of them for loading the models."""
OWNED = "<img src=https://evil.example/pixel.png onerror=window.owned=1> [x](https://evil.example) :material/delete: $x$"
DENIED = "Access Denied\n\nYou don't have permission to access this page on this server."
LIGHTHOUSE = """
The lighthouse service of Tarnvik said on 12 September 2023 that a group it calls Amber Petrel had switched off four of its lamps.
Investigators of Tarnvik found that Amber Petrel had come in through a weather station whose password was printed on its lid.
The lamps of the Tarnvik lighthouse service were lit by hand for nine nights, and no ship was lost in the dark.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no chromium at {CHROMIUM}: apt-get install chromium")
        pytest.skip(f"no chromium at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`whodunit chat` over three articles, a hostile one and one that cleaning takes for an error page."""
    folder = tmp_path_factory.mktemp("pages")
    hostile = reference(OWNED, f"{HARBOUR.replace('Lysefjord', 'Vikhavn')}\n{OWNED} was the title of a leaflet, said the port authority of Vikhavn.")
    denied = reference("Harbour log of Skarholm", DENIED)
    corpus = write_corpus(folder / "corpus", {**ARTICLES, "Gray Heron/hostile.md": hostile, "Gray Heron/denied.md": denied})
    ingest(roots_of([corpus]), folder / "index", embedder=load_embedder(), today=date(2024, 6, 1))
    with serving(chat_command(folder / "index")) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh session; ends with the proof that nothing was asked of another host and no script of an article ran."""
    yield from _session(browser, address)


def _session(browser: Browser, address: str, *, width: int = 1280, scheme: str = "light") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    strangers: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else strangers.append(request.url))
    yield page
    assert strangers == []
    assert page.evaluate("window.owned") is None
    context.close()


def test_an_article_is_found_by_its_words_and_opened_with_them_marked(page: Page) -> None:
    page.goto("/articles")
    search = page.get_by_placeholder("Words, a “phrase”, a publisher, an actor")
    expect(search).to_be_visible(timeout=25_000)
    search.fill("customs invoices")
    search.press("Enter")
    expect(page.locator(".w-count")).to_have_text("2 articles", timeout=30_000)
    assert page.locator(".w-snippet mark").count() > 0
    page.get_by_role("link", name="Harbour of Lysefjord closed after intrusion").click()
    expect(page.locator(".w-article-title")).to_have_text("Harbour of Lysefjord closed after intrusion", timeout=30_000)
    assert {mark.lower() for mark in page.locator(".w-read mark").all_inner_texts()} == {"customs", "invoices"}
    page.reload()
    expect(page.locator(".w-article-title")).to_have_text("Harbour of Lysefjord closed after intrusion", timeout=30_000)
    page.get_by_role("link", name="All articles").click()
    expect(search).to_have_value("customs invoices", timeout=30_000)


def test_a_hostile_title_is_shown_as_words_in_the_list_and_over_its_article(page: Page) -> None:
    page.goto("/articles?q=leaflet")
    row = page.get_by_role("link", name="evil.example").first
    expect(row).to_be_visible(timeout=25_000)
    assert row.inner_text().replace("\u2060", "") == OWNED
    row.click()
    expect(page.locator(".w-article-title")).to_have_text(OWNED, timeout=30_000)
    assert page.locator(".stHtml img, .stHtml script, .stHtml iframe").count() == 0


def test_a_quarantined_article_is_kept_anyway_and_quarantined_again(page: Page) -> None:
    page.goto("/articles?status=Quarantined")
    expect(page.locator("[class*='st-key-line-']")).to_have_count(1, timeout=25_000)
    page.get_by_role("button", name="Keep anyway").click()
    expect(page.get_by_text("Kept on request")).to_be_visible(timeout=WRITING)
    assert "article=" in page.url
    page.get_by_role("button", name="Quarantine again").click()
    expect(page.get_by_text("No answer uses it")).to_be_visible(timeout=WRITING)
    page.get_by_role("link", name="All articles").click()
    page.get_by_text("Quarantined · 1").click()
    expect(page.get_by_role("link", name="Harbour log of Skarholm")).to_be_visible(timeout=30_000)


def test_a_file_is_uploaded_and_asked_about(page: Page) -> None:
    page.goto("/sources")
    expect(page.locator("input[type=file]")).to_be_attached(timeout=25_000)
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "lighthouse.md", "mimeType": "text/markdown", "buffer": f"# Lamps of Tarnvik switched off\n\n{LIGHTHOUSE}".encode()},
            {"name": "denied.md", "mimeType": "text/markdown", "buffer": reference("A page of Skarholm", DENIED).encode()},
            {"name": "<img src=x onerror=window.owned=1>.md", "mimeType": "text/markdown", "buffer": b"PK\x03\x04 nothing"},
        ]
    )
    expect(page.get_by_text("lighthouse.md")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Add to the index").click()
    expect(page.locator(".w-steps")).to_be_visible(timeout=30_000)
    expect(page.locator(".w-results dt")).to_have_text(["Not read", "Quarantined", "Added"], timeout=WRITING)
    page.get_by_role("link", name="Ask about them").click()
    question = page.get_by_placeholder("Ask who attacked whom, and when")
    question.fill("Who switched off the lamps of the Tarnvik lighthouse service?")
    question.press("Enter")
    expect(page.locator(".w-answer").first).to_contain_text("Amber Petrel", timeout=25_000)
    expect(page.locator(".w-source").first).to_contain_text("Lamps of Tarnvik switched off")


@pytest.mark.parametrize("path", ["/articles?q=customs", "/sources", "/evaluation"])
def test_no_page_is_wider_than_400_pixels(browser: Browser, address: str, path: str) -> None:
    for page in _session(browser, address, width=400, scheme="dark"):
        page.goto(path)
        expect(page.locator(".w-page")).to_be_visible(timeout=25_000)
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        assert page.evaluate("Math.max(...[...document.querySelectorAll('.stMain *')].map((e) => e.getBoundingClientRect().right))") <= 401
